"""What the build makes at which address, and whether every other file has one of its own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from overdue_guide.model import Head, Site
from overdue_guide.problems import Problem, Span

_FIRST: Mapping[str, Callable[[Site], object]] = {
    "channels": lambda site: site.channels,
    "check": lambda site: site.checkers,
    "glossary": lambda site: site.terms,
    "laws": lambda site: site.laws,
    "letters": lambda site: _has(site, "letter"),
    "log": lambda site: site.contact_rules,
    "offline": lambda site: True,
    "search": lambda site: True,
    "stage": lambda site: site.config.stages,
    "tools": lambda site: _has(site, "tool"),
}
"""The first page of each kind that no file is behind, and what it is made of.

Not that of the tags: what a text may link to must not change with the head of another.
"""
GENERATED = frozenset(
    [
        *_FIRST,
        ".well-known",
        "404.html",
        "_headers",
        "assets",
        "build-manifest.json",
        "changes.json",
        "changes.xml",
        "feed.json",
        "feed.xml",
        "llms.txt",
        "manifest.webmanifest",
        "offline.json",
        "offline.zip",
        "opensearch.xml",
        "robots.txt",
        "sitemap.xml",
        "sw.js",
        "tags",
        "zh-hant",
    ]
)
"""First parts of addresses that the generator itself makes; in ``cards/`` content may have its own."""


def pages_made(site: Site) -> Iterator[str]:
    """Pages that no file is behind, as a link to their folder comes out: ``log``, ``check/calls``."""
    yield from (page for page, content in _FIRST.items() if content(site))
    for each in (site.checkers, site.laws, site.config.stages):
        yield from (one.url.rstrip("/") for one in each)


def _has(site: Site, kind: str) -> bool:
    return any(article.kind == kind for article in site.articles)


def address_problems(site: Site) -> Iterator[Problem]:
    """Two files, or a file and a page of ours, that would share an address on some file system."""
    taken: dict[str, str] = {}
    for path, url, name in _published(site):
        first = url.partition("/")[0]
        if first.casefold() in GENERATED and not path.startswith(("letters/", "tools/")):
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


def _aliases(article: Head, taken: dict[str, str]) -> Iterator[Problem]:
    for at, alias in enumerate(article.meta.aliases):
        span = article.meta.span(f"aliases.{at}")
        parts = alias.strip("/").split("/")
        url = "/".join(parts) + "/"
        if not {"", ".", ".."}.isdisjoint(parts) or not re.fullmatch(r"[\w./-]+", url):
            yield Problem.at(span, "bad-value", key="aliases", value=alias, choices="/old/address/")
        elif url.casefold() in taken or parts[0].casefold() in GENERATED:
            other = taken.get(url.casefold(), "overdue-guide")
            yield Problem.at(span, "address-clash", url=f"/{url}", other=other, alias=alias)
        taken.setdefault(url.casefold(), article.path)
