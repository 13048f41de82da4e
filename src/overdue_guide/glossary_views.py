"""What the glossary's pages show."""

from __future__ import annotations

from overdue_guide.law_views import LinkView
from overdue_guide.structs import Struct


class TermView(Struct, frozen=True):
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


class GroupView(Struct, frozen=True):
    """The terms of one subject, on a page of their own."""

    title: str
    url: str
    terms: tuple[TermView, ...]


class GlossaryView(Struct, frozen=True):
    """The glossary: all in one where no term has a group, else a list that leads to the groups."""

    terms: tuple[TermView, ...]
    groups: tuple[GroupView, ...]
