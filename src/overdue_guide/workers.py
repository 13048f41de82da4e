"""Work spread over processes, its results in order: the same for any number of them."""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

_work: tuple[Callable[[object], object], Sequence[object]] | None = None
"""What forked processes find in their copy of this one: nothing has to be sent to them."""


@contextmanager
def spread(
    function: Callable[[T], R], work: Sequence[T], jobs: int, least: int
) -> Iterator[Iterator[tuple[R, float]]]:
    """``function`` of each item, in order, and the seconds that it took.

    Fewer than ``least`` are done in this process.

    Processes are forked, so they share what was read so far, and begin at once: the caller can do
    something else before it asks for results. Where forking is not possible (Windows; macOS, whose
    libraries do not bear it) or not safe (``serve`` has threads), everything is done here. Raises
    ChildProcessError when one of them is killed.
    """
    if jobs < 2 or len(work) < least or not _can_fork():
        yield (_timed(function, item) for item in work)
        return
    # Loaded only now: most builds are of one article.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    global _work
    _work = (function, work)  # type: ignore[assignment]
    chunk = max(1, min(64, len(work) // (jobs * 8)))
    pieces = [range(at, min(at + chunk, len(work))) for at in range(0, len(work), chunk)]
    executor = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("fork"))
    try:
        with _deaf():
            found = executor.map(_some, pieces)
        yield _arriving(found)  # type: ignore[misc]
    finally:
        executor.shutdown(cancel_futures=True)
        _work = None


def _can_fork() -> bool:
    return sys.platform.startswith("linux") and threading.active_count() == 1


@contextmanager
def _deaf() -> Iterator[None]:
    """Processes begun meanwhile do not hear Ctrl-C, which reaches all of a terminal: one answers."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _some(piece: range) -> list[tuple[object, float]]:
    assert _work is not None
    function, work = _work
    return [_timed(function, work[at]) for at in piece]


def _arriving(found: Iterator[list[tuple[object, float]]]) -> Iterator[tuple[object, float]]:
    from concurrent.futures.process import BrokenProcessPool

    try:
        for some in found:
            yield from some
    except BrokenProcessPool as error:
        raise ChildProcessError(errno.ECHILD, os.strerror(errno.ECHILD)) from error


def _timed(function: Callable[[T], R], item: T) -> tuple[R, float]:
    began = time.perf_counter()
    return function(item), time.perf_counter() - began
