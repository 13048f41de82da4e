"""Views of the checkers: the list, a question, an outcome. Addresses are below the site's root."""

from __future__ import annotations

from overdue_guide.law_views import CitationView, LinkView
from overdue_guide.structs import Struct
from overdue_guide.views import CardView, ChannelView


class CheckersView(Struct, frozen=True):
    """All checkers."""

    checkers: tuple[CardView, ...]


class ChoiceView(Struct, frozen=True):
    """An answer to choose: a link to what it leads to."""

    says: str
    note: str
    url: str


class AnsweredView(Struct, frozen=True):
    """A question that the reader has answered on the way here."""

    asks: str
    says: str
    url: str
    """Of the question, to answer it otherwise."""


class TrailView(Struct, frozen=True):
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


class QuestionView(Struct, frozen=True):
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


class ReasonView(Struct, frozen=True):
    """One thing that an outcome rests on."""

    says: str
    cites: tuple[CitationView, ...]


class StepView(Struct, frozen=True):
    """One thing to do next."""

    does: str
    see: LinkView | None
    channel: ChannelView | None
    dials: bool
    """Whether the channel's number is right for everyone, and not one lender's."""


class OutcomeView(Struct, frozen=True):
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
