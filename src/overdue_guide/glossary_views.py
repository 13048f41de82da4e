"""What the glossary's pages show."""

from __future__ import annotations

from dataclasses import dataclass

from overdue_guide.law_views import LinkView


@dataclass(frozen=True, slots=True)
class TermView:
    """A term of the glossary."""

    anchor: str
    term: str
    aka: tuple[str, ...]
    meaning: str
    short: str
    """The meaning's opening."""
    cites: tuple[LinkView, ...]
    see: LinkView | None
    url: str
    """Where its whole meaning stands: ``glossary/#…`` or ``glossary/<group>/#…``."""


@dataclass(frozen=True, slots=True)
class GroupView:
    """The terms of one subject, on a page of their own."""

    title: str
    url: str
    terms: tuple[TermView, ...]


@dataclass(frozen=True, slots=True)
class GlossaryView:
    """The glossary: all in one where no term has a group, else a list that leads to the groups."""

    terms: tuple[TermView, ...]
    groups: tuple[GroupView, ...]
