"""Our folder beside the output, the lock on both, and the step in which a new site takes its place."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_MARK = ".gitignore"
"""In the work area, so that git leaves it alone; also the mark that the area is ours."""
_RENAME_EXCHANGE = 2
_AT_FDCWD = -100


class WorkArea:
    """``.NAME.overdue-guide/`` beside the output: what is being made, and the next tree to fill."""

    def __init__(self, output: Path) -> None:
        self.output = output
        self.folder = output.parent / f".{output.name}.overdue-guide"
        self.new, self.tree, self.old = (self.folder / name for name in ("new", "tree", "old"))

    def prepare(self) -> None:
        """Make the area and mark it as ours."""
        self.new.mkdir(parents=True, exist_ok=True)
        (self.folder / _MARK).write_text("*\n", "ascii")

    def recover(self) -> None:
        """Undo what a killed build left: a site that was moved away, a new one not finished."""
        if self._is_ours() and self.old.is_dir() and _is_empty(self.output):
            self._move(self.old)
        self.discard("old")
        self.discard("new")

    def discard(self, name: str) -> None:
        """Remove a part of the area, if the area is ours."""
        if self._is_ours():
            shutil.rmtree(self.folder / name, ignore_errors=True)

    def tidy(self) -> None:
        """Leave nothing but the next build's tree, and the site where it belongs."""
        self.recover()
        if not self.tree.exists():
            self.remove()

    def remove(self) -> None:
        """Remove the area, if it is ours."""
        if self._is_ours():
            shutil.rmtree(self.folder, ignore_errors=True)

    def swap(self, tree: Path) -> None:
        """Publish the tree; what was published becomes the tree of the next build."""
        if _is_empty(self.output):
            self._move(tree)
        elif not _exchange(tree, self.output):
            self.output.rename(self.old)
            tree.rename(self.output)
            self.old.rename(self.tree)

    def _move(self, folder: Path) -> None:
        # Not every system renames over an empty folder.
        if self.output.exists():
            self.output.rmdir()
        folder.rename(self.output)

    def _is_ours(self) -> bool:
        return (self.folder / _MARK).is_file()


@contextmanager
def readable() -> Iterator[None]:
    """What is written meanwhile can be read by a web server, whatever this user's umask."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def locked(output: Path) -> Iterator[None]:
    """Wait until no other build works on the output, and undo what a killed one left."""
    output = output.resolve()
    # Before the lock: two builds that each made the folder would lock different ones.
    with readable():
        output.parent.mkdir(parents=True, exist_ok=True)
    with _alone(output.parent):
        WorkArea(output).recover()
        yield


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other build publishes in the folder; however this process ends, so does the lock."""
    if sys.platform == "win32":
        yield
        return
    while not folder.is_dir():
        folder = folder.parent
    lock = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # a network file system without locks
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def _is_empty(folder: Path) -> bool:
    """Whether nothing is there, or a folder with nothing in it."""
    return not folder.exists() or (folder.is_dir() and not any(folder.iterdir()))


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step; False where the system cannot (see renameat2(2))."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    names = (os.fsencode(one), os.fsencode(other))
    if rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code), str(other))
