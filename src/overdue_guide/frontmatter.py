"""A Markdown file's YAML block → ``FrontMatter``, its problems, and where the body begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from overdue_guide.citations import parse_marked
from overdue_guide.heads import Blank, Change, Deadline, FrontMatter
from overdue_guide.law import Citation
from overdue_guide.model import Kind
from overdue_guide.problems import Problem, Source
from overdue_guide.records import read_record
from overdue_guide.shapes import Field, Record, repeated
from overdue_guide.structs import replace

_DEADLINE = {
    "from": Field("text", required=True, doc="从哪个日期空格起算（当天不算）"),
    "days": Field("number", required=True, doc="几日"),
    "cites": Field("text", required=True, doc="定下这个期限的条文：law-id:KEY"),
}
_KINDS = {"text": "文字", "lines": "几行字", "date": "日期", "money": "金额", "phone": "电话"}
_BLANK = {
    "id": Field("text", required=True, pattern=r"[a-z][a-z0-9-]*", doc="正文里写作 {{id}}"),
    "label": Field("text", required=True, doc="空格的名称，读者看得见"),
    "kind": Field("text", choices=tuple(_KINDS), called=_KINDS, doc="填什么"),
    "hint": Field("text", doc="一句提示"),
    "deadline": Field("record", fields=_DEADLINE, doc="算出来的最后一天，读者不用填"),
}

_CHANGE = {
    "date": Field("date", required=True, doc="改的那一天 YYYY-MM-DD"),
    "note": Field("text", required=True, doc="改了什么，读者看得见"),
}
_RISKS = {"low": "低", "medium": "中", "high": "高"}
CALCULATORS = ("penalty", "annual", "plan", "limitation")
"""Forms that the templates have."""

FIELDS: Mapping[str, Field] = {
    "title": Field("text", required=True, doc="读者会怎么问，就怎么写"),
    "summary": Field("text", required=True, doc="两句话直接回答标题"),
    "question": Field("text", doc="读者心里的那句话"),
    "calculator": Field(
        "text", required=True, choices=CALCULATORS, doc="用哪个计算器（只用于 tools/）"
    ),
    "stage": Field("texts", names=True, doc="只在这些阶段有用；各阶段都适用就不写"),
    "tags": Field("texts", names=True, doc="标签"),
    "keywords": Field("texts", names=True, doc="读者会打、正文里没有的说法"),
    "reviewed": Field("date", required=True, doc="最后一次法律复核的日期 YYYY-MM-DD"),
    "review_by": Field("date", doc="最迟哪天前再复核"),
    "risk": Field(
        "text", choices=tuple(_RISKS), called=_RISKS, doc="写错的后果有多重；决定多久复核一次"
    ),
    "weight": Field("number", doc="在栏目里的顺序，小的在前"),
    "related": Field("texts", names=True, doc="相关文章：栏目/文件名"),
    "aliases": Field("texts", names=True, doc="旧地址，例如 /old/address/"),
    "draft": Field("flag", doc="true：草稿，不发布"),
    "authors": Field("texts", names=True, doc="撰写或复核的人"),
    "blanks": Field("records", fields=_BLANK, doc="文书里的空格（只用于 letters/）"),
    "changes": Field("records", fields=_CHANGE, doc="更正记录：哪天、改了什么"),
}
"""Every key an author may write, with its shape, in the order in which ``fmt`` writes them."""

_OPTIONAL_FOR: Mapping[Kind, frozenset[str]] = {
    "article": frozenset(),
    "letter": frozenset(),
    "tool": frozenset(),
    "page": frozenset({"summary", "reviewed"}),
    "section": frozenset({"title", "summary", "reviewed"}),
    "home": frozenset({"title", "summary", "reviewed"}),
}
_ONLY_FOR: Mapping[str, Kind] = {"blanks": "letter", "calculator": "tool"}
_MARKER = re.compile(r"---[ \t]*\Z")
_ENDED = re.compile(r"\s*\Z|(?![\w\"'-]+\s*[:\uff1a]|[ \t#]|- )")
"""A line at which a block that nothing closes ends: empty, or like no line of YAML."""


@cache
def fields_for(kind: Kind) -> Mapping[str, Field]:
    """The keys that a page of this kind may or must have."""
    optional = _OPTIONAL_FOR[kind]
    return {
        name: replace(shape, required=False) if name in optional else shape
        for name, shape in FIELDS.items()
        if _ONLY_FOR.get(name, kind) == kind
    }


def read(source: Source, kind: Kind) -> tuple[FrontMatter, int, tuple[Problem, ...]]:
    """The front matter, the offset at which the body begins, and what is wrong.

    A block that is not closed is read up to the first line that is no key, so that its other mistakes are
    reported in the same run.
    """
    lines = source.text.split("\n")
    if not _MARKER.match(lines[0]):
        problems: tuple[Problem, ...] = ()
        if kind not in ("home", "section"):
            problems = (Problem.at(source.at(1, 1), "front-matter-missing"),)
        return FrontMatter(title=""), 0, problems
    end = next((at for at, line in enumerate(lines[1:], 1) if _MARKER.match(line)), None)
    unclosed: tuple[Problem, ...] = ()
    body_line = end
    if end is None:
        end = next((at for at, line in enumerate(lines[1:], 1) if _ENDED.match(line)), len(lines))
        body_line = end - 1
        text = next((at for at, line in enumerate(lines) if at >= end and line.strip()), end - 1)
        unclosed = (Problem.at(source.at(text + 1, 1), "front-matter-unclosed"),)
    assert body_line is not None
    block = "\n".join(lines[1:end])
    record, problems = read_record(source, fields_for(kind), text=block, first_line=2)
    body = min(sum(len(line) + 1 for line in lines[: body_line + 1]), len(source.text))
    problems += tuple(repeated(record.records("blanks"), "id"))
    problems += tuple(_bad_deadlines(record))
    return _front_matter(record, source.path), body, unclosed + problems


def _front_matter(record: Record, path: str) -> FrontMatter:
    risk = record.text("risk", "medium")
    return FrontMatter(
        title=record.text("title"),
        summary=record.text("summary"),
        question=record.text("question"),
        reviewed=record.day("reviewed"),
        review_by=record.day("review_by"),
        stage=record.texts("stage"),
        tags=record.texts("tags"),
        keywords=record.texts("keywords"),
        aliases=record.texts("aliases"),
        related=record.texts("related"),
        authors=record.texts("authors"),
        weight=record.number("weight"),
        risk="low" if risk == "low" else "high" if risk == "high" else "medium",
        draft=record.flag("draft"),
        blanks=tuple(_blank(row) for row in record.records("blanks") if row.text("id")),
        calculator=record.text("calculator"),
        changes=tuple(_changes(record)),
        path=path,
        places=tuple(
            (key, span.line, span.column, span.end_column)
            for key, span in sorted(record.spans.items())
        ),
    )


def _changes(record: Record) -> Iterator[Change]:
    for row in record.records("changes"):
        day = row.day("date")
        if day and row.text("note"):
            yield Change(day, row.text("note"), row.spans["date"])


def _blank(row: Record) -> Blank:
    kind, deadline = row.text("kind", "text"), row.values.get("deadline")
    return Blank(
        row.text("id"),
        row.text("label"),
        kind,  # type: ignore[arg-type]
        row.text("hint"),
        _deadline(deadline) if deadline else None,
    )


def _deadline(row: Record) -> Deadline | None:
    if not {"from", "days", "cites"} <= row.values.keys():
        return None  # reported as missing
    span = row.spans["cites"]
    names = parse_marked(row.text("cites")) or ()
    cites = tuple(Citation(name.law, name.key, span) for name in names)
    return Deadline(row.text("from"), row.number("days"), cites, row.spans["from"])


def _bad_deadlines(record: Record) -> Iterator[Problem]:
    for blank in record.records("blanks"):
        row = blank.values.get("deadline")
        if row and "cites" in row.values and parse_marked(row.text("cites")) is None:
            yield Problem.at(row.spans["cites"], "bad-citation", text=row.text("cites"))
        if row and "days" in row.values and row.number("days") < 1:
            days = str(row.number("days"))
            yield Problem.at(row.spans["days"], "bad-value", key="days", value=days, choices="≥ 1")
