"""Which files there are, and what shows that one was changed without reading it."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from stat import S_ISREG

from overdue_guide.structs import Struct

Stamp = tuple[int, int, int, int, int]
"""Modification and change time in nanoseconds, size, file number, mode; no times when unsure."""

UNSURE: Stamp = (0, 0, 0, 0, 0)
_COARSE, _FINE = 2_000_000_000, 100_000_000
"""A file changed within this many nanoseconds before it was looked at may change again without a
new stamp: file systems that count whole seconds, and the others. The idea is git's (racy-git)."""


class Seen(Struct, frozen=True):
    """A file when it was last read."""

    stamp: Stamp
    digest: str
    """Of its bytes."""


def stamps(folder: Path, now: int) -> dict[str, Stamp]:
    """Every file below a folder, by its path with forward slashes; a link counts as itself.

    ``now``, in nanoseconds since 1970, is when the caller began to read them.
    """
    return dict(_stamps(os.fspath(folder), now))


def _stamps(folder: str, now: int) -> Iterator[tuple[str, Stamp]]:
    folders = [(folder, "")]
    while folders:
        below, prefix = folders.pop()
        try:
            with os.scandir(below) as found:
                entries = list(found)
        except OSError:
            if not prefix:
                raise
            continue  # whoever reads it says so
        for entry in entries:
            path = prefix + entry.name
            if entry.is_dir(follow_symlinks=False):
                folders.append((entry.path, f"{path}/"))
            else:
                yield path, _stamp(entry.stat(follow_symlinks=False), now)


def _stamp(stat: os.stat_result, now: int) -> Stamp:
    newest = max(stat.st_mtime_ns, stat.st_ctime_ns)
    sure = newest < now - (_FINE if newest % 1_000_000_000 else _COARSE)
    times = (stat.st_mtime_ns, stat.st_ctime_ns) if sure else (0, 0)
    return (*times, stat.st_size, stat.st_ino, stat.st_mode)


def sure(stamp: Stamp) -> bool:
    """Whether a file with the same stamp again is the same file."""
    return stamp[0] != 0


def digest(data: bytes) -> str:
    """What tells one content of a file from another."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def changed(
    folder: Path, found: Mapping[str, Stamp], seen: Mapping[str, Seen]
) -> dict[str, str] | None:
    """The files whose stamps prove nothing, with the digest of what they hold now.

    None when files came or went, or one of them is no plain file that can be read.
    """
    if found.keys() != seen.keys():
        return None
    doubtful = {}
    for path, stamp in found.items():
        if not sure(stamp) or stamp != seen[path].stamp:
            if not S_ISREG(stamp[4]):
                return None
            try:
                doubtful[path] = digest((folder / path).read_bytes())
            except OSError:
                return None
    return doubtful
