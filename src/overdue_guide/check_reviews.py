"""Whether what was reviewed still counts as reviewed on the day of the build."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from overdue_guide.model import Head, Site
from overdue_guide.problems import Problem, Span
from overdue_guide.reviews import GRACE, Review, article_due, channel_due, checker_due, review

_RULES = {
    Review.SOON: "review-soon",
    Review.DUE: "review-due",
    Review.LAPSED: "review-lapsed",
}


def article_review_problems(article: Head, today: date) -> Iterator[Problem]:
    """Its review and corrections where they lie in the future, its review where it falls due."""
    meta = article.meta
    if meta.reviewed:
        yield from _future("reviewed-in-future", meta.reviewed, meta.span("reviewed"), today)
    for change in meta.changes:
        yield from _future("change-in-future", change.day, change.span, today)
    due = article_due(meta)
    if due:
        yield from _due(due, meta.span("review_by" if meta.review_by else "reviewed"), today)


def review_problems(site: Site, today: date) -> Iterator[Problem]:
    """The same of checkers and channels."""
    for checker in site.checkers:
        due = checker_due(checker)
        if checker.reviewed and checker.reviewed_span and due:
            span = checker.reviewed_span
            yield from _future("reviewed-in-future", checker.reviewed, span, today)
            yield from _due(due, span, today)
    for channel in site.channels:
        due = channel_due(channel)
        if channel.checked and due:
            yield from _future("reviewed-in-future", channel.checked, channel.span, today)
            yield from _due(due, channel.span, today)


def _future(rule: str, day: date, span: Span, today: date) -> Iterator[Problem]:
    if day > today:
        yield Problem.at(span, rule, date=day.isoformat())


def _due(due: date, span: Span, today: date) -> Iterator[Problem]:
    rule = _RULES.get(review(due, today))
    if rule:
        grace = {"days": str(GRACE.days)} if rule == "review-lapsed" else {}
        yield Problem.at(span, rule, date=due.isoformat(), **grace)
