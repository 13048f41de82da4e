"""One Markdown file: its place, its references and where they stand."""

import pytest

from overdue_guide.articles import normalised, parse, place
from overdue_guide.problems import Span

HEAD = "---\ntitle: 题\nsummary: 要点\nreviewed: 2026-11-01\n---\n"


def found(body: str, path: str = "contact/a.md") -> list[tuple[int, int, str]]:
    """(line of the body, column, rule), in order."""
    _, problems = parse(path, HEAD + body)
    return sorted((p.span.line - 5, p.span.column, p.rule) for p in problems)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("contact/a.md", ("article", "contact", "a")),
        ("contact/deep/a.md", ("article", "contact/deep", "a")),
        ("letters/a.md", ("letter", "letters", "a")),
        ("letters/index.md", ("section", "letters", "index")),
        ("contact/index.md", ("section", "contact", "index")),
        ("about.md", ("page", "", "about")),
        ("index.md", ("home", "", "index")),
        ("联系/家人.md", ("article", "联系", "家人")),
    ],
)
def test_a_files_place_decides_its_kind(path: str, expected: tuple[str, str, str]) -> None:
    assert expected == place(path)


@pytest.mark.parametrize(
    ("path", "url"),
    [("index.md", ""), ("a/index.md", "a/"), ("a/b.md", "a/b/"), ("about.md", "about/")],
)
def test_a_files_place_decides_its_address(path: str, url: str) -> None:
    assert url == parse(path, HEAD)[0].url


@pytest.mark.parametrize(
    ("body", "spans"),
    [
        ("中文[@a:1]", [(1, 3, 9)]),
        ("`[@a:1]` [@a:1]", [(1, 10, 16)]),
        ("```\n[@a:1]\n```\n\n[@a:1]", [(5, 1, 7)]),
        ("[@a:1] [@a:1]", [(1, 1, 7), (1, 8, 14)]),
        ("𠀀😀[@a:1]", [(1, 3, 9)]),
        ("| x |\n|---|\n| [@a:1] |", [(3, 3, 9)]),
        ("注[^1]\n\n[^1]: 见[@a:1]", [(3, 8, 14)]),
        ("[见 [@a:1]](x.md)", [(1, 4, 10)]),
        ("## 题 [@a:1]", [(1, 6, 12)]),
        ("《甲法》第一条", [(1, 1, 8)]),
    ],
    ids=["after Chinese", "after code", "after a fence", "twice", "beyond the BMP", "in a table",
         "in a footnote", "in a link", "in a heading", "written out"],
)  # fmt: skip
def test_a_citation_knows_its_place(body: str, spans: list[tuple[int, int, int]]) -> None:
    article, problems = parse("contact/a.md", HEAD + body)
    assert () == problems
    places = [mark[0].span for mark in article.body.citations]
    assert [Span("contact/a.md", line + 5, start, end) for line, start, end in spans] == places


@pytest.mark.parametrize(
    ("body", "columns"),
    [
        ("[a](../x.md) [b](x.md)", [5, 18]),
        ("x.md 在前 [a](x.md)", [13]),
        ("[a](x.md#中文)", [5]),
        ('[a](x.md "题")', [5]),
        ("[a](<x y.md>)", [6]),
        ("![a](x.png)", [6]),
        ('<a href="x.md">a</a>', [10]),
        ("[a][r]\n\n[r]: x.md", [6]),
        ("`(x.md)` [a](x.md)", [14]),
        ("[a]()", [3]),
    ],
)
def test_a_link_knows_its_place(body: str, columns: list[int]) -> None:
    article, _ = parse("contact/a.md", HEAD + body)
    assert columns == [link.span.column for link in article.body.links]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("[@] [@a b]", [(1, 1, "bad-citation"), (1, 5, "bad-citation")]),
        ("没有结束[@a:1\n下一行]", [(1, 5, "bad-citation")]),
        (r"\[@] `[@]`", []),
        ("[^1] [^2]\n\n[^1]: x", [(1, 6, "unknown-footnote")]),
        ("`[^9]`", []),
        ("# 题", [(1, 1, "heading-level")]),
        ("题\n===", [(1, 1, "heading-level")]),
        ("```\n# 注释\n```", []),
        ("#标签", []),
        ("<script>x</script> <script>", [(1, 1, "unsafe-html"), (1, 20, "unsafe-html")]),
        ("`<script>`", []),
        ("## 甲\n\n## 乙\n\n## 甲", [(5, 1, "duplicate-anchor")]),
        ("## 甲\n\n### 甲", []),
        ("## 甲\n\n## 甲 {#b}", []),
    ],
)
def test_mistakes_in_the_text_are_found_outside_code(
    body: str, expected: list[tuple[int, int, str]]
) -> None:
    assert expected == found(body)


def test_marks_and_line_ends_are_taken_out_and_reported() -> None:
    source, problems = normalised("a.md", "\ufeff一\r\n二\r三\u200b\x00\n")
    assert source.text == "一\n二\n三  \n"
    assert [
        (1, 1, "byte-order-mark"),
        (1, 1, "carriage-return"),
        (3, 2, "control-character"),
        (3, 3, "control-character"),
    ] == [(p.span.line, p.span.column, p.rule) for p in problems]


def test_offsets_hold_after_line_ends_are_mended() -> None:
    article, _ = parse("contact/a.md", "\ufeff" + (HEAD + "一\n二[@a:1]\n").replace("\n", "\r\n"))
    assert Span("contact/a.md", 7, 2, 8) == article.body.citations[0][0].span


def test_a_draft_is_parsed_like_any_article() -> None:
    article, problems = parse("contact/a.md", HEAD.replace("---\ntitle", "---\ndraft: true\ntitle"))
    assert (True, ()) == (article.meta.draft, problems)
