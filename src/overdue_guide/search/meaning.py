"""Which of the words that were perhaps meant are searched instead, and which are offered.

What the reader wrote is searched whenever a page holds it; only else is anything here asked.
``meaning.mjs`` decides the same in the browser.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from overdue_guide.search import guess
from overdue_guide.search.sounds import Sounds

OTHERS = 3
"""Other words offered."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Words that were perhaps meant, and how well the index knows them."""

    words: str
    held: bool
    """A page holds them as they stand."""
    whole: bool
    """A page holds all their pairs."""
    score: int
    """Of the page that fits best; 0 when none has anything of them."""


def settle(
    written: Reading,
    known: Callable[[str], bool],
    sounds: Sounds,
    find: Callable[[str], Reading],
) -> tuple[Reading | None, tuple[str, ...]]:
    """The reading to show instead of what was written, if any, and other words that a page holds."""
    readings = [find(words) for words in guess.readings(written.words, known, sounds)]
    if not any(one.held or one.whole for one in readings):
        readings += _others(written.words, known, sounds, find)
    chosen = _chosen(written, readings)
    others = [one.words for one in readings if one.held and one is not chosen]
    return chosen, tuple(dict.fromkeys(others))[:OTHERS]


def _others(
    written: str, known: Callable[[str], bool], sounds: Sounds, find: Callable[[str], Reading]
) -> list[Reading]:
    """What letters mean when they are misspelt, else when they are the first ones of words."""
    for other in guess.respelt(written, sounds.syllables):
        held = _held(guess.readings(other, known, sounds), find)
        if held:
            return held
    return _held(guess.initials(written, sounds), find)


def _held(words: Iterable[str], find: Callable[[str], Reading]) -> list[Reading]:
    return [reading for reading in map(find, words) if reading.held]


def _chosen(written: Reading, readings: list[Reading]) -> Reading | None:
    """The likeliest that a page holds, or holds in pieces.

    Else the likeliest of all, if it fits its best page clearly better than what was written fits any.
    """
    for reading in readings:
        if reading.held:
            return reading
    if written.whole or not readings:
        return None
    likeliest = next((reading for reading in readings if reading.whole), readings[0])
    better = likeliest.score and likeliest.score * 4 >= written.score * 5
    return likeliest if likeliest.whole or better else None
