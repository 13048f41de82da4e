"""``content/site.yml`` → ``SiteConfig``; without the file, sane defaults."""

from __future__ import annotations

from collections.abc import Mapping

from overdue_guide import colours, phrases, proofread, security
from overdue_guide.flow import Reference
from overdue_guide.guidance import Sentence, Stage
from overdue_guide.model import Section, Site, SiteConfig
from overdue_guide.problems import FIXED, RULES, Problem, Severity, Source
from overdue_guide.records import read_record
from overdue_guide.reference import cited
from overdue_guide.shapes import Field, Record, repeated
from overdue_guide.structs import replace

_SEVERITY = Field("text", choices=tuple(severity.value for severity in Severity))
_ALWAYS_ERROR = Field("text", choices=(Severity.ERROR.value,))

_SECTION = {
    "slug": Field("text", required=True, doc="文件夹名"),
    "title": Field("text", required=True),
    "summary": Field("text"),
}
_SEE = Field("text", doc="怎么做：栏目/文件名，文书写 letters/文件名")
_RULE = {
    "says": Field("text", required=True, doc="一句话，不比条文说得多"),
    "cites": Field("texts", required=True, doc="依据：law-id:KEY"),
    "see": _SEE,
}
_ADVICE = {**_RULE, "cites": Field("texts", doc="依据：law-id:KEY")}
_STAGE = {
    "id": Field("text", required=True, pattern="[a-z0-9-]+"),
    "title": Field("text", required=True),
    "summary": Field("text"),
    "short": Field("text", doc="时间线上的短名"),
    "days": Field("text", pattern=r"\d{1,4}-(\d{1,4})?", doc="逾期几天：1-3；91- 是 91 天以上"),
    "may": Field("records", fields=_RULE, doc="对方可以做什么"),
    "may_not": Field("records", fields=_RULE, doc="对方不可以做什么"),
    "this_week": Field("records", fields=_ADVICE, doc="这一周做什么，按顺序"),
    "next": Field("records", fields=_ADVICE, doc="接下来可能怎样"),
}
FIELDS: Mapping[str, Field] = {
    "title": Field("text", doc="网站名称"),
    "tagline": Field("text", doc="一句话介绍"),
    "base_url": Field("text", pattern=r"https?://[\w.:-]+(?:/[^\s?#]*)?", doc="正式地址"),
    "language": Field("text"),
    "traditional": Field("flag", doc="另出一版繁体字（zh-hant/）"),
    "colour": Field("text", pattern="#[0-9a-f]{6}", doc="网站的主色，例如 #0b4d42，要能衬白字"),
    "phrases": Field(
        "record",
        fields={name: Field("text", doc=doc) for name, doc in phrases.DOCS.items()},
        doc="本站自动生成的页面上，哪些地方怎么说",
    ),
    "sections": Field("records", fields=_SECTION, doc="栏目，按顺序"),
    "stages": Field("records", fields=_STAGE, doc="阶段，按时间"),
    "tags": Field("texts", names=True, doc="文章可用的标签；不写就不限"),
    "popular": Field("texts", names=True, doc="首页最常问：栏目/文件名"),
    "help": Field("texts", names=True, doc="每页都显示的求助渠道"),
    "security": Field("record", fields=security.FIELDS, doc="安全联系人，写进 security.txt"),
    "rules": Field(
        "record",
        fields={
            **dict.fromkeys(RULES, _SEVERITY),
            **dict.fromkeys(FIXED, _ALWAYS_ERROR),
        },
        doc="改变规则的轻重",
    ),
}


def read(source: Source) -> tuple[SiteConfig, tuple[Problem, ...]]:
    """The configuration, and what is wrong with it."""
    record, problems = read_record(source, FIELDS)
    defaults = SiteConfig()
    rules = record.values.get("rules")
    stages, wrong = _stages(record)
    colour, pale = _colour(record)
    return SiteConfig(
        title=record.text("title", defaults.title),
        tagline=record.text("tagline"),
        base_url=_slashed(record.text("base_url", defaults.base_url)),
        language=record.text("language", defaults.language),
        traditional=record.flag("traditional"),
        colour=colour,
        phrases=_phrases(record.values.get("phrases")),
        sections=tuple(_section(row) for row in record.records("sections")),
        stages=stages,
        tags=record.texts("tags"),
        popular=record.texts("popular"),
        help=record.texts("help"),
        rules=_rules(rules) if rules else (),
        security=security.read(record.values.get("security")),
        spans=tuple(sorted(record.spans.items())),
    ), (
        *problems,
        *repeated(record.records("sections"), "slug"),
        *repeated(record.records("stages"), "id"),
        *proofread.rows(source, FIELDS, [record]),
        *wrong,
        *pale,
    )


def with_base_url(site: Site, base_url: str) -> Site:
    """The site at another address."""
    return replace(site, config=replace(site.config, base_url=_slashed(base_url)))


def _slashed(url: str) -> str:
    return url if url.endswith("/") else url + "/"


def _colour(record: Record) -> tuple[str, list[Problem]]:
    colour = record.text("colour")
    if not colour or colours.weakest(colour) >= colours.ENOUGH:
        return colour, []
    found = f"{colours.weakest(colour):.1f}"
    near = colours.darkened(colour)
    span = record.spans["colour"]
    told = {"value": colour, "found": found, "enough": str(colours.ENOUGH), "suggestion": near}
    return "", [Problem.at(span, "low-contrast", **told)]


def _phrases(record: Record | None) -> phrases.Phrases:
    given = phrases.Phrases()
    if record is None:
        return given
    own = {name: record.text(name, getattr(given, name)) for name in phrases.DOCS}
    return phrases.Phrases(**own)


def _section(row: Record) -> Section:
    slug, span = row.text("slug"), row.spans.get("slug")
    return Section(slug, row.text("title"), row.text("summary"), span)


def _stages(record: Record) -> tuple[tuple[Stage, ...], list[Problem]]:
    stages, problems = [], []
    for row in record.records("stages"):
        said: dict[str, tuple[Sentence, ...]] = {}
        for key in ("may", "may_not", "this_week", "next"):
            made = [_sentence(one) for one in row.records(key)]
            said[key] = tuple(sentence for sentence, _ in made)
            problems += [problem for _, found in made for problem in found]
        stages.append(
            Stage(
                id=row.text("id"),
                title=row.text("title"),
                summary=row.text("summary"),
                days=_days(row.text("days")),
                short=row.text("short", row.text("title")),
                may=said["may"],
                may_not=said["may_not"],
                this_week=said["this_week"],
                next=said["next"],
            )
        )
    return tuple(stages), problems


def _days(written: str) -> tuple[int, int | None] | None:
    first, _, last = written.partition("-")
    return (int(first), int(last) if last else None) if first else None


def _sentence(row: Record) -> tuple[Sentence, list[Problem]]:
    cites, problems = cited(row)
    if "cites" in row.values and not cites and not problems:
        problems.append(Problem.at(row.spans["cites"], "empty-value", key="cites"))
    see = Reference(row.text("see"), row.spans["see"]) if row.text("see") else None
    return Sentence(row.text("says"), cites, see), problems


def _rules(record: Record) -> tuple[tuple[str, Severity], ...]:
    return tuple(sorted((rule, Severity(value)) for rule, value in record.values.items()))
