"""What one gram adds to one document: whole numbers, so every sum is exact in any order and language.

BM25F with its logarithm, length norm and saturation rounded to integers; a gram of the title and a gram
of a keyword each count once more, beyond saturation: a long text holds many words, its title the one. ``store.mjs`` does the same
arithmetic; the norms come to it as data.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from overdue_guide.search.attributes import Attributes
from overdue_guide.search.octaves import log2_64, rarity
from overdue_guide.search.postings import IN_KEYWORD, IN_TITLE, TIMES, Postings

K1, B = 1.2, 0.75
SATURATED = 2253
"""(K1 + 1) in 1/1024: what an endless repetition of a gram tends to."""
PRIORS = {
    "term": 1,
    "channel": 1,
    "law": 2,
    "section": 2,
    "check": 2,
    "tool": 2,
    "page": 3,
    "letter": 3,
}
"""Quarters by which a kind's scores count; short entries would else outrank the articles that answer."""
_LEVELS = 64


def norms(lengths: NDArray[np.int64]) -> list[int]:
    """The length norm K1 · (1 - B + B · length / average) of each quarter octave, in 1/1024."""
    average = float(lengths.sum()) / max(len(lengths), 1) or 1.0
    top = level(int(lengths.max(initial=0)))
    shares = (2 ** (n / 4) / average for n in range(top + 1))
    return [round(1024 * K1 * (1 - B + B * share)) for share in shares]


def level(length: int) -> int:
    """A length in quarter octaves: all the browser needs to know of it."""
    return min(_LEVELS - 1, log2_64(float(max(length, 1))) // 16)


def marks(found: Attributes, lengths: NDArray[np.int64]) -> NDArray[np.uint8]:
    """One byte a document: its length's level, and above it 4 - the quarters of its kind."""
    levels = np.searchsorted(_shortest(), np.maximum(lengths, 1), side="right") - 1
    priors = np.array([4 - PRIORS.get(kind, 4) for kind in found.kinds], dtype=np.uint8)
    return levels.astype(np.uint8) | priors[np.array(found.kind, dtype=np.int64)] << np.uint8(6)


@cache
def _shortest() -> NDArray[np.int64]:
    """The shortest length of each level."""
    found, length = [], 1
    for wanted in range(_LEVELS):
        length = max(length, int(2 ** (wanted / 4)) - 1)
        while level(length) < wanted:
            length += 1
        found.append(length)
    return np.array(found, dtype=np.int64)


def contributions(
    postings: Postings, at: int, doc_marks: NDArray[np.uint8], doc_norms: Sequence[int]
) -> NDArray[np.int64]:
    """What term ``at`` adds to each of its documents."""
    span = slice(int(postings.starts[at]), int(postings.starts[at + 1]))
    weights = postings.weights[span].astype(np.int64)
    times = weights & TIMES
    mark = doc_marks[postings.docs[span]]
    norm = np.array(doc_norms, dtype=np.int64)[mark & 63]
    # What only stands beside a page's text is found, and last.
    saturation = np.maximum(times * (SATURATED * 1024) // (times * 1024 + norm), 1)
    saturation += 1024 * ((weights & IN_TITLE) // IN_TITLE + (weights & IN_KEYWORD) // IN_KEYWORD)
    weight = 8 + int(postings.wordness[at])
    quarters = 4 - (mark >> 6).astype(np.int64)
    found: NDArray[np.int64] = saturation * quarters
    return found * (weight * rarity(len(doc_marks), span.stop - span.start))
