"""``Site`` → ``CheckedSite`` and problems: everything that refers to something must find it.

Anchors exist only once Markdown is rendered, so links are checked here and not while loading.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from datetime import date, timedelta
from difflib import get_close_matches
from urllib.parse import unquote

from overdue_guide.check_contact import contact_problems
from overdue_guide.check_flows import flow_problems
from overdue_guide.check_laws import law_problems
from overdue_guide.flow import Checker
from overdue_guide.laws import Registry
from overdue_guide.model import Article, CheckedSite, Site
from overdue_guide.problems import Problem, Span, suggesting
from overdue_guide.resolve import ChannelBlock, resolved

REVIEW_EVERY = {
    "high": timedelta(days=183),
    "medium": timedelta(days=365),
    "low": timedelta(days=730),
}
"""How long a review lasts, by the harm that a mistake does."""

GENERATED = frozenset(
    [
        "404.html",
        "assets",
        "build-manifest.json",
        "channels",
        "check",
        "feed.xml",
        "glossary",
        "laws",
        "letters",
        "log",
        "manifest.webmanifest",
        "opensearch.xml",
        "robots.txt",
        "search",
        "sitemap.xml",
        "stage",
        "tags",
        "tools",
        "zh-hant",
    ]
)
"""First parts of addresses that the generator itself makes."""

_FOOTNOTE = re.compile(r"#fn(ref\d*)?-")
"""Links between a footnote and its mark: rendering makes both ends, or none is used."""
EXTERNAL = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


def check(
    site: Site, *, today: date, channel_block: ChannelBlock
) -> tuple[CheckedSite, tuple[Problem, ...]]:
    """The site with every reference resolved, and every reference that is wrong.

    ``channel_block`` renders a help channel for the middle of a text.
    """
    registry = Registry(site.laws, today)
    problems = [
        *_addresses(site),
        *_settings(site),
        *law_problems(site, registry),
    ]
    known = _Known(site)
    for article in site.articles:
        problems += _links(article, known)
        problems += _front_matter(article, known, site, today)
    for term in site.terms:
        if term.see and term.see not in known.ids:
            problems.append(known.unknown(term.see, term.span))
    for checker in site.checkers:
        problems += flow_problems(checker, registry)
        problems += _checker(checker, known, today)
    for rule in site.contact_rules:
        problems += contact_problems(rule, registry)
    checked = CheckedSite(
        config=site.config,
        today=today,
        articles=tuple(
            resolved(article, site, registry, channel_block) for article in site.articles
        ),
        laws=site.laws,
        channels=site.channels,
        terms=site.terms,
        synonyms=site.synonyms,
        assets=site.assets,
        checkers=tuple(checker for checker in site.checkers if checker.questions),
        contact_rules=site.contact_rules,
    )
    return checked, tuple(problems)


class _Known:
    """What references may name."""

    def __init__(self, site: Site) -> None:
        self.anchors = {
            article.path: {heading.anchor for heading in article.body.headings}
            | set(re.findall(r'\bid="([^"]*)"', article.body.html))
            for article in site.articles
        }
        self.ids = {
            article.id for article in site.articles if article.kind not in ("section", "home")
        }
        self.drafts = set(site.drafts)
        self.assets = {asset.path for asset in site.assets} | _generated_pages(site)
        self.channels = {channel.id for channel in site.channels}
        self.stages = {stage.id for stage in site.config.stages}

    def unknown(self, article_id: str, span: Span) -> Problem:
        """The problem of a ``section/slug`` that names no article."""
        if f"{article_id}.md" in self.drafts:
            return Problem.at(span, "draft-target", target=article_id)
        return suggesting("unknown-article", span, article_id, self.ids, article=article_id)


def _addresses(site: Site) -> Iterator[Problem]:
    """Two files, or a file and a page of ours, must not share an address on any file system."""
    taken: dict[str, str] = {}
    for path, url, name in _published(site):
        first = url.partition("/")[0]
        if first in GENERATED and not path.startswith(("letters/", "tools/")):
            yield Problem.at(Span(path), "address-clash", url=f"/{first}/", other="overdue-guide")
        if url.casefold() in taken:
            other = taken[url.casefold()]
            yield Problem.at(Span(path), "address-clash", url=f"/{url}", other=other)
        taken.setdefault(url.casefold(), name)
    for article in site.articles:
        yield from _aliases(article, taken)


def _published(site: Site) -> Iterator[tuple[str, str, str]]:
    """(source file, address, what has it) of all that content puts on the site.

    A folder of articles without an index has a page, too: the list of them.
    """
    listed = {article.section for article in site.articles if article.kind == "section"}
    for article in site.articles:
        if article.kind == "article" and article.section not in listed:
            listed.add(article.section)
            yield article.path, f"{article.section}/", f"{article.section}/"
    for article in site.articles:
        yield article.path, article.url, article.path
    for asset in site.assets:
        yield asset.path, asset.path, asset.path


def _aliases(article: Article, taken: dict[str, str]) -> Iterator[Problem]:
    for at, alias in enumerate(article.meta.aliases):
        span = article.meta.span(f"aliases.{at}")
        parts = alias.strip("/").split("/")
        url = "/".join(parts) + "/"
        if not {"", ".", ".."}.isdisjoint(parts) or not re.fullmatch(r"[\w./-]+", url):
            yield Problem.at(span, "bad-value", key="aliases", value=alias, choices="/old/address/")
        elif url.casefold() in taken or parts[0] in GENERATED:
            other = taken.get(url.casefold(), "overdue-guide")
            yield Problem.at(span, "address-clash", url=f"/{url}", other=other)
        taken.setdefault(url.casefold(), article.path)


def _settings(site: Site) -> Iterator[Problem]:
    spans = dict(site.config.spans)
    known = _Known(site)
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


def _links(article: Article, known: _Known) -> Iterator[Problem]:
    folder = posixpath.dirname(article.path)
    for link in article.body.links:
        if EXTERNAL.match(link.target) or _FOOTNOTE.match(link.target):
            continue
        path, anchor = map(unquote, link.target.partition("#")[::2])
        target = posixpath.normpath(posixpath.join(folder, path)) if path else article.path
        if target in known.drafts:
            yield Problem.at(link.span, "draft-target", target=link.target)
        elif not link.target or (target not in known.anchors and target not in known.assets):
            near = link.target and _nearest(target, [*known.anchors, *known.assets])
            extra = {"suggestion": posixpath.relpath(near, folder or ".")} if near else {}
            yield Problem.at(link.span, "broken-link", target=link.target or "()", **extra)
        elif anchor and anchor not in known.anchors.get(target, ()):
            anchors = known.anchors.get(target, set())
            yield suggesting(
                "broken-anchor", link.span, anchor, anchors, anchor=anchor, target=target
            )


def _generated_pages(site: Site) -> set[str]:
    """Pages that no file is behind, as a link to their folder comes out: ``log``, ``check/calls``."""
    stages = {f"stage/{stage.id}" for stage in site.config.stages}
    checks = {f"check/{checker.slug}" for checker in site.checkers}
    lists = {"log": site.contact_rules, "stage": stages, "check": checks, "channels": site.channels}
    return stages | checks | {page for page, content in lists.items() if content}


def _nearest(target: str, paths: list[str]) -> str:
    """The file that a wrong path may mean: other case, another folder, or a name much like it."""
    by_name = {posixpath.basename(path).casefold(): path for path in sorted(paths, reverse=True)}
    by_path = {path.casefold(): path for path in paths}
    name = posixpath.basename(target).casefold()
    near = get_close_matches(name, by_name, 1, 0.75)
    return by_path.get(target.casefold()) or by_name.get(near[0] if near else name, "")


def _front_matter(article: Article, known: _Known, site: Site, today: date) -> Iterator[Problem]:
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
    if meta.reviewed and meta.reviewed > today:
        yield Problem.at(
            meta.span("reviewed"), "reviewed-in-future", date=meta.reviewed.isoformat()
        )
    for change in meta.changes:
        if change.day > today:
            yield Problem.at(change.span, "change-in-future", date=change.day.isoformat())
    due = review_due(article)
    if due and due < today:
        span = meta.span("review_by" if meta.review_by else "reviewed")
        yield Problem.at(span, "review-due", date=due.isoformat())


def _checker(checker: Checker, known: _Known, today: date) -> Iterator[Problem]:
    for page in checker.pages:
        if page.name not in known.ids:
            yield known.unknown(page.name, page.span)
    for use in checker.channels:
        if use.name not in known.channels:
            name = use.name
            yield suggesting("unknown-channel", use.span, name, known.channels, channel=name)
    if checker.reviewed is None or checker.reviewed_span is None:
        return
    span, due = checker.reviewed_span, checker_due(checker.reviewed)
    if checker.reviewed > today:
        yield Problem.at(span, "reviewed-in-future", date=checker.reviewed.isoformat())
    if due < today:
        yield Problem.at(span, "review-due", date=due.isoformat())


def checker_due(reviewed: date) -> date:
    """The day by which a checker must be reviewed again: a wrong verdict does much harm."""
    return reviewed + min(REVIEW_EVERY["high"], date.max - reviewed)


def review_due(article: Article) -> date | None:
    """The day by which the article must be reviewed again."""
    meta = article.meta
    if meta.review_by:
        return meta.review_by
    if meta.reviewed is None:
        return None
    return meta.reviewed + min(REVIEW_EVERY[meta.risk], date.max - meta.reviewed)
