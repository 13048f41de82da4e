"""Terms of the glossary become links where they first stand, and nowhere else."""

import time

import pytest

from overdue_guide.aids import Term
from overdue_guide.glossing import glossary, glossed
from overdue_guide.problems import Span

WORDS = ("征信", "征信异议", "LPR", "保证", "个人信息", "A&B")
TERMS = tuple(
    Term(word, "意思。", Span("g"), aka=("别名",), everyday=word == "保证") for word in WORDS
)


def check(part: str, *linked: str) -> None:
    made = glossed((part,), glossary(TERMS), "../")[0]
    expected = part
    for word in linked:
        anchor = {"LPR": "lpr", "A&amp;B": "a-b"}.get(word, word)
        link = f'<a class="term" href="../glossary/#{anchor}" data-term>{word}</a>'
        expected = expected.replace(word, link, 1)
    assert expected == made


def test_the_first_of_each_term_is_linked() -> None:
    check("<p>征信和个人信息，再说征信。</p>", "征信", "个人信息")


def test_the_longest_term_has_the_place() -> None:
    check("<p>提出征信异议。</p>", "征信异议")


@pytest.mark.parametrize(
    "html",
    [
        "<h2>征信</h2>",
        '<p><a href="x">看<strong>征信</strong></a></p>',
        "<p><code>征信</code></p>",
        "<pre>征信</pre>",
        "<blockquote><p>我的征信</p></blockquote>",
        '<aside class="channel"><p>征信</p></aside>',
        '<p class="admonition-title">征信</p>',
        "<p>「征信业」</p>",
        "<p>「征<b>信</b>和征信」</p>",
        "<p>别名</p>",
        "<p>不保证结果</p>",
        "<p>LPRS，1LPR</p>",
        '<p title="征信">字</p>',
        "<p>征<b>信</b></p>",
    ],
)
def test_elsewhere_a_term_stays_plain(html: str) -> None:
    check(html)


def test_after_such_a_place_the_term_is_linked() -> None:
    check("<h2>说明</h2><p>「引文」以后的征信</p>", "征信")
    check("<p>「没有关上</p><p>征信</p>", "征信")
    check("<p>4 倍 LPR。A&amp;B</p>", "LPR", "A&amp;B")


def test_a_page_is_one_reading() -> None:
    answer, body = glossed(("征信", "<p>征信</p>"), glossary(TERMS), "../")
    assert "<a " in answer
    assert "<a " not in body


def test_no_glossary_changes_nothing() -> None:
    assert ("<p>「征信」</p>",) == glossed(("<p>「征信」</p>",), glossary(()), "")


def test_long_texts_are_read_quickly() -> None:
    many = tuple(Term(f"词{chr(0x4E00 + n)}语", "意思。", Span("g")) for n in range(300))
    words, text = glossary(many), "<p>" + "催收人员打来电话说词法律规定。" * 20_000 + "</p>"
    began = time.perf_counter()
    glossed((text,), words, "../")
    assert time.perf_counter() - began < 3
