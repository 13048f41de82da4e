"""Documents → the browser's files, by way of what the last build remembered.

An edit is read twice, as it was and as it is; the shards in which the two differ are laid out again. Documents
that come or go shift the numbers of others: then every file is written, but no other text is read.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from overdue_guide.aids import Synonym
from overdue_guide.model import OutputFile
from overdue_guide.search import (
    changes,
    counting,
    export,
    files,
    grams,
    pack,
    query,
    remembering,
    shards,
    sound_files,
    state,
)
from overdue_guide.search import names as naming
from overdue_guide.search.attributes import Attributes, Row
from overdue_guide.search.blobs import Damaged
from overdue_guide.search.changes import Batch, Change
from overdue_guide.search.counting import Counted
from overdue_guide.search.grams import Grams
from overdue_guide.search.parcels import Entry, Export
from overdue_guide.search.remembering import Work
from overdue_guide.search.state import State, Synonyms
from overdue_guide.structs import Struct


class Begun(Struct, frozen=True):
    """An update of which is known what there is to read, in batches, in any process."""

    before: State
    change: Change
    batches: Iterable[Batch]
    """Read when they are asked for, unless somebody reads them elsewhere."""


def begin(folder: Path | None, entries: Sequence[Entry]) -> Begun:
    """Begin an update by entries sorted by address."""
    with _writable(folder) as place:
        return _begun(state.read(place), entries)


def update(
    folder: Path | None,
    entries: Iterable[Entry],
    synonyms: Sequence[Synonym],
    held: Mapping[str, str] | None = None,
    begun: Begun | None = None,
) -> Export:
    """Bring the index in ``folder`` up to date; the files are those of a first build, byte by byte.

    ``held`` says what files the caller has (path → SHA-256); without it, all that the last update made.
    Without a folder, or with one that cannot be written to, nothing is remembered.
    """
    ordered = sorted(entries, key=lambda entry: entry.url)
    with _writable(folder) as place:
        said = query.fold_synonyms(synonyms)
        try:
            begun = begun or _begun(state.read(place), ordered)
            made = _updated(begun, ordered, said, held, place)
        except Damaged:
            made = _updated(_begun(state.empty(place), ordered), ordered, said, held, place)
        made.remember()
    return made.export


@dataclass(frozen=True, slots=True)
class Updated:
    """What came of an update."""

    export: Export
    remember: Callable[[], None] = lambda: None
    """Keep what the next update is to know; the files need not wait for it."""


def prepared(folder: Path) -> State:
    """What the last update left, and everything loaded that the next one takes."""
    counting.ready()
    return state.read(folder)


def wanted(before: State, entries: Sequence[Entry]) -> Sequence[int]:
    """Those of the entries, sorted by address, whose documents will be read."""
    return _compared(before, entries)[1].fresh


def patched(
    folder: Path,
    before: State,
    entries: Sequence[Entry],
    synonyms: Sequence[Synonym],
    held: Mapping[str, str] | None,
) -> Updated | None:
    """Bring what the last update left up to date, by entries sorted by address.

    None if it is damaged, or if nothing can be kept there.
    """
    try:
        said = query.fold_synonyms(synonyms)
        return _updated(_begun(before, entries), entries, said, held, folder)
    except (Damaged, OSError):
        return None


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


def _begun(before: State, entries: Sequence[Entry]) -> Begun:
    before, change = _compared(before, entries)
    some = changes.batches(change.fresh)
    return Begun(before, change, (changes.read(entries, batch) for batch in some))


def _updated(
    begun: Begun,
    entries: Sequence[Entry],
    synonyms: Synonyms,
    held: Mapping[str, str] | None,
    folder: Path,
) -> Updated:
    before, change = begun.before, begun.change
    has = before.files if held is None else held
    lost = [path for path, digest in before.files.items() if has.get(path) != digest]
    if before.files and not (change.gone or change.fresh or lost or synonyms != before.synonyms):
        return Updated(files.exported(export.version(before.files), {}, before.files, has))
    with files.collect(folder) as made:
        work = Work(before, change, entries, synonyms, made)
        after, found = _read(work, begun.batches, lost)
        stamp = export.numbering(change.urls)
        output = made.output(stamp)
        every = {} if found.everything else dict(before.files)
        every |= files.digests(output.values()) | made.there
        version = export.version(every)
        body = export.manifest(after, found.counts, version)
        last = OutputFile(export.MANIFEST, pack.file(stamp, pack.squeezed(body)))
        every |= files.digests([last])
        after = replace(after, files=every, packs=remembering.packs(work, found))
    has = {**has, **made.there}
    exported = files.exported(version, output | {last.path: last}, every, has)
    return Updated(exported, partial(state.write, after, folder, before))


def _compared(before: State, entries: Sequence[Entry]) -> tuple[State, Change]:
    """What is different from before; from nothing when most is: that costs less than to take it away."""
    change = changes.compare(before, entries)
    if len(change.fresh) <= len(before.urls) // 2:
        return before, change
    before = state.empty(before.packs.folder)
    return before, changes.compare(before, entries)


def _read(work: Work, batches: Iterable[Batch], lost: Iterable[str]) -> tuple[State, Grams]:
    """Make every file that may be another, except the manifest; what to remember, but for files and packs."""
    before, change = work.before, work.change
    old = changes.counted(before, change.gone)
    rows: list[Row] = []
    new = changes.gathered(_fresh(work, batches, rows))
    again = _again(work, lost)
    fits = before.files and not change.moved
    found = grams.patched(before, change, old, new, again) if fits else None
    found = found or grams.whole(before, change, old, new)
    if found.everything:
        again = {"f": sorted(set(range(len(change.urls))) - set(change.fresh))}
    loads = {kind: _lay_out(work, found, kind) for kind in "tu"}
    columns = remembering.columns(work, rows)
    _fragments(work, again.get("f", ()))
    _tables(work, columns, found, again)
    after = replace(
        before,
        urls=change.urls,
        digests=change.digests,
        attributes=columns,
        lengths=remembering.lengths(work, new),
        traditional=remembering.traditional(work, old, new),
        synonyms=work.synonyms,
        common=found.common,
        heard=found.heard.shown,
        loads=loads,
    )
    return after, found


def _fresh(work: Work, batches: Iterable[Batch], rows: list[Row]) -> Iterator[Counted]:
    """Take the documents that changed or are new, batch by batch."""
    made = work.made
    for batch in batches:
        found = zip(batch.numbers, batch.fragments, batch.keywords, strict=True)
        for number, fragment, keywords in found:
            made.writer.add("f", number, *changes.blob(fragment, keywords))
            path = export.path("f", number)
            if path not in batch.there:
                made.squeezed[path] = fragment
        made.there.update(batch.there)
        rows += batch.rows
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
