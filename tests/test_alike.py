"""Which articles are shown as like another, compared with counting tags one by one."""

from hypothesis import given
from hypothesis import strategies as st

from overdue_guide.alike import SHOWN, Alike
from overdue_guide.heads import FrontMatter
from overdue_guide.model import Head

TAGS = st.lists(st.sampled_from("甲乙丙丁"), max_size=4, unique=True).map(tuple)


@given(st.lists(TAGS, min_size=1, max_size=12))
def test_who_shares_more_tags_comes_first_then_who_is_first_by_name(
    each: list[tuple[str, ...]],
) -> None:
    heads = [head(f"{at:02}", tags) for at, tags in enumerate(each)]
    tagged = {tag: [one for one in heads if tag in one.meta.tags] for tag in "甲乙丙丁"}
    alike = Alike(reversed(heads), tagged)
    for article in heads:
        shared = {
            one.id: len({*one.meta.tags} & {*article.meta.tags}) for one in heads if one != article
        }
        expected = sorted((name for name, n in shared.items() if n), key=lambda n: (-shared[n], n))
        found = alike.to(article, article.meta.tags)
        assert expected[:SHOWN] == [one.id for one in found]


def test_a_letter_is_like_the_articles_that_share_its_tags() -> None:
    one, letter = head("a/one", ("甲",)), head("letters/one", ("甲",), "letter")
    assert (one,) == Alike((one,), {"甲": (one,)}).to(letter, ("甲",))


def head(name: str, tags: tuple[str, ...], kind: str = "article") -> Head:
    return Head(f"{name}.md", kind, "", name, FrontMatter(title="", tags=tags), ())  # type: ignore[arg-type]
