"""The site → its sitemap, and what it tells of itself to programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from overdue_guide.editions import editions
from overdue_guide.frame import Page, still
from overdue_guide.law_views import LinkView
from overdue_guide.library import Library
from overdue_guide.listing_views import GuideView, SitemapEntry, SitemapView
from overdue_guide.model import SiteConfig

SECURITY = ".well-known/security.txt"


def sitemap_view(config: SiteConfig, pages: Iterable[tuple[str, str]]) -> SitemapView:
    """Pages by address and day of their last review, in all editions."""
    return SitemapView(
        tuple(
            SitemapEntry(url, updated, editions(config.base_url, url) if config.traditional else ())
            for url, updated in pages
        )
    )


def listings(library: Library, pages: Iterable[Page]) -> Iterator[Page]:
    """The files that programs look for, none of which a reader opens."""
    config, shown = library.site.config, tuple(page for page in pages if page.listed)
    days = tuple((page.url, page.updated) for page in shown)
    yield Page("sitemap.xml", "sitemap.xml", "", "", partial(sitemap_view, config, days))
    yield Page("robots.txt", "robots.txt", "", "")
    yield Page("manifest.webmanifest", "manifest.webmanifest", "", "")
    yield Page("opensearch.xml", "opensearch.xml", "", "")
    yield Page("llms.txt", "llms.txt", "", "", partial(_guide, library, shown))
    if config.security:
        yield still("security.txt", SECURITY, "", "", config.security)


def _guide(library: Library, pages: Iterable[Page]) -> GuideView:
    sections = {shelf.url for shelf in library.shelves}
    return GuideView(
        asked=library.cards(library.popular),
        folders=tuple(
            LinkView(page.title, page.url)
            for page in pages
            if page.first and page.url not in sections
        ),
    )
