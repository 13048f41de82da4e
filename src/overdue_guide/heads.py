"""What stands at the head of a Markdown file: its front matter, with a letter's blanks."""

from __future__ import annotations

from datetime import date
from typing import Literal

from overdue_guide.law import Citation
from overdue_guide.problems import Span
from overdue_guide.structs import Struct

Risk = Literal["low", "medium", "high"]


class Deadline(Struct, frozen=True):
    """A last day that follows from a day which the reader fills in."""

    start: str
    """The blank with the day from which the days count; that day itself does not."""
    days: int
    cites: tuple[Citation, ...]
    """What sets the number of days."""
    span: Span
    """Where ``from`` stands."""


class Blank(Struct, frozen=True):
    """A blank of a letter, for the reader to fill in."""

    id: str
    label: str
    kind: Literal["text", "lines", "date", "money", "phone"] = "text"
    hint: str = ""
    deadline: Deadline | None = None
    """Computed from another blank instead of filled in."""


class Change(Struct, frozen=True):
    """What was corrected in a text, and when."""

    day: date
    note: str
    span: Span
    """Where the day stands."""


class FrontMatter(Struct, frozen=True):
    """The YAML block at the head of a Markdown file."""

    title: str
    summary: str = ""
    question: str = ""
    reviewed: date | None = None
    review_by: date | None = None
    stage: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    weight: int = 0
    risk: Risk = "medium"
    draft: bool = False
    blanks: tuple[Blank, ...] = ()
    calculator: str = ""
    """Which form a tool's page carries."""
    changes: tuple[Change, ...] = ()
    """Corrections, as the author wrote them."""
    path: str = ""
    """The source file."""
    places: tuple[tuple[str, int, int, int], ...] = ()
    """Line, column and end of each key's value: ``reviewed``, ``related.0`` …; a ``Span`` each would
    be most of what an edit reads of ten thousand files."""

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        """The last days that a letter computes."""
        return tuple(blank.deadline for blank in self.blanks if blank.deadline)

    @property
    def updated(self) -> date | None:
        """The day of the last review or correction."""
        days = [change.day for change in self.changes]
        return max([*days, self.reviewed] if self.reviewed else days, default=None)

    def span(self, key: str) -> Span:
        """Where the value of ``key`` stands; raises KeyError when the author did not write it."""
        for name, *place in self.places:
            if name == key:
                return Span(self.path, *place)
        raise KeyError(key)
