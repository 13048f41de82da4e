"""The block at the head of a Markdown file."""

from datetime import date

import pytest

from overdue_guide import frontmatter
from overdue_guide.heads import Blank
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
    assert text[start:].strip() == "正文: 不是键"
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
