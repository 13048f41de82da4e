"""A checker: questions, the answers that lead on, and the outcomes at which its paths end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from overdue_guide.law import Citation
from overdue_guide.problems import Span
from overdue_guide.structs import Struct

Verdict = Literal["safety", "fraud", "unlawful", "doubtful", "lawful", "act", "unclear"]
"""What an outcome comes to; the words for it are the pages' business."""


class Reference(Struct, frozen=True):
    """A page or channel that an author names."""

    name: str
    span: Span


class Answer(Struct, frozen=True):
    """What a reader may answer, and the question or outcome that it leads to."""

    says: str
    to: Reference
    note: str = ""


class Question(Struct, frozen=True):
    """One question, on a page of its own."""

    id: str
    asks: str
    answers: tuple[Answer, ...]
    span: Span
    help: str = ""


class Reason(Struct, frozen=True):
    """One thing that the outcome rests on, and the provisions that say it."""

    says: str
    cites: tuple[Citation, ...]


class Step(Struct, frozen=True):
    """One thing to do next."""

    does: str
    see: Reference | None = None
    """``section/slug`` of the article or letter that shows how."""
    channel: Reference | None = None


class Outcome(Struct, frozen=True):
    """Where a path ends: what to think of it, why, and what to do."""

    id: str
    verdict: Verdict
    title: str
    means: str
    """The answer in two sentences."""
    sure: str
    """How sure it is, and what would change it."""
    reasons: tuple[Reason, ...]
    steps: tuple[Step, ...]
    keep: tuple[str, ...]
    """Evidence to keep."""
    span: Span


class Checker(Struct, frozen=True):
    """One file of ``content/checks/``; its first question is where it begins."""

    slug: str
    path: str
    title: str
    summary: str
    questions: tuple[Question, ...]
    outcomes: tuple[Outcome, ...]
    keywords: tuple[str, ...] = ()
    related: tuple[Reference, ...] = ()
    reviewed: date | None = None
    reviewed_span: Span | None = None
    weight: int = 0

    @property
    def url(self) -> str:
        """Address below the site's root: ``check/family/``."""
        return f"check/{self.slug}/"

    @property
    def stops(self) -> tuple[Question | Outcome, ...]:
        """Questions and outcomes."""
        return (*self.questions, *self.outcomes)

    @property
    def cites(self) -> tuple[Citation, ...]:
        """Every citation, in order."""
        return tuple(c for o in self.outcomes for reason in o.reasons for c in reason.cites)

    @property
    def pages(self) -> tuple[Reference, ...]:
        """Every article and letter that it names."""
        steps = (step.see for step in self._steps() if step.see)
        return (*self.related, *steps)

    @property
    def channels(self) -> tuple[Reference, ...]:
        """Every channel that it names."""
        return tuple(step.channel for step in self._steps() if step.channel)

    def _steps(self) -> Iterator[Step]:
        for outcome in self.outcomes:
            yield from outcome.steps
