"""Help channels, glossary and synonyms: YAML → values and problems."""

from __future__ import annotations

import re
from collections.abc import Mapping

from overdue_guide import proofread
from overdue_guide.aids import Channel, Synonym, Term
from overdue_guide.citations import parse_marked
from overdue_guide.law import Citation
from overdue_guide.problems import Problem, Source
from overdue_guide.records import read_records
from overdue_guide.shapes import Field, Record, repeated

CHANNEL_FIELDS: Mapping[str, Field] = {
    "id": Field("text", required=True, pattern="[a-z0-9-]+"),
    "name": Field("text", required=True),
    "phone": Field("text", pattern=r"\d[\d-]{2,14}", doc="只写核实过的号码，加引号"),
    "web": Field("text", pattern="https?://.+"),
    "handles": Field("text", required=True, doc="管什么"),
    "not_for": Field("text", doc="不管什么"),
    "before": Field("text", doc="先做什么、准备什么"),
    "deadline": Field("text", doc="多久有结果"),
    "cites": Field("texts", doc="期限的依据：law-id:KEY"),
    "where": Field("text", doc="号码未核实时，到哪里查"),
    "checked": Field("date", doc="核实号码的日期"),
    "source": Field("text", doc="号码的来源"),
    "note": Field("text"),
    "urgent": Field("flag", doc="true：危险时先打"),
}
TERM_FIELDS: Mapping[str, Field] = {
    "term": Field("text", required=True),
    "aka": Field("texts", doc="别的叫法"),
    "meaning": Field("text", required=True),
    "cites": Field("texts", doc="law-id:KEY"),
    "see": Field("text", doc="栏目/文件名"),
    "group": Field("text", doc="分在哪一组；都不写就不分组"),
    "everyday": Field("flag", doc="true：平常也这么用的词，正文里不自动加解释"),
}
SYNONYM_FIELDS: Mapping[str, Field] = {
    "says": Field("texts", required=True, doc="读者怎么说"),
    "means": Field("texts", required=True, doc="文章怎么说"),
}


def read_channels(source: Source) -> tuple[tuple[Channel, ...], tuple[Problem, ...]]:
    """The help channels, in the editors' order."""
    rows, problems = read_records(source, CHANNEL_FIELDS)
    problems += (*repeated(rows, "id"), *proofread.rows(source, CHANNEL_FIELDS, rows))
    made = [_channel(row) for row in rows if row.text("id")]
    return tuple(channel for channel, _ in made), problems + tuple(
        problem for _, found in made for problem in found
    )


def read_terms(source: Source) -> tuple[tuple[Term, ...], tuple[Problem, ...]]:
    """The glossary, in the editors' order."""
    rows, problems = read_records(source, TERM_FIELDS)
    problems += (*repeated(rows, "term"), *proofread.rows(source, TERM_FIELDS, rows))
    made = [_term(row) for row in rows if row.text("term")]
    return tuple(term for term, _ in made), problems + tuple(
        problem for _, found in made for problem in found
    )


def read_synonyms(source: Source) -> tuple[tuple[Synonym, ...], tuple[Problem, ...]]:
    """What borrowers say for what articles say."""
    rows, problems = read_records(source, SYNONYM_FIELDS)
    return tuple(Synonym(row.texts("says"), row.texts("means")) for row in rows), problems


def _channel(row: Record) -> tuple[Channel, list[Problem]]:
    cites, problems = cited(row)
    return Channel(
        id=row.text("id"),
        name=row.text("name"),
        handles=row.text("handles"),
        span=row.spans["id"],
        phone=row.text("phone"),
        web=row.text("web"),
        not_for=row.text("not_for"),
        before=row.text("before"),
        deadline=row.text("deadline"),
        cites=cites,
        where=row.text("where"),
        checked=row.day("checked"),
        source=row.text("source"),
        note=row.text("note"),
        urgent=row.flag("urgent"),
    ), problems


def _term(row: Record) -> tuple[Term, list[Problem]]:
    cites, problems = cited(row)
    return Term(
        term=row.text("term"),
        meaning=row.text("meaning"),
        span=row.spans.get("see", row.spans["term"]),
        aka=row.texts("aka"),
        cites=cites,
        see=row.text("see"),
        group=row.text("group"),
        everyday=row.flag("everyday"),
    ), problems


def cited(row: Record) -> tuple[tuple[Citation, ...], list[Problem]]:
    """The citations under ``cites``, and those that are none."""
    cites, problems = [], []
    for at, text in enumerate(row.texts("cites")):
        span = row.spans[f"cites.{at}"]
        names = parse_marked(re.sub(r"^\[@|\]$", "", text))
        if names is None:
            problems.append(Problem.at(span, "bad-citation", text=text))
        cites += [Citation(n.law, n.key, span, historical=n.historical) for n in names or ()]
    return tuple(cites), problems
