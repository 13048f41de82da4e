"""Titles and keywords that may be a whole query: who is called what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overdue_guide.search import text
from overdue_guide.search.postings import code_of, gram_of
from overdue_guide.search.tally import firsts_of

UNNAMED = {"term"}
"""Kinds that explain a word: whoever types it is helped more by the page that uses it most."""
LESSER = {"channel"}
"""Kinds whose name counts unless a page of another kind is called so; that one answers better."""
SHARED = 4
"""Documents that may share a name; what more of them are called is a topic, such as a tag."""
_PART = re.compile(r"[?!:,—]+")


Key = tuple[str, int]
"""First pair and hash of a name: the browser has the names that begin with the pairs of its query."""


@dataclass(frozen=True, slots=True)
class Names:
    """A row for each name of each document, sorted."""

    pairs: NDArray[np.uint64]
    """The first pair of the name, as a number."""
    hashes: NDArray[np.uint32]
    docs: NDArray[np.uint32]
    lesser: NDArray[np.uint8]
    """1 for documents of ``LESSER`` kinds."""

    def take(self, which: NDArray[np.int64] | NDArray[np.bool_]) -> Names:
        """Some rows."""
        return Names(self.pairs[which], self.hashes[which], self.docs[which], self.lesser[which])

    def sorted(self) -> Names:
        """The rows by pair, hash and document."""
        return self.take(np.lexsort((self.docs, self.hashes, self.pairs)))

    def chosen(self) -> Names:
        """The rows that count, of sorted rows: not those of too many documents, nor the lesser beside others."""
        better = self.lesser == 0
        kept = self.take(better | (self._of_name(better) == 0))
        return kept.take(kept._of_name(np.ones(len(kept.docs), np.bool_)) <= SHARED)

    def _of_name(self, which: NDArray[np.bool_]) -> NDArray[np.int64]:
        """How many of some rows have the name of each row."""
        changes = (self.pairs[1:] != self.pairs[:-1]) | (self.hashes[1:] != self.hashes[:-1])
        name = np.concatenate((np.zeros(1, np.int64), np.cumsum(changes)))[: len(self.pairs)]
        found: NDArray[np.int64] = np.bincount(name, which).astype(np.int64)[name]
        return found

    def by_shard(self, shard: NDArray[np.int64]) -> dict[int, Names]:
        """The rows by a number that each has."""
        order = np.argsort(shard, kind="stable")
        starts = firsts_of(shard[order])
        ends = np.append(starts, len(order))[1:]
        return {
            int(shard[order[start]]): self.take(order[start:end])
            for start, end in zip(starts.tolist(), ends.tolist(), strict=True)
        }

    def renumbered(self, numbers: NDArray[np.int64]) -> Names:
        """The rows with new document numbers; those of documents numbered -1 are gone."""
        docs = numbers[self.docs]
        stays = docs >= 0
        kept = self.take(stays)
        return Names(kept.pairs, kept.hashes, docs[stays].astype(np.uint32), kept.lesser)


NONE = Names(
    np.zeros(0, np.uint64), np.zeros(0, np.uint32), np.zeros(0, np.uint32), np.zeros(0, np.uint8)
)


def joined(parts: Sequence[Names]) -> Names:
    """All rows, sorted."""
    every = (NONE, *parts)
    return Names(
        np.concatenate([part.pairs for part in every]),
        np.concatenate([part.hashes for part in every]),
        np.concatenate([part.docs for part in every]),
        np.concatenate([part.lesser for part in every]),
    ).sorted()


def collect(called: Iterable[tuple[int, str, Sequence[str]]]) -> Names:
    """Rows of documents: number, kind, and folded title before folded keywords."""
    rows = {
        (code_of(pair), text.name_hash(name), number, int(kind in LESSER))
        for number, kind, folded in called
        if kind not in UNNAMED
        for name in of(folded)
        if (pair := first_pair(name))
    }
    columns = np.array(sorted(rows), dtype=np.uint64).reshape(-1, 4).T
    pairs, hashes, docs, lesser = columns
    return Names(pairs, hashes.astype(np.uint32), docs.astype(np.uint32), lesser.astype(np.uint8))


def table(found: Names) -> dict[Key, tuple[int, ...]]:
    """Each name → the documents called so, ascending."""
    called: dict[Key, tuple[int, ...]] = {}
    rows = found.chosen()
    for pair, value, doc in zip(
        rows.pairs.tolist(), rows.hashes.tolist(), rows.docs.tolist(), strict=True
    ):
        key = (gram_of(pair), value)
        called[key] = (*called.get(key, ()), doc)
    return called


def first_pair(folded: str) -> str:
    """The first two neighbours of a text, or nothing: any query that holds the text asks for them."""
    return next((run[:2] for run in text.runs(folded) if len(run) > 1), "")


def of(folded: Sequence[str]) -> Iterator[str]:
    """The names of a document: its title, the parts of its title, its keywords; all folded."""
    title, *keywords = folded
    yield title
    yield from (part for part in _PART.split(title) if len(part.strip()) > 1)
    yield from keywords


def differing(old: Names, new: Names) -> NDArray[np.uint64]:
    """The first pairs of the names that only one of two sets of documents has."""
    rows = set(_rows(old)) ^ set(_rows(new))
    return np.array(sorted({pair for pair, *_ in rows}), np.uint64)


def _rows(names: Names) -> Iterator[tuple[int, ...]]:
    columns = (names.pairs, names.hashes, names.docs, names.lesser)
    return zip(*(column.tolist() for column in columns), strict=True)
