"""The block at the head of a Markdown file."""

from datetime import date

import pytest

from overdue_guide import frontmatter
from overdue_guide.heads import Blank, Change, Deadline
from overdue_guide.law import Citation
from overdue_guide.model import Kind
from overdue_guide.problems import Source, Span

WHOLE = """---
title: 题
summary: 要点
question: 问
reviewed: 2026-11-01
review_by: 2027-01-01
stage: [day-1-3]
tags: [家人, 12378]
keywords: [爆通讯录]
aliases: [/old/]
related: [contact/work]
authors: [甲]
weight: -3
risk: high
draft: true
---
正文
"""


def rules(text: str, kind: Kind = "article") -> list[tuple[int, int, str]]:
    """(line, column, rule) of everything that is wrong, in order."""
    _, _, problems = frontmatter.read(Source("a.md", text), kind)
    return sorted((p.span.line, p.span.column, p.rule) for p in problems)


def test_every_key_is_read() -> None:
    meta, start, problems = frontmatter.read(Source("a.md", WHOLE), "article")
    assert () == problems
    assert WHOLE[start:] == "正文\n"
    assert ("题", "要点", "问") == (meta.title, meta.summary, meta.question)
    assert (date(2026, 11, 1), date(2027, 1, 1)) == (meta.reviewed, meta.review_by)
    assert (("day-1-3",), ("家人", "12378"), ("爆通讯录",)) == (
        meta.stage,
        meta.tags,
        meta.keywords,
    )
    assert (("/old/",), ("contact/work",), ("甲",)) == (meta.aliases, meta.related, meta.authors)
    assert (-3, "high", True) == (meta.weight, meta.risk, meta.draft)
    assert Span("a.md", 8, 12, 17) == meta.span("tags.1")


def test_each_item_of_a_list_knows_its_place() -> None:
    text = WHOLE.replace("[/old/]", "[ '', /old/, /older/]")
    meta, _, _ = frontmatter.read(Source("a.md", text), "article")
    assert ("/old/", "/older/") == meta.aliases
    assert (16, 23) == (meta.span("aliases.0").column, meta.span("aliases.1").column)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(1, 1, "front-matter-missing")]),
        ("正文", [(1, 1, "front-matter-missing")]),
        ("----\ntitle: x\n----\n", [(1, 1, "front-matter-missing")]),
        ("---", [(1, 1, "front-matter-unclosed")] + [(1, 1, "missing-key")] * 3),
        ("---\n---\n", [(1, 1, "missing-key")] * 3),
        ("---\n# 注释\n---\n", [(1, 1, "missing-key")] * 3),
        ("---\n- a\n---\n", [(2, 1, "wrong-type")]),
        ("---\n一句话\n---\n", [(2, 1, "wrong-type")]),
    ],
    ids=["empty", "text only", "four hyphens", "marker only", "empty block", "comment", "list", "text"],
)  # fmt: skip
def test_a_block_that_is_none_is_reported_at_its_place(
    text: str, expected: list[tuple[int, int, str]]
) -> None:
    assert expected == rules(text)


def test_a_block_without_an_end_is_read_up_to_the_first_empty_line() -> None:
    text = "---\ntitle: 题\nsumary: 要点\nreviewed: 2026-02-30\n\n正文: 不是键\n"
    meta, start, _ = frontmatter.read(Source("a.md", text), "article")
    assert meta.title == "题"
    assert text[start:] == "\n正文: 不是键\n"
    assert [
        (3, 1, "unknown-key"),
        (4, 11, "bad-date"),
        (6, 1, "front-matter-unclosed"),
    ] == rules(text)


def test_all_mistakes_of_a_block_are_reported_in_one_run() -> None:
    text = (
        "---\ntitle: 123\n\ttags: foo\ntitle: 二\nsumary: x\nsummary: 甲: 乙\n"
        "reviewed: 2026-02-30\nkeywords: [甲, 乙\nweight: 一\nrisk: hihg\nquestion：问\n---\n"
    )
    assert [
        (2, 8, "wrong-type"),
        (3, 1, "yaml-tab"),
        (3, 8, "wrong-type"),
        (4, 1, "duplicate-key"),
        (5, 1, "unknown-key"),
        (6, 11, "yaml-syntax"),
        (7, 11, "bad-date"),
        (8, 11, "yaml-syntax"),
        (9, 9, "wrong-type"),
        (10, 7, "bad-value"),
        (11, 9, "full-width-colon"),
    ] == rules(text)


@pytest.mark.parametrize(
    ("kind", "missing"),
    [("article", 3), ("letter", 3), ("page", 1), ("section", 0), ("home", 0)],
)
def test_what_a_page_must_say_depends_on_its_kind(kind: Kind, missing: int) -> None:
    assert [(1, 1, "missing-key")] * missing == rules("---\nweight: 1\n---\n", kind)


@pytest.mark.parametrize("kind", ["section", "home"])
def test_a_folders_page_needs_no_block(kind: Kind) -> None:
    assert [] == rules("正文\n", kind)


def test_blanks_belong_to_letters() -> None:
    text = WHOLE.replace(
        "draft: true", "blanks: [{id: name, label: 姓名, kind: lines, hint: 全名}]"
    )
    meta, _, problems = frontmatter.read(Source("a.md", text), "letter")
    assert () == problems
    assert (Blank("name", "姓名", "lines", "全名"),) == meta.blanks
    assert [(15, 1, "unknown-key")] == rules(text, "article")


def test_a_rule_of_hyphens_in_the_text_does_not_end_anything() -> None:
    text = WHOLE + "\n---\n\n后面\n"
    _, start, problems = frontmatter.read(Source("a.md", text), "article")
    assert ((), "正文\n\n---\n\n后面\n") == (problems, text[start:])


def test_a_block_without_an_end_ends_where_a_line_is_no_key() -> None:
    text = "---\ntitle: 题\nsummary: 要点\nreviewed: 2026-11-01\n借款之后，\n\n正文\n"
    meta, start, _ = frontmatter.read(Source("a.md", text), "article")
    assert ("要点", "借款之后，\n\n正文\n") == (meta.summary, text[start:])
    assert [(5, 1, "front-matter-unclosed")] == rules(text)


@pytest.mark.parametrize("kind", ["article", "section"])
def test_without_a_block_all_is_text(kind: Kind) -> None:
    meta, start, _ = frontmatter.read(Source("a.md", "正文\n"), kind)
    assert ("", 0) == (meta.title, start)


@pytest.mark.parametrize("risk", ["low", "medium", "high"])
def test_a_risk_is_what_the_author_says(risk: str) -> None:
    text = WHOLE.replace("risk: high", f"risk: {risk}")
    assert risk == frontmatter.read(Source("a.md", text), "article")[0].risk


@pytest.mark.parametrize("line", ["", "risk: hihg\n"])
def test_a_risk_that_nobody_says_is_medium(line: str) -> None:
    text = WHOLE.replace("risk: high\n", line)
    assert "medium" == frontmatter.read(Source("a.md", text), "article")[0].risk


def test_a_tool_names_its_calculator() -> None:
    text = WHOLE.replace("draft: true", "calculator: penalty")
    meta, _, problems = frontmatter.read(Source("a.md", text), "tool")
    assert ("penalty", ()) == (meta.calculator, problems)
    assert [(15, 1, "unknown-key")] == rules(text, "article")


def test_changes_are_those_with_a_day_and_words() -> None:
    rows = "\n  - {date: 2026-11-02, note: 改了甲}\n  - {note: 乙}\n  - {date: 2026-11-03}\n"
    text = WHOLE.replace("draft: true\n", f"changes:{rows}")
    meta, _, _ = frontmatter.read(Source("a.md", text), "article")
    day = Span("a.md", 16, 12, 22)
    assert (Change(date(2026, 11, 2), "改了甲", day),) == meta.changes
    assert [(17, 5, "missing-key"), (18, 5, "missing-key")] == rules(text)


def letter(*blanks: str) -> str:
    """A letter with these blanks: the first stands on line 5, ``{`` in column 5."""
    rows = "".join(f"  - {blank}\n" for blank in blanks)
    head = "title: 题\nsummary: 要点\nblanks:\n"
    return f"---\n{head}{rows}reviewed: 2026-11-01\n---\n"


RECEIVED = "{id: received, label: 收到, kind: date}"


def last(deadline: str) -> str:
    """A blank that is computed: its deadline begins in column 38."""
    return f"{{id: last, label: 最后, kind: date, deadline: {deadline}}}"


def test_a_blank_that_says_no_kind_is_text() -> None:
    meta, _, problems = frontmatter.read(Source("a.md", letter("{id: a, label: 甲}")), "letter")
    assert ((Blank("a", "甲", "text", "", None),), ()) == (meta.blanks, problems)


def test_a_deadline_counts_from_a_day_and_rests_on_provisions() -> None:
    text = letter(RECEIVED, last("{from: received, days: 15, cites: x:1;y:2-1}"))
    meta, _, problems = frontmatter.read(Source("a.md", text), "letter")
    assert () == problems
    start, cited = (text.splitlines()[5].index(word) + 1 for word in ("received", "x:1"))
    cites = Span("a.md", 6, cited, cited + 9)
    assert meta.blanks[1].deadline == Deadline(
        "received",
        15,
        (Citation("x", "1", cites), Citation("y", "2-1", cites)),
        Span("a.md", 6, start, start + 8),
    )


@pytest.mark.parametrize(
    "left", ["days: 15, cites: x:1", "from: received, cites: x:1", "from: received, days: 15"]
)
def test_a_deadline_of_which_a_part_is_missing_is_none(left: str) -> None:
    text = letter(RECEIVED, last(f"{{{left}}}"))
    meta, _, _ = frontmatter.read(Source("a.md", text), "letter")
    assert ("last", None) == (meta.blanks[1].id, meta.blanks[1].deadline)
    assert [(6, text.splitlines()[5].index(f"{{{left}") + 1, "missing-key")] == rules(
        text, "letter"
    )


@pytest.mark.parametrize(
    ("days", "cites", "wrong"),
    [
        (1, "x:1", None),
        (0, "x:1", ("0,", "bad-value", {"key": "days", "value": "0", "choices": "≥ 1"})),
        (-3, "x:1", ("-3,", "bad-value", {"key": "days", "value": "-3", "choices": "≥ 1"})),
        (3, "x 一", ("x 一", "bad-citation", {"text": "x 一"})),
    ],
)
def test_a_deadline_has_days_and_provisions(
    days: int, cites: str, wrong: tuple[str, str, dict[str, str]] | None
) -> None:
    text = letter(RECEIVED, last(f"{{from: received, days: {days}, cites: {cites}}}"))
    _, _, problems = frontmatter.read(Source("a.md", text), "letter")
    found = [(p.span.line, p.span.column, p.rule, dict(p.args)) for p in problems]
    if wrong:
        at, rule, args = wrong
        assert [(6, text.splitlines()[5].index(at) + 1, rule, args)] == found
    else:
        assert [] == found


def test_all_mistakes_of_deadlines_are_reported() -> None:
    wrong = last("{from: received, days: 0, cites: 一}")
    text = letter(RECEIVED, wrong, wrong.replace("last", "end"))
    assert [(6, "bad-value"), (6, "bad-citation"), (7, "bad-value"), (7, "bad-citation")] == [
        (line, rule) for line, _, rule in rules(text, "letter")
    ]


def test_two_blanks_of_one_name_are_one_too_many() -> None:
    text = letter("{id: a, label: 甲}", "{id: b, label: 乙}", "{id: a, label: 丙}")
    _, _, (problem,) = frontmatter.read(Source("a.md", text), "letter")
    assert ("duplicate-key", Span("a.md", 7, 10, 11)) == (problem.rule, problem.span)
    assert {"key": "a", "line": "5"} == dict(problem.args)


def test_a_blank_without_a_name_is_none() -> None:
    text = letter("{label: 甲}", "{id: b, label: 乙}")
    meta, _, _ = frontmatter.read(Source("a.md", text), "letter")
    assert ["b"] == [blank.id for blank in meta.blanks]
    assert [(5, 5, "missing-key")] == rules(text, "letter")
