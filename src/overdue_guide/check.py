"""``Site`` → ``CheckedSite`` and problems: everything that refers to something must find it.

Anchors exist only once Markdown is rendered, so links are checked here and not while loading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from overdue_guide.check_addresses import address_problems
from overdue_guide.check_contact import contact_problems
from overdue_guide.check_flows import flow_problems
from overdue_guide.check_laws import citation_problems, law_problems
from overdue_guide.check_links import Known, link_problems
from overdue_guide.check_names import article_name_problems, section_problems
from overdue_guide.check_reviews import article_review_problems, review_problems
from overdue_guide.check_words import link_host_problems, mention_problems, word_problems
from overdue_guide.flow import Checker
from overdue_guide.laws import Registry
from overdue_guide.model import Article, CheckedSite, Head, Site
from overdue_guide.problems import Problem, suggesting
from overdue_guide.resolve import ChannelBlock, Texts, with_body
from overdue_guide.security import security_problems


def check(
    site: Site,
    *,
    today: date,
    channel_block: ChannelBlock,
    remembered: Callable[[str], tuple[Problem, ...] | None] = lambda path: None,
) -> Checked:
    """The site with every reference resolved, and every reference that is wrong.

    ``channel_block`` renders a help channel for the middle of a text. ``remembered`` gives the
    problems of an article that need not be looked for again, because neither it nor anything that it
    could refer to has changed.
    """
    registry, known = Registry(site.laws, today), Known(site)
    problems = [
        *address_problems(site),
        *_settings(site, known),
        *law_problems(site, registry),
        *section_problems(site),
        *review_problems(site, today),
        *word_problems(site, registry),
        *security_problems(site.config.security, today),
    ]
    articles = {}
    for head in site.articles:
        found = remembered(head.path)
        articles[head.path] = _article(head, site, known, registry) if found is None else found
    lost = (term for term in site.terms if term.see and term.see not in known.ids)
    problems += [known.unknown(term.see, term.span) for term in lost]
    for checker in site.checkers:
        problems += flow_problems(checker, registry)
        problems += _checker(checker, known)
    for rule in site.contact_rules:
        problems += contact_problems(rule, registry)
    checked = _site(site, today, Texts(site, registry, channel_block))
    return Checked(checked, tuple(problems), articles)


def _site(site: Site, today: date, texts: Texts) -> CheckedSite:
    return CheckedSite(
        config=site.config,
        today=today,
        articles=site.articles,
        texts=texts,
        laws=site.laws,
        channels=site.channels,
        terms=site.terms,
        synonyms=site.synonyms,
        assets=site.assets,
        checkers=tuple(checker for checker in site.checkers if checker.questions),
        contact_rules=site.contact_rules,
    )


@dataclass(frozen=True, slots=True)
class Checked:
    """A site and what is wrong with it."""

    site: CheckedSite
    general: tuple[Problem, ...]
    """Of the site as a whole and its reference data."""
    articles: Mapping[str, tuple[Problem, ...]]
    """What each article refers to and does not find."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All of them."""
        return (*self.general, *(one for found in self.articles.values() for one in found))


def _article(head: Head, site: Site, known: Known, registry: Registry) -> tuple[Problem, ...]:
    article = with_body(head, site)
    return (
        *citation_problems(article.cites, registry),
        *article_name_problems(article, site.config),
        *article_review_problems(article, registry.today),
        *mention_problems(article.body.mentions, site, registry),
        *link_host_problems(article, site),
        *link_problems(article, known),
        *_front_matter(article, known),
    )


def _settings(site: Site, known: Known) -> Iterator[Problem]:
    spans = dict(site.config.spans)
    for at, article_id in enumerate(site.config.popular):
        if article_id not in known.ids:
            yield known.unknown(article_id, spans[f"popular.{at}"])
    for at, channel in enumerate(site.config.help):
        if channel not in known.channels:
            span = spans[f"help.{at}"]
            yield suggesting("unknown-channel", span, channel, known.channels, channel=channel)
    for page in (page for stage in site.config.stages for page in stage.pages):
        if page.name not in known.ids:
            yield known.unknown(page.name, page.span)


def _front_matter(article: Article, known: Known) -> Iterator[Problem]:
    meta = article.meta
    for at, related in enumerate(meta.related):
        if related not in known.ids:
            yield known.unknown(related, meta.span(f"related.{at}"))
    for at, stage in enumerate(meta.stage):
        if known.stages and stage not in known.stages:
            yield suggesting(
                "unknown-stage", meta.span(f"stage.{at}"), stage, known.stages, stage=stage
            )
    for use in article.body.channels:
        if use.channel not in known.channels:
            yield suggesting(
                "unknown-channel", use.span, use.channel, known.channels, channel=use.channel
            )
    blanks = {blank.id for blank in meta.blanks}
    for blank in article.body.blanks:
        if article.kind == "letter" and blank.blank not in blanks:
            yield suggesting("unknown-blank", blank.span, blank.blank, blanks, blank=blank.blank)
    days = {blank.id for blank in meta.blanks if blank.kind == "date" and not blank.deadline}
    for deadline in meta.deadlines:
        start, choices = deadline.start, ", ".join(sorted(days))
        if start not in days:
            yield suggesting(
                "bad-value", deadline.span, start, days, key="from", value=start, choices=choices
            )


def _checker(checker: Checker, known: Known) -> Iterator[Problem]:
    for page in checker.pages:
        if page.name not in known.ids:
            yield known.unknown(page.name, page.span)
    for use in checker.channels:
        if use.name not in known.channels:
            name = use.name
            yield suggesting("unknown-channel", use.span, name, known.channels, channel=name)
