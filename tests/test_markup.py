"""Markdown to HTML: the cases of tests/cases, and what a body knows besides its HTML."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overdue_guide import cleaning, markup
from overdue_guide.citations import Name
from overdue_guide.markup import Use
from overdue_guide.rendered import Heading
from tests.case_files import Case, all_cases, read


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: f"{case.file}: {case.title}")
def test_a_case_renders_as_written(case: Case) -> None:
    # The marks' control characters would be invisible in the file.
    shown = markup.render(case.markdown).html.replace("\x02", "⟦").replace("\x03", "⟧")
    assert case.html == shown


def test_an_unfinished_case_file_is_refused(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("cases") / "half.md"
    path.write_text("Title\n.\ntext\n", "utf-8")
    with pytest.raises(ValueError, match="not closed"):
        read(path)


def test_a_body_lists_its_headings() -> None:
    body = markup.render("## 一 & 二\n\n### 三\n\n#### 四\n")
    assert (
        Heading(2, "一 & 二", "一-二"),
        Heading(3, "三", "三"),
        Heading(4, "四", "四"),
    ) == body.headings


def test_a_body_lists_links_and_images_as_written() -> None:
    body = markup.render(
        "[a](../x.md#y) ![b](p.png) <https://example.org/?a=1&b=2> [c][d]\n\n[d]: z.md"
    )
    assert ("../x.md#y", "p.png", "https://example.org/?a=1&b=2", "z.md") == body.links


def test_a_body_lists_citations_in_the_order_of_their_marks() -> None:
    body = markup.render("[@b:2;@c 历史] 《甲法》第三条之一 [@a]")
    assert [
        (("b", "2", False), ("c", "", True)),
        (("a", "", False),),
        (("甲法", "3-1", False),),
    ] == [tuple((n.law, n.key, n.historical) for n in mark.names) for mark in body.citations]
    assert [False, False, True] == [mark.written for mark in body.citations]


def test_a_body_lists_channels_and_blanks() -> None:
    body = markup.render("[[channel:police]] {{name}}")
    assert (Use("[[channel:police]]", "police"),) == body.channels
    assert (Use("{{name}}", "name"),) == body.blanks


@pytest.mark.parametrize(
    ("text", "removed"),
    [
        ("<script>x</script>", ("<script",)),
        ("[x](javascript:x)", ("javascript:",)),
        ("[x](JaVaScRiPt:x) <iframe></iframe>", ("<iframe", "javascript:")),
        ("[x](https://example.org) [y](tel:12378) <b>z</b>\n\n# 题", ()),
        ("`<script>` 不算\n\n    <iframe>\n", ()),
    ],
    ids=["element", "scheme", "both, in any case", "allowed", "code"],
)
def test_a_body_lists_what_was_removed(text: str, removed: tuple[str, ...]) -> None:
    assert removed == markup.render(text).removed


def test_rendering_twice_gives_the_same() -> None:
    text = "## 题\n\n[@a:1] 注[^1]\n\n[^1]: 文\n"
    assert markup.render(text) == markup.render(text)


def test_resolving_puts_every_mark_and_address_in_place() -> None:
    body = markup.render("[@a:1] [在《甲法》第二条里](x.md) [[channel:c]] {{b}}")
    final = markup.resolve(
        body.html,
        reference=lambda target: target + "?a&b",
        citation=lambda number: f"<c{number}>",
        mention=lambda number: f"<t{number}>",
        channel=lambda number: f"<h{number}>",
        blank=lambda number: f"<b{number}>",
    )
    assert '<p><c0> <a href="x.md?a&amp;b">在<t1>里</a> <h0> <b0></p>' == final


@pytest.mark.parametrize(
    ("text", "anchor"),
    [
        ("现在怎么做", "现在怎么做"),
        ("12378 热线", "12378-热线"),
        ("A、B？", "a-b"),
        ("？", "section"),
        ("_x_", "x"),
    ],
)
def test_an_anchor_keeps_letters_digits_and_characters(text: str, anchor: str) -> None:
    assert anchor == markup.slug(text)


def test_a_written_name_is_read_in_a_body() -> None:
    (mark,) = markup.render("《民法典》第1034条").citations
    assert (Name("民法典", "1034"),) == mark.names
    assert mark.raw == "《民法典》第1034条"


@pytest.mark.parametrize("rest", ["", "\n\n甲 &amp; 乙"], ids=["alone", "with an entity"])
def test_an_id_without_a_value_is_none(rest: str) -> None:
    assert (Heading(2, "题", "题"),) == markup.render("## 题 {id}" + rest).headings


TAGS = [*"字a、 \n\x02\x03<>", "</p>", "</h2>", "<p>", '<a href="x\ny">', "</em>", "<br>"]


@given(st.lists(st.sampled_from(TAGS), max_size=20).map("".join))
def test_a_line_ends_without_a_blank_between_chinese(text: str) -> None:
    before, after = f"[{markup._CJK}\x03]", f"[{markup._CJK}\x02]"
    plainly = f"(?<={before})((?:</[a-z]+>)*+)\n((?:<[a-z]++[^<>]*+>)*+)(?={after})"
    assert re.sub(plainly, r"\1\2", text) == markup._tidy(text)


ADDRESSES = ["href=", "src=", '"', '="', " ", "\n", "x", "js:", ":", "=", ' href="x:', ' src=" y:']


@given(st.lists(st.sampled_from(ADDRESSES), max_size=20).map("".join))
def test_the_scheme_of_each_address_is_found(text: str) -> None:
    plainly = r'\s(?:href|src)="\s*([a-zA-Z][\w+.-]*):'
    assert re.findall(plainly, text) == cleaning._SCHEME.findall(text)
