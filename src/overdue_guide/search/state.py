"""What the index remembers between builds: one small file, which says where in the packs the rest lies.

Nothing in it is trusted: it is as good as none when it is damaged or when other code wrote it. No part of it
can run code: JSON and plain arrays.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import zlib
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache as once
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from overdue_guide import cache
from overdue_guide.search import attributes, blobs, sound_files, text
from overdue_guide.search.attributes import Attributes
from overdue_guide.search.blobs import PLACE, Damaged, Packs
from overdue_guide.search.names import Names
from overdue_guide.search.tally import Tally

NAME = "index.bin"
MAGIC = b"overdue-guide search\n"
_DIGEST = 32
Synonyms = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class State:
    """An index and its export, as the last build left them."""

    urls: Sequence[str]
    """Of the documents, in the order of their numbers."""
    digests: Sequence[str]
    """Of what is in them."""
    attributes: Attributes
    lengths: NDArray[np.int64]
    traditional: Mapping[str, int]
    """Traditional character → documents that hold it."""
    synonyms: Synonyms
    """Folded."""
    common: NDArray[np.int64]
    """Documents of each character that has a reading, in the order of ``sound_files.readable``."""
    heard: int
    """Pairs in all files of sounds."""
    loads: Mapping[str, NDArray[np.int64]]
    """``t`` and ``u``: terms and postings of each shard."""
    files: Mapping[str, str]
    """Path → SHA-256 of every file of the export."""
    packs: Packs
    """``t``, ``u``: shards; ``f``: documents; ``p``: pairs by sound."""

    def shard(self, kind: str, number: int) -> tuple[Tally, Names]:
        """The counts of a shard, and the names that begin with its pairs."""
        return _unpacked(self.packs.blob(kind, number))


def empty(folder: Path) -> State:
    """Of no documents."""
    none = np.zeros(0, np.int64)
    loads = {"t": np.zeros((0, 2), np.int64), "u": np.zeros((0, 2), np.int64)}
    common = np.zeros(len(sound_files.readable()), np.int64)
    packs = Packs(folder, (), {})
    return State([], [], attributes.columns(()), none, {}, (), common, 0, loads, {}, packs)


def packed(tally: Tally, names: Names) -> tuple[bytes, ...]:
    """A shard as a blob."""
    sizes = np.array([len(tally.terms), len(tally.docs), len(names.pairs)], np.uint64)
    # Widest first, so that each array begins at a multiple of its item's size.
    arrays: tuple[NDArray[Any], ...] = (
        sizes,
        tally.terms,
        names.pairs,
        tally.counts.astype(np.uint32),
        tally.times.astype(np.uint32),
        tally.docs,
        names.hashes,
        names.docs,
        tally.weights,
        names.lesser,
    )
    return tuple(array.tobytes() for array in arrays)


def _unpacked(blob: memoryview) -> tuple[Tally, Names]:
    terms, rows, named = np.frombuffer(blob, np.uint64, 3).tolist()
    at = 24
    found: list[NDArray[Any]] = []
    kinds = ("u8", terms), ("u8", named), ("u4", terms), ("u4", terms), ("u4", rows)
    for kind, size in (*kinds, ("u4", named), ("u4", named), ("u1", rows), ("u1", named)):
        found.append(np.frombuffer(blob, kind, size, at))
        at += found[-1].nbytes
    codes, pairs, counts, times, docs, hashes, called, weights, lesser = found
    tally = Tally(codes, counts.astype(np.int64), times.astype(np.int64), docs, weights)
    return tally, Names(pairs, hashes, called, lesser)


def read(folder: Path) -> State:
    """What the last build left; empty when there is none, or none to be trusted."""
    try:
        return _parse((folder / NAME).read_bytes(), folder)
    except (OSError, Damaged):
        return empty(folder)


def write(state: State, folder: Path, before: State) -> None:
    """Keep a state, whole or not at all, and forget the packs that only the one before it used.

    A cache that cannot be written to is no reason to fail.
    """
    head = {
        "key": key(),
        "urls": state.urls,
        "digests": state.digests,
        "attributes": state.attributes.plain(),
        "traditional": state.traditional,
        "synonyms": state.synonyms,
        "heard": state.heard,
        "files": state.files,
        "packs": state.packs.names,
    }
    arrays = {
        "lengths": state.lengths,
        "common": state.common,
        **{f"loads {kind}": load for kind, load in state.loads.items()},
        **{f"places {kind}": place for kind, place in state.packs.places.items()},
    }
    sizes = {name: len(array) for name, array in arrays.items()}
    first = json.dumps([head, sizes], ensure_ascii=False, separators=(",", ":")).encode()
    body = b"".join(
        (len(first).to_bytes(8, "little"), first, *(a.tobytes() for a in arrays.values()))
    )
    temporary = folder / f".{NAME}.{os.getpid()}"
    strays = _strays(folder)
    try:
        temporary.write_bytes(MAGIC + hashlib.sha256(body).digest() + body)
        temporary.replace(folder / NAME)
    except OSError:
        with suppress(OSError):
            temporary.unlink()
    else:
        # Without a state before it, all other packs are of none that could be read.
        old = before.packs.names or [path.name for path in folder.glob(f"*{blobs.SUFFIX}")]
        blobs.forget(folder, {*old, *strays} - set(state.packs.names))


def _strays(folder: Path) -> list[str]:
    """Packs older than the last state, if it does not name them: those of builds that were killed."""
    found = []
    with suppress(OSError):
        last = (folder / NAME).stat().st_mtime_ns
        for path in folder.glob(f"*{blobs.SUFFIX}"):
            if path.stat().st_mtime_ns < last:
                found.append(path.name)
    return found


def _parse(data: bytes, folder: Path) -> State:
    at = len(MAGIC) + _DIGEST
    body = memoryview(data)[at:]
    if not data.startswith(MAGIC) or hashlib.sha256(body).digest() != data[at - _DIGEST : at]:
        raise Damaged
    size = int.from_bytes(body[:8], "little")
    head, sizes = json.loads(bytes(body[8 : 8 + size]))
    if head["key"] != key():
        raise Damaged
    arrays: dict[str, NDArray[Any]] = {}
    at = 8 + size
    for name, length in sizes.items():
        kind: np.dtype[Any] = PLACE if name.startswith("places ") else np.dtype(np.int64)
        width = 2 if name.startswith("loads ") else 1
        array: NDArray[Any] = np.frombuffer(body, kind, length * width, at)
        at += array.nbytes
        arrays[name] = array.reshape(-1, 2) if width == 2 else array
    places = {kind: arrays[f"places {kind}"] for kind in "tufp"}
    return State(
        head["urls"],
        head["digests"],
        Attributes(**head["attributes"]),
        arrays["lengths"],
        head["traditional"],
        tuple((says, tuple(means)) for says, means in head["synonyms"]),
        arrays["common"],
        head["heard"],
        {kind: arrays[f"loads {kind}"] for kind in "tu"},
        head["files"],
        Packs(folder, tuple(head["packs"]), places),
    )


@once
def key() -> str:
    """What a state depends on besides the documents: the code, the tables, and what folds, cuts and squeezes."""
    tables = (path.read_bytes() for path in sorted(text.DATA.iterdir()) if path.is_file())
    tools = (sys.version, sys.byteorder, zlib.ZLIB_RUNTIME_VERSION)
    return cache.digest(MAGIC, *tools, *tables)
