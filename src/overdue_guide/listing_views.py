"""What the templates of files that list pages get: feeds, the sitemap, llms.txt."""

from __future__ import annotations

from dataclasses import dataclass

from overdue_guide.law_views import LinkView
from overdue_guide.views import CardView, EditionView


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """An entry of a feed."""

    id: str
    title: str
    url: str
    updated: str
    """RFC 3339."""
    summary: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class FeedView:
    """A feed, to be written as Atom and as JSON Feed."""

    title: str
    about: str
    home: str
    """Address of the page whose news these are."""
    address: str
    """Its own address, without ``.xml`` or ``.json``."""
    updated: str
    entries: tuple[FeedEntry, ...]


@dataclass(frozen=True, slots=True)
class GuideView:
    """What ``llms.txt`` tells programs that read for people."""

    asked: tuple[CardView, ...]
    folders: tuple[LinkView, ...]
    """Laws, terms, letters … by address: pages that list pages, sections left out."""


@dataclass(frozen=True, slots=True)
class SitemapEntry:
    """A page of the sitemap."""

    url: str
    updated: str
    """``YYYY-MM-DD`` or empty."""
    editions: tuple[EditionView, ...] = ()


@dataclass(frozen=True, slots=True)
class SitemapView:
    """The sitemap."""

    entries: tuple[SitemapEntry, ...]
