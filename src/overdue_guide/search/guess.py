"""A query that no page holds → the words that were perhaps meant: pinyin, and characters that sound alike.

A lattice of syllables is read as the most usual row of characters in this index. ``guess.mjs`` reads the same
way, from the same tables.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from overdue_guide.search import sounds, text
from overdue_guide.search.sounds import Sound

CHANGED, SPELT = 60, 240
"""Cost of a character changed, and of a syllable read: the fewest syllables are meant."""
FOUND, OFTEN, WORD = 100, 6, 14
"""Gain of a pair that the index has; for each half octave of its documents; for each eighth of wordness."""
USUAL = 3
"""Eighths of wordness, or half octaves, from which a pair may bring in a changed character."""
SHORT = 4
"""Latin letters from which a row is tried as pinyin although the index has all their pairs."""
_LATIN = re.compile(r"[a-z]+(?:[ '][a-z]+)*")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")

Pairs = Callable[[Sound], Mapping[str, int]]
"""The index's pairs of a sound."""


@dataclass(frozen=True, slots=True)
class Node:
    """One syllable of the lattice."""

    start: int
    end: int
    syllables: tuple[str, ...]
    own: str = ""
    """The character as it was written; a change costs."""


@dataclass(frozen=True, slots=True)
class Path:
    """A reading so far."""

    score: int
    row: str


def guess(folded: str, known: Callable[[str], bool], found: sounds.Sounds) -> str:
    """The words perhaps meant by a folded query; empty when there is no guess.

    ``known`` says whether the index has a gram; what it knows is left as it is.
    """
    meant = _LATIN.sub(lambda match: _latin(match[0], known, found), folded)
    meant = _HAN.sub(lambda match: _han(match[0], known, found), meant)
    return "" if meant == folded else meant


def _latin(written: str, known: Callable[[str], bool], found: sounds.Sounds) -> str:
    if len(written) < SHORT and all(known(gram) for gram in text.grams(written)):
        return written
    nodes = spelt(written, found.syllables)
    read = decode(nodes, found)
    return read if len(read) > 1 else written


def _han(written: str, known: Callable[[str], bool], found: sounds.Sounds) -> str:
    if all(known(gram) for gram in text.grams(written)):
        return written
    table = sounds.readings()
    nodes = [Node(i, i + 1, table.get(char, ()), char) for i, char in enumerate(written)]
    return decode(nodes, found)


def spelt(written: str, syllables: Mapping[str, str]) -> list[Node]:
    """All ways to cut Latin letters into syllables; none when they cannot be cut."""
    words = re.split(r"[ ']", written)
    nodes: list[Node] = []
    begin = 0
    for word in words:
        cut = list(_cuts(word, begin, syllables))
        if not any(node.end == begin + len(word) for node in cut):
            return []
        nodes += cut
        begin += len(word)
    return nodes


def _cuts(word: str, begin: int, syllables: Mapping[str, str]) -> Iterator[Node]:
    reached = {0}
    for start in range(len(word)):
        if start not in reached:
            continue
        for end in range(start + 1, min(start + 6, len(word)) + 1):
            if word[start:end] in syllables:
                reached.add(end)
                yield Node(begin + start, begin + end, (word[start:end],))


def asked(nodes: list[Node]) -> list[Sound]:
    """The sounds that reading a lattice looks up."""
    return [
        (one, two)
        for left in nodes
        for right in nodes
        if right.start == left.end
        for one in left.syllables
        for two in right.syllables
    ]


def decode(nodes: list[Node], found: sounds.Sounds) -> str:
    """The most usual row of characters along a lattice; empty when no way leads through."""
    pairs: dict[str, int] = {}
    options: dict[Node, dict[str, None]] = {
        node: dict.fromkeys(_first(node, found)) for node in nodes
    }
    for left in nodes:
        for right in nodes:
            if right.start == left.end:
                for pair, value in _between(left, right, found):
                    pairs[pair] = value
                    options[left][pair[0]] = options[right][pair[1]] = None
    last = max((node.end for node in nodes), default=0)
    best: dict[tuple[int, str], Path] = {(0, ""): Path(0, "")}
    for node in sorted(nodes, key=lambda node: (node.start, node.end)):
        before = [(row, path) for (end, row), path in best.items() if end == node.start]
        for char in options[node]:
            for _, path in before:
                _keep(best, node, char, path, pairs)
    ends = [path for (end, _), path in best.items() if end == last and end]
    return min(ends, key=lambda path: (-path.score, path.row)).row if ends else ""


def _keep(
    best: dict[tuple[int, str], Path], node: Node, char: str, path: Path, pairs: Mapping[str, int]
) -> None:
    """Go on from a path; of the paths that end in one character only the best is kept."""
    cost = (0 if char == node.own else CHANGED) if node.own else SPELT
    value = pairs.get(path.row[-1:] + char)
    gain = 0 if value is None else FOUND + OFTEN * (value >> 3) + WORD * (value & 7)
    made = Path(path.score + gain - cost, path.row + char)
    kept = best.get((node.end, char))
    if kept is None or (-made.score, made.row) < (-kept.score, kept.row):
        best[node.end, char] = made


def _first(node: Node, found: sounds.Sounds) -> str:
    """What a syllable is without neighbours: the character written, or the commonest."""
    return node.own or found.syllables[node.syllables[0]][0]


def _between(left: Node, right: Node, found: sounds.Sounds) -> Iterator[tuple[str, int]]:
    own = left.own + right.own
    for one in left.syllables:
        for two in right.syllables:
            for pair, value in found.pairs.get((one, two), {}).items():
                if not own or pair == own or value & 7 >= USUAL or value >> 3 > USUAL:
                    yield pair, value
