"""Documents → what the index knows of them. Counted in bulk with numpy; fields are merged first (true BM25F).

A gram is one or two characters of folded text. One in a title counts three times, in a heading, summary or
keyword twice, in the text once, and in what has a document of its own not at all: it is only found. Titles
and keywords are marked besides, for what a page is called counts beyond saturation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from overdue_guide.model import SearchDocument
from overdue_guide.search import names, text
from overdue_guide.search.names import Names
from overdue_guide.search.postings import IN_KEYWORD, IN_TITLE, TIMES
from overdue_guide.search.tally import Tally, firsts_of

BATCH = 125
"""Documents counted at a time: bounds memory, changes nothing else."""
BESIDE, BODY, HEADING, KEYWORD, TITLE = 0, 1, 2, 3, 4
"""Where a gram stands; headings and summaries alike."""
_COUNTS = np.array([0, 1, 2, 2, 3], dtype=np.uint8)
"""How often an occurrence counts, by where it stands."""
_MARKS = np.array([0, 0, 0, IN_KEYWORD, IN_TITLE], dtype=np.uint8)
_SHIFT = np.uint64(21)
_PLACE, _AT, _DOC = np.uint64(3), np.uint64(7), np.uint64((1 << 21) - 1)
_CHARS = 0x110000


@dataclass(frozen=True, slots=True)
class Counted:
    """What is known of some documents."""

    tally: Tally
    lengths: NDArray[np.int64]
    """Weighted number of pairs of each."""
    names: Names
    traditional: tuple[str, ...]
    """The traditional characters that each holds."""


Fields = list[tuple[int, str]]
"""The folded texts of a document, each with where it stands: title, summary, keywords, and the rest."""


def count(documents: Sequence[SearchDocument], numbers: Sequence[int]) -> Counted:
    """Count documents, a batch of them; ``numbers`` are theirs, ascending."""
    raw = [_fields(document) for document in documents]
    folded = _fold(raw)
    tally, lengths = _tally(folded, np.array(numbers, dtype=np.uint64))
    called = (
        (number, document.kind, [part for at, part in fields if at in (TITLE, KEYWORD)])
        for number, document, fields in zip(numbers, documents, folded, strict=True)
    )
    return Counted(tally, lengths, names.collect(called), _traditional(raw))


def _fields(document: SearchDocument) -> Fields:
    raw = [(TITLE, document.title), (HEADING, document.summary)]
    raw += [(KEYWORD, keyword) for keyword in document.keywords]
    for passage in document.passages:
        raw += [(HEADING, passage.heading), (BODY, passage.text)]
    raw.append((BESIDE, document.beside))
    return [(place, part.replace("\0", " ")) for place, part in raw]


def _fold(raw: Sequence[Fields]) -> list[Fields]:
    """Fold all texts at once: folding does not look beyond the ends of a text."""
    whole = "\0".join(part for fields in raw for _, part in fields)
    folded = iter(text.squeeze(fold_much(whole)).split("\0"))
    return [[(place, next(folded)) for place, _ in fields] for fields in raw]


def fold_much(whole: str) -> str:
    """``text.fold_each`` of much text, each character of it looked up once."""
    alphabet, chars = _alphabet(_points(whole))
    folds = [text.fold_char(chr(point)) for point in alphabet.tolist()]
    points = _points("".join(folds))
    lengths = np.array([len(fold) for fold in folds], dtype=np.int64)
    begins = np.cumsum(lengths) - lengths
    sizes = lengths[chars]
    # Where in ``points`` each character of the result stands: its fold's begin, and on from there.
    skipped = begins[chars] - (np.cumsum(sizes) - sizes)
    found = points[np.arange(int(sizes.sum())) + np.repeat(skipped, sizes)]
    return str(found.tobytes(), "utf-32-le", "surrogatepass")


def _tally(
    folded: Sequence[Fields], numbers: NDArray[np.uint64]
) -> tuple[Tally, NDArray[np.int64]]:
    parts = [(n, place, part) for n, fields in enumerate(folded) for place, part in fields]
    # Provisions in Chinese numbers are found in digits, too.
    parts += [(n, at, found) for n, at, part in parts for found in text.provisions(part)]
    whole = "".join(part + "\n" for _, _, part in parts)
    sizes = np.array([len(part) + 1 for _, _, part in parts], dtype=np.int64)
    alphabet, chars = _alphabet(_points(whole))
    within = ~_separators()[alphabet][chars]
    doc = np.repeat(np.array([n for n, _, _ in parts], dtype=np.uint64), sizes)
    place = np.repeat(np.array([at for _, at, _ in parts], dtype=np.uint64), sizes)
    lone = np.flatnonzero(within)
    pair = np.flatnonzero(within[:-1] & within[1:])
    # One number holds first character (20 bits), second (20), document (21), place (3): one sort.
    local = chars.astype(np.uint64) + np.uint64(1)
    keys = local << np.uint64(44) | doc << _PLACE | place
    keys = np.concatenate((keys[lone], keys[pair] | local[pair + 1] << np.uint64(24)))
    keys.sort()
    firsts = firsts_of(keys >> _PLACE)
    weights = _weights(keys & _AT, firsts)
    keys = keys[firsts]
    starts = firsts_of(keys >> np.uint64(24))
    docs = numbers[(keys >> _PLACE & _DOC).astype(np.int64)]
    terms = _terms(keys[starts], alphabet)
    counts = np.diff(np.append(starts, len(keys)))
    lengths = np.bincount(doc[pair].astype(np.int64), _COUNTS[place[pair]], minlength=len(folded))
    own = "".join(part + "\n" for _, at, part in parts if at != BESIDE)
    tally = Tally(terms, counts, _times(terms, own), docs.astype(np.uint32), weights)
    return tally, lengths.astype(np.int64)


def _points(whole: str) -> NDArray[np.uint32]:
    return np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _alphabet(points: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The characters of a text in order, and which of them stands at each place."""
    seen = np.zeros(int(points.max(initial=0)) + 1, dtype=np.bool_)
    seen[points] = True
    return np.flatnonzero(seen), (np.cumsum(seen) - 1)[points]


@cache
def _separators() -> NDArray[np.bool_]:
    table = np.zeros(_CHARS, dtype=np.bool_)
    for low, high in text.RULES["separators"]:
        table[low : high + 1] = True
    return table


def _weights(places: NDArray[np.uint64], firsts: NDArray[np.int64]) -> NDArray[np.uint8]:
    """The weight of each run of equal grams in one document, from where they stand."""
    if not len(firsts):
        return np.zeros(0, np.uint8)
    times = np.add.reduceat(_COUNTS[places], firsts, dtype=np.int64)
    marks: NDArray[np.uint8] = np.bitwise_or.reduceat(_MARKS[places], firsts)
    return marks | np.minimum(times, TIMES).astype(np.uint8)


def _terms(keys: NDArray[np.uint64], alphabet: NDArray[np.int64]) -> NDArray[np.uint64]:
    """A batch's numbers of characters → code points side by side."""
    points = np.append(np.zeros(1, np.uint64), alphabet.astype(np.uint64))
    first = points[(keys >> np.uint64(44)).astype(np.int64)]
    second = points[(keys >> np.uint64(24) & np.uint64(0xFFFFF)).astype(np.int64)]
    return first << _SHIFT | second


def ready() -> Callable[[str], list[str]]:
    """What cuts a text into words."""
    # It loads a dictionary, which a build that changes nothing does not need.
    import rjieba

    cut: Callable[[str], list[str]] = rjieba.cut_for_search
    return cut


def _times(terms: NDArray[np.uint64], whole: str) -> NDArray[np.int64]:
    """How often each term is a word of two characters. A line's words do not depend on other lines."""
    every = Counter(ready()(whole))
    cut = {word: times for word, times in every.items() if len(word) == 2}
    found = np.zeros(len(terms), dtype=np.int64)
    if not len(terms) or not cut:
        return found
    points = _points("".join(cut)).astype(np.uint64)
    codes = points[::2] << _SHIFT | points[1::2]
    at = np.minimum(np.searchsorted(terms, codes), len(terms) - 1)
    here = terms[at] == codes
    found[at[here]] = np.array(list(cut.values()), dtype=np.int64)[here]
    return found


def _traditional(raw: Sequence[Fields]) -> tuple[str, ...]:
    """The traditional characters of each document."""
    table = text.traditional().keys()
    joined = ["".join(part for _, part in fields) for fields in raw]
    points = _points("\n".join(joined))
    if not _is_traditional()[points].any():
        return ("",) * len(raw)
    return tuple("".join(sorted(table & set(whole))) for whole in joined)


@cache
def _is_traditional() -> NDArray[np.bool_]:
    table = np.zeros(_CHARS, dtype=np.bool_)
    table[[ord(char) for char in text.traditional()]] = True
    return table
