"""What the templates of files that list pages get: feeds, the sitemap, llms.txt."""

from __future__ import annotations

from overdue_guide.law_views import LinkView
from overdue_guide.structs import Struct
from overdue_guide.views import CardView, EditionView


class FeedEntry(Struct, frozen=True):
    """An entry of a feed."""

    id: str
    title: str
    url: str
    updated: str
    """RFC 3339."""
    summary: str
    section: str = ""


class FeedView(Struct, frozen=True):
    """A feed, to be written as Atom and as JSON Feed."""

    title: str
    about: str
    home: str
    """Address of the page whose news these are."""
    address: str
    """Its own address, without ``.xml`` or ``.json``."""
    updated: str
    entries: tuple[FeedEntry, ...]


class GuideView(Struct, frozen=True):
    """What ``llms.txt`` tells programs that read for people."""

    asked: tuple[CardView, ...]
    folders: tuple[LinkView, ...]
    """Laws, terms, letters … by address: pages that list pages, sections left out."""


class SitemapEntry(Struct, frozen=True):
    """A page of the sitemap."""

    url: str
    updated: str
    """``YYYY-MM-DD`` or empty."""
    editions: tuple[EditionView, ...] = ()


class SitemapView(Struct, frozen=True):
    """The sitemap."""

    entries: tuple[SitemapEntry, ...]
