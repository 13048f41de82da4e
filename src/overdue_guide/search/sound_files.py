"""Pairs by sound → the files ``p/<hex>.bin``, and what an edit changes in them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from overdue_guide.search import pack, sounds
from overdue_guide.search.postings import gram_of
from overdue_guide.search.tally import Tally

PAIRS = 250
"""In a file."""
ORIGIN = 48
"""The character that stands for the value 0 of a pair."""
_SHIFT, _SECOND = np.uint64(21), np.uint64((1 << 21) - 1)

Rows = dict[str, dict[str, int]]
"""``"cui shou"`` → every pair of this sound, with its value: more than the file shows."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Some files of sounds."""

    rows: dict[int, Rows]
    """By the number of the file."""
    shown: int
    """Pairs in all files, these and the others."""


def number_of(shown: int) -> int:
    """How many files hold so many pairs."""
    count = 1
    while count * PAIRS < shown:
        count *= 2
    return count


def values(counted: Tally) -> dict[str, int]:
    """The pairs that have a sound and are kept, with their values."""
    readable = _readable()
    first = (counted.terms >> _SHIFT).astype(np.int64)
    second = (counted.terms & _SECOND).astype(np.int64)
    which = np.flatnonzero(readable[first] & readable[second])
    columns = (counted.terms[which], counted.counts[which], counted.wordness()[which])
    rows = zip(*(column.tolist() for column in columns), strict=True)
    found = ((gram_of(code), sounds.value(count, wordness)) for code, count, wordness in rows)
    return {gram: value for gram, value in found if value is not None}


def distributed(found: Mapping[str, int]) -> Heard:
    """All files, of all pairs."""
    by_key: Rows = defaultdict(dict)
    for gram, value in found.items():
        for key in sounds.keys(gram):
            by_key[key][gram] = value
    shown = sum(min(len(pairs), sounds.most(key)) for key, pairs in by_key.items())
    count = number_of(shown)
    rows: dict[int, Rows] = {number: {} for number in range(count)}
    for key, pairs in by_key.items():
        rows[_file_of(key, count)][key] = pairs
    return Heard(rows, shown)


def touched(changes: Iterable[str], count: int) -> set[int]:
    """The files that hold some pairs, of ``count``."""
    return {_file_of(key, count) for gram in changes for key in sounds.keys(gram)}


def edited(found: Heard, changes: Mapping[str, int | None], count: int) -> Heard:
    """The files after some pairs have another value, or none any more; they must be among ``found``."""
    shown = found.shown
    for gram, value in changes.items():
        for key in sounds.keys(gram):
            rows = found.rows[_file_of(key, count)]
            pairs = rows.setdefault(key, {})
            shown -= min(len(pairs), sounds.most(key))
            if value is None:
                pairs.pop(gram, None)
            else:
                pairs[gram] = value
            shown += min(len(pairs), sounds.most(key))
            if not pairs:
                del rows[key]
    return Heard(found.rows, shown)


def body(rows: Rows) -> bytes:
    """A file as the browser reads it: ``{"cui shou": "催收…"}``, each pair before its value."""
    return pack.plain({key: _row(key, rows[key]) for key in sorted(rows)})


def blob(rows: Rows) -> bytes:
    """A file as the index remembers it."""
    return pack.plain(rows)


def rows_of(blob: bytes | memoryview) -> Rows:
    """The rows again."""
    rows: Rows = json.loads(bytes(blob))
    return rows


def common(counted: Tally) -> NDArray[np.int64]:
    """How many documents hold each character that has a reading, in the order of ``readable``."""
    wanted = codes()
    found = np.zeros(len(wanted), np.int64)
    if len(counted.terms):
        at = np.minimum(np.searchsorted(counted.terms, wanted), len(counted.terms) - 1)
        found = np.where(counted.terms[at] == wanted, counted.counts[at], 0)
    return found


def syllables(common: NDArray[np.int64]) -> dict[str, str]:
    """Each syllable's characters, the commonest first."""
    held = dict(zip(readable(), common.tolist(), strict=True))
    return {
        syllable: "".join(sorted(chars, key=lambda char: (-held[char], char)))
        for syllable, chars in sounds.characters().items()
    }


@cache
def readable() -> tuple[str, ...]:
    """All characters that have a reading, in order."""
    return tuple(sorted(sounds.readings()))


@cache
def codes() -> NDArray[np.uint64]:
    """The same as terms."""
    return np.array([ord(char) for char in readable()], dtype=np.uint64) << _SHIFT


@cache
def _readable() -> NDArray[np.bool_]:
    table = np.zeros(0x110000, dtype=np.bool_)
    table[(codes() >> _SHIFT).astype(np.int64)] = True
    return table


def _row(key: str, pairs: dict[str, int]) -> str:
    kept = sounds.commonest(pairs, sounds.most(key))
    return "".join(pair + chr(ORIGIN + value) for pair, value in kept.items())


def _file_of(key: str, count: int) -> int:
    return _hash(key) % count


def _hash(key: str) -> int:
    """The key's ``text.name_hash``, quicker for what is letters and spaces alone."""
    value = 0x811C9DC5
    for letter in key.replace(" ", "").encode("ascii"):
        value = ((value ^ letter) * 0x01000193) & 0xFFFFFFFF
    return value
