"""Documents → the browser's files, by way of what the last build remembered.

An edit is read twice, as it was and as it is; the shards in which the two differ are laid out again. Documents
that come or go shift the numbers of others: then every file is written, but no other text is read.
"""

from __future__ import annotations

import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from overdue_guide.aids import Synonym
from overdue_guide.model import OutputFile
from overdue_guide.search import (
    attributes,
    changes,
    export,
    files,
    grams,
    pack,
    query,
    shards,
    sound_files,
    state,
)
from overdue_guide.search import names as naming
from overdue_guide.search.attributes import Attributes, Row
from overdue_guide.search.blobs import PLACE, Damaged, Packs, gathered
from overdue_guide.search.changes import Change, Entry
from overdue_guide.search.counting import Counted
from overdue_guide.search.files import Export, Files
from overdue_guide.search.grams import Grams
from overdue_guide.search.state import State, Synonyms


def update(
    folder: Path | None,
    entries: Iterable[Entry],
    synonyms: Sequence[Synonym],
    held: Mapping[str, str] | None = None,
) -> Export:
    """Bring the index in ``folder`` up to date; the files are those of a first build, byte by byte.

    ``held`` says what files the caller has (path → SHA-256); without it, all that the last update made.
    Without a folder, or with one that cannot be written to, nothing is remembered.
    """
    ordered = sorted(entries, key=lambda entry: entry.url)
    said = query.fold_synonyms(synonyms)
    with _writable(folder) as place:
        before = state.read(place)
        try:
            return _updated(before, ordered, said, held, place)
        except Damaged:
            return _updated(state.empty(place), ordered, said, held, place)


@contextmanager
def _writable(folder: Path | None) -> Iterator[Path]:
    try:
        if folder is None:
            raise OSError
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError:
        with tempfile.TemporaryDirectory() as made:
            yield Path(made)
    else:
        yield folder


def _updated(
    before: State,
    entries: Sequence[Entry],
    synonyms: Synonyms,
    held: Mapping[str, str] | None,
    folder: Path,
) -> Export:
    change = changes.compare(before, entries)
    has = before.files if held is None else held
    lost = [path for path, digest in before.files.items() if has.get(path) != digest]
    if before.files and not (change.gone or change.fresh or lost or synonyms != before.synonyms):
        return files.exported(export.version(before.files), {}, before.files, has)
    if len(change.fresh) > len(before.urls) // 2:
        # Taking away what was would cost as much as counting anew.
        before = state.empty(folder)
        change = changes.compare(before, entries)
    with files.collect(folder) as made:
        work = Work(before, change, entries, synonyms, made)
        after, found = _read(work, lost)
        stamp = export.numbering(change.urls)
        output = made.output(stamp)
        every = {} if found.everything else dict(before.files)
        every |= files.digests(output.values())
        version = export.version(every)
        body = export.manifest(after, found.counts, version)
        last = OutputFile(export.MANIFEST, pack.file(stamp, pack.squeezed(body)))
        every |= files.digests([last])
        after = replace(after, files=every, packs=_packs(work, found))
        state.write(after, folder, before)
    return files.exported(version, output | {last.path: last}, every, has)


@dataclass(frozen=True, slots=True)
class Work:
    """What an update reads, and where it puts what it makes."""

    before: State
    change: Change
    entries: Sequence[Entry]
    synonyms: Synonyms
    made: Files


def _read(work: Work, lost: Iterable[str]) -> tuple[State, Grams]:
    """Make every file that may be another, except the manifest; what to remember, but for files and packs."""
    before, change = work.before, work.change
    gone = changes.read(change.gone, lambda number: changes.remembered(before, number))
    old = changes.summed([batch.counted for batch in gone])
    rows: list[Row] = []
    new = changes.summed(list(_fresh(work, rows)))
    again = _again(work, lost)
    fits = before.files and not change.moved
    found = grams.patched(before, change, old, new, again) if fits else None
    found = found or grams.whole(before, change, old, new)
    if found.everything:
        again = {"f": sorted(set(range(len(change.urls))) - set(change.fresh))}
    loads = {kind: _lay_out(work, found, kind) for kind in "tu"}
    columns = _columns(work, rows)
    _fragments(work, again.get("f", ()))
    _tables(work, columns, found, again)
    after = replace(
        before,
        urls=change.urls,
        digests=change.digests,
        attributes=columns,
        lengths=_lengths(work, new),
        traditional=_traditional(work, old, new),
        synonyms=work.synonyms,
        common=found.common,
        heard=found.heard.shown,
        loads=loads,
    )
    return after, found


def _fresh(work: Work, rows: list[Row]) -> Iterator[Counted]:
    """Read the documents that changed or are new, batch by batch; nothing holds on to their texts."""
    made = work.made
    for batch in changes.read(work.change.fresh, lambda number: work.entries[number].document()):
        paths = [export.path("f", number) for number in batch.numbers]
        made.squeeze(zip(paths, map(export.fragment, batch.documents), strict=True))
        for number, path, document in zip(batch.numbers, paths, batch.documents, strict=True):
            made.writer.add("f", number, *changes.blob(made.squeezed[path], document.keywords))
            rows.append(attributes.row(document))
        yield batch.counted


def _again(work: Work, lost: Iterable[str]) -> dict[str, list[int]]:
    """Files to be made although no text in them changed: those that are lost, or whose synonyms changed."""
    found: dict[str, list[int]] = defaultdict(list)
    for path in lost:
        kind, number = export.kind_of(path)
        found[kind].append(number)
    count = len(work.before.loads["t"])
    if count:
        edited = set(work.synonyms) ^ set(work.before.synonyms)
        found["t"] += {export.home(naming.first_pair(says), count) for says, _ in edited}
    return found


def _lay_out(work: Work, found: Grams, kind: str) -> NDArray[np.int64]:
    """Make the shards of a kind; the loads of all shards, these and the others."""
    count, numbers = found.counts[kind], found.numbers[kind]
    loads = np.zeros((count, 2), np.int64)
    if not found.everything:
        loads[:] = work.before.loads[kind]
    lone = shards.is_lone(found.tally.terms)
    which = np.flatnonzero(lone if kind == "u" else ~lone)
    named = found.names.by_shard(shards.shards_of(found.names.pairs, count))
    said = export.said_at_home(work.synonyms, count)

    def bodies() -> Iterator[tuple[str, bytes]]:
        for shard in shards.cut(found.tally, which, numbers, count):
            loads[shard.number] = len(shard.tally.terms), len(shard.tally.docs)
            own = named.get(shard.number, naming.NONE) if kind == "t" else naming.NONE
            extra = export.extra(own, said.get(shard.number)) if kind == "t" else b""
            work.made.writer.add(kind, shard.number, *state.packed(shard.tally, own))
            yield export.path(kind, shard.number), shard.body + extra

    work.made.squeeze(bodies())
    return loads


def _fragments(work: Work, numbers: Iterable[int]) -> None:
    """Files of documents that are as they were, under their new numbers."""
    stay = np.flatnonzero(work.change.numbers >= 0)
    old = dict(zip(work.change.numbers[stay].tolist(), stay.tolist(), strict=True))
    for number in numbers:
        if number in old:
            fragment, _ = changes.split(work.before.packs.blob("f", old[number]))
            work.made.squeezed[export.path("f", number)] = fragment


def _tables(
    work: Work, columns: Attributes, found: Grams, again: Mapping[str, Sequence[int]]
) -> None:
    """Make the files that are not of one document or shard."""
    before, made = work.before, work.made
    files = {}
    if found.everything or "a" in again or columns != before.attributes:
        files[export.path("a")] = pack.plain(columns.plain())
    if found.everything or "y" in again or not np.array_equal(found.common, before.common):
        files[export.path("y")] = pack.plain(sound_files.syllables(found.common))
    for number, rows in found.heard.rows.items():
        files[export.path("p", number)] = sound_files.body(rows)
        made.writer.add("p", number, sound_files.blob(rows))
    made.squeeze(files.items())
    for number in range(export.TRADITIONAL_SHARDS) if found.everything else again.get("s", ()):
        made.squeezed[export.path("s", number)] = export.traditional()[number]


def _columns(work: Work, rows: Sequence[Row]) -> Attributes:
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


def _lengths(work: Work, new: Counted) -> NDArray[np.int64]:
    found = np.zeros(len(work.change.urls), np.int64)
    stay = work.change.numbers >= 0
    found[work.change.numbers[stay]] = work.before.lengths[stay]
    found[list(work.change.fresh)] = new.lengths
    return found


def _traditional(work: Work, old: Counted, new: Counted) -> dict[str, int]:
    found = Counter(work.before.traditional)
    found.subtract(char for chars in old.traditional for char in chars)
    found.update(char for chars in new.traditional for char in chars)
    return {char: found[char] for char in sorted(found) if found[char]}


def _packs(work: Work, found: Grams) -> Packs:
    """Where all blobs are now."""
    before, change = work.before.packs, work.change
    kept = {kind: np.zeros(count, PLACE) for kind, count in found.counts.items()}
    if not found.everything:
        kept |= before.places
    kept["f"] = np.zeros(len(change.urls), PLACE)
    stay = change.numbers >= 0
    if stay.any():
        kept["f"][change.numbers[stay]] = before.places["f"][stay]
    packs = Packs(work.made.folder, *work.made.writer.finish(before.names, kept))
    return gathered(packs, work.made.folder)
