"""Related pages, where the author named none: by what pages are called."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from overdue_guide.build import build
from overdue_guide.search.likeness import Likeness
from tests.content import HEAD, options, write

CALLED = (
    ("催收打给家人合法吗",),
    ("催收打给单位合法吗",),
    ("收到法院传票怎么办",),
    ("传票不理会怎么办", "法院传票"),
    ("征信记录保留几年",),
)


def test_pages_on_the_same_matter_are_near() -> None:
    found = Likeness(CALLED)
    assert [1] == found.nearest(0, 4)
    assert [2] == found.nearest(3, 4)


def test_nothing_is_like_a_page_on_another_matter() -> None:
    assert [] == Likeness(CALLED).nearest(4, 4)


words = st.lists(st.text(alphabet="催收电话逾期", max_size=8), max_size=3)


@given(st.lists(words, min_size=1, max_size=8), st.integers(0, 7), st.integers(0, 4))
def test_no_page_is_like_itself_and_no_list_is_too_long(
    called: list[list[str]], number: int, count: int
) -> None:
    at = number % len(called)
    found = Likeness(called).nearest(at, count)
    assert at not in found
    assert len(found) == len(set(found)) <= count


def test_articles_with_nothing_but_titles_lead_to_each_other(tmp_path: Path) -> None:
    titles = {"a": "催收打给家人合法吗", "b": "催收打给单位合法吗", "c": "征信记录保留几年"}
    write(
        tmp_path,
        {f"x/{name}.md": HEAD.replace("题", title) + "文。\n" for name, title in titles.items()},
    )
    build(options(tmp_path))
    page = (tmp_path / "site" / "x" / "a" / "index.html").read_text("utf-8")
    related = page.split("相关")[-1]
    assert 'href="../b/"' in related or 'href="../../x/b/"' in related
