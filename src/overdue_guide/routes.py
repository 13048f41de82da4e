"""Ways through a checker: what can be reached, what leads in a circle, how far each step is."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping

from overdue_guide.flow import Answer, Checker, Question

Edge = tuple[Question, Answer]


def targets(checker: Checker) -> Mapping[str, tuple[str, ...]]:
    """Question → the steps that its answers lead to, each once; an outcome leads nowhere."""
    known = {stop.id for stop in checker.stops}
    found = {
        question.id: tuple(dict.fromkeys(a.to.name for a in question.answers if a.to.name in known))
        for question in checker.questions
    }
    return {**{outcome.id: () for outcome in checker.outcomes}, **found}


def reached(checker: Checker, start: str) -> Mapping[str, int]:
    """Every step that can be reached → after how many answers at least."""
    leads, found, queue = targets(checker), {start: 0}, deque([start])
    while queue:
        step = queue.popleft()
        for target in leads.get(step, ()):
            if target not in found:
                found[target] = found[step] + 1
                queue.append(target)
    return found


def circles(checker: Checker) -> tuple[Edge, ...]:
    """Answers that lead back to their own question or one before it; every circle holds one."""
    place = {question.id: at for at, question in enumerate(checker.questions)}
    return tuple(
        (question, answer)
        for question in checker.questions
        for answer in question.answers
        if place.get(answer.to.name, len(place)) <= place[question.id]
        and question.id in reached(checker, answer.to.name)
    )


def farthest(checker: Checker) -> Mapping[str, int]:
    """Every step that can be reached → after how many answers at most; at least, in a circle."""
    start = checker.questions[0].id
    nearest = reached(checker, start)
    if circles(checker):
        return nearest
    leads, most = targets(checker), dict.fromkeys(nearest, 0)
    for step in _in_order(leads, nearest):
        for target in leads[step]:
            most[target] = max(most[target], most[step] + 1)
    return most


def ahead(checker: Checker) -> Mapping[str, int]:
    """Every step that can be reached → how many questions follow it at most; none in a circle."""
    nearest = reached(checker, checker.questions[0].id)
    asked = {question.id for question in checker.questions}
    follow = dict.fromkeys(nearest, 0)
    if circles(checker):
        return follow
    leads = targets(checker)
    for step in reversed(_in_order(leads, nearest)):
        follow[step] = max((follow[t] + 1 for t in leads[step] if t in asked), default=0)
    return follow


def into(checker: Checker, step: str) -> tuple[Edge, ...]:
    """The answers that lead to a step."""
    return tuple(
        (question, answer)
        for question in checker.questions
        for answer in question.answers
        if answer.to.name == step
    )


def only_way(checker: Checker, step: str) -> tuple[Edge, ...]:
    """The questions and answers before a step, when every reader came by the same; else nothing."""
    way: list[Edge] = []
    start = checker.questions[0].id
    while step != start:
        edges = into(checker, step)
        if len(edges) != 1 or len(way) > len(checker.questions):
            return ()
        way.append(edges[0])
        step = edges[0][0].id
    return tuple(reversed(way))


def _in_order(leads: Mapping[str, tuple[str, ...]], steps: Mapping[str, int]) -> tuple[str, ...]:
    """The steps, each after all that lead to it; there must be no circle."""
    waiting = dict.fromkeys(steps, 0)
    for step in steps:
        for target in leads[step]:
            waiting[target] += 1
    ready, order = [step for step, count in waiting.items() if not count], []
    while ready:
        step = ready.pop()
        order.append(step)
        for target in leads[step]:
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
    return tuple(order)
