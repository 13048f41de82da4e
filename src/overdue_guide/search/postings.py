"""The gram index as arrays: which gram stands in which document, how often. ``tally`` makes it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IN_TITLE, IN_KEYWORD, TIMES = 64, 128, 63
"""The bits of a weight: what a page is called says what it is about, however often its text says it."""
_BITS = 21
"""Of a code point."""
SHIFT, SECOND = np.uint64(_BITS), np.uint64((1 << _BITS) - 1)
"""How far a term's first character stands to the left, and the bits of its second one."""


@dataclass(frozen=True, slots=True)
class Postings:
    """The gram index. Posting ``i`` of term ``t`` lies at ``starts[t] <= i < starts[t + 1]``."""

    terms: NDArray[np.uint64]
    """Sorted grams: first code point << 21 | second, or 0 for a lone character."""
    starts: NDArray[np.int64]
    docs: NDArray[np.uint32]
    """Document numbers, ascending within a term."""
    weights: NDArray[np.uint8]
    """Weighted occurrences, at most 63, and the bits ``IN_TITLE`` and ``IN_KEYWORD``."""
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
    return ord(gram[0]) << _BITS | (ord(gram[1]) if len(gram) == 2 else 0)


def gram_of(code: int) -> str:
    """The gram of a number."""
    first, second = code >> _BITS, code & ((1 << _BITS) - 1)
    return chr(first) + (chr(second) if second else "")
