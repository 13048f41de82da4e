"""The passage that answers, and what is shown of it."""

import pytest

from overdue_guide.model import Passage, SearchDocument
from overdue_guide.search.excerpt import LENGTH, Sought, choose, contains, cut

CALLS = Sought({"催收": 10, "电话": 8}, (("催收电话",),))


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("第一句。催收电话几点打？第三句。", "催收电话几点打？第三句。"),
        ("没有答案的一句。另一句。", "没有答案的一句。另一句。"),
        ("先是电话。后是催收。", "后是催收。"),
        ("「别打了！」他说。催收电话。", "催收电话。"),
        ("一行\n催收电话\n下一行", "催收电话 下一行"),
        ("", ""),
    ],
)
def test_an_excerpt_begins_with_the_sentence_that_answers(raw: str, shown: str) -> None:
    assert shown == cut(raw, CALLS)


def test_a_long_sentence_is_cut_at_its_clauses() -> None:
    shown = cut("开头，" * 40 + "催收电话，" + "结尾，" * 40 + "完。", CALLS)
    assert shown.startswith("…催收电话，")
    assert shown.endswith("…")
    assert len(shown) <= LENGTH + 2


PAGE = SearchDocument(
    "a/",
    "article",
    "标题",
    "",
    "摘要。",
    passages=(
        Passage("", "", "开头。"),
        Passage("x", "催收电话", "正文。"),
        Passage("y", "催收", "电话。"),
    ),
)


def test_the_heading_that_answers_is_chosen() -> None:
    passage, excerpt = choose(PAGE, CALLS)
    assert ("x", "正文。") == (passage.anchor, excerpt)


def test_without_a_match_the_summary_speaks_for_the_page() -> None:
    passage, excerpt = choose(PAGE, Sought({"传票": 3}, (("传票",),)))
    assert ("", "摘要。") == (passage.anchor, excerpt)


def test_a_page_holds_only_what_stands_together_in_one_text() -> None:
    assert contains(PAGE, (("催收电话",),))
    assert contains(PAGE, (("催收", "正文"),))
    assert not contains(PAGE, (("开头正文",),))
