"""What a reference may name, and whether the links of a text lead to it: pages, files, anchors."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from difflib import get_close_matches
from urllib.parse import unquote

from overdue_guide.check_addresses import pages_made
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
        self.stages = {stage.id for stage in site.config.stages}

    def anchors(self, path: str) -> set[str]:
        """What a link to the file may name after ``#``."""
        if path not in self.paths:
            return set()
        body = self.bodies[path]
        return {*body.anchors, *(heading.anchor for heading in body.headings)}

    def unknown(self, article_id: str, span: Span) -> Problem:
        """The problem of a ``section/slug`` that names no article."""
        if f"{article_id}.md" in self.drafts:
            return Problem.at(span, "draft-target", target=article_id)
        return suggesting("unknown-article", span, article_id, self.ids, article=article_id)


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
