"""Which pages are like each other, by what they are called: a small index of titles, questions and keywords.

Texts play no part: an edit below an unchanged head changes no other page's list.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from overdue_guide.search import text
from overdue_guide.search.octaves import rarity

LEAST = 2
"""Pairs of characters that must be shared: one word in common is chance."""
COMMON = 200
"""Pages that share a pair; what more of them share says little, and would take long to compare."""


class Likeness:
    """Pages by number, each with the words that it is called by."""

    def __init__(self, called: Sequence[Sequence[str]]) -> None:
        self._grams = [_pairs(words) for words in called]
        holders: dict[str, list[int]] = defaultdict(list)
        for number, grams in enumerate(self._grams):
            for gram in grams:
                holders[gram].append(number)
        self._holders = {
            gram: numbers for gram, numbers in holders.items() if 1 < len(numbers) <= COMMON
        }
        # Half octaves: one page more or less seldom changes what a pair is worth.
        self._worth = {
            gram: rarity(len(called), len(numbers)) // 32 for gram, numbers in self._holders.items()
        }

    def nearest(self, number: int, count: int) -> list[int]:
        """The pages most like one, best first, then by number; none that are not really like it."""
        scores: Counter[int] = Counter()
        shared: Counter[int] = Counter()
        for gram in self._grams[number]:
            for other in self._holders.get(gram, ()):
                scores[other] += self._worth[gram]
                shared[other] += 1
        found = [other for other in scores if shared[other] >= LEAST and other != number]
        return sorted(found, key=lambda other: (-scores[other], other))[:count]


def _pairs(words: Sequence[str]) -> list[str]:
    grams = (gram for word in words for gram in text.grams(text.fold(word)))
    return [gram for gram in dict.fromkeys(grams) if len(gram) == 2]
