"""``CheckedSite`` → what search knows: one document for each page, term, channel and law."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from overdue_guide import cache, markup, passages
from overdue_guide.aids import Channel, Term
from overdue_guide.citations import spoken_label
from overdue_guide.contact import ContactRule
from overdue_guide.flow import Checker
from overdue_guide.guidance import Stage
from overdue_guide.law import Law
from overdue_guide.laws import FORCES
from overdue_guide.model import CheckedSite, Head, Passage, SearchDocument
from overdue_guide.phrases import Phrases
from overdue_guide.recipes import Keys
from overdue_guide.search.parcels import Entry

_SECTIONS = {"letter": "文书", "tool": "计算器", "page": "说明"}


def documents(site: CheckedSite, keys: Keys) -> tuple[Entry, ...]:
    """Every document in canonical order: by address."""
    titles = {section.slug: section.title for section in site.config.sections}
    stages = {stage.id: stage.title for stage in site.config.stages}
    own = [
        *map(_checker, site.checkers),
        *(_stage(stage, site.config.phrases.timeline) for stage in site.config.stages),
        *_log(site.contact_rules, site.config.phrases),
        *map(_law, site.laws),
        *map(_channel, site.channels),
        *map(_term, site.terms),
    ]
    found = [
        *(
            Entry(
                head.url,
                keys.common + keys.texts[head.path],
                partial(_text, site, head, titles, stages),
            )
            for head in site.articles
            if head.kind in ("article", "letter", "tool", "page")
        ),
        *(Entry(one.url, cache.digest_of(one), partial(_same, one)) for one in own),
    ]
    return tuple(sorted(found, key=lambda entry: entry.url))


def _same(document: SearchDocument) -> SearchDocument:
    return document


def _text(
    site: CheckedSite, head: Head, titles: Mapping[str, str], stages: Mapping[str, str]
) -> SearchDocument:
    meta, section = head.meta, titles.get(head.section, head.section)
    text = site.texts[head.path]
    own, beside = passages.parted(text.html, text.blocks)
    question = (meta.question,) if meta.question else ()
    return SearchDocument(
        url=head.url,
        kind=head.kind,
        title=meta.title,
        section=_SECTIONS.get(head.kind, section),
        summary=meta.summary,
        stages=tuple(stages.get(stage, stage) for stage in meta.stage),
        keywords=(*question, *meta.keywords, *meta.tags),
        passages=own,
        beside=beside,
    )


def _checker(checker: Checker) -> SearchDocument:
    first = checker.questions[0]
    shown = (checker.summary, first.asks, first.help, *(answer.says for answer in first.answers))
    asked = (question.asks for question in checker.questions[1:])
    ends = (outcome.title for outcome in checker.outcomes)
    return SearchDocument(
        url=checker.url,
        kind="check",
        title=checker.title,
        section="自查",
        summary=checker.summary,
        keywords=(*checker.keywords, *asked, *ends),
        passages=(Passage("", "", "\n".join(filter(None, shown))),),
    )


def _stage(stage: Stage, section: str) -> SearchDocument:
    parts = (
        ("week", "这一周做什么", stage.this_week),
        ("may-not", "对方不可以做，和护着你的规则", stage.may_not),
        ("may", "对方可以做", stage.may),
        ("next", "接下来可能怎样", stage.next),
    )
    return SearchDocument(
        url=stage.url,
        kind="page",
        title=stage.title,
        section=section,
        summary=stage.summary,
        passages=tuple(
            Passage(anchor, heading, "\n".join(sentence.says for sentence in sentences))
            for anchor, heading, sentences in parts
            if sentences
        ),
    )


def _log(rules: tuple[ContactRule, ...], said: Phrases) -> tuple[SearchDocument, ...]:
    if not rules:
        return ()
    summary = "来一次记一次，马上对照规则；打印出来就是投诉能附的证据表。"
    keywords = (said.log_act, said.log_sheet, "证据表", "记下来")
    shown = tuple(Passage(f"rule-{rule.id}", rule.title, rule.says) for rule in rules)
    made = SearchDocument("log/", "tool", said.log, "工具", summary, (), keywords, shown)
    return (made,)


def _law(law: Law) -> SearchDocument:
    spoken = (spoken_label(provision.key) for provision in law.provisions)
    return SearchDocument(
        url=law.url,
        kind="law",
        title=f"《{law.name}》",
        section=FORCES[law.force].label,
        summary=law.gist or law.title,
        keywords=(law.title, *law.short, *filter(None, spoken)),
        passages=tuple(Passage(p.anchor, p.label, p.gist) for p in law.provisions),
    )


def _channel(channel: Channel) -> SearchDocument:
    parts = (
        channel.handles,
        channel.not_for,
        channel.before,
        channel.deadline,
        channel.where,
        channel.note,
    )
    return SearchDocument(
        url=channel.url,
        kind="channel",
        title=channel.name,
        section="求助渠道",
        summary=channel.handles,
        keywords=tuple(filter(None, (channel.phone, channel.web))),
        passages=(Passage("", "", "\n".join(filter(None, parts))),),
    )


def _term(term: Term) -> SearchDocument:
    return SearchDocument(
        url=f"glossary/#{markup.slug(term.term)}",
        kind="term",
        title=term.term,
        section="术语",
        summary=term.meaning,
        keywords=term.aka,
        passages=(Passage("", "", term.meaning),),
    )
