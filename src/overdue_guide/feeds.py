"""The site → what feed readers fetch: of the whole site, of each section, of changes of the law.

Each feed is written twice from one view: Atom (RFC 4287) and JSON Feed 1.1 (jsonfeed.org/version/1.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, partial

from overdue_guide import law_news
from overdue_guide.frame import Page
from overdue_guide.library import Library
from overdue_guide.listing_views import FeedEntry, FeedView
from overdue_guide.model import Head

LENGTH = 50
"""Entries of a feed; it stays as long however the site grows."""
CHANGES, _NEWS = "changes", "法律变化和更正"


def feeds(library: Library) -> Iterator[Page]:
    """Every feed in both formats."""
    config = library.site.config
    pages = (*library.articles, *library.letters)
    yield from _both(library, config.title, "", "feed", pages, config.tagline)
    for shelf in library.shelves:
        title, home = f"{shelf.title} – {config.title}", shelf.url
        yield from _both(library, title, home, f"{home}feed", shelf.articles, shelf.summary)
    view = cache(partial(_changes, library))
    for suffix in ("xml", "json"):
        yield Page(f"feed.{suffix}", f"{CHANGES}.{suffix}", f"{_NEWS} – {config.title}", "", view)


def _both(
    library: Library, title: str, home: str, address: str, articles: tuple[Head, ...], about: str
) -> Iterator[Page]:
    view = cache(partial(_view, library, title, home, address, articles, about))
    for suffix in ("xml", "json"):
        yield Page(f"feed.{suffix}", f"{address}.{suffix}", title, "", view)


def _view(
    library: Library,
    title: str,
    home: str,
    address: str,
    articles: Iterable[Head],
    about: str,
) -> FeedView:
    """What was reviewed or corrected last."""
    dated = sorted((a for a in articles if a.meta.updated), key=lambda a: a.url)
    dated.sort(key=lambda a: str(a.meta.updated), reverse=True)
    entries = tuple(_entry(library, article) for article in dated[:LENGTH])
    return FeedView(title, about, home, address, _newest(library, entries), entries)


def _entry(library: Library, article: Head) -> FeedEntry:
    meta, base = article.meta, library.site.config.base_url
    newest = max(meta.changes, key=lambda change: change.day, default=None)
    summary = meta.summary
    if newest and newest.day == meta.updated:
        summary += f"（{newest.day} 更正：{newest.note}）"
    section = library.titles.get(article.section, "")
    return FeedEntry(
        base + article.url, meta.title, article.url, _moment(str(meta.updated)), summary, section
    )


def _changes(library: Library) -> FeedView:
    config = library.site.config
    entries = tuple(
        FeedEntry(
            f"{config.base_url}{CHANGES}/{event.id}",
            event.title,
            event.url,
            _moment(str(event.told)),
            event.summary,
            "",
        )
        for event in law_news.events(library)[:LENGTH]
    )
    title, about = f"{_NEWS} – {config.title}", "哪些规定开始施行、修改或失效，本站改正了什么"
    home = "laws/" if library.site.laws else ""
    return FeedView(title, about, home, CHANGES, _newest(library, entries), entries)


def _newest(library: Library, entries: tuple[FeedEntry, ...]) -> str:
    return entries[0].updated if entries else _moment(str(library.site.today))


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
