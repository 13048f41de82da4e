"""Work in processes of its own: spread over many, its results in order; or one that gets ready ahead."""

from __future__ import annotations

import errno
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, Pipe
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_work: tuple[Callable[[object], object], Sequence[object]] | None = None
"""What forked processes find in their copy of this one: nothing has to be sent to them."""


@contextmanager
def spread(
    function: Callable[[T], R], work: Sequence[T], jobs: int, least: int, heavy: int = 0
) -> Iterator[Iterator[tuple[R, float]]]:
    """``function`` of each item, in order, and the seconds that it took.

    Fewer than ``least`` are done in this process. The first ``heavy`` are handed out one by one,
    the others many at a time.

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
    pieces = [range(at, at + 1) for at in range(heavy)]
    pieces += [range(at, min(at + chunk, len(work))) for at in range(heavy, len(work), chunk)]
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


Talk = Generator[Any, Any, None]
"""A conversation, in turn: what is yielded is heard by the other side, what that tells is what yield gives."""


class Partner:
    """The other side of a talk."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        self._said: list[Any] = []
        self._told: Any = None

    def get_ready(self) -> None:
        """Have what is said first ready: what this process can do while it waits for others."""
        self._said.append(self.hear())

    def hear(self) -> Any:
        """What is said next; waits for it."""
        return self._said.pop() if self._said else self._talk.send(self._told)

    def tell(self, value: object) -> None:
        """Answer what was heard; what comes of it can be heard later."""
        self._told = value


class _Afar(Partner):
    """In a process of its own, which a copy of this one became."""

    def __init__(self, line: Connection) -> None:
        self._line = line

    def get_ready(self) -> None:
        """It does so by itself."""

    def hear(self) -> Any:
        try:
            failed, said = self._line.recv()
        except EOFError as error:
            raise ChildProcessError(errno.ECHILD, os.strerror(errno.ECHILD)) from error
        if failed:
            raise said
        return said

    def tell(self, value: object) -> None:
        self._line.send(value)


@contextmanager
def beside(talk: Talk, *, alone: bool) -> Iterator[Partner]:
    """Somebody to talk to, who gets ready while this process does something else.

    ``alone``, and where forking is not possible or safe, it is this process that says it all, when
    it is asked. Raises what the talk raises, and ChildProcessError when its process is killed.
    """
    if alone or not _can_fork():
        yield Partner(talk)
        return
    (ours, theirs), child = Pipe(), 0
    try:
        with _deaf():
            child = os.fork()
            if not child:
                _talking(talk, theirs)
        theirs.close()
        yield _Afar(ours)
    finally:
        ours.close()
        if child:
            with suppress(OSError):
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)


def _talking(talk: Talk, line: Connection) -> None:
    """Say everything over a line, and end with it; never returns."""
    try:
        # A lock that this process held on would outlive the one that took it.
        os.closerange(3, line.fileno())
        os.closerange(line.fileno() + 1, 256)
        told = None
        while True:
            try:
                said = False, talk.send(told)
            except Exception as error:
                said = True, error
            line.send(said)
            told = line.recv()
    finally:
        os._exit(0)
