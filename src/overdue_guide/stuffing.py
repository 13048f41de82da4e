"""Texts written for search engines: the words of the title said again and again."""

from __future__ import annotations

import re
from collections.abc import Iterable

from overdue_guide.prose import Visible
from overdue_guide.structs import Struct

_SHORTEST = 300
"""Chinese characters below which shares say nothing."""
_HAN = re.compile("[\u3400-\u9fff]+")
_RUN = re.compile("[\u3400-\u9fff]{2,}")
_STUFFED = ((2, 0.09), (4, 0.08))
"""(length of a phrase, share of the text from which it is stuffed); guides reach 0.06 and 0.05."""
_IN_ONE_BREATH = 5
"""So often no honest sentence says the same word; guides reach 4."""
_SENTENCE_END = re.compile(r"[。！？!?；;\n|]")
_SENTENCE = re.compile(r"[^。！？!?；;\n|]{10,}")


class Stuffed(Struct, frozen=True):
    """A phrase of the title that the text repeats too often."""

    phrase: str
    count: int
    share: int
    """Of the whole text, in per cent; 0 when it is one sentence that repeats it."""
    start: int
    """Offset in the source of the first one, or of the first in that sentence."""


def stuffed(title: str, visible: Visible) -> Stuffed | None:
    """The phrase that a text has too often, if there is one."""
    pairs = ((pair, visible.text.count(pair)) for pair in _phrases(title, 2))
    # A share that is too much of the shortest text takes even more of them than one sentence.
    often = {pair: count for pair, count in pairs if count >= _IN_ONE_BREATH}
    if not often:
        return None
    return _throughout(title, max(often.values()), visible) or _at_once(often, visible)


def _throughout(title: str, most_often: int, visible: Visible) -> Stuffed | None:
    """A phrase in the whole text, in which no pair of the title stands more than ``most_often``."""
    for length, most in _STUFFED:
        # No phrase is more frequent than the pairs in it.
        if most_often * length <= most * _SHORTEST:
            continue
        counts = ((visible.text.count(phrase), phrase) for phrase in _phrases(title, length))
        count, phrase = max(counts, default=(0, ""))
        size = sum(map(len, _HAN.findall(visible.text)))
        if size >= _SHORTEST and count * length > most * size:
            start = visible.place(visible.text.index(phrase))
            return Stuffed(phrase, count, round(100 * count * length / size), start)
    return None


def _at_once(often: Iterable[str], visible: Visible) -> Stuffed | None:
    """One sentence that lists search words, such as 网贷逾期、信用卡逾期、花呗逾期."""
    crowded = [pair for pair in often if _crowded(pair, visible.text)]
    for sentence in _SENTENCE.finditer(visible.text) if crowded else ():
        for phrase in crowded:
            count = sentence[0].count(phrase)
            if count >= _IN_ONE_BREATH:
                start = visible.place(sentence.start() + sentence[0].index(phrase))
                return Stuffed(phrase, count, 0, start)
    return None


def _crowded(pair: str, text: str) -> bool:
    """Whether so many can stand in one sentence, by what stands between one and the next."""
    between = text.split(pair)[1:-1]
    return sum(not _SENTENCE_END.search(part) for part in between) >= _IN_ONE_BREATH - 1


def _phrases(title: str, length: int) -> list[str]:
    """The pieces of so many characters; not those of one character, such as 字字."""
    runs = _RUN.findall(title)
    found = {run[at : at + length] for run in runs for at in range(len(run) - length + 1)}
    return sorted(phrase for phrase in found if len(set(phrase)) > 1)
