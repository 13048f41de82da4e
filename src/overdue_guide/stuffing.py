"""Texts written for search engines: the words of the title said again and again."""

from __future__ import annotations

import re
from dataclasses import dataclass

from overdue_guide.prose import Visible

_SHORTEST = 300
"""Chinese characters below which shares say nothing."""
_HAN = re.compile("[\u3400-\u9fff]")
_RUN = re.compile("[\u3400-\u9fff]{2,}")
_STUFFED = ((2, 0.09), (4, 0.08))
"""(length of a phrase, share of the text from which it is stuffed); guides reach 0.06 and 0.05."""
_IN_ONE_BREATH = 5
"""So often no honest sentence says the same word; guides reach 4."""
_SENTENCE = re.compile(r"[^。！？!?；;\n|]{10,}")


@dataclass(frozen=True, slots=True)
class Stuffed:
    """A phrase of the title that the text repeats too often."""

    phrase: str
    count: int
    share: int
    """Of the whole text, in per cent; 0 when it is one sentence that repeats it."""
    start: int
    """Offset in the source of the first one, or of the first in that sentence."""


def stuffed(title: str, visible: Visible) -> Stuffed | None:
    """The phrase that a text has too often, if there is one."""
    return _throughout(title, visible) or _at_once(title, visible)


def _throughout(title: str, visible: Visible) -> Stuffed | None:
    size = len(_HAN.findall(visible.text))
    if size < _SHORTEST:
        return None
    for length, most in _STUFFED:
        counts = ((visible.text.count(phrase), phrase) for phrase in _phrases(title, length))
        count, phrase = max(counts, default=(0, ""))
        if count * length > most * size:
            start = visible.place(visible.text.index(phrase))
            return Stuffed(phrase, count, round(100 * count * length / size), start)
    return None


def _at_once(title: str, visible: Visible) -> Stuffed | None:
    """One sentence that lists search words, such as 网贷逾期、信用卡逾期、花呗逾期."""
    often = [p for p in _phrases(title, 2) if visible.text.count(p) >= _IN_ONE_BREATH]
    for sentence in _SENTENCE.finditer(visible.text) if often else ():
        for phrase in often:
            count = sentence[0].count(phrase)
            if count >= _IN_ONE_BREATH:
                start = visible.place(sentence.start() + sentence[0].index(phrase))
                return Stuffed(phrase, count, 0, start)
    return None


def _phrases(title: str, length: int) -> list[str]:
    """The pieces of so many characters; not those of one character, such as 字字."""
    runs = _RUN.findall(title)
    found = {run[at : at + length] for run in runs for at in range(len(run) - length + 1)}
    return sorted(phrase for phrase in found if len(set(phrase)) > 1)
