"""The registry of law: YAML → ``Law``, look-up by id or by written name, and what is in force when.

A law with no version in force on the day is never used silently: ``standing`` says why, and
``check`` makes a problem of it.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from difflib import get_close_matches
from enum import Enum

from overdue_guide import meant
from overdue_guide.citations import KEY, Name, label
from overdue_guide.law import Citation, Law, Provision, ResolvedCitation
from overdue_guide.problems import Problem, Source
from overdue_guide.records import read_record
from overdue_guide.shapes import Field, Record
from overdue_guide.structs import Struct


class Force(Struct, frozen=True):
    """How an instrument binds; source: 立法法 for the ranks, 标准化法第二条 for standards."""

    label: str
    meaning: str
    binding: bool


FORCES: Mapping[str, Force] = {
    "statute": Force(
        "法律", "全国人大或其常委会制定，人人都要遵守，法院和行政机关直接适用。", True
    ),
    "administrative-regulation": Force("行政法规", "国务院制定，全国适用，效力低于法律。", True),
    "party-state-regulation": Force(
        "党内法规", "中共中央与国务院联合发布，约束各级党政机关怎样受理和办理信访。", True
    ),
    "judicial-interpretation": Force(
        "司法解释", "最高人民法院、最高人民检察院对怎样适用法律的规定，法院审案要依照。", True
    ),
    "special-zone-regulation": Force("经济特区法规", "只在该经济特区内适用的地方性法规。", True),
    "departmental-rule": Force(
        "部门规章", "国务院部门制定，受它监管的机构必须遵守，违反会被处罚。", True
    ),
    "normative-document": Force(
        "规范性文件",
        "主管部门发布的通知、指引，约束被监管的机构；能否直接作为你起诉的依据要看具体情形。",
        True,
    ),
    "judicial-policy": Force(
        "司法政策文件", "指导法院怎样裁判的意见，不是法律也不是司法解释，法院通常会参考。", False
    ),
    "national-recommended-standard": Force(
        "推荐性国家标准",
        "国家鼓励采用，本身不强制；写进合同、被监管要求采用或被机构公开承诺后才有约束。",
        False,
    ),
    "self-discipline": Force(
        "行业自律",
        "行业协会的规矩，约束会员单位，不是法律；违反可向机构和协会投诉，也可作为不合规的参照。",
        False,
    ),
    "supervisory-feedback": Force(
        "监管意见（报道）", "监管部门对个别机构提出的要求，未作为规定公布。", False
    ),
    "risk-notice": Force("风险提示", "监管部门提醒公众的文字，不设定权利义务。", False),
    "draft": Force("草案", "还没有通过，不能作为依据。", False),
}
"""Binding forces, from the strongest to none."""

_CALLED = {name: force.label for name, force in FORCES.items()}
_PROVISION: Mapping[str, Field] = {
    "article": Field("text", doc="条号或规则名称；键是数字时不用写"),
    "gist": Field("text", required=True, doc="用自己的话写清谁、什么时候、能做或不能做什么"),
    "quotes": Field("texts", doc="页面上用「」引的原话，照正式文本一字不差"),
    "source": Field("text", choices=("quoted",), doc="quoted：只见到媒体引述的原文"),
    "unverified": Field("flag", doc="true：未见正式文本，只是线索"),
    "effective": Field("loose-date", doc="与全文不同时写"),
    "successor": Field("text", doc="被哪一条取代：law-id:KEY"),
}
FIELDS: Mapping[str, Field] = {
    "title": Field("text", required=True, doc="全称"),
    "short": Field("texts", doc="人们常写的简称，最常用的在前"),
    "issuer": Field("text", required=True, doc="制定机关"),
    "number": Field("text", doc="文号；没有核实就不写"),
    "adopted": Field("loose-date", doc="通过或公布日期"),
    "effective": Field("loose-date", doc="施行日期"),
    "amended": Field("loose-date", doc="最近一次修改的日期"),
    "repealed": Field("loose-date", choices=("true",), doc="废止日期；只知道已废止写 true"),
    "expires": Field("loose-date", doc="到期的规定：最后一天"),
    "draft": Field("flag", doc="true：草案"),
    "successor": Field("text", doc="被哪部取代：law-id"),
    "force": Field("text", required=True, choices=tuple(FORCES), called=_CALLED, doc="效力"),
    "official": Field(
        "record",
        fields={
            "name": Field("text", required=True),
            "url": Field("text", required=True, pattern="https?://.+"),
        },
        doc="到哪里看正式文本",
    ),
    "note": Field("text", doc="读者应当知道的说明"),
    "gist": Field("text", doc="整部规定的要点"),
    "unverified": Field("flag", doc="true：未见正式文本"),
    "quotes": Field("texts", doc="整部引用时，页面上用「」引的原话，一字不差"),
    "provisions": Field("table", fields=_PROVISION, doc="条号 → 要点"),
}


_SECOND_DAY = date(1, 1, 2)


class Standing(Enum):
    """Whether a rule counts on a day."""

    IN_FORCE = "现行有效"
    NOT_YET = "尚未施行"
    REPEALED = "已废止"
    EXPIRED = "已到期"
    DRAFT = "草案，未生效"


def read(source: Source, law_id: str) -> tuple[Law, tuple[Problem, ...]]:
    """One law of the registry, and what is wrong with its file."""
    record, problems = read_record(source, FIELDS)
    official = record.values.get("official")
    law = Law(
        id=law_id,
        title=record.text("title", law_id),
        issuer=record.text("issuer"),
        force=record.text("force", "draft"),
        span=record.spans.get("title", record.span),
        short=record.texts("short"),
        number=record.text("number"),
        adopted=record.text("adopted"),
        effective=record.text("effective"),
        amended=record.text("amended"),
        repealed=record.text("repealed"),
        expires=record.text("expires"),
        draft=record.flag("draft"),
        successor=record.text("successor"),
        successor_span=record.spans.get("successor"),
        official_name=official.text("name") if official else "",
        official_url=official.text("url") if official else "",
        note=record.text("note"),
        gist=record.text("gist"),
        unverified=record.flag("unverified"),
        quotes=record.texts("quotes"),
        provisions=tuple(_provision(key, row) for key, row in record.table("provisions").items()),
    )
    return law, problems + tuple(_uncitable(record.table("provisions")))


def _uncitable(rows: Mapping[str, Record]) -> Iterator[Problem]:
    """Keys that no ``[@law-id:KEY]`` can name."""
    for key, row in rows.items():
        if not re.fullmatch(KEY, key):
            near = meant.provision_key(key)
            told = {"suggestion": near} if near else {}
            yield Problem.at(
                row.span, "bad-value", key="provisions", value=key, choices=KEY, **told
            )


def _provision(key: str, row: Record) -> Provision:
    return Provision(
        key=key,
        label=row.text("article").rstrip("、") or label(key) or key,
        gist=row.text("gist"),
        span=row.span,
        effective=row.text("effective"),
        unverified=row.flag("unverified"),
        quoted=row.text("source") == "quoted",
        successor=row.text("successor"),
        quotes=row.texts("quotes"),
    )


def standing(law: Law, provision: Provision | None, today: date) -> Standing:
    """Whether a law, and this provision of it, is in force on the day."""
    if law.draft:
        return Standing.DRAFT
    if law.repealed and (law.repealed == "true" or begins(law.repealed) <= today):
        return Standing.REPEALED
    if law.expires and ends_on(law.expires) < today:
        return Standing.EXPIRED
    effective = (provision.effective if provision else "") or law.effective
    if effective and begins(effective) > today:
        return Standing.NOT_YET
    return Standing.IN_FORCE


def last_day(law: Law) -> date | None:
    """The last day on which the law counts, where one is known."""
    ends = [ends_on(law.expires)] if law.expires else []
    if law.repealed not in ("", "true"):
        ends.append(max(begins(law.repealed), _SECOND_DAY) - timedelta(days=1))
    return min(ends, default=None)


def begins(loose: str) -> date:
    """``2025-12`` as 2025-12-01: of a month that is all we know, its first day."""
    year, month, day = (*loose.split("-"), "01", "01")[:3]
    return date(int(year), int(month), int(day))


def ends_on(loose: str) -> date:
    """``2025-02`` as 2025-02-28: a rule that ends in a month counts until that is over."""
    year, month, day = (*map(int, loose.split("-")), 0, 0)[:3]
    month = month or 12
    return date(year, month, day or monthrange(year, month)[1])


class Registry:
    """Laws by id and by name, on one day."""

    def __init__(self, laws: Iterable[Law], today: date) -> None:
        self.today = today
        self.laws = {law.id: law for law in laws}
        self._by_full_id: dict[str, ResolvedCitation] = {}
        self._by_name: dict[str, list[Law]] = {}
        for law in self.laws.values():
            self._by_full_id[law.id] = ResolvedCitation(law, None)
            for provision in law.provisions:
                self._by_full_id[f"{law.id}-{provision.key}"] = ResolvedCitation(law, provision)
            for name in {_bare(name) for name in (law.title, *law.short)}:
                self._by_name.setdefault(name, []).append(law)

    def find(self, name: Name) -> ResolvedCitation | None:
        """The law or provision that ``[@law:key]`` names.

        Law-id and key together are a provision's id, so ``spc-x:2017-2`` and ``spc-x-2017:2`` are one.
        """
        return self._by_full_id.get(f"{name.law}-{name.key}" if name.key else name.law)

    def bearing(self, cite: Citation) -> ResolvedCitation | None:
        """The provision that a claim can rest on: in force, and not cited as history."""
        found = self.find(Name(cite.law, cite.key))
        if found is None or found.provision is None or cite.historical:
            return None
        state = standing(found.law, found.provision, self.today)
        return found if state is Standing.IN_FORCE else None

    def law(self, name: Name) -> Law | None:
        """The law that ``[@law:key]`` names, whether or not it knows the key."""
        return self.laws.get(name.law)

    def find_written(self, name: Name) -> ResolvedCitation | Law | None:
        """What 《name》第key条 names: the provision; or the law when it lacks that one; or None.

        Of two laws of one name, the one in force and then the one that knows the key comes first.
        """
        candidates = sorted(
            self._by_name.get(_bare(name.law), ()),
            key=lambda law: (standing(law, None, self.today) is not Standing.IN_FORCE, law.id),
        )
        for law in candidates:
            found = self._by_full_id.get(f"{law.id}-{name.key}")
            if found and (
                standing(law, found.provision, self.today) is Standing.IN_FORCE
                or len(candidates) == 1
            ):
                return found
        return candidates[0] if candidates else None

    def older(self, name: Name) -> ResolvedCitation | None:
        """A provision of a version no longer in force that a written citation may mean."""
        for law in self._by_name.get(_bare(name.law), ()):
            found = self._by_full_id.get(f"{law.id}-{name.key}")
            if found and standing(law, found.provision, self.today) is not Standing.IN_FORCE:
                return found
        return None

    def suggestion(self, name: Name) -> str:
        """The nearest known id, as it would be written; empty when nothing is near."""
        law = self.laws.get(name.law)
        if law is None:
            near = get_close_matches(name.law, self.laws, 1, 0.7)
            return near[0] if near else ""
        keys = [provision.key for provision in law.provisions]
        # Two digits that changed places are the commonest slip.
        swapped = [key for key in keys if sorted(key) == sorted(name.key)]
        near = swapped or get_close_matches(name.key, keys, 1, 0.5)
        return f"{law.id}:{near[0]}" if near else ""


def _bare(name: str) -> str:
    """中华人民共和国民法典 and 民法典 are one name; spaces do not count."""
    return "".join(name.split()).removeprefix("中华人民共和国")
