"""Views of the checkers: the list, a question, an outcome. Addresses are below the site's root."""

from __future__ import annotations

from dataclasses import dataclass

from overdue_guide.law_views import CitationView, LinkView
from overdue_guide.views import CardView, ChannelView


@dataclass(frozen=True, slots=True)
class CheckersView:
    """All checkers."""

    checkers: tuple[CardView, ...]


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """An answer to choose: a link to what it leads to."""

    says: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class AnsweredView:
    """A question that the reader has answered on the way here."""

    asks: str
    says: str
    url: str
    """Of the question, to answer it otherwise."""


@dataclass(frozen=True, slots=True)
class TrailView:
    """Where in a checker a page stands."""

    checker: LinkView
    answered: tuple[AnsweredView, ...]
    """All answers so far; empty where readers come by different ways."""
    back: tuple[LinkView, ...]
    """The question before; several where readers come by different ways."""
    number: int
    """Of this question; 0 where it depends on the way."""
    ahead: int
    """How many questions follow at most."""


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One question; the first also introduces the checker."""

    trail: TrailView
    first: bool
    summary: str
    """Of the checker."""
    reviewed: str
    overdue: bool
    review_by: str
    asks: str
    help: str
    choices: tuple[ChoiceView, ...]
    related: tuple[CardView, ...]
    """Only with the first question."""


@dataclass(frozen=True, slots=True)
class ReasonView:
    """One thing that an outcome rests on."""

    says: str
    cites: tuple[CitationView, ...]


@dataclass(frozen=True, slots=True)
class StepView:
    """One thing to do next."""

    does: str
    see: LinkView | None
    channel: ChannelView | None
    dials: bool
    """Whether the channel's number is right for everyone, and not one lender's."""


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """Where a path ends."""

    trail: TrailView
    verdict: str
    """涉嫌违法, 可能违规 …"""
    tone: str
    """danger, warning or note."""
    title: str
    means: str
    sure: str
    reasons: tuple[ReasonView, ...]
    steps: tuple[StepView, ...]
    keep: tuple[str, ...]
    citations: tuple[CitationView, ...]
    reviewed: str
    overdue: bool
    review_by: str
    related: tuple[CardView, ...]
