"""The site → its feed and its sitemap."""

from __future__ import annotations

from collections.abc import Iterable

from overdue_guide.editions import editions
from overdue_guide.library import Library
from overdue_guide.model import SiteConfig
from overdue_guide.views import FeedEntry, FeedView, SitemapEntry, SitemapView

FEED_LENGTH = 50


def feed_view(library: Library) -> FeedView:
    """What was reviewed last."""
    dated = [a for a in (*library.articles, *library.letters) if a.meta.reviewed]
    newest = sorted(dated, key=lambda a: a.url)
    newest.sort(key=lambda a: str(a.meta.reviewed), reverse=True)
    base = library.site.config.base_url
    entries = tuple(
        FeedEntry(base + a.url, a.meta.title, a.url, f"{a.meta.reviewed}T00:00:00Z", a.meta.summary)
        for a in newest[:FEED_LENGTH]
    )
    return FeedView(entries[0].updated if entries else f"{library.site.today}T00:00:00Z", entries)


def sitemap_view(config: SiteConfig, pages: Iterable[tuple[str, str]]) -> SitemapView:
    """Pages by address and day of their last review, in all editions."""
    return SitemapView(
        tuple(
            SitemapEntry(url, updated, editions(config.base_url, url) if config.traditional else ())
            for url, updated in pages
        )
    )
