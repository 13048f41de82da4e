"""Whether a checker's paths hold: each answer leads on, each path ends, each end rests on law."""

from __future__ import annotations

from collections.abc import Iterator

from overdue_guide import routes
from overdue_guide.flow import Checker
from overdue_guide.laws import Registry
from overdue_guide.problems import Problem, suggesting

MOST_QUESTIONS = 7
"""More than a worried reader answers on a phone."""
_MOST_STEPS = 200
"""Questions and outcomes together; checkers have thirty. Every way through them is looked at."""


def flow_problems(checker: Checker, registry: Registry) -> Iterator[Problem]:
    """Everything that keeps a reader from reaching an outcome that can be relied on."""
    if len(checker.stops) > _MOST_STEPS:
        span, most = checker.stops[_MOST_STEPS].span, str(_MOST_STEPS)
        yield Problem.at(span, "too-complex", what="steps", most=most)
        return
    yield from _unknown_steps(checker)
    yield from _circles(checker)
    if checker.questions:
        yield from _unreachable(checker)
        yield from _too_long(checker)
    yield from _uncited(checker, registry)


def _unknown_steps(checker: Checker) -> Iterator[Problem]:
    known = [stop.id for stop in checker.stops]
    for question in checker.questions:
        for answer in question.answers:
            name = answer.to.name
            if name not in known:
                yield suggesting("unknown-step", answer.to.span, name, known, step=name)


def _circles(checker: Checker) -> Iterator[Problem]:
    for question, answer in routes.circles(checker):
        name = answer.to.name
        yield Problem.at(answer.to.span, "flow-circle", step=name, question=question.id)


def _unreachable(checker: Checker) -> Iterator[Problem]:
    found = routes.reached(checker, checker.questions[0].id)
    for stop in checker.stops:
        if stop.id not in found:
            yield Problem.at(stop.span, "unreachable-step", step=stop.id)


def _too_long(checker: Checker) -> Iterator[Problem]:
    """Each question that can be the first one too many."""
    most = routes.farthest(checker)
    for question in checker.questions:
        if most.get(question.id) == MOST_QUESTIONS:
            limit = str(MOST_QUESTIONS)
            yield Problem.at(question.span, "flow-too-long", question=question.id, limit=limit)


def _uncited(checker: Checker, registry: Registry) -> Iterator[Problem]:
    for outcome in checker.outcomes:
        cited = [cite for reason in outcome.reasons for cite in reason.cites]
        if not any(registry.bearing(cite) for cite in cited):
            yield Problem.at(outcome.span, "uncited-outcome", outcome=outcome.id)
