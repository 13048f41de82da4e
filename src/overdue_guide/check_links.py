"""What a reference may name, and whether each names it: pages, files, anchors, channels, blanks."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from difflib import get_close_matches
from urllib.parse import unquote

from overdue_guide.check_addresses import pages_made
from overdue_guide.flow import Reference
from overdue_guide.model import ASSETS, Article, Site
from overdue_guide.problems import MOST_ALIKE, Problem, Span, suggesting

_FOOTNOTE = re.compile(r"#fn(ref\d*)?-")
"""Links between a footnote and its mark: rendering makes both ends, or none is used."""
_EXTERNAL = re.compile(r"[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


class Known:
    """What references may name."""

    def __init__(self, site: Site) -> None:
        self.paths = {article.path for article in site.articles}
        self.bodies = site.bodies
        self.ids = {
            article.id for article in site.articles if article.kind not in ("section", "home")
        }
        self.drafts = set(site.drafts)
        self.assets = {asset.path for asset in site.assets} | set(pages_made(site))
        self.channels = {channel.id for channel in site.channels}

    def anchors(self, path: str) -> set[str]:
        """What a link to the file may name after ``#``."""
        if path not in self.paths:
            return set()
        body = self.bodies[path]
        return {*body.anchors, *(heading.anchor for heading in body.headings)}

    def unknown_article(self, article_id: str, span: Span) -> Problem:
        """The problem of a ``section/slug`` that names no article."""
        if f"{article_id}.md" in self.drafts:
            return Problem.at(span, "draft-target", target=article_id)
        return suggesting("unknown-article", span, article_id, self.ids, article=article_id)

    def unknown_channel(self, channel: str, span: Span) -> Problem:
        """The problem of a name that no help channel has."""
        return suggesting("unknown-channel", span, channel, self.channels, channel=channel)


def reference_problems(site: Site, known: Known) -> Iterator[Problem]:
    """Articles and channels that settings, terms or checkers name, and that are not there."""
    config, spans = site.config, dict(site.config.spans)
    for at, article_id in enumerate(config.popular):
        if article_id not in known.ids:
            yield known.unknown_article(article_id, spans[f"popular.{at}"])
    for at, channel in enumerate(config.help):
        if channel not in known.channels:
            yield known.unknown_channel(channel, spans[f"help.{at}"])
    pages = [Reference(term.see, term.span) for term in site.terms if term.see]
    pages += (page for stage in config.stages for page in stage.pages)
    pages += (page for checker in site.checkers for page in checker.pages)
    for page in pages:
        if page.name not in known.ids:
            yield known.unknown_article(page.name, page.span)
    for use in (use for checker in site.checkers for use in checker.channels):
        if use.name not in known.channels:
            yield known.unknown_channel(use.name, use.span)


def article_reference_problems(article: Article, known: Known) -> Iterator[Problem]:
    """The same of an article, and blanks of its letter that nobody fills in."""
    meta = article.meta
    for at, related in enumerate(meta.related):
        if related not in known.ids:
            yield known.unknown_article(related, meta.span(f"related.{at}"))
    for use in article.body.channels:
        if use.channel not in known.channels:
            yield known.unknown_channel(use.channel, use.span)
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


def link_problems(article: Article, known: Known) -> Iterator[Problem]:
    """Links that lead nowhere."""
    folder, told = posixpath.dirname(article.path), 0
    for link in article.body.links:
        if _EXTERNAL.match(link.target) or _FOOTNOTE.match(link.target):
            continue
        path, anchor = map(unquote, link.target.partition("#")[::2])
        target = posixpath.normpath(posixpath.join(folder, path)) if path else article.path
        if target in known.drafts:
            yield Problem.at(link.span, "draft-target", target=link.target)
        elif not link.target or (target not in known.paths and target not in known.assets):
            told += 1  # seeking what was meant is slow, and of very many some are only counted
            near = link.target if told <= MOST_ALIKE else ""
            near = near and _nearest(target, [*known.paths, *known.assets])
            extra = {"suggestion": posixpath.relpath(near, folder or ".")} if near else {}
            if posixpath.splitext(target)[1].lower() in ASSETS:
                extra["folder"] = posixpath.dirname(target) or "."
                yield Problem.at(link.span, "missing-file", target=link.target, **extra)
                continue
            yield Problem.at(link.span, "broken-link", target=link.target or "()", **extra)
        elif anchor and anchor not in known.anchors(target):
            told += 1
            anchors = known.anchors(target) if told <= MOST_ALIKE else set()
            yield suggesting(
                "broken-anchor", link.span, anchor, anchors, anchor=anchor, target=target
            )


def _nearest(target: str, paths: list[str]) -> str:
    """The file that a wrong path may mean: other case, another folder, or a name much like it."""
    by_name = {posixpath.basename(path).casefold(): path for path in sorted(paths, reverse=True)}
    by_path = {path.casefold(): path for path in paths}
    name = posixpath.basename(target).casefold()
    near = get_close_matches(name, by_name, 1, 0.75)
    return by_path.get(target.casefold()) or by_name.get(near[0] if near else name, "")
