"""A stage of being overdue: which days it covers, what may happen in it and what to do."""

from __future__ import annotations

from collections.abc import Iterator

from overdue_guide.flow import Reference
from overdue_guide.law import Citation
from overdue_guide.structs import Struct


class Sentence(Struct, frozen=True):
    """One sentence of advice, the provisions it rests on, and the page that says more."""

    says: str
    cites: tuple[Citation, ...] = ()
    see: Reference | None = None
    """``section/slug`` of an article or letter."""


class Stage(Struct, frozen=True):
    """A stretch of days after the due date, or a step such as court, at which articles matter."""

    id: str
    title: str
    summary: str = ""
    days: tuple[int, int | None] | None = None
    """First and last day overdue; no last day: from then on. None: a step, not a stretch of days."""
    short: str = ""
    """A name for the timeline, where there is little room."""
    may: tuple[Sentence, ...] = ()
    """What the lender may do."""
    may_not: tuple[Sentence, ...] = ()
    this_week: tuple[Sentence, ...] = ()
    """What the reader should do, in order."""
    next: tuple[Sentence, ...] = ()
    """What may come of it."""

    @property
    def url(self) -> str:
        """Address below the site's root."""
        return f"stage/{self.id}/"

    @property
    def sentences(self) -> Iterator[Sentence]:
        """All of them."""
        yield from (*self.may, *self.may_not, *self.this_week, *self.next)

    @property
    def cites(self) -> tuple[Citation, ...]:
        """Every citation, in order."""
        return tuple(cite for sentence in self.sentences for cite in sentence.cites)

    @property
    def pages(self) -> tuple[Reference, ...]:
        """Every article and letter that it names."""
        return tuple(sentence.see for sentence in self.sentences if sentence.see)
