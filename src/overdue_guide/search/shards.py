"""Postings → shards: the part of them that one file of the export holds."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overdue_guide.search import pack
from overdue_guide.search.postings import Postings

SHIFT = np.uint64(21)
SECOND = np.uint64((1 << 21) - 1)
"""The bits of a term's second character."""
ORIGIN = 0x4E00
"""Code points are counted from the first common ideograph: two bytes instead of three."""
COMPRESSED = 1.4
"""Estimated bytes of a posting, before and after compression."""
MOST = 4096
"""Shards of a large site; beyond, shards grow instead of their number."""
FOR_EACH = 2
"""Shards for each document of a small site, at most: nobody wants to publish more files."""
CHUNK = 1 << 19
"""Postings laid out at a time: bounds memory, changes nothing else."""


def shard_of(first: int, second: int, count: int) -> int:
    """Where a gram's postings lie.

    Followers of one character lie together, which makes their terms short; the more shards there
    are, the more of them share the followers of a common character.
    """
    spread = max(4, count // 16)
    return ((first * spread + second % spread) * 2654435761 % 2**32 >> 8) % count


@dataclass(frozen=True, slots=True)
class _Sorted:
    """Terms in the order of their shards."""

    terms: NDArray[np.int64]
    bounds: NDArray[np.int64]
    """Shard ``n`` holds the terms ``bounds[n] <= i < bounds[n + 1]``."""
    counts: NDArray[np.int64]
    """Documents of each term."""
    ends: NDArray[np.int64]
    """Postings before each term, with all as one more."""


def cut(postings: Postings, wanted: NDArray[np.bool_], size: int) -> list[bytes]:
    """Distribute the wanted terms over shards of about ``size`` compressed bytes.

    A shard is columns: characters, document counts, wordness, gaps between documents, weights.
    """
    order = _sort(postings, wanted, size)
    before = order.ends[order.bounds]
    found: list[bytes] = []
    while len(found) < len(order.bounds) - 1:
        low = len(found)
        high = max(low + 1, int(np.searchsorted(before, before[low] + CHUNK)) - 1)
        found += _lay_out(postings, order, low, high)
    return found


def _sort(postings: Postings, wanted: NDArray[np.bool_], size: int) -> _Sorted:
    terms = np.flatnonzero(wanted)
    counts = np.diff(postings.starts)[terms]
    estimate, count = int(counts.sum()) + 3 * len(terms), 1
    most = min(MOST, FOR_EACH * len(postings.lengths))
    while count < most and count * size * COMPRESSED < estimate:
        count *= 2
    first, second = postings.terms[terms] >> SHIFT, postings.terms[terms] & SECOND
    spread = np.uint64(max(4, count // 16))
    mixed = (first * spread + second % spread) * np.uint64(2654435761)
    shard = (mixed % np.uint64(2**32) >> np.uint64(8)) % np.uint64(count)
    order = np.argsort(shard, kind="stable")
    bounds = np.searchsorted(shard[order], np.arange(count + 1))
    terms, counts = terms[order], counts[order]
    return _Sorted(terms, bounds, counts, np.concatenate(([0], np.cumsum(counts))))


def _lay_out(postings: Postings, order: _Sorted, low: int, high: int) -> list[bytes]:
    """The shards ``low`` to ``high``: every column at once, then cut."""
    bounds = order.bounds[low : high + 1] - order.bounds[low]
    span = slice(order.bounds[low], order.bounds[high])
    terms, counts = order.terms[span], order.counts[span]
    ends = order.ends[span.start : span.stop + 1] - order.ends[span.start]
    at = np.repeat(postings.starts[terms] - ends[:-1], counts) + np.arange(int(ends[-1]))
    columns = [np.diff(bounds), *_characters(postings.terms[terms], bounds), counts]
    where = [np.arange(len(bounds)), bounds, bounds, bounds]
    cuts = [_cut_varints(column, place) for column, place in zip(columns, where, strict=True)]
    cuts.append(_cut_bytes(postings.wordness[terms], bounds))
    cuts.append(_cut_varints(_gaps(postings.docs[at], ends[:-1]), ends[bounds]))
    cuts.append(_cut_bytes(postings.weights[at], ends[bounds]))
    return [b"".join(parts) for parts in zip(*cuts, strict=True)]


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
