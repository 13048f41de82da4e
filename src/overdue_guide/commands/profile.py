"""Where a build's time went: its stages, and the slowest articles and pages in them."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from overdue_guide.wording import Wording

if TYPE_CHECKING:
    from overdue_guide.options import BuildReport


@dataclass(frozen=True, slots=True)
class Stopwatch:
    """Starts when it is made."""

    start: float = field(default_factory=time.process_time)
    """Seconds of CPU until then: Python's own, and what was imported."""
    began: float = field(default_factory=time.perf_counter)


def lines(made: BuildReport, watch: Stopwatch, words: Wording) -> list[str]:
    """The profile, a line for each stage and for each slow piece of work."""
    wall = time.perf_counter() - watch.began
    rest = wall - sum(seconds for _, seconds in made.seconds)
    total = watch.start + wall
    rows = (("start", watch.start), *made.seconds, ("rest", rest), ("total", total))
    told = [f"{stage(name, words)}{took:8.3f} s {took / total:6.1%}" for name, took in rows]
    for name, slowest in made.slowest:
        told += ["", words.say("slowest", stage=words.tables["stages"][name])]
        told += [f"{took:8.3f} s  {what}" for what, took in slowest]
    return told


def stage(name: str, words: Wording) -> str:
    """A stage's name, filled with blanks to the width of all."""
    return f"{words.tables['stages'][name]:10}"
