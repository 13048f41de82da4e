"""``content/reference/contact-rules.yml`` → the rules that the contact log holds entries against."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from overdue_guide import proofread
from overdue_guide.contact import CHOICES, LEVELS, ContactRule, Level, Occasion
from overdue_guide.problems import Problem, Source, suggesting
from overdue_guide.records import read_records
from overdue_guide.reference import cited
from overdue_guide.shapes import Field, Record, repeated

_HOURS = r"([01]?\d|2[0-4])-([01]?\d|2[0-4])"
_LISTS: Mapping[str, str] = {
    "kind": "怎么联系的",
    "who": "谁联系的",
    "whom": "联系了谁",
    "answered": "接通没有",
    "reachable": "当时能不能联系上本人",
    "said": "说了什么，有其一就算",
}
_OCCASION: Mapping[str, Field] = {
    **{
        name: Field("texts", doc=f"{doc}：{'、'.join(CHOICES[name])}")
        for name, doc in _LISTS.items()
    },
    "hours": Field("text", pattern=_HOURS, doc="几点到几点，例如 22-8：含 22:00，不含 8:00"),
    "fewer_persons": Field("number", doc="上门人数少于几人"),
    "more_persons": Field("number", doc="上门人数多于几人"),
    "more_than": Field("number", doc="同一家的这类联系多于几次"),
    "within": Field("text", choices=("day", "log"), doc="在多长时间里数：一天，或全部记录"),
}
FIELDS: Mapping[str, Field] = {
    "id": Field("text", required=True, pattern="[a-z][a-z0-9-]*"),
    "title": Field("text", required=True, doc="对上以后显示的一句话"),
    "level": Field(
        "text",
        required=True,
        choices=tuple(LEVELS),
        called=dict(LEVELS.items()),
        doc="law 涉嫌违法（依据里要有核对过的法律、法规、规章），pact 不合行业规则，ask 值得核实",
    ),
    "says": Field("text", required=True, doc="规则是什么、有多大约束力；不比条文说得多"),
    "cites": Field("texts", required=True, doc="依据：law-id:KEY"),
    "when": Field("records", required=True, fields=_OCCASION, doc="什么情况，合上一种就算"),
}


def read(source: Source) -> tuple[tuple[ContactRule, ...], tuple[Problem, ...]]:
    """The rules in the editors' order, and what is wrong with them."""
    rows, problems = read_records(source, FIELDS)
    found = [*problems, *repeated(rows, "id"), *proofread.rows(source, FIELDS, rows)]
    rules = []
    for row in rows:
        cites, wrong = cited(row)
        found += [*wrong, *_empty(row), *_unknown(row)]
        if row.text("id"):
            rules.append(
                ContactRule(
                    id=row.text("id"),
                    title=row.text("title"),
                    level=_level(row.text("level")),
                    says=row.text("says"),
                    cites=cites,
                    when=tuple(_occasion(one) for one in row.records("when")),
                    span=row.spans["id"],
                )
            )
    return tuple(rules), tuple(found)


def _level(word: str) -> Level:
    return next((level for level in LEVELS if level == word), "ask")


def _occasion(row: Record) -> Occasion:
    start, _, end = row.text("hours").partition("-")
    return Occasion(
        kind=row.texts("kind"),
        who=row.texts("who"),
        whom=row.texts("whom"),
        answered=row.texts("answered"),
        reachable=row.texts("reachable"),
        said=row.texts("said"),
        hours=(int(start), int(end)) if start else None,
        fewer_persons=row.number("fewer_persons"),
        more_persons=row.number("more_persons"),
        more_than=row.number("more_than"),
        within="log" if row.text("within") == "log" else "day",
    )


def _empty(row: Record) -> Iterator[Problem]:
    """Lists that hold nothing, and conditions that hold always."""
    for key in ("cites", "when"):
        if key in row.values and not row.values[key]:
            yield Problem.at(row.spans[key], "empty-value", key=key)
    for one in row.records("when"):
        if not one.spans:
            yield Problem.at(one.span, "empty-value", key="when")


def _unknown(row: Record) -> Iterator[Problem]:
    """Values that no entry can have."""
    for one in row.records("when"):
        for name in _LISTS:
            known = CHOICES[name]
            for at, value in enumerate(one.texts(name)):
                if value not in known:
                    span, allowed = one.spans[f"{name}.{at}"], ", ".join(known)
                    yield suggesting(
                        "bad-value", span, value, known, key=name, value=value, choices=allowed
                    )
