"""A checker's YAML → ``Checker`` and problems; whether its paths hold is for ``check_flows``."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from overdue_guide import proofread
from overdue_guide.flow import Answer, Checker, Outcome, Question, Reason, Reference, Step, Verdict
from overdue_guide.problems import Problem, Source
from overdue_guide.records import read_record
from overdue_guide.reference import cited
from overdue_guide.shapes import Field, Record

_ID = "[a-z][a-z0-9-]*"
_VERDICTS: Mapping[str, Verdict] = {
    "safety": "safety",
    "fraud": "fraud",
    "unlawful": "unlawful",
    "doubtful": "doubtful",
    "lawful": "lawful",
    "act": "act",
    "unclear": "unclear",
}
_ANSWER = {
    "says": Field("text", required=True, doc="读者的回答，一句话"),
    "note": Field("text", doc="补一句，说明这个回答包括什么"),
    "to": Field("text", required=True, doc="下一题或结果的名称"),
}
_QUESTION = {
    "asks": Field("text", required=True, doc="问题，一次只问一件事"),
    "help": Field("text", doc="怎样判断，一两句"),
    "answers": Field("records", required=True, fields=_ANSWER, doc="几种回答"),
}
_REASON = {
    "says": Field("text", required=True, doc="规则是什么、有多大约束力；不比条文说得多"),
    "cites": Field("texts", required=True, doc="依据：law-id:KEY"),
}
_STEP = {
    "does": Field("text", required=True, doc="做什么，什么时候前"),
    "see": Field("text", doc="怎么做：栏目/文件名，文书写 letters/文件名"),
    "channel": Field("text", doc="找谁：求助渠道的 id"),
}
_OUTCOME = {
    "verdict": Field(
        "text",
        required=True,
        choices=tuple(_VERDICTS),
        doc="safety 先保证安全，fraud 像骗局，unlawful 涉嫌违法，doubtful 可能违规，"
        "lawful 看不出违规，act 先做这件事，unclear 还不能判断",
    ),
    "title": Field("text", required=True, doc="结论，一句话"),
    "means": Field("text", required=True, doc="两句话：是什么、先做什么"),
    "sure": Field("text", required=True, doc="有多大把握，什么会改变结论"),
    "reasons": Field("records", required=True, fields=_REASON, doc="为什么，一条一个依据"),
    "steps": Field("records", required=True, fields=_STEP, doc="接下来怎么做，按顺序"),
    "keep": Field("texts", doc="保留的证据"),
}
FIELDS: Mapping[str, Field] = {
    "title": Field("text", required=True, doc="读者会怎么问，就怎么写"),
    "summary": Field("text", required=True, doc="查什么、几分钟、结果有什么用"),
    "keywords": Field("texts", doc="读者会打的说法"),
    "reviewed": Field("date", required=True, doc="最后一次法律复核的日期 YYYY-MM-DD"),
    "related": Field("texts", doc="相关文章：栏目/文件名；那些文章会链接到这里"),
    "weight": Field("number", doc="在自查列表里的顺序，小的在前"),
    "questions": Field("table", required=True, fields=_QUESTION, doc="名称 → 问题；第一个最先问"),
    "outcomes": Field("table", required=True, fields=_OUTCOME, doc="名称 → 结果"),
}
"""Every key an author may write, with its shape."""


def read(source: Source) -> tuple[Checker, tuple[Problem, ...]]:
    """One checker, and what is wrong with its file."""
    record, problems = read_record(source, FIELDS)
    slug = posixpath.basename(source.path).rpartition(".")[0]
    asked, ends = record.table("questions"), record.table("outcomes")
    made = [_outcome(name, row) for name, row in ends.items()]
    checker = Checker(
        slug=slug,
        path=source.path,
        title=record.text("title", slug),
        summary=record.text("summary"),
        questions=tuple(_question(name, row) for name, row in asked.items()),
        outcomes=tuple(outcome for outcome, _ in made),
        keywords=record.texts("keywords"),
        related=tuple(
            Reference(name, record.spans[f"related.{at}"])
            for at, name in enumerate(record.texts("related"))
        ),
        reviewed=record.day("reviewed"),
        reviewed_span=record.spans.get("reviewed"),
        weight=record.number("weight"),
    )
    wrong = (problem for _, found in made for problem in found)
    worded = proofread.rows(source, FIELDS, [record])
    return checker, (*problems, *_misnamed(asked, ends), *_empty(record), *wrong, *worded)


def _misnamed(asked: Mapping[str, Record], ends: Mapping[str, Record]) -> Iterator[Problem]:
    """Names that are no address, and outcomes named like a question."""
    for name, row in (*asked.items(), *ends.items()):
        if not re.fullmatch(_ID, name):
            yield Problem.at(row.span, "bad-value", key="id", value=name, choices=_ID)
    for name, row in ends.items():
        if name in asked:
            line = str(asked[name].span.line)
            yield Problem.at(row.span, "duplicate-key", key=name, line=line)


def _empty(record: Record) -> Iterator[Problem]:
    """Tables and lists that hold nothing although something must stand there."""
    rows = [(record, key) for key in ("questions", "outcomes")]
    rows += [(row, "answers") for row in record.table("questions").values()]
    rows += [
        (row, key) for row in record.table("outcomes").values() for key in ("reasons", "steps")
    ]
    for row, key in rows:
        if key in row.values and not row.values[key]:
            yield Problem.at(row.spans[key], "empty-value", key=key)


def _question(name: str, row: Record) -> Question:
    answers = tuple(_answer(one) for one in row.records("answers") if one.text("to"))
    return Question(name, row.text("asks", name), answers, row.span, row.text("help"))


def _answer(row: Record) -> Answer:
    return Answer(row.text("says"), Reference(row.text("to"), row.spans["to"]), row.text("note"))


def _outcome(name: str, row: Record) -> tuple[Outcome, list[Problem]]:
    made = [_reason(one) for one in row.records("reasons")]
    outcome = Outcome(
        id=name,
        verdict=_VERDICTS.get(row.text("verdict"), "unclear"),
        title=row.text("title", name),
        means=row.text("means"),
        sure=row.text("sure"),
        reasons=tuple(reason for reason, _ in made),
        steps=tuple(_step(one) for one in row.records("steps")),
        keep=row.texts("keep"),
        span=row.span,
    )
    return outcome, [problem for _, found in made for problem in found]


def _reason(row: Record) -> tuple[Reason, list[Problem]]:
    found, problems = cited(row)
    return Reason(row.text("says"), found), problems


def _step(row: Record) -> Step:
    return Step(row.text("does"), _named(row, "see"), _named(row, "channel"))


def _named(row: Record, key: str) -> Reference | None:
    return Reference(row.text(key), row.spans[key]) if row.text(key) else None
