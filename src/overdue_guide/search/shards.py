"""Counts → shards: the part of them that one file of the export holds."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overdue_guide.search import pack
from overdue_guide.search.postings import SECOND, SHIFT
from overdue_guide.search.tally import Tally

ORIGIN = 0x4E00
"""Code points are counted from the first common ideograph: two bytes instead of three."""
COMPRESSED = 1.0
"""Estimated bytes of a posting, before and after compression."""
MOST = 8192
"""Shards of a large site; beyond, shards grow instead of their number."""
FEW = 1024
"""Shards that a site may have even when its documents are fewer: nobody wants to publish more files."""
CHUNK = 1 << 19
"""Postings laid out at a time: bounds memory, changes nothing else."""


@dataclass(frozen=True, slots=True)
class Shard:
    """One shard."""

    number: int
    tally: Tally
    body: bytes
    """As the browser reads it, nothing compressed yet."""


def number_of(terms: int, postings: int, size: int, documents: int) -> int:
    """How many shards hold so much, each of about ``size`` compressed bytes."""
    count = 1
    most = min(MOST, max(FEW, documents))
    while count * 2 <= most and count * size * COMPRESSED < postings + 3 * terms:
        count *= 2
    return count


def shard_of(first: int, second: int, count: int) -> int:
    """Where a gram's postings lie.

    Followers of one character lie together, which makes their terms short; the more shards there
    are, the more of them share the followers of a common character.
    """
    spread = max(4, count // 16)
    return ((first * spread + second % spread) * 2654435761 % 2**32 >> 8) % count


def is_lone(terms: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which terms are lone characters."""
    lone: NDArray[np.bool_] = (terms & SECOND) == 0
    return lone


def shards_of(terms: NDArray[np.uint64], count: int) -> NDArray[np.int64]:
    """The same for many terms."""
    spread = np.uint64(max(4, count // 16))
    mixed = ((terms >> SHIFT) * spread + (terms & SECOND) % spread) * np.uint64(2654435761)
    found: NDArray[np.uint64] = (mixed % np.uint64(2**32) >> np.uint64(8)) % np.uint64(count)
    return found.astype(np.int64)


def cut(
    tally: Tally, which: NDArray[np.int64], numbers: Sequence[int], count: int
) -> Iterator[Shard]:
    """The shards of these numbers, ascending, of ``count``; each of the terms ``which`` lies in one of them."""
    shard = shards_of(tally.terms[which], count)
    order = which[np.argsort(shard, kind="stable")]
    # No term of another shard lies between those of two wanted ones.
    bounds = np.append(np.searchsorted(np.sort(shard), np.array(numbers, np.int64)), len(order))
    before = np.append(np.zeros(1, np.int64), np.cumsum(tally.counts[order]))[bounds]
    low = 0
    while low < len(numbers):
        high = max(low + 1, int(np.searchsorted(before, before[low] + CHUNK)) - 1)
        chunk = tally.take(order[bounds[low] : bounds[high]])
        yield from _lay_out(chunk, bounds[low : high + 1] - bounds[low], numbers[low:high])
        low = high


def _lay_out(tally: Tally, bounds: NDArray[np.int64], numbers: Sequence[int]) -> Iterator[Shard]:
    """Shards side by side: every column at once, then cut.

    A shard is columns: characters, document counts, wordness, gaps between documents, weights.
    """
    ends = tally.starts
    columns = [np.diff(bounds), *_characters(tally.terms, bounds), tally.counts]
    where = [np.arange(len(bounds)), bounds, bounds, bounds]
    cuts = [_cut_varints(column, place) for column, place in zip(columns, where, strict=True)]
    cuts.append(_cut_bytes(tally.wordness(), bounds))
    cuts.append(_cut_varints(_gaps(tally.docs, ends[:-1]), ends[bounds]))
    cuts.append(_cut_bytes(tally.weights, ends[bounds]))
    spans = itertools.pairwise(bounds.tolist())
    for number, (low, high), *parts in zip(numbers, spans, *cuts, strict=True):
        yield Shard(number, tally.between(ends, low, high), b"".join(parts))


def _characters(
    terms: NDArray[np.uint64], bounds: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """First characters as steps; second ones as steps too where the first stays the same."""
    first, second = (terms >> SHIFT).astype(np.int64), (terms & SECOND).astype(np.int64)
    begins = bounds[:-1][np.diff(bounds) > 0]
    step = np.diff(first, prepend=0)
    step[begins] = first[begins]
    follow = np.where(step == 0, np.diff(second, prepend=0), (second - ORIGIN) % 2**21)
    return step, follow


def _gaps(docs: NDArray[np.uint32], begins: NDArray[np.int64]) -> NDArray[np.int64]:
    """Steps between the documents of each term."""
    numbers = docs.astype(np.int64)
    gaps = np.diff(numbers, prepend=0)
    gaps[begins] = numbers[begins]
    return gaps


def _cut_varints(numbers: NDArray[np.int64], bounds: NDArray[np.int64]) -> list[bytes]:
    data, begins = pack.varints(numbers)
    return _cut_bytes(data, begins[bounds])


def _cut_bytes(data: NDArray[np.uint8], bounds: NDArray[np.int64]) -> list[bytes]:
    whole, places = data.tobytes(), bounds.tolist()
    return [whole[low:high] for low, high in itertools.pairwise(places)]
