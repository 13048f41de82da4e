"""How far a build is, how long its stages took, and what was slowest in them."""

from __future__ import annotations

import heapq
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

Progress = Callable[[str, int, int], None]
"""(stage, done, of how many)"""

Times = tuple[tuple[str, float], ...]
"""(what, seconds)"""

_SLOWEST = 10


@dataclass(slots=True)
class Clock:
    """Seconds each stage took, and the ten slowest pieces of its work."""

    progress: Progress
    seconds: dict[str, float] = field(default_factory=dict)
    _slowest: dict[str, list[tuple[float, str]]] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Measure what is done inside; a stage may come in several pieces."""
        self.progress(name, 0, 0)
        began = time.perf_counter()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - began

    def took(self, stage: str, what: str, seconds: float) -> None:
        """Remember a piece of work while it is one of the slowest of its stage."""
        slowest = self._slowest.setdefault(stage, [])
        heapq.heappush(slowest, (seconds, what))
        if len(slowest) > _SLOWEST:
            heapq.heappop(slowest)

    @property
    def told(self) -> Times:
        """(stage, seconds) in the order of the stages."""
        return tuple(self.seconds.items())

    @property
    def slowest(self) -> tuple[tuple[str, Times], ...]:
        """(stage, its slowest pieces of work, slowest first)."""
        return tuple(
            (stage, tuple((what, seconds) for seconds, what in sorted(found, reverse=True)))
            for stage, found in self._slowest.items()
        )
