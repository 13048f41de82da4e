"""Views of the stages: the timeline, its list, and a stage's own page."""

from __future__ import annotations

from overdue_guide.law_views import CitationView, LinkView
from overdue_guide.structs import Struct
from overdue_guide.views import CardView, StageView


class StopView(Struct, frozen=True):
    """A stage on the drawn timeline, in units of the drawing."""

    x: int
    label: str
    label_y: int
    before: int | None
    """Where the line to it begins; None for the first."""
    certain: bool
    """False when it does not come by itself with time: its line is dashed."""
    state: str
    """past, now or later"""


class TimelineView(Struct, frozen=True):
    """The drawing: how wide it is, what stands on it, and what it shows in words."""

    width: int
    words: str
    stops: tuple[StopView, ...]


class SentenceView(Struct, frozen=True):
    """A sentence of advice with what it rests on."""

    says: str
    cites: tuple[CitationView, ...]
    see: LinkView | None


class StagePageView(Struct, frozen=True):
    """What matters at one stage: what to do, who may do what, what to read."""

    stage: StageView
    timeline: TimelineView
    this_week: tuple[SentenceView, ...]
    may: tuple[SentenceView, ...]
    may_not: tuple[SentenceView, ...]
    next: tuple[SentenceView, ...]
    own: tuple[CardView, ...]
    always: tuple[CardView, ...]
    before: StageView | None
    after: StageView | None
    citations: tuple[CitationView, ...]


class StageRowView(Struct, frozen=True):
    """A stage in the list of all."""

    stage: StageView
    days: tuple[int, int | None] | None
    """For the field that leads from a number of days to a stage."""
    first: SentenceView | None
    """What to do first."""
    number: int
    """How many articles are about it."""


class StagesView(Struct, frozen=True):
    """All stages in order."""

    timeline: TimelineView
    by_days: tuple[StageRowView, ...]
    steps: tuple[StageRowView, ...]
    """Stages that do not come by themselves with time."""
    counts_days: bool
