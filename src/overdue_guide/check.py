"""``Site`` → ``CheckedSite`` and problems: everything that refers to something must find it.

Anchors exist only once Markdown is rendered, so links are checked here and not while loading.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from overdue_guide.check_addresses import address_problems
from overdue_guide.check_contact import contact_problems
from overdue_guide.check_flows import flow_problems
from overdue_guide.check_laws import citation_problems, law_problems
from overdue_guide.check_links import (
    Known,
    article_reference_problems,
    link_problems,
    reference_problems,
)
from overdue_guide.check_names import article_name_problems, section_problems
from overdue_guide.check_reviews import article_review_problems, review_problems
from overdue_guide.check_words import link_host_problems, mention_problems, word_problems
from overdue_guide.laws import Registry
from overdue_guide.model import CheckedSite, Head, Site
from overdue_guide.problems import Problem
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
        *reference_problems(site, known),
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
    for checker in site.checkers:
        problems += flow_problems(checker, registry)
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
        *article_reference_problems(article, known),
    )
