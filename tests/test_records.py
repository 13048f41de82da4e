"""YAML read by shape: values, places, and every mistake in one run."""

from datetime import date
from typing import Any

import pytest

from overdue_guide.problems import Problem, Source
from overdue_guide.records import read_record, read_records
from overdue_guide.shapes import Field

FIELDS = {
    "text": Field("text"),
    "choice": Field("text", choices=("on", "off", "auto")),
    "code": Field("text", pattern="[a-z]+"),
    "texts": Field("texts"),
    "day": Field("date"),
    "loose": Field("loose-date", choices=("true",)),
    "number": Field("number"),
    "flag": Field("flag"),
    "part": Field("record", fields={"name": Field("text", required=True)}),
    "parts": Field("records", fields={"name": Field("text", required=True)}),
    "table": Field("table", fields={"gist": Field("text", required=True)}),
}


def read(text: str) -> tuple[dict[str, Any], list[tuple[int, int, str]]]:
    record, problems = read_record(Source("a.yml", text), FIELDS)
    return dict(record.values), sorted((p.span.line, p.span.column, p.rule) for p in problems)


def only(text: str) -> Problem:
    """The one problem of a text."""
    _, problems = read_record(Source("a.yml", text), FIELDS)
    (problem,) = problems
    return problem


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("text: 一句话", "一句话"),
        ("text: '123'", "123"),
        ("text: >\n  两\n  行\n", "两 行"),
        ("choice: off", "off"),
        ("code: abc", "abc"),
        ("texts: [a, 12, '  b ']", ("a", "12", "b")),
        ("texts:\n- a\n- b\n", ("a", "b")),
        ("texts: []", ()),
        ("day: 2026-11-23", date(2026, 11, 23)),
        ("day: '2026-11-23'", date(2026, 11, 23)),
        ("loose: 2026", "2026"),
        ("loose: 2026-11", "2026-11"),
        ("loose: true", "true"),
        ("number: -12", -12),
        ("flag: yes", True),
        ("flag: false", False),
    ],
)
def test_a_value_is_typed_by_its_shape(text: str, value: object) -> None:
    values, problems = read(text)
    assert ([value], []) == (list(values.values()), problems)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("text: 123", "wrong-type"),
        ("text: yes", "wrong-type"),
        ("text: 2026-11-23", "wrong-type"),
        ("text: [a]", "wrong-type"),
        ("text: {a: b}", "wrong-type"),
        ("text: !!python/name:os.system x", "wrong-type"),
        ("choice: aut", "bad-value"),
        ("code: A1", "bad-value"),
        ("texts: foo", "wrong-type"),
        ("texts: [1.5]", "wrong-type"),
        ("texts: [[a]]", "wrong-type"),
        ("texts: ['']", "empty-value"),
        ("day: tomorrow", "wrong-type"),
        ("day: 2026/11/23", "wrong-type"),
        ("day: 20261123", "wrong-type"),
        ("day: 2026-11-23T10:00:00", "wrong-type"),
        ("day: 2026-02-30", "bad-date"),
        ("day: 0000-01-01", "bad-date"),
        ("loose: 2026-13", "bad-date"),
        ("loose: 2026-02-30", "bad-date"),
        ("loose: last year", "wrong-type"),
        ("number: 1.5", "wrong-type"),
        ("number: '1'", "wrong-type"),
        ("number: 0x10", "wrong-type"),
        ("number: 12345678901234567890", "wrong-type"),
        ("flag: 1", "wrong-type"),
        ("flag: 'true'", "wrong-type"),
        ("part: x", "wrong-type"),
        ("parts: {name: x}", "wrong-type"),
        ("parts: [x]", "wrong-type"),
        ("parts: [{}]", "missing-key"),
        ("table: [x]", "wrong-type"),
        ("table: {1: x}", "wrong-type"),
        ("table: {1: {gist: ''}}", "empty-value"),
        ("? [a]\n: b", "wrong-type"),
        ("txt: a", "unknown-key"),
        ("<<: {text: a}", "unknown-key"),
        ("text: a\ntext: b", "duplicate-key"),
        ("table: {1: {gist: a}, '1': {gist: b}}", "duplicate-key"),
        ("text: a: b", "yaml-syntax"),
        ("text: 'a", "yaml-syntax"),
        ("texts: [a, b", "yaml-syntax"),
        ("text: @a", "yaml-syntax"),
        ("text: *a", "yaml-syntax"),
        ("parts: &a [{name: x}]\nparts: *a", "duplicate-key"),
        ("text：a", "full-width-colon"),
    ],
)
def test_a_mistake_is_one_problem(text: str, rule: str) -> None:
    assert only(text).rule == rule


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("text: 中文: 甲", (1, 9)),
        ("number: 1\ntext: 'a\nflag: true", (2, 7)),
        ("texts: [a,\n  b\nflag: true", (1, 8)),
        ("# 注\nloose: 2026-13", (2, 8)),
        ("parts:\n  - name: x\n    nme: 甲", (3, 5)),
        ("part:\n    nme: x\n    name: y", (2, 5)),
    ],
    ids=["second colon", "open quote", "open bracket", "after a comment", "in a list", "in a part"],
)
def test_a_problem_stands_where_the_mistake_begins(text: str, place: tuple[int, int]) -> None:
    span = only(text).span
    assert place == (span.line, span.column)


def test_what_cannot_be_read_hides_nothing_else() -> None:
    values, problems = read(
        "text: 甲: 乙\nday: 2026-02-30\ntexts: [a\nnumber: 3\ncode: 'x\nflag: maybe\n"
    )
    assert values == {"number": 3}
    assert [
        (1, 8, "yaml-syntax"),
        (2, 6, "bad-date"),
        (3, 8, "yaml-syntax"),
        (5, 7, "yaml-syntax"),
        (6, 7, "wrong-type"),
    ] == problems


def test_a_tab_is_reported_once_and_the_rest_is_read() -> None:
    assert ({"texts": ("a", "b")}, [(2, 1, "yaml-tab"), (3, 1, "yaml-tab")]) == read(
        "texts:\n\t- a\n\t- b\n"
    )


def test_a_tab_after_a_colon_is_fine() -> None:
    assert ({"text": "a"}, []) == read("text:\ta")


def test_a_full_width_colon_inside_a_value_is_fine() -> None:
    assert ({"text": "注意：\nnote：x"}, []) == read("text: |\n  注意：\n  note：x\n")


def test_a_suggestion_is_the_nearest_key() -> None:
    assert dict(only("txets: a").args)["suggestion"] == "texts"
    assert "suggestion" not in dict(only("zzz: a").args)


def test_a_second_document_is_not_read() -> None:
    assert only("text: a\n---\ntext: b\n").rule == "yaml-syntax"


@pytest.mark.parametrize(
    "text",
    [
        "text: " + "[" * 100_000,
        "text: " + "{a: " * 50_000,
        "- " * 100_000,
        "\n".join(" " * at + "a:" for at in range(700)),
        "? " * 10_000,
    ],
    ids=["lists", "maps", "sequences on a line", "blocks", "keys"],
)
def test_deep_nesting_is_a_problem_and_no_crash(text: str) -> None:
    assert only(text).rule == "yaml-syntax"


def test_a_bomb_of_aliases_is_defused() -> None:
    lines = ["parts: &a0 [{name: x}]"] + [
        f"k{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)
    ]
    _, problems = read("\n".join(lines))
    assert {"unknown-key"} == {rule for _, _, rule in problems}


def test_an_alias_is_no_second_value() -> None:
    values, problems = read("texts: &a [x]\npart: *a\n")
    assert {"texts": ("x",)} == values
    assert "yaml-syntax" in [rule for _, _, rule in problems]


def test_after_twenty_mistakes_the_rest_is_not_read() -> None:
    _, problems = read("\n".join(f"k{n}: a: b" for n in range(50)))
    assert [(n, "yaml-syntax") for n in range(1, 21)] == [
        (line, rule) for line, _, rule in problems
    ]


def test_an_empty_file_lacks_what_is_required() -> None:
    fields = {"title": Field("text", required=True), "note": Field("text")}
    for text in ("", "# only a comment\n", "---\n\n  ", "''"):
        record, problems = read_record(Source("a.yml", text), fields)
        assert ({}, ["missing-key"]) == (record.values, [p.rule for p in problems])


def test_a_key_that_cannot_be_read_is_not_missing() -> None:
    fields = {"title": Field("text", required=True)}
    _, problems = read_record(Source("a.yml", "title: a: b"), fields)
    assert [p.rule for p in problems] == ["yaml-syntax"]


def test_part_of_a_source_keeps_its_lines() -> None:
    source = Source("a.md", "---\nnumber: x\n---\n")
    _, problems = read_record(source, FIELDS, text="number: x", first_line=2)
    assert (2, 9) == (problems[0].span.line, problems[0].span.column)


def test_a_file_of_records_is_a_list() -> None:
    fields = {"name": Field("text", required=True)}
    rows, problems = read_records(Source("a.yml", "- name: a\n- {}\n- name: b\n"), fields)
    assert ["a", "", "b"] == [row.text("name") for row in rows]
    assert [(2, "missing-key")] == [(p.span.line, p.rule) for p in problems]
    assert ((), ()) == read_records(Source("a.yml", ""), fields)
    assert [p.rule for p in read_records(Source("a.yml", "name: a"), fields)[1]] == ["wrong-type"]
