"""Whether the names that an editor makes up (files, folders, tags) are those that the site knows."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from overdue_guide import meant
from overdue_guide.model import Article, Site, SiteConfig
from overdue_guide.problems import Problem, Span, suggesting

_NAME = re.compile(r"[\w./-]*")
"""What can be a file's name at all: anything else was reported when it was read."""
# Nothing is given back: a long word has very many ways of being parted anew.
_PLAIN = re.compile(r"(?:[a-z0-9]++(?:[-_.][a-z0-9]++)*+/?+)++")
_OWN_FOLDERS = frozenset({"letters", "tools"})
"""Folders that the generator knows by name."""


def article_name_problems(article: Article, config: SiteConfig) -> Iterator[Problem]:
    """A file name, tags and stages that are slips of the pen, or probably."""
    url = article.url
    if url and _NAME.fullmatch(url) and not _PLAIN.fullmatch(url):
        near = meant.file_name(posixpath.basename(article.path))
        told = {"suggestion": near} if near else {}
        yield Problem.at(Span(article.path), "awkward-name", url=url, **told)
    yield from _tags(article, config.tags)
    yield from _stages(article, {stage.id for stage in config.stages})


def section_problems(site: Site) -> Iterator[Problem]:
    """Folders that site.yml does not list, and the other way round."""
    listed = {section.slug for section in site.config.sections}
    paths = [article.path for article in site.articles if article.section] + list(site.drafts)
    first: dict[str, str] = {}
    for path in sorted(paths):
        first.setdefault(path.rpartition("/")[0], path)
    # A section whose slug cannot be read was reported; it may be any of the folders.
    told = listed and "" not in listed
    for folder, path in first.items():
        if told and folder and folder not in listed | _OWN_FOLDERS:
            yield suggesting("unlisted-section", Span(path), folder, listed, section=folder)
    for section in site.config.sections:
        if section.span and section.slug and section.slug not in first:
            slug, known = section.slug, first.keys() - listed
            yield suggesting("unknown-section", section.span, slug, known, section=slug)


def _tags(article: Article, known: tuple[str, ...]) -> Iterator[Problem]:
    for at, tag in enumerate(article.meta.tags):
        if known and tag not in known:
            yield suggesting("unknown-tag", article.meta.span(f"tags.{at}"), tag, known, tag=tag)


def _stages(article: Article, known: set[str]) -> Iterator[Problem]:
    for at, stage in enumerate(article.meta.stage):
        if not known:
            yield Problem.at(article.meta.span(f"stage.{at}"), "unlisted-stage", stage=stage)
        elif stage not in known:
            span = article.meta.span(f"stage.{at}")
            yield suggesting("unknown-stage", span, stage, known, stage=stage)
