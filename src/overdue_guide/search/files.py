"""What an update makes: files for browsers, squeezed on two cores, and blobs to remember."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from overdue_guide.model import OutputFile
from overdue_guide.search import blobs, export, pack
from overdue_guide.search.blobs import Writer
from overdue_guide.search.parcels import Export

AT_ONCE = 256
"""Bodies squeezed at a time: bounds memory, changes nothing else."""
WORTH_SHARING = 1 << 17
"""Bytes from which two threads squeeze sooner than one."""


@dataclass(frozen=True, slots=True)
class Files:
    """Files and blobs, as they come."""

    folder: Path
    writer: Writer
    pool: ThreadPoolExecutor
    squeezed: dict[str, bytes | memoryview] = field(default_factory=dict)
    """Path → squeezed body."""
    there: dict[str, str] = field(default_factory=dict)
    """Files that need not be made any more: path → SHA-256."""

    def squeeze(self, bodies: Iterable[tuple[str, bytes]]) -> None:
        """Take bodies of files by path."""
        every = iter(bodies)
        while some := dict(islice(every, AT_ONCE)):
            # To wake another thread costs more than to squeeze what an edit changes.
            few = sum(map(len, some.values())) < WORTH_SHARING
            squeeze = map if few else self.pool.map
            self.squeezed.update(zip(some, squeeze(pack.squeezed, some.values()), strict=True))

    def output(self, stamp: bytes) -> dict[str, OutputFile]:
        """The files, by path; their bodies are let go of."""
        return {
            path: OutputFile(path, pack.file(stamp, self.squeezed.pop(path)))
            for path in sorted(self.squeezed)
        }


@contextmanager
def collect(folder: Path) -> Iterator[Files]:
    """A place for what an update makes; blobs are in ``folder``, and gone if the update fails."""
    writer = Writer(folder)
    try:
        # zlib leaves Python's lock alone, so two cores squeeze at once.
        with ThreadPoolExecutor(2) as pool:
            yield Files(folder, writer, pool)
    except BaseException:
        blobs.forget(folder, [writer.name])
        raise


def digests(files: Iterable[OutputFile]) -> dict[str, str]:
    """Path → SHA-256."""
    return {file.path: hashlib.sha256(file.data).hexdigest() for file in files}


def exported(
    version: str,
    made: Mapping[str, OutputFile],
    every: Mapping[str, str],
    has: Mapping[str, str],
) -> Export:
    """The export to a caller who has some files already; ``every`` file has its digest there."""
    changed = [path for path, digest in every.items() if has.get(path) != digest]
    changed.sort(key=lambda path: (path == export.MANIFEST, path))
    unchanged = dict(every)
    for path in changed:
        del unchanged[path]
    return Export(version, tuple(made[path] for path in changed), unchanged)
