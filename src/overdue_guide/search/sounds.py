"""What sounds alike: the index's pairs of characters by their pinyin, and the readings of characters.

Readings come from ``data/pinyin.txt`` (pypinyin, MIT), without tones: nobody types them. A pair is kept
under each of its sounds, ``cui shou``, and under its first letters, ``C S``: the same tables serve who
writes pinyin, who mistakes a character, and who types two letters.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from overdue_guide.search import octaves, text
from overdue_guide.search.postings import Postings, gram_of

MOST, MOST_LETTERS = 16, 64
"""Pairs kept of one sound, and of two first letters, which many sounds share."""
INTERJECTIONS = {"m", "n", "ng", "hm", "hng"}
"""Readings without a vowel: every word could be cut into them, and nobody means them."""


@dataclass(frozen=True, slots=True)
class Sounds:
    """Pairs of characters by sound."""

    pairs: dict[str, dict[str, int]]
    """Pairs of one key and their ``value``, the commonest first."""
    syllables: dict[str, str]
    """Each syllable's characters, the commonest of the documents first."""


@cache
def characters() -> dict[str, str]:
    """Each syllable's characters."""
    lines = (text.DATA / "pinyin.txt").read_text("utf-8").splitlines()
    found = dict(line.split(" ") for line in lines)
    return {syllable: chars for syllable, chars in found.items() if syllable not in INTERJECTIONS}


@cache
def readings() -> dict[str, tuple[str, ...]]:
    """Each character's syllables, sorted."""
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for syllable, chars in characters().items():
        for char in chars:
            found[char] += (syllable,)
    return dict(found)


@cache
def value(documents: int, wordness: int) -> int | None:
    """How common a word a pair is: quarter octaves of the documents that hold it as a word.

    Who holds it across a border of words counts little, and not at all if it is one document.
    """
    if documents < 2 and not wordness:
        return None
    as_word = 1 + documents * (1 + 4 * wordness) / 61
    return octaves.log2_64(as_word) // 16


def keys(gram: str) -> tuple[str, ...]:
    """The sounds of a pair and its first letters; none if a character has no reading."""
    known = readings()
    if len(gram) != 2:
        return ()
    return _together(known.get(gram[0], ()), known.get(gram[1], ()))


@cache
def _together(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    both = [(one, two) for one in first for two in second]
    found = [f"{one} {two}" for one, two in both]
    found += [f"{one[0]} {two[0]}".upper() for one, two in both]
    return tuple(dict.fromkeys(found))


def collect(postings: Postings) -> Sounds:
    """Sort the pairs of an index by sound."""
    common: dict[str, int] = {}
    found: dict[str, dict[str, int]] = defaultdict(dict)
    counts = (postings.starts[1:] - postings.starts[:-1]).tolist()
    for code, count, wordness in zip(
        postings.terms.tolist(), counts, postings.wordness.tolist(), strict=True
    ):
        gram = gram_of(code)
        if len(gram) == 1:
            common[gram] = count
        elif (worth := value(count, wordness)) is not None:
            for key in keys(gram):
                found[key][gram] = worth
    pairs = {key: commonest(found[key], most(key)) for key in sorted(found)}
    chars = {
        syllable: "".join(sorted(chars, key=lambda char: (-common.get(char, 0), char)))
        for syllable, chars in characters().items()
    }
    return Sounds(pairs, chars)


def most(key: str) -> int:
    """How many pairs are kept under a key."""
    return MOST_LETTERS if key.isupper() else MOST


def commonest(values: dict[str, int], limit: int) -> dict[str, int]:
    """The pairs of the highest value, then in order of code points."""
    if len(values) == 1:  # as for most sounds
        return values
    order = sorted(values, key=lambda gram: (-values[gram], gram))
    return {gram: values[gram] for gram in order[:limit]}
