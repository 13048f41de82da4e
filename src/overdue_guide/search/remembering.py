"""What the next update is to know: what this one found, and what it left as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overdue_guide.search import attributes
from overdue_guide.search.attributes import Attributes, Row
from overdue_guide.search.blobs import PLACE, Packs, gathered
from overdue_guide.search.changes import Change
from overdue_guide.search.counting import Counted
from overdue_guide.search.files import Files
from overdue_guide.search.grams import Grams
from overdue_guide.search.parcels import Entry
from overdue_guide.search.state import State, Synonyms


@dataclass(frozen=True, slots=True)
class Work:
    """What an update reads, and where it puts what it makes."""

    before: State
    change: Change
    entries: Sequence[Entry]
    synonyms: Synonyms
    made: Files


def columns(work: Work, rows: Sequence[Row]) -> Attributes:
    """What lists show of every document."""
    before, fresh = work.before.attributes, work.change.fresh
    same = (before.row(number) == row for number, row in zip(fresh, rows, strict=True))
    if not work.change.moved and all(same):
        return before
    every: list[Row] = [("", "", ())] * len(work.change.urls)
    for number, row in zip(work.change.numbers.tolist(), before.rows(), strict=True):
        if number >= 0:
            every[number] = row
    for number, row in zip(fresh, rows, strict=True):
        every[number] = row
    return attributes.columns(every)


def lengths(work: Work, new: Counted) -> NDArray[np.int64]:
    """Weighted number of pairs of every document."""
    found = np.zeros(len(work.change.urls), np.int64)
    stay = work.change.numbers >= 0
    found[work.change.numbers[stay]] = work.before.lengths[stay]
    found[list(work.change.fresh)] = new.lengths
    return found


def traditional(work: Work, old: Counted, new: Counted) -> dict[str, int]:
    """Traditional character → documents that hold it."""
    found = Counter(work.before.traditional)
    found.subtract(char for chars in old.traditional for char in chars)
    found.update(char for chars in new.traditional for char in chars)
    return {char: found[char] for char in sorted(found) if found[char]}


def packs(work: Work, found: Grams) -> Packs:
    """Where all blobs are now."""
    before, change = work.before.packs, work.change
    kept = {kind: np.zeros(count, PLACE) for kind, count in found.counts.items()}
    if not found.everything:
        kept |= before.places
    kept["f"] = np.zeros(len(change.urls), PLACE)
    stay = change.numbers >= 0
    if stay.any():
        kept["f"][change.numbers[stay]] = before.places["f"][stay]
    every = Packs(work.made.folder, *work.made.writer.finish(before.names, kept))
    return gathered(every, work.made.folder)
