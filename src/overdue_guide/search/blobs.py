"""Numbered blobs in files that never change: what the index keeps between builds.

A pack is a file of blobs, end to end; whoever asks knows where each lies, and each is checked when it is read.
Packs are written under a name of their own and never written again, so builds at the same time disturb
no one: each keeps what it wrote.
"""

from __future__ import annotations

import mmap
import tempfile
import zlib
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

PLACE = np.dtype([("pack", "<u4"), ("size", "<u4"), ("at", "<u8"), ("sum", "<u4")])
"""Where a blob lies: number of the pack, bytes, offset, CRC-32."""
MOST = 64
"""Packs; more are put together into one."""
SUFFIX = ".pack"

Places = dict[str, NDArray[np.void]]
"""Kind of blob → the place of each, by number."""


class Damaged(Exception):
    """A file is not what was written."""


class Packs:
    """The packs of a folder, opened when they are asked for."""

    def __init__(self, folder: Path, names: tuple[str, ...], places: Places) -> None:
        self.names, self.places = names, places
        self.folder = folder
        self._open: dict[int, memoryview] = {}

    def blob(self, kind: str, number: int) -> memoryview:
        """One blob; raises Damaged when it is not there as it was written."""
        pack, size, at, expected = self.places[kind][number].item()
        data = self._pack(pack)[at : at + size]
        if zlib.crc32(data) != expected:
            raise Damaged
        return data

    def _pack(self, number: int) -> memoryview:
        if number not in self._open:
            try:
                with (self.folder / self.names[number]).open("rb") as file:
                    mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            except (OSError, ValueError, IndexError) as error:
                raise Damaged from error
            self._open[number] = memoryview(mapped)
        return self._open[number]


class Writer:
    """A new pack; nobody sees it before ``finish``."""

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.NamedTemporaryFile(  # noqa: SIM115  it stays
            dir=folder, suffix=SUFFIX, delete=False
        )
        self._at = 0
        self._places: dict[str, dict[int, tuple[int, int, int]]] = {}
        self.name = Path(self._file.name).name

    def add(self, kind: str, number: int, *parts: bytes | memoryview) -> None:
        """Append a blob."""
        size, value = 0, 0
        for part in parts:
            self._file.write(part)
            size += len(part)
            value = zlib.crc32(part, value)
        self._places.setdefault(kind, {})[number] = (size, self._at, value)
        self._at += size

    def finish(self, names: tuple[str, ...], kept: Places) -> tuple[tuple[str, ...], Places]:
        """Close the pack. All packs now, and the place of each blob: here, or where ``kept`` says.

        ``names`` are the packs of ``kept``, which has a place for each blob that there is now.
        """
        self._file.close()
        names = (*names, self.name)
        places = {kind: place.copy() for kind, place in kept.items()}
        for kind, found in self._places.items():
            for number, (size, at, value) in found.items():
                places[kind][number] = (len(names) - 1, size, at, value)
        return _used(names, places)


def _used(names: tuple[str, ...], places: Places) -> tuple[tuple[str, ...], Places]:
    """Without the packs of which nothing is used any more."""
    every = np.concatenate([place["pack"] for place in places.values()])
    used = np.flatnonzero(np.bincount(every))
    for place in places.values():
        place["pack"] = np.searchsorted(used, place["pack"])
    return tuple(names[number] for number in used), places


def gathered(packs: Packs, folder: Path) -> Packs:
    """The same blobs in one pack, when they lie in too many."""
    if len(packs.names) <= MOST:
        return packs
    writer = Writer(folder)
    for kind, places in packs.places.items():
        for number in range(len(places)):
            writer.add(kind, number, packs.blob(kind, number))
    return Packs(folder, *writer.finish(packs.names, packs.places))


def forget(folder: Path, names: Iterable[str]) -> None:
    """Remove packs; one that somebody holds open stays until they let go."""
    for name in names:
        with suppress(OSError):
            (folder / name).unlink()
