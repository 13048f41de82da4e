"""A query that no page holds → words that were perhaps meant, by their sound.

Pinyin, first letters, characters that sound alike: a lattice of syllables is read as the most usual rows of characters in this index. ``guess.mjs`` reads the
same way, from the same tables. Whether a reading helps, the index says (``index.answer``).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from overdue_guide.search import sounds, text

MOST, MOST_LETTERS = 6, 12
"""Readings of a query by sound, and of one by first letters; as many rows are kept on the way to them."""
MOST_RESPELT = 12
"""Other spellings tried of letters that are no pinyin."""
LONGEST, LONGEST_LATIN = 24, 60
"""Characters of a query that is read otherwise, and with the letters, of which a syllable takes several; a
longer one is mostly right as it is."""
CHANGED, BROKEN, SPELT = 60, 240, 340
"""Cost of a character changed, of one that makes a word with its neighbour, and of a syllable read: more
than any gain, so the fewest are meant."""
FOUND, OFTEN = 100, 4
"""Gain of a pair that the index has, and for each step of its value."""
WORD, FIRM = 1, 4
"""Value from which a pair is a word now and then, so that it may bring in a changed character; and from
which it is one for sure, so that its own characters are hardly wrong."""
LETTERS = range(2, 7)
"""How many letters are read as first letters."""
SHORT = 4
"""Latin letters from which a row is tried as pinyin although the index has all their pairs."""
_LATIN = re.compile(r"[a-z]+(?:[ '’][a-z]+)*")
_HAN = re.compile(r"[\u4e00-\u9fff]{2,}")
_HEARD = "ghn"
_APART = re.compile(r"[ '’]")
_LETTER = re.compile(r"[a-z '’]")


@dataclass(frozen=True, slots=True)
class Node:
    """One syllable of the lattice, or one first letter."""

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


def readings(folded: str, known: Callable[[str], bool], found: sounds.Sounds) -> tuple[str, ...]:
    """What a folded query perhaps means, the likeliest first; empty when there is no guess.

    ``known`` says whether the index has a gram; what it knows is left as it is.
    """
    if len(folded) > LONGEST_LATIN or len(_LETTER.sub("", folded)) > LONGEST:
        return ()
    parts: list[list[str]] = []
    at = 0
    for match in re.finditer(f"{_LATIN.pattern}|{_HAN.pattern}", folded):
        read = _latin if match[0].isascii() or "’" in match[0] else _han
        parts += [[folded[at : match.start()]], read(match[0], known, found) or [match[0]]]
        at = match.end()
    parts.append([folded[at:]])
    rows = ["".join(row) for row in _rows(parts)]
    return tuple(row for row in dict.fromkeys(rows) if row != folded)[:MOST]


def _rows(parts: list[list[str]]) -> Iterator[list[str]]:
    """The best of every part, then every other choice of one part beside the best of the others."""
    best = [part[0] for part in parts]
    yield best
    for at, part in enumerate(parts):
        for other in part[1:]:
            yield [*best[:at], other, *best[at + 1 :]]


def _latin(written: str, known: Callable[[str], bool], found: sounds.Sounds) -> list[str]:
    if len(written) < SHORT and all(known(gram) for gram in text.grams(written)):
        return []
    return [row for row in decode(spelt(written, found.syllables), found) if len(row) > 1]


def _han(written: str, known: Callable[[str], bool], found: sounds.Sounds) -> list[str]:
    if all(known(gram) for gram in text.grams(written)):
        return []
    table = sounds.readings()
    nodes = [Node(i, i + 1, table.get(char, ()), char) for i, char in enumerate(written)]
    rows = decode(nodes, found)
    # What is less usual than what was written is no guess.
    return rows[: rows.index(written)] if written in rows else rows


def initials(folded: str, found: sounds.Sounds) -> list[str]:
    """What a query of nothing but a few letters perhaps abbreviates."""
    written = _APART.sub("", folded)
    if len(written) not in LETTERS or not _LATIN.fullmatch(written):
        return []
    nodes = [Node(i, i + 1, (char.upper(),)) for i, char in enumerate(written)]
    return decode(nodes, found, MOST_LETTERS)


def respelt(folded: str, syllables: Mapping[str, str]) -> list[str]:
    """The ways to make pinyin of letters by one slip.

    A letter too many, two swapped, one missing where ears err (z for zh, in for ing).
    """
    if not SHORT <= len(folded) <= LONGEST or not re.fullmatch("[a-z]+", folded):
        return []
    places = range(len(folded))
    swapped = [folded[:i] + folded[i + 1 : i + 2] + folded[i] + folded[i + 2 :] for i in places]
    shorter = [folded[:i] + folded[i + 1 :] for i in places]
    longer = [folded[: i + 1] + heard + folded[i + 1 :] for i in places for heard in _HEARD]
    others = dict.fromkeys([*swapped, *shorter, *longer])
    return [one for one in others if one != folded and spelt(one, syllables)][:MOST_RESPELT]


def spelt(written: str, syllables: Mapping[str, str]) -> list[Node]:
    """All ways to cut Latin letters into syllables; none when they cannot be cut."""
    nodes: list[Node] = []
    begin = 0
    for word in _APART.split(written):
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


def decode(nodes: list[Node], found: sounds.Sounds, most: int = MOST) -> list[str]:
    """The most usual rows of characters along a lattice, best first; none when no way leads through."""
    pairs: dict[str, int] = {}
    options: dict[Node, dict[str, None]] = {
        node: dict.fromkeys(_first(node, found)) for node in nodes
    }
    for left in nodes:
        for right in nodes:
            if right.start == left.end:
                for pair, worth in _between(left, right, found):
                    pairs[pair] = worth
                    options[left][pair[0]] = options[right][pair[1]] = None
    firm = set(_firm(nodes, pairs))
    last = max((node.end for node in nodes), default=0)
    best: dict[tuple[int, str], list[Path]] = {(0, ""): [Path(0, "")]}
    for node in sorted(nodes, key=lambda node: (node.start, node.end)):
        before = [path for (end, _), paths in best.items() if end == node.start for path in paths]
        for char in options[node]:
            cost = _cost(node, char, broken=node in firm)
            made = [_step(path, char, cost, pairs) for path in before]
            best[node.end, char] = _best([*best.get((node.end, char), ()), *made], most)
    ends = [path for (end, _), paths in best.items() if end == last and end for path in paths]
    return [path.row for path in _best(ends, most)]


def _firm(nodes: list[Node], pairs: Mapping[str, int]) -> Iterator[Node]:
    """The characters that make a word with a neighbour as they were written."""
    for left, right in itertools.pairwise(nodes):
        if left.own and right.own and pairs.get(left.own + right.own, 0) >= FIRM:
            yield left
            yield right


def _cost(node: Node, char: str, *, broken: bool) -> int:
    if not node.own:
        return SPELT
    if char == node.own:
        return 0
    return BROKEN if broken else CHANGED


def _step(path: Path, char: str, cost: int, pairs: Mapping[str, int]) -> Path:
    worth = pairs.get(path.row[-1:] + char)
    gain = 0 if worth is None else FOUND + OFTEN * worth
    return Path(path.score + gain - cost, path.row + char)


def _best(paths: list[Path], most: int) -> list[Path]:
    rows: dict[str, int] = {}
    for path in paths:
        rows[path.row] = max(path.score, rows.get(path.row, path.score))
    order = sorted(rows, key=lambda row: (-rows[row], row))
    return [Path(rows[row], row) for row in order[:most]]


def _first(node: Node, found: sounds.Sounds) -> str:
    """What a syllable is without neighbours: the character written, or the commonest."""
    return node.own or found.syllables.get(node.syllables[0], "")[:1]


def _between(left: Node, right: Node, found: sounds.Sounds) -> Iterator[tuple[str, int]]:
    own = left.own + right.own
    for one in left.syllables:
        for two in right.syllables:
            for pair, worth in found.pairs.get(f"{one} {two}", {}).items():
                if not own or pair == own or worth >= WORD:
                    yield pair, worth
