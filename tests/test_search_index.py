"""The index: its answers, its cache, and that it finds whatever stands in a text."""

import pickle
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_guide.model import Passage, SearchDocument
from overdue_guide.search import index, state, text
from overdue_guide.search.explain import explain
from overdue_guide.search.index import Tier
from overdue_guide.structs import replace
from tests.search import corpus


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> index.Index:
    return corpus.made(tmp_path_factory.mktemp("index"))


def test_every_answer_is_as_the_vectors_say(small: index.Index) -> None:
    answers = {answer["query"]: answer for answer in corpus.answers(small)}
    for expected in corpus.kept("vectors.json"):
        assert expected == answers[expected["query"]]


def test_the_vectors_bind_the_number_of_every_tier_in_both_languages() -> None:
    results = [result for answer in corpus.kept("vectors.json") for result in answer["results"]]
    assert set(Tier) == {tier for tier, *_ in results}


def tiers(found: index.Index, query: str) -> dict[str, Tier]:
    return {result.url: result.tier for result in index.search(found, query)}


def test_a_page_called_like_the_query_comes_first(small: index.Index) -> None:
    first = index.search(small, "不出庭？")[0]
    assert ("court/summons/", Tier.NAMED) == (first.url, first.tier)


def test_texts_that_hold_the_query_come_before_those_that_hold_its_grams() -> None:
    whole = _page("b/", "他说催收电话很多")
    grams = _page("a/", "催收电；收电话；催收电；收电话")
    found = index.search(_index([whole, grams]), "催收电话")
    assert [("b/", Tier.WHOLE), ("a/", Tier.ALL)] == [(result.url, result.tier) for result in found]


def test_what_stands_beside_a_text_is_found_but_neither_ranks_nor_is_shown() -> None:
    own = _page("b/", "写在这里的热线。" + "别的话很多。" * 50)
    beside = replace(_page("a/", "正文。"), summary="摘要。", beside="热线热线热线\n拨打")
    found = _index([own, beside])
    assert [("b/", Tier.WHOLE), ("a/", Tier.ALL)] == [
        (one.url, one.tier) for one in index.search(found, "热线")
    ]
    (only,) = index.search(found, "拨打")
    assert ("a/", Tier.WHOLE, "摘要。") == (only.url, only.tier, only.passage.excerpt)
    assert 0 < only.score < index.search(found, "别的")[0].score / 100


def test_provisions_are_found_in_either_writing(small: index.Index) -> None:
    for query in ("第1034条", "第一千零三十四条"):
        assert {"contact/family/", "contact/address-book/"} <= set(tiers(small, query))


def test_a_guess_never_stands_above_what_was_written(small: index.Index) -> None:
    answer = index.answer(small, "爆通讯录")
    assert Tier.WHOLE == answer.results[0].tier
    assert ("通讯录", "第三人") == answer.meant
    assert all(result.tier < Tier.ALL for result in answer.results[1:])


def test_guesses_can_be_refused(small: index.Index) -> None:
    assert "催收" == index.answer(small, "cuishou").guess
    refused = index.answer(small, "爆通讯录", exact=True)
    assert ((), "") == (refused.meant, refused.guess)


def test_nothing_is_guessed_when_the_words_are_found(small: index.Index) -> None:
    assert "" == index.answer(small, "credit").guess


def test_an_answer_leads_to_the_heading_that_answers(small: index.Index) -> None:
    passage = index.search(small, "征信异议怎么提")[0].passage
    assert ("credit/report/#异议", "征信异议怎么提") == (passage.url, passage.heading)
    assert passage.excerpt.startswith("信息错误可以提出异议")


def test_an_empty_site_finds_nothing() -> None:
    assert () == index.search(_index([]), "催收")


def test_the_cache_is_used_only_for_the_same_documents(tmp_path: Path) -> None:
    first = corpus.made(tmp_path)
    stamp = (tmp_path / state.NAME).stat().st_mtime_ns
    assert first.digest == corpus.made(tmp_path).digest
    assert stamp == (tmp_path / state.NAME).stat().st_mtime_ns
    fewer = index.create(corpus.DOCUMENTS[1:], corpus.SYNONYMS, tmp_path)
    assert len(corpus.DOCUMENTS) - 1 == len(fewer.documents)


def test_an_index_from_the_cache_answers_like_a_new_one(tmp_path: Path) -> None:
    made = corpus.made(tmp_path)
    kept = index.open_index(tmp_path)
    assert kept
    assert corpus.answers(made) == corpus.answers(kept)


class _Trap:
    """A pickle that would speak up."""

    def __reduce__(self) -> tuple[Any, ...]:
        return (pytest.fail, ("a cache file ran code",))


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda data: b"", id="empty"),
        pytest.param(lambda data: data[:100], id="cut short"),
        pytest.param(lambda data: data[:-1] + b"\xff", id="changed"),
        pytest.param(lambda data: b"old version\n" + data, id="another version"),
        pytest.param(lambda data: pickle.dumps(_Trap()), id="a pickle"),
    ],
)
def test_a_damaged_cache_is_as_good_as_none(tmp_path: Path, damage: Any) -> None:
    corpus.made(tmp_path)
    path = tmp_path / state.NAME
    path.write_bytes(damage(path.read_bytes()))
    assert index.open_index(tmp_path) is None
    assert corpus.made(tmp_path).documents


def test_documents_are_numbered_by_address_whatever_their_order(tmp_path: Path) -> None:
    forward = index.create(corpus.DOCUMENTS, corpus.SYNONYMS, tmp_path / "a")
    backward = index.create(corpus.DOCUMENTS[::-1], corpus.SYNONYMS, tmp_path / "b")
    assert forward.digest == backward.digest


words = st.text(alphabet="催收电话逾期的是ab1 ，\n\U00020bb7", min_size=0, max_size=30)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(words, words, words), min_size=1, max_size=6), st.data())
def test_whatever_stands_in_a_text_is_found_there_first(
    texts: Sequence[tuple[str, str, str]], data: st.DataObject
) -> None:
    documents = [
        replace(_page(f"{n}/", body, title), beside=beside)
        for n, (title, body, beside) in enumerate(texts)
    ]
    runs = text.runs(text.fold(data.draw(st.sampled_from(data.draw(st.sampled_from(texts))))))
    if not runs:
        return
    run = data.draw(st.sampled_from(runs))
    start = data.draw(st.integers(0, len(run) - 1))
    query = run[start : data.draw(st.integers(start + 1, len(run)))]
    results = index.search(_index(documents), query)
    first = next(one for one in documents if one.url == results[0].url)
    assert query in text.fold("\n".join([first.title, first.passages[0].text, first.beside]))


@settings(max_examples=60, deadline=None)
@given(st.lists(words, min_size=1, max_size=6), words)
def test_scores_are_those_of_a_naive_count(texts: Sequence[str], query: str) -> None:
    found = _index([_page(f"{n}/", body) for n, body in enumerate(texts)])
    grams = text.grams(text.fold(query))
    expected = {
        f"{n}/"
        for n, body in enumerate(texts)
        if any(gram in "\0".join(text.runs(text.fold(body))) for gram in grams)
    }
    if expected:
        assert expected <= {result.url for result in index.answer(found, query, exact=True).results}
    order = [
        (one.tier is not Tier.NAMED, one.tier is not Tier.WHOLE, -one.score)
        for one in index.search(found, query)
    ]
    assert sorted(order) == order


def test_a_synonym_is_only_used_for_whole_latin_words(small: index.Index) -> None:
    assert ("传票",) == index.answer(small, "court summons").meant
    assert () == index.answer(small, "summonsed").meant


def test_a_hit_says_where_it_is_as_the_contract_wants(small: index.Index) -> None:
    hit = index.search(small, "不出庭", limit=1)[0].as_json()
    assert {"url", "title", "section", "score", "passage"} <= set(hit)
    assert "/court/summons/" == hit["url"]


def _page(url: str, body: str, title: str = "") -> SearchDocument:
    return SearchDocument(url, "article", title, "", passages=(Passage("", "", body),))


def _index(documents: Sequence[SearchDocument]) -> index.Index:
    """An index of these documents, in this order, kept nowhere."""
    with tempfile.TemporaryDirectory() as cache:
        return index.create(documents, (), Path(cache))


def test_a_score_is_the_sum_of_its_explained_parts(small: index.Index) -> None:
    for query in ("催收电话", "爆通讯录", "cuishou"):
        for explained in explain(small, query).results:
            assert explained.result.score == sum(part.adds for part in explained.parts)
