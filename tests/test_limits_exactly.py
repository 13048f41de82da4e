"""Each limit, to the character: what just fits, the first thing too many, and where it is."""

import pytest

from overdue_guide import limits
from overdue_guide.problems import Problem, Source

HEAD = "---\ntitle: [[[[\n---\n"
"""Is read by somebody else: nothing of it counts."""


def told(source: Source, problems: list[Problem]) -> list[tuple[int, str, str | None]]:
    """(offset, what there is too much of, how much would fit) of each problem."""
    lines = source.text.split("\n")
    return [
        (
            sum(len(line) + 1 for line in lines[: one.span.line - 1]) + one.span.column - 1,
            dict(one.args).get("what", one.rule),
            dict(one.args).get("most"),
        )
        for one in problems
    ]


def excess(body: str) -> list[tuple[int, str, str | None]]:
    """The same of a Markdown body, with offsets in it."""
    source = Source("a.md", HEAD + body)
    found = told(source, list(limits.too_complex(source, len(HEAD))))
    return [(at - len(HEAD), what, most) for at, what, most in found]


@pytest.mark.parametrize("most", [10, 100])
def test_a_text_may_be_as_long_as_is_allowed(most: int) -> None:
    fits, longer = Source("a.md", "甲" * most), Source("a.md", "甲" * most + "乙")
    assert [] == list(limits.too_long(fits, most))
    assert [(most, "characters", str(most))] == told(longer, list(limits.too_long(longer, most)))


@pytest.mark.parametrize(
    ("fits", "what", "most"),
    [
        ("甲" * 300_000, "characters", "300000"),
        ("\n" * 30_000, "entries", "30000"),
        ("," * 30_000, "entries", "30000"),
        ("a,\n" * 15_000, "entries", "30000"),
    ],
    ids=["characters", "lines", "commas", "both"],
)
def test_yaml_may_hold_as_much_as_is_allowed(fits: str, what: str, most: str) -> None:
    source = Source("site.yml", "甲\n")
    assert [] == list(limits.too_long_yaml(source, fits))
    longer = limits.too_long_yaml(source, fits + fits[-1])
    assert [(0, what, most)] == told(source, list(longer))


COUNTED = [
    ("headings", 1_000, "# 甲\n"),
    ("headings", 1_000, "> - 1. # 甲\n"),
    ("headings", 1_000, "===\n"),
    ("headings", 1_000, "--- \n"),
    ("footnotes", 300, "[^1]: 甲\n"),
    ("footnotes", 300, "*[甲]: 乙\n"),
    ("footnotes", 300, " > [甲]: 乙\n"),
    ("links", 500, "[甲](b.md) "),
    ("links", 500, "《甲》"),
    ("links", 500, "{{a}}"),
    ("marks", 5_000, "*甲 "),
    ("marks", 5_000, "**甲 "),
    ("marks", 5_000, "__甲 "),
    ("marks", 5_000, "&amp; "),
    ("marks", 5_000, "\\"),
    ("tags", 300, "<br>"),
    ("tags", 300, "</a "),
    ("tags", 300, "<!甲 "),
]


@pytest.mark.parametrize(("what", "most", "unit"), COUNTED)
def test_what_is_counted_is_told_at_the_first_too_many(what: str, most: int, unit: str) -> None:
    body = "正文\n\n" + unit * most
    assert [] == excess(body)
    assert [(len(body), what, str(most))] == excess(body + unit * 3)


@pytest.mark.parametrize("unit", ["甲\n\n", "甲\n \t\n\n", "甲\n乙\n\n\n"])
def test_blocks_are_what_empty_lines_part(unit: str) -> None:
    body = "\n\n" + unit * 5_000
    assert [] == excess(body)
    assert [(len(body), "blocks", "5000")] == excess(body + unit * 3)


def test_tags_count_the_more_the_more_blocks_reopen_them() -> None:
    body = "正文\n\n" + "<b>" * 250 + "\n\n甲" * 148
    assert [] == excess(body)
    assert [(4, "tags", "249")] == excess(body + "\n\n甲")


def test_a_table_is_as_wide_as_its_widest_line() -> None:
    small, wide = "|" * 100 + "\n甲 乙" * 99, "|" * 101 + "\n|丙 丁" * 99
    assert [] == excess(f"{small}\n\n{small}")
    assert [(len(small) + 2, "cells", "20000")] == excess(f"{small}\n\n{wide}")
    assert [(0, "cells", "20000")] == excess(f"{wide}\n\n{small}")
    assert [(0, "cells", "20000")] == excess(f"{wide}\n\n{wide}")


STEPS = {
    "brackets left open": ("brackets", "[" * 125 + "甲" * 31_937),
    "parentheses left open": ("brackets", "](" * 1_000 + "甲" * 3_000),
    "nested brackets": ("brackets", "[" * 400 + "甲" * 9_600 + "]" * 400),
    "backticks": ("backticks", "`" * 4_000 + "甲" * 6_000),
    "lines": ("lines", "甲\n" * 2_000 + "甲" * 6_000),
}
"""Texts whose steps are exactly as many as is allowed."""


@pytest.mark.parametrize(("what", "body"), STEPS.values(), ids=STEPS)
def test_what_a_parser_would_have_to_walk_is_counted(what: str, body: str) -> None:
    assert [] == excess(body)
    longer = body.replace("甲", "甲甲", 1)
    assert [(0, what, None)] == excess(longer)
    small = {"brackets": "[甲]", "backticks": "`甲`", "lines": "甲\n乙"}[what]
    assert [(0, what, None)] == excess(f"{body}\n\n{small}")
    assert [(len(small) + 2, what, None)] == excess(f"{small}\n\n{body}")


def test_a_parenthesis_that_is_closed_is_walked_to_its_partner() -> None:
    # Each at 2 n + 1, its partner as far from the end: 1499500 steps, and 2500 for each of 1000.
    body = "](" * 1_000 + "甲" * 2_500 + ")" * 1_000 + "\n\n[" + "甲" * 499 + "]"
    assert [] == excess(body)
    assert [(0, "brackets", None)] == excess(body + "\n\n[]")


def test_brackets_that_belong_to_no_link_cost_nothing() -> None:
    assert [] == excess("(" * 3_000 + "甲" * 3_000 + ")" * 3_000 + "]" * 3_000)
    assert [] == excess("[甲] (乙) " * 450 + "甲" * 60_000)


@pytest.mark.parametrize(
    "level", [">", "> ", "- ", "+ ", "* ", "1. ", "12) ", "!!! ", "    ", "\t", "  \t"]
)
def test_thirty_levels_are_the_deepest(level: str) -> None:
    assert [] == excess("> 甲\n\n" + level * 30 + "甲")
    assert [(5, "nested-too-deeply", None)] == excess("> 甲\n\n" + level * 31 + "甲\n\n> 乙\n")


def test_the_deepest_line_is_told() -> None:
    body = ">" * 32 + "甲\n\n" + ">" * 35 + "乙\n\n" + ">" * 33 + "丙\n"
    assert [(35, "nested-too-deeply", None)] == excess(body)


@pytest.mark.parametrize("line", [":   乙\n", " > : 乙\n", ":\t乙\n"])
def test_thirty_definitions_may_follow_each_other(line: str) -> None:
    body = "正文\n\n甲\n" + line * 30
    assert [] == excess(body + "\n" + line)
    assert [(len(body), "nested-too-deeply", None)] == excess(body + line * 3)
