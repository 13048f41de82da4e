"""What templates get: one frozen view per kind of page, everything already chosen and worded.

A page's bytes are a function of (templates, view). Addresses in views are below the site's root
(``contact/address-book/``); a template puts ``root`` (``../../``) before them. Views are ``Struct``s,
for every build declares them all, and as dataclasses that took 18 ms of an edit instead of one.
"""

from __future__ import annotations

from overdue_guide.law_views import CitationView, LinkView
from overdue_guide.phrases import Phrases
from overdue_guide.structs import Struct


class NavItem(Struct, frozen=True):
    """A section in the site's navigation."""

    title: str
    url: str
    summary: str = ""


class CardView(Struct, frozen=True):
    """A page in a list."""

    title: str
    url: str
    summary: str
    section: str = ""
    reviewed: str = ""
    stages: tuple[str, ...] = ()
    """Titles of its stages."""


class StageView(Struct, frozen=True):
    """A stage in the stage entry and on the stage's own page ``stage/<id>/``."""

    id: str
    title: str
    summary: str
    url: str


class ChannelView(Struct, frozen=True):
    """A help channel."""

    id: str
    name: str
    phone: str
    """Digits to show and dial; empty when unconfirmed."""
    web: str
    handles: str
    not_for: str
    before: str
    deadline: str
    where: str
    checked: str
    source: str
    note: str
    urgent: bool
    cites: tuple[LinkView, ...]


class SiteView(Struct, frozen=True, eq=False):
    """What every page shows around its own content; one for all pages of a build and edition."""

    title: str
    tagline: str
    language: str
    base_url: str
    nav: tuple[NavItem, ...]
    help: tuple[ChannelView, ...]
    assets: str
    """Folder of styles and scripts, content-hashed: ``assets/0a1b2c3d/``."""
    has: tuple[str, ...]
    """The first page of each kind that the site has: ``log/`` if there is a contact log."""
    phrases: Phrases
    colour: str = ""
    """Of the browser's own bar; empty: the templates' own."""
    colours: str = ""
    """Address of the stylesheet of the site's own colour; empty for none."""


class EditionView(Struct, frozen=True):
    """A page in simplified or in traditional characters."""

    name: str
    language: str
    canonical: str
    link: str
    """From the page that is shown; empty for that page itself."""


class PlaceView(Struct, frozen=True):
    """Where a page stands, as far as menus show it: many pages have the same."""

    root: str
    """As the page's."""
    folder: str
    """The first folder of its address, ``letters/``; empty for home."""
    url: str
    """Its address if it is the first page of a folder, for a menu may lead to it; else empty."""
    section: str
    """As the page's."""


class PageView(Struct, frozen=True):
    """The head of every page."""

    url: str
    """Own address below the root."""
    root: str
    """From the page to the site's root: ``../../``, or ``./`` on home; on 404 an absolute path."""
    title: str
    description: str
    canonical: str
    policy: str
    """What a browser may do on the page: the content of its Content-Security-Policy."""
    section: str = ""
    """Slug of the section that the navigation marks as current."""
    place: PlaceView = PlaceView("./", "", "", "")
    home: str = ""
    """From the page to where search and its files lie: ``root``, or one further up in an edition."""
    editions: tuple[EditionView, ...] = ()
    """The page in each kind of characters, itself included; empty when there is one kind."""
    trail: tuple[LinkView, ...] = ()
    """What stands above the page, home left out."""
    card: str = ""
    """The whole address of the picture that stands for the page where it is shared."""
    data: str = ""
    """Its JSON-LD (see ``structured``), made safe to stand in a script."""


class TocItem(Struct, frozen=True):
    """A heading in the contents list."""

    level: int
    text: str
    anchor: str


class ChangeView(Struct, frozen=True):
    """A correction."""

    day: str
    note: str


class ArticleView(Struct, frozen=True):
    """An article, a letter, or a stand-alone page."""

    kind: str
    title: str
    summary: str
    answer: str
    """HTML of the answer in two sentences; taken out of ``html`` where the text opens with it."""
    html: str
    """Final, sanitised body. Templates mark ``answer``, ``html`` and ``intro`` safe, nothing else."""
    toc: tuple[TocItem, ...]
    citations: tuple[CitationView, ...]
    section: LinkView | None
    stages: tuple[StageView, ...]
    tags: tuple[LinkView, ...]
    reviewed: str
    """``YYYY-MM-DD``, or empty."""
    review_by: str
    overdue: bool
    """True when the review date has passed on the day of the build: a banner says so."""
    authors: tuple[str, ...]
    changes: tuple[ChangeView, ...]
    """Newest first."""
    related: tuple[CardView, ...]
    checkers: tuple[CardView, ...]
    """Those that name this article."""
    previous: LinkView | None
    next: LinkView | None


class HomeView(Struct, frozen=True):
    """The home page."""

    intro: str
    stages: tuple[StageView, ...]
    popular: tuple[CardView, ...]
    sections: tuple[SectionView, ...]
    checkers: tuple[CardView, ...] = ()


class SectionView(Struct, frozen=True):
    """A section's listing."""

    title: str
    url: str
    summary: str
    intro: str
    articles: tuple[CardView, ...]
    checkers: tuple[CardView, ...] = ()
    """Those that bear on one of the articles."""


class TagView(Struct, frozen=True):
    """A tag's listing."""

    title: str
    url: str
    articles: tuple[CardView, ...]


class TagsView(Struct, frozen=True):
    """All tags."""

    tags: tuple[TagView, ...]


class ChannelsView(Struct, frozen=True):
    """All help channels."""

    urgent: tuple[ChannelView, ...]
    others: tuple[ChannelView, ...]


class SearchView(Struct, frozen=True):
    """The search page; without JavaScript it leads to questions, topics and tags."""

    popular: tuple[CardView, ...]
    sections: tuple[NavItem, ...]
    stages: tuple[StageView, ...]
    tags: tuple[LinkView, ...]


class OfflineView(Struct, frozen=True):
    """Reading without a network."""

    download: bool
    """Whether the site is small enough for one zip."""


class CollectionView(Struct, frozen=True):
    """Letters, or calculators, on a page that introduces them."""

    title: str
    summary: str
    intro: str
    pages: tuple[CardView, ...]
