"""Counts of grams: what is known of some documents, and how such counts are added and taken away.

A whole site is counted in batches that are merged; an edit takes the old text's counts away and adds the new one's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from overdue_guide.search.postings import TIMES, Postings

DOC_BITS = 22
"""Four million documents; a gram and a document fill 64 bits."""
PIECE = 1 << 20
"""Rows added up at a time: bounds memory, changes nothing else."""
PARTS = 16
"""Parts of the terms that are merged one after another: bounds memory, changes nothing else."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Grams of some documents. The rows of a term follow those of the term before it."""

    terms: NDArray[np.uint64]
    """Grams as numbers, each once, ascending: first code point << 21 | second, or 0 for a lone character."""
    counts: NDArray[np.int64]
    """Documents, and so rows, of each term; at least one."""
    times: NDArray[np.int64]
    """How many of a term's occurrences are a word (rjieba's cut)."""
    docs: NDArray[np.uint32]
    """Document of each row, ascending within a term."""
    weights: NDArray[np.uint8]
    """As in :class:`Postings`."""

    @property
    def starts(self) -> NDArray[np.int64]:
        """Where the rows of each term begin, and the end as one more."""
        return np.concatenate((np.zeros(1, np.int64), np.cumsum(self.counts)))

    def wordness(self) -> NDArray[np.uint8]:
        """0–15 for each term: the share of its occurrences that are a word."""
        totals = np.zeros(len(self.terms), np.int64)
        starts = self.starts
        borders = np.searchsorted(starts, np.arange(0, starts[-1], PIECE))
        for low, high in pairwise([*borders.tolist(), len(self.terms)]):
            rows = self.weights[starts[low] : starts[high]] & np.uint8(TIMES)
            if low < high:
                begins = starts[low:high] - starts[low]
                totals[low:high] = np.add.reduceat(rows, begins, dtype=np.int64)
        # What only stands beside texts counts nothing.
        totals = np.maximum(totals, 1)
        found: NDArray[np.int64] = np.minimum(15, (15 * self.times + totals // 2) // totals)
        return found.astype(np.uint8)

    def take(self, which: NDArray[np.int64]) -> Tally:
        """Some terms with their rows, in the order asked for."""
        counts = self.counts[which]
        ends = np.cumsum(counts)
        rows = np.repeat(self.starts[which] - (ends - counts), counts)
        rows += np.arange(len(rows))
        return Tally(
            self.terms[which], counts, self.times[which], self.docs[rows], self.weights[rows]
        )

    def between(self, starts: NDArray[np.int64], low: int, high: int) -> Tally:
        """The terms ``low <= i < high`` with their rows, nothing copied; ``starts`` are this tally's."""
        terms, rows = slice(low, high), slice(int(starts[low]), int(starts[high]))
        return Tally(
            self.terms[terms],
            self.counts[terms],
            self.times[terms],
            self.docs[rows],
            self.weights[rows],
        )

    def sorted(self) -> Tally:
        """The same with ascending terms."""
        return self.take(np.argsort(self.terms, kind="stable"))

    def postings(self, lengths: NDArray[np.int64]) -> Postings:
        """What searching reads, given the documents' lengths."""
        wordness = self.wordness()
        return Postings(self.terms, self.starts, self.docs, self.weights, lengths, wordness)


def nothing() -> Tally:
    """Counts of no document."""
    none = np.zeros(0, np.int64)
    return Tally(none.astype(np.uint64), none, none, np.zeros(0, np.uint32), np.zeros(0, np.uint8))


def joined(tallies: Sequence[Tally]) -> Tally:
    """Counts of different terms, one after another; terms are not sorted."""
    every = (nothing(), *tallies)
    return Tally(
        np.concatenate([one.terms for one in every]),
        np.concatenate([one.counts for one in every]),
        np.concatenate([one.times for one in every]),
        np.concatenate([one.docs for one in every]),
        np.concatenate([one.weights for one in every]),
    )


def merged(tallies: Sequence[Tally]) -> Tally:
    """Counts of different documents, added up."""
    held = [tally for tally in tallies if len(tally.terms)]
    if len(held) < 2:
        return held[0] if held else nothing()
    longest = max((tally.terms for tally in held), key=len)
    borders = longest[:: max(1, len(longest) // PARTS)][1:]
    cuts = [[0, *np.searchsorted(t.terms, borders).tolist(), len(t.terms)] for t in held]
    starts = [tally.starts for tally in held]
    rows = sum(len(tally.docs) for tally in held)
    docs, weights = np.empty(rows, np.uint32), np.empty(rows, np.uint8)
    at, heads = 0, []
    for part in range(len(borders) + 1):
        each = zip(held, starts, cuts, strict=True)
        found = _merged([one.between(begins, *cut[part : part + 2]) for one, begins, cut in each])
        docs[at : at + len(found.docs)] = found.docs
        weights[at : at + len(found.docs)] = found.weights
        at += len(found.docs)
        heads.append((found.terms, found.counts, found.times))
    terms, counts, times = (np.concatenate(column) for column in zip(*heads, strict=True))
    return Tally(terms, counts, times, docs, weights)


def _merged(tallies: Sequence[Tally]) -> Tally:
    every = joined(tallies)
    # Each tally is sorted already, and a stable sort merges sorted runs.
    order = np.argsort(_keys(every), kind="stable")
    terms, place = distinct(every.terms)
    counts, times = np.zeros(len(terms), np.int64), np.zeros(len(terms), np.int64)
    np.add.at(counts, place, every.counts)
    np.add.at(times, place, every.times)
    return Tally(terms, counts, times, every.docs[order], every.weights[order])


def renumbered(tally: Tally, numbers: NDArray[np.int64], gone: Tally) -> Tally:
    """The counts after some documents are gone and the others renumbered.

    ``numbers`` maps old numbers to new ones, ascending; -1 is a document that is gone. ``gone`` are the counts
    of those: how often their words were words. It may hold terms that ``tally`` does not.
    """
    if not len(tally.terms):
        return tally
    docs = numbers[tally.docs]
    stays = docs >= 0
    counts = np.add.reduceat(stays, tally.starts[:-1], dtype=np.int64)
    times = tally.times.copy()
    at = np.minimum(np.searchsorted(tally.terms, gone.terms), len(tally.terms) - 1)
    here = tally.terms[at] == gone.terms
    times[at[here]] -= gone.times[here]
    left = counts > 0
    return Tally(
        tally.terms[left],
        counts[left],
        times[left],
        docs[stays].astype(np.uint32),
        tally.weights[stays],
    )


def differing(old: Tally, new: Tally) -> NDArray[np.uint64]:
    """The terms, ascending, whose rows or words differ between two counts of the same documents."""
    rows = np.concatenate([_keys(old), _keys(new)])
    weights = np.concatenate([old.weights, new.weights])
    order = np.argsort(rows, kind="stable")
    rows, weights = rows[order], weights[order]
    same = (rows[1:] == rows[:-1]) & (weights[1:] == weights[:-1])
    alone = np.ones(len(rows), np.bool_)
    alone[1:] &= ~same
    alone[:-1] &= ~same
    terms, place = distinct(np.concatenate([old.terms, new.terms]))
    words = np.zeros(len(terms), np.int64)
    np.add.at(words, place, np.concatenate([-old.times, new.times]))
    other = np.concatenate([rows[alone] >> np.uint64(DOC_BITS), terms[words != 0]])
    return distinct(other)[0]


def distinct(values: NDArray[np.uint64]) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Each value once, ascending, and which of them stands at each place."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    firsts = firsts_of(ordered)
    place = np.zeros(len(values), np.int64)
    place[firsts[1:]] = 1
    which = np.empty(len(values), np.int64)
    which[order] = np.cumsum(place)
    return ordered[firsts], which


def firsts_of(values: NDArray[np.uint64] | NDArray[np.int64]) -> NDArray[np.int64]:
    """Where each run of equal values begins."""
    if not len(values):
        return np.zeros(0, np.int64)
    return np.flatnonzero(np.concatenate((np.ones(1, np.bool_), values[1:] != values[:-1])))


def _keys(tally: Tally) -> NDArray[np.uint64]:
    keys: NDArray[np.uint64] = np.repeat(tally.terms, tally.counts) << np.uint64(DOC_BITS)
    return keys | tally.docs
