"""What sounds alike: the index's pairs of characters by their pinyin, and the readings of characters.

Readings come from ``data/pinyin.txt`` (pypinyin, MIT), without tones: nobody types them.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from overdue_guide.search import scoring, text
from overdue_guide.search.postings import Postings, gram_of

MOST = 16
"""Pairs kept of one sound, the commonest."""
Sound = tuple[str, str]
"""Two syllables."""


@dataclass(frozen=True, slots=True)
class Sounds:
    """Pairs of characters by sound."""

    pairs: dict[Sound, dict[str, int]]
    """Pairs of one sound and their value: half octaves of documents << 3 | eighths of wordness."""
    syllables: dict[str, str]
    """Each syllable's characters, the commonest of the documents first."""


@cache
def characters() -> dict[str, str]:
    """Each syllable's characters."""
    lines = (text.DATA / "pinyin.txt").read_text("utf-8").splitlines()
    return dict(line.split(" ") for line in lines)


@cache
def readings() -> dict[str, tuple[str, ...]]:
    """Each character's syllables, sorted."""
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for syllable, chars in characters().items():
        for char in chars:
            found[char] += (syllable,)
    return dict(found)


def collect(postings: Postings) -> Sounds:
    """Sort the pairs of an index by sound; chance neighbours that occur once are left out."""
    known = readings()
    common: dict[str, int] = {}
    found: dict[Sound, dict[str, int]] = defaultdict(dict)
    counts = (postings.starts[1:] - postings.starts[:-1]).tolist()
    for code, count, wordness in zip(
        postings.terms.tolist(), counts, postings.wordness.tolist(), strict=True
    ):
        gram = gram_of(code)
        if len(gram) == 1:
            common[gram] = count
        elif gram[0] in known and gram[1] in known and (count > 1 or wordness):
            value = scoring.log2_64(float(count + 1)) >> 5 << 3 | wordness >> 1
            for first in known[gram[0]]:
                for second in known[gram[1]]:
                    found[first, second][gram] = value
    pairs = {sound: _commonest(found[sound]) for sound in sorted(found)}
    chars = {
        syllable: "".join(sorted(chars, key=lambda char: (-common.get(char, 0), char)))
        for syllable, chars in characters().items()
    }
    return Sounds(pairs, chars)


def _commonest(values: dict[str, int]) -> dict[str, int]:
    order = sorted(values, key=lambda gram: (-(values[gram] >> 3) - 2 * (values[gram] & 7), gram))
    return {gram: values[gram] for gram in order[:MOST]}
