"""What an editor is told of a query and its results."""

import io
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from overdue_guide import cli
from overdue_guide.search import index
from overdue_guide.search.explain import explain
from tests import content
from tests.search import corpus


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> index.Index:
    return corpus.made(tmp_path_factory.mktemp("index"))


def test_a_synonym_is_named_and_counts_half(small: index.Index) -> None:
    told = explain(small, "爆通讯录")
    assert (("爆通讯录", ("通讯录", "第三人")),) == told.synonyms
    boosts = {part.gram: part.boost for one in told.results for part in one.parts}
    assert {"通讯": 2, "讯录": 2, "第三": 1} == {
        gram: boosts[gram] for gram in ("通讯", "讯录", "第三")
    }


def test_a_guess_is_explained_as_it_was_searched(small: index.Index) -> None:
    told = explain(small, "cuishou")
    assert ("催收", "催收") == (told.read, told.guess)
    assert ["催收"] == [part.gram for part in told.results[0].parts]


def test_what_is_offered_is_told(small: index.Index) -> None:
    assert ("征信异议",) == explain(small, "征X异议").others


def test_pairs_in_no_page_and_pairs_that_this_page_lacks(small: index.Index) -> None:
    told = explain(small, "征信坐牢鑫鑫")
    assert "鑫鑫" in told.unknown
    jail = next(one for one in told.results if one.result.url == "court/jail/")
    assert ("征信",) == jail.lacks
    assert not set(jail.lacks) & set(told.unknown)


def test_a_part_says_where_it_stands(small: index.Index) -> None:
    parts = {part.gram: part for part in explain(small, "查征信报告").results[0].parts}
    assert (True, True) == (parts["征信"].in_title, parts["征信"].in_keyword)
    assert (True, False) == (parts["报告"].in_title, parts["报告"].in_keyword)


@pytest.mark.parametrize(
    ("language", "read", "tier"),
    [
        ("C.UTF-8", "read as “要点”", "it holds the whole query"),
        ("zh_CN.UTF-8", "按“要点”来找", "正文里有整句"),
    ],
)
def test_the_command_tells_it_in_the_editors_language(
    language: str, read: str, tier: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", language)
    folder = content.write(tmp_path, {"contact/a.md": content.HEAD + "正文。\n"})
    told = io.StringIO()
    with redirect_stdout(told):
        arguments = ["--content", str(folder), "--cache", str(tmp_path / "cache")]
        assert not cli.main(["search", "--explain", "要点", *arguments, "--today", "2026-11-23"])
    assert read in told.getvalue()
    assert tier in told.getvalue()
