"""Counts of the last build, less old texts, plus new ones → the shards that have to be laid out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overdue_guide.search import names, shards, sound_files, tally
from overdue_guide.search.changes import Change
from overdue_guide.search.counting import Counted
from overdue_guide.search.export import SIZES
from overdue_guide.search.names import Names
from overdue_guide.search.sound_files import Heard
from overdue_guide.search.state import State
from overdue_guide.search.tally import Tally

LOADED = 64
"""Shards of the last build that are read at a time: bounds memory, changes nothing else."""
Numbers = Mapping[str, Sequence[int]]
"""Kind of file → numbers of files, ascending."""


@dataclass(frozen=True, slots=True)
class Grams:
    """The shards to lay out: all of them, or those that an edit touches."""

    everything: bool
    tally: Tally
    """The counts of the shards in ``numbers``."""
    names: Names
    """Those in the shards of pairs."""
    numbers: Numbers
    """Of ``t``, ``u`` and ``p``."""
    counts: Mapping[str, int]
    """How many files there are of each kind."""
    common: NDArray[np.int64]
    """As in :class:`State`."""
    heard: Heard


def whole(before: State, change: Change, old: Counted, new: Counted) -> Grams:
    """All shards."""
    parts, called = [new.tally], [new.names]
    for counted, named in loaded(before):
        parts.append(tally.renumbered(counted, change.numbers, old.tally))
        called.append(named.renumbered(change.numbers))
    now = tally.merged(parts)
    parts.clear()
    heard = sound_files.distributed(sound_files.values(now))
    loads, documents = load(now), len(change.urls)
    counts = {kind: shards.number_of(*loads[kind], SIZES[kind], documents) for kind in "tu"}
    counts["p"] = len(heard.rows)
    numbers = {kind: range(count) for kind, count in counts.items()}
    common = sound_files.common(now)
    return Grams(True, now, names.joined(called), numbers, counts, common, heard)


def patched(
    before: State, change: Change, old: Counted, new: Counted, again: Numbers
) -> Grams | None:
    """The shards in which texts differ, and those to make ``again``; documents have kept their numbers.

    None when there would be another number of shards, or of files of sounds.
    """
    counts = {kind: len(before.packs.places[kind]) for kind in "tup"}
    numbers = _touched(old, new, counts, again)
    was, kept = _loaded(before, numbers)
    here = _here(new.tally.terms, numbers, counts)
    fresh = new.tally.take(np.flatnonzero(here))
    now = tally.merged([tally.renumbered(was, change.numbers, old.tally), fresh])
    called = names.joined([kept.renumbered(change.numbers), new.names])
    called = called.take(_here(called.pairs, numbers, counts))
    heard = _reheard(before, was, now, again.get("p", ()))
    due = {"p": sound_files.number_of(heard.shown)}
    less, more = load(was), load(now)
    for kind in "tu":
        terms, rows = (before.loads[kind].sum(axis=0) - less[kind] + more[kind]).tolist()
        due[kind] = shards.number_of(terms, rows, SIZES[kind], len(change.urls))
    if due != counts:
        return None
    numbers["p"] = sorted(heard.rows)
    common = _recounted(before, now, numbers["u"])
    return Grams(False, now, called, numbers, counts, common, heard)


def loaded(before: State) -> Iterator[tuple[Tally, Names]]:
    """All shards of the last build, some at a time; raises Damaged."""
    for kind in "tu":
        every = range(len(before.loads[kind]))
        for first in range(0, len(every), LOADED):
            yield _loaded(before, {kind: every[first : first + LOADED]})


def load(counted: Tally) -> dict[str, tuple[int, int]]:
    """Terms and postings of pairs (``t``) and of lone characters (``u``)."""
    lone = shards.is_lone(counted.terms)
    terms, rows = int(lone.sum()), int(counted.counts[lone].sum())
    return {"t": (len(lone) - terms, len(counted.docs) - rows), "u": (terms, rows)}


def _touched(
    old: Counted, new: Counted, counts: Mapping[str, int], again: Numbers
) -> dict[str, Sequence[int]]:
    terms = tally.differing(old.tally, new.tally)
    lone = shards.is_lone(terms)
    pairs = np.concatenate([terms[~lone], names.differing(old.names, new.names)])
    found = {"t": pairs, "u": terms[lone]}
    return {
        kind: sorted({*shards.shards_of(some, counts[kind]).tolist(), *again.get(kind, ())})
        for kind, some in found.items()
    }


def _here(
    terms: NDArray[np.uint64], numbers: Numbers, counts: Mapping[str, int]
) -> NDArray[np.bool_]:
    """Which terms lie in these shards."""
    pairs, units = (
        _among(numbers[kind], counts[kind])[shards.shards_of(terms, counts[kind])] for kind in "tu"
    )
    return np.where(shards.is_lone(terms), units, pairs)


def _among(numbers: Sequence[int], count: int) -> NDArray[np.bool_]:
    """For each number below ``count``, whether it is one of these."""
    found = np.zeros(count, np.bool_)
    found[list(numbers)] = True
    return found


def _loaded(before: State, numbers: Numbers) -> tuple[Tally, Names]:
    found = [before.shard(kind, number) for kind in numbers for number in numbers[kind]]
    return tally.joined([one for one, _ in found]).sorted(), names.joined([n for _, n in found])


def _reheard(before: State, was: Tally, now: Tally, again: Sequence[int]) -> Heard:
    """The files of sounds in which a pair is worth something else, and those to make again."""
    old, new = sound_files.values(was), sound_files.values(now)
    changes = {gram: new.get(gram) for gram in old.keys() | new if old.get(gram) != new.get(gram)}
    count = len(before.packs.places["p"])
    files = sound_files.touched(changes, count) | set(again)
    rows = {file: sound_files.rows_of(before.packs.blob("p", file)) for file in files}
    return sound_files.edited(Heard(rows, before.heard), changes, count)


def _recounted(before: State, now: Tally, numbers: Sequence[int]) -> NDArray[np.int64]:
    """Documents of each character with a reading, of which some shards were counted again."""
    count = len(before.packs.places["u"])
    again = _among(numbers, count)[shards.shards_of(sound_files.codes(), count)]
    return np.where(again, sound_files.common(now), before.common)
