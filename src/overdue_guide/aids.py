"""What the guide offers beside articles: help channels, terms, synonyms."""

from __future__ import annotations

from datetime import date

from overdue_guide.law import Citation
from overdue_guide.problems import Span
from overdue_guide.structs import Struct


class Channel(Struct, frozen=True):
    """A hotline or office that helps or takes complaints."""

    id: str
    name: str
    handles: str
    span: Span
    phone: str = ""
    """Only a number that was confirmed."""
    web: str = ""
    not_for: str = ""
    before: str = ""
    """What to do, or to have ready, first."""
    deadline: str = ""
    cites: tuple[Citation, ...] = ()
    where: str = ""
    """Where to look the number up."""
    checked: date | None = None
    source: str = ""
    """Where the number was confirmed."""
    note: str = ""
    urgent: bool = False

    @property
    def url(self) -> str:
        """Where it stands on the channels' page, below the site's root."""
        return f"channels/#{self.id}"


class Term(Struct, frozen=True):
    """A word of the glossary."""

    term: str
    meaning: str
    span: Span
    aka: tuple[str, ...] = ()
    cites: tuple[Citation, ...] = ()
    see: str = ""
    group: str = ""
    """Which part of the glossary it stands in."""
    everyday: bool = False
    """An everyday word, too: texts do not link it to its meaning."""


class Synonym(Struct, frozen=True):
    """What borrowers say, and what articles say for it."""

    says: tuple[str, ...]
    means: tuple[str, ...]
