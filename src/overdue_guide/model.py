"""Every type that passes between the stages; all frozen, tuples instead of lists.

``load`` makes a :class:`Site`, ``check`` turns it into a :class:`CheckedSite`, and only a checked
site is indexed, rendered and written.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from overdue_guide.aids import Channel, Synonym, Term
from overdue_guide.contact import ContactRule
from overdue_guide.flow import Checker
from overdue_guide.guidance import Stage
from overdue_guide.heads import FrontMatter
from overdue_guide.law import Citation, Law, ResolvedCitation
from overdue_guide.phrases import Phrases
from overdue_guide.problems import Severity, Span
from overdue_guide.rendered import Reliance, Rendered
from overdue_guide.structs import Struct

ASSETS = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".pdf", ".png", ".svg", ".webp"})
"""Endings of files that are published as they are."""

Kind = Literal["article", "letter", "tool", "page", "section", "home"]
"""What a Markdown file is: decided by where it lies."""


# --- configuration -------------------------------------------------------------------------------


class Section(Struct, frozen=True):
    """A folder of articles."""

    slug: str
    title: str
    summary: str = ""
    span: Span | None = None
    """Where the slug stands in site.yml."""


class Security(Struct, frozen=True):
    """Whom to tell of a hole in the site, and until when that holds."""

    contact: str
    """``https://…``, ``mailto:…`` or ``tel:…``."""
    expires: date
    span: Span
    """Where ``expires`` stands."""
    policy: str = ""
    languages: tuple[str, ...] = ()


class SiteConfig(Struct, frozen=True):
    """``content/site.yml``; every field has a default, so any folder builds."""

    title: str = "指南"
    tagline: str = ""
    base_url: str = "http://localhost/"
    """Ends in a slash; only canonical addresses, feed and sitemap use more than its path."""
    language: str = "zh-CN"
    traditional: bool = False
    """Every page once more, in traditional characters, below ``zh-hant/``."""
    colour: str = ""
    """``#rrggbb`` of the header, buttons and links; empty: the templates' own."""
    phrases: Phrases = Phrases()
    sections: tuple[Section, ...] = ()
    stages: tuple[Stage, ...] = ()
    tags: tuple[str, ...] = ()
    """Those that articles may have; empty: any."""
    popular: tuple[str, ...] = ()
    """``section/slug`` of the questions that home asks first."""
    help: tuple[str, ...] = ()
    """Channels shown on every page, most urgent first."""
    rules: tuple[tuple[str, Severity], ...] = ()
    security: Security | None = None
    spans: tuple[tuple[str, Span], ...] = ()
    """Where ``popular.0``, ``help.0`` … stand."""


# --- articles --------------------------------------------------------------------------------------


class Head(Struct, frozen=True):
    """What lists, neighbours and law pages know of a Markdown file: all but its text.

    Other pages are made of heads alone, so an edit below an unchanged head concerns one page.
    """

    path: str
    """Below the content folder, with forward slashes: ``contact/address-book.md``."""
    kind: Kind
    section: str
    """Folder, or empty at the top level."""
    slug: str
    meta: FrontMatter
    relies_on: tuple[Reliance, ...]
    """Every provision that it cites, each once, in order of first use."""

    @property
    def id(self) -> str:
        """``contact/address-book``: what ``related`` and ``popular`` name."""
        return self.path.removesuffix(".md")

    @property
    def url(self) -> str:
        """Address below the site's root: ``contact/address-book/``; empty for home."""
        if self.kind == "home":
            return ""
        if self.kind == "section":
            return f"{self.section}/"
        return f"{self.id}/"


class Article(Head, frozen=True):
    """One Markdown file with its text."""

    body: Rendered

    @property
    def head(self) -> Head:
        """The article without its text."""
        return Head(self.path, self.kind, self.section, self.slug, self.meta, self.relies_on)

    @property
    def cites(self) -> tuple[Citation, ...]:
        """Every citation: those of the text, and those behind a letter's deadlines."""
        return cites(self.meta, self.body)


def cites(meta: FrontMatter, body: Rendered) -> tuple[Citation, ...]:
    """Every citation of a file: those of the text, and those behind a letter's deadlines."""
    marks = (one for mark in body.citations for one in mark)
    return (*marks, *(one for deadline in meta.deadlines for one in deadline.cites))


class OutputFile(Struct, frozen=True):
    """One file of the site."""

    path: str
    """Below the output folder, with forward slashes."""
    data: bytes


class Site(Struct, frozen=True):
    """All content, parsed but not yet checked against itself."""

    config: SiteConfig
    articles: tuple[Head, ...] = ()
    bodies: Mapping[str, Rendered] = {}
    """The text of each article by its path; read when it is asked for."""
    laws: tuple[Law, ...] = ()
    channels: tuple[Channel, ...] = ()
    terms: tuple[Term, ...] = ()
    synonyms: tuple[Synonym, ...] = ()
    checkers: tuple[Checker, ...] = ()
    contact_rules: tuple[ContactRule, ...] = ()
    assets: tuple[OutputFile, ...] = ()
    """Files published as they are, such as images beside an article."""
    drafts: tuple[str, ...] = ()
    """Paths of articles that are left out because they are drafts."""


# --- checked ------------------------------------------------------------------------------------------


class Passage(Struct, frozen=True):
    """What stands under one heading, as plain text: what search finds and shows."""

    anchor: str
    """Empty for the text before the first heading."""
    heading: str
    text: str


class CheckedArticle(Struct, frozen=True):
    """An article whose references all resolve."""

    article: Article
    html: str
    """Final body: no marks left, links relative to the article's own address."""
    blocks: tuple[str, ...]
    """The HTML of each help channel in it, in the order of the text."""
    citations: tuple[ResolvedCitation, ...]
    """Each provision once, in order of first use."""

    @property
    def meta(self) -> FrontMatter:
        """Same as the article's."""
        return self.article.meta

    @property
    def url(self) -> str:
        """Same as the article's."""
        return self.article.url


class CheckedSite(Struct, frozen=True):
    """A site in which everything refers to something; only ``check`` makes one."""

    config: SiteConfig
    today: date
    articles: tuple[Head, ...]
    texts: Mapping[str, CheckedArticle]
    """Each article by its path; resolved when it is asked for."""
    laws: tuple[Law, ...]
    channels: tuple[Channel, ...]
    terms: tuple[Term, ...]
    synonyms: tuple[Synonym, ...]
    assets: tuple[OutputFile, ...] = ()
    checkers: tuple[Checker, ...] = ()
    """By weight; each has a question."""
    contact_rules: tuple[ContactRule, ...] = ()


class SearchDocument(Struct, frozen=True):
    """What the index knows of a page, or of a part of one; never more than a reader sees."""

    url: str
    """Below the site's root; may hold an anchor for a term, a channel or a provision."""
    kind: str
    """article, letter, tool, page, law, term, channel, check"""
    title: str
    section: str
    """Shown beside the result: 联系规则, 术语 …"""
    summary: str = ""
    stages: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    """Found but not shown: front matter's question, keywords and tags."""
    passages: tuple[Passage, ...] = ()
    beside: str = ""
    """What stands there too but is the text of other documents: found, and next to nothing for the rank."""
