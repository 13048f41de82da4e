"""When a text must be held against the law again, and what happens as that day comes and goes.

A day in, a state out: ``check_reviews`` makes problems of it, and pages show a banner from it.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum

from overdue_guide.aids import Channel
from overdue_guide.flow import Checker
from overdue_guide.heads import FrontMatter

REVIEW_EVERY = {
    "high": timedelta(days=183),
    "medium": timedelta(days=365),
    "low": timedelta(days=730),
}
"""How long a review lasts, by the harm that a mistake does."""

AHEAD = timedelta(days=30)
"""So long before a day that matters, editors are told: a month is time to read the law again."""

GRACE = timedelta(days=90)
"""So long after its day a text may still be published, with a banner; then nobody looks after it."""


class Review(Enum):
    """How a text stands on a day."""

    CURRENT = "current"
    SOON = "soon"
    """Its day comes within ``AHEAD``."""
    DUE = "due"
    """Its day has passed."""
    LAPSED = "lapsed"
    """Its day passed more than ``GRACE`` ago."""


def review(due: date | None, today: date) -> Review:
    """The state of what must be reviewed by ``due``; what has no such day never falls due."""
    if due is None or due - today > AHEAD:
        return Review.CURRENT
    if today <= due:
        return Review.SOON
    return Review.DUE if today - due <= GRACE else Review.LAPSED


def article_due(meta: FrontMatter) -> date | None:
    """The day by which the article must be reviewed again."""
    if meta.review_by or meta.reviewed is None:
        return meta.review_by
    return _after(meta.reviewed, meta.risk)


def checker_due(checker: Checker) -> date | None:
    """The day by which a checker must be reviewed again: a wrong verdict does much harm."""
    return _after(checker.reviewed, "high") if checker.reviewed else None


def channel_due(channel: Channel) -> date | None:
    """The day by which a channel's number must be confirmed again."""
    return _after(channel.checked, "medium") if channel.checked else None


def _after(reviewed: date, risk: str) -> date:
    return reviewed + min(REVIEW_EVERY[risk], date.max - reviewed)
