"""Documents → postings: which gram stands in which document, how often. Counted in bulk with numpy.

A gram is one or two characters of folded text. Fields are merged before anything is saturated (true
BM25F): a gram in a title counts three times, in a heading, summary or keyword twice, in the text once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import rjieba
from numpy.typing import NDArray

from overdue_guide.model import SearchDocument
from overdue_guide.search import text

TITLE, HEADING, BODY = 3, 2, 1
BATCH = 250
"""Documents counted at a time: bounds memory, changes nothing else."""
PARTS = 16
"""Parts of the terms that are merged one after another: bounds memory too."""
_SHIFT = 21
"""Bits of a code point."""
_DOC_BITS = 22
"""Four million documents; a gram and a document fill 64 bits."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The gram index. Posting ``i`` of term ``t`` lies at ``starts[t] <= i < starts[t + 1]``."""

    terms: NDArray[np.uint64]
    """Sorted grams: first code point << 21 | second, or 0 for a lone character."""
    starts: NDArray[np.int64]
    docs: NDArray[np.uint32]
    """Document numbers, ascending within a term."""
    weights: NDArray[np.uint8]
    """Weighted occurrences, at most 255."""
    lengths: NDArray[np.int64]
    """Weighted number of pairs of each document."""
    wordness: NDArray[np.uint8]
    """0–15 for each term: the share of its occurrences that are a word (rjieba's cut)."""

    def find(self, gram: str) -> int:
        """Position of a gram among the terms, or -1."""
        if not 1 <= len(gram) <= 2:
            return -1
        wanted = np.uint64(code_of(gram))
        at = int(np.searchsorted(self.terms, wanted))
        return at if at < len(self.terms) and self.terms[at] == wanted else -1

    def frequency(self, gram: str) -> int:
        """Number of documents that hold a gram."""
        at = self.find(gram)
        return 0 if at < 0 else int(self.starts[at + 1] - self.starts[at])


def code_of(gram: str) -> int:
    """The number of a gram: two code points side by side."""
    return ord(gram[0]) << _SHIFT | (ord(gram[1]) if len(gram) == 2 else 0)


def gram_of(code: int) -> str:
    """The gram of a number."""
    first, second = code >> _SHIFT, code & ((1 << _SHIFT) - 1)
    return chr(first) + (chr(second) if second else "")


def count(documents: Sequence[SearchDocument]) -> Postings:
    """Count the grams of all documents, batch by batch, and merge the batches."""
    batches, words = [], Counter[str]()
    for first in range(0, len(documents), BATCH):
        folded = fold_all(documents[first : first + BATCH])
        words.update(_words(folded))
        batches.append(_batch(folded, first))
    lengths = np.concatenate([np.zeros(0, np.int64), *(batch.lengths for batch in batches)])
    parts = [_group(keys, weights) for keys, weights in _merge(batches)]
    batches.clear()
    terms = np.concatenate([np.zeros(0, np.uint64), *(part.terms for part in parts)])
    counts = np.concatenate([np.zeros(0, np.int64), *(part.counts for part in parts)])
    totals = np.concatenate([np.zeros(0, np.int64), *(part.totals for part in parts)])
    docs = np.concatenate([np.zeros(0, np.uint32), *(part.docs for part in parts)])
    weights = np.concatenate([np.zeros(0, np.uint8), *(part.weights for part in parts)])
    starts = np.concatenate(([0], np.cumsum(counts)))
    return Postings(terms, starts, docs, weights, lengths, _wordness(terms, totals, words))


Fields = list[tuple[int, str]]
"""The folded texts of a document, each with its weight."""


def fold_all(documents: Sequence[SearchDocument]) -> list[Fields]:
    """The folded texts of documents; their provisions also in digits."""
    raw = [_fields(document) for document in documents]
    # Folding is by the character, so that all texts can be folded at once.
    joined = "\0".join(part for fields in raw for _, part in fields)
    folded = iter(text.fold(joined).split("\0"))
    found: list[Fields] = []
    for fields in raw:
        own = [(weight, next(folded)) for weight, _ in fields]
        found.append(own + [(w, number) for w, part in own for number in text.provisions(part)])
    return found


def _fields(document: SearchDocument) -> Fields:
    raw = [(TITLE, document.title), (HEADING, document.summary)]
    raw += [(HEADING, keyword) for keyword in document.keywords]
    for passage in document.passages:
        raw += [(HEADING, passage.heading), (BODY, passage.text)]
    return [(weight, part.replace("\0", " ")) for weight, part in raw]


def _words(folded: Sequence[Fields]) -> Counter[str]:
    joined = "\n".join(part for fields in folded for _, part in fields)
    cut = Counter[str](rjieba.cut_for_search(joined))
    return Counter({word: times for word, times in cut.items() if len(word) == 2})


@dataclass(frozen=True, slots=True)
class _Batch:
    """Postings of some documents."""

    keys: NDArray[np.uint64]
    """Sorted: term << 22 | document."""
    weights: NDArray[np.uint8]
    lengths: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Part:
    """Postings of some terms."""

    terms: NDArray[np.uint64]
    counts: NDArray[np.int64]
    totals: NDArray[np.int64]
    docs: NDArray[np.uint32]
    weights: NDArray[np.uint8]


def _merge(batches: Sequence[_Batch]) -> Iterator[tuple[NDArray[np.uint64], NDArray[np.uint8]]]:
    """Keys and weights of all batches, sorted, some terms at a time to keep little in memory."""
    if not batches:
        return
    longest = max((batch.keys for batch in batches), key=len)
    # A border lies before a term's first document, so that no term is cut in two.
    borders = longest[:: max(1, len(longest) // PARTS)][1:] >> np.uint64(_DOC_BITS)
    borders = np.unique(borders) << np.uint64(_DOC_BITS)
    cuts = [np.concatenate(([0], np.searchsorted(b.keys, borders), [len(b.keys)])) for b in batches]
    for part in range(len(borders) + 1):
        spans = [slice(cut[part], cut[part + 1]) for cut in cuts]
        keys = np.concatenate([b.keys[s] for b, s in zip(batches, spans, strict=True)])
        weights = np.concatenate([b.weights[s] for b, s in zip(batches, spans, strict=True)])
        order = np.argsort(keys, kind="stable")
        yield keys[order], weights[order]


def _group(keys: NDArray[np.uint64], weights: NDArray[np.uint8]) -> _Part:
    """Sorted keys by term."""
    of_term = keys >> np.uint64(_DOC_BITS)
    firsts = _firsts(of_term)
    docs = (keys & np.uint64((1 << _DOC_BITS) - 1)).astype(np.uint32)
    totals = np.add.reduceat(weights, firsts, dtype=np.int64) if len(firsts) else firsts
    return _Part(of_term[firsts], np.diff(np.append(firsts, len(keys))), totals, docs, weights)


@cache
def _separators() -> NDArray[np.bool_]:
    table = np.zeros(0x110000, dtype=bool)
    for low, high in text.RULES["separators"]:
        table[low : high + 1] = True
    return table


def _batch(folded: Sequence[Fields], first: int) -> _Batch:
    """Count some documents, the first of which has the number ``first``."""
    parts = [(n, weight, part) for n, fields in enumerate(folded) for weight, part in fields]
    sizes = np.array([len(part) + 1 for _, _, part in parts], dtype=np.int64)
    joined = "".join(part + "\n" for _, _, part in parts).encode("utf-32-le", "surrogatepass")
    alphabet, chars = np.unique(np.frombuffer(joined, dtype=np.uint32), return_inverse=True)
    within = ~_separators()[alphabet][chars]
    doc = np.repeat(np.array([n for n, _, _ in parts], dtype=np.uint64), sizes)
    weight = np.repeat(np.array([w for _, w, _ in parts], dtype=np.uint64), sizes)
    lone = np.flatnonzero(within)
    pair = np.flatnonzero(within[:-1] & within[1:])
    # One number holds first character (20 bits), second (20), document (22), weight (2): one sort.
    local = chars.astype(np.uint64) + np.uint64(1)
    tail = doc << np.uint64(2) | weight
    keys = local << np.uint64(44) | tail
    keys = np.concatenate((keys[lone], keys[pair] | local[pair + 1] << np.uint64(24)))
    keys.sort()
    firsts = _firsts(keys >> np.uint64(2))
    weights = np.add.reduceat(keys & np.uint64(3), firsts) if len(firsts) else keys[:0]
    found = _global(keys[firsts], alphabet, first)
    lengths = np.bincount(doc[pair].astype(np.int64), weight[pair], minlength=len(folded))
    return _Batch(found, np.minimum(weights, 255).astype(np.uint8), lengths.astype(np.int64))


def _global(
    keys: NDArray[np.uint64], alphabet: NDArray[np.uint32], first: int
) -> NDArray[np.uint64]:
    """Turn a batch's character and document numbers into code points and document numbers."""
    points = np.append(np.zeros(1, np.uint64), alphabet.astype(np.uint64))
    one = points[(keys >> np.uint64(44)).astype(np.int64)]
    two = points[(keys >> np.uint64(24) & np.uint64(0xFFFFF)).astype(np.int64)]
    doc = (keys >> np.uint64(2) & np.uint64(0x3FFFFF)) + np.uint64(first)
    return (one << np.uint64(_SHIFT) | two) << np.uint64(_DOC_BITS) | doc


def _firsts(values: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Where each run of equal values begins."""
    if not len(values):
        return np.zeros(0, np.int64)
    return np.flatnonzero(np.concatenate(([True], values[1:] != values[:-1])))


def _wordness(
    terms: NDArray[np.uint64], totals: NDArray[np.int64], words: Counter[str]
) -> NDArray[np.uint8]:
    found = np.zeros(len(terms), dtype=np.uint8)
    for word, times in words.items():
        at = int(np.searchsorted(terms, np.uint64(code_of(word))))
        if at < len(terms) and int(terms[at]) == code_of(word):
            total = int(totals[at])
            found[at] = min(15, (15 * times + total // 2) // total)
    return found
