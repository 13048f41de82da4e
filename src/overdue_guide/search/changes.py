"""Documents that there are, beside those that the last build knew: what has to be read, and what it says."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from overdue_guide.model import OutputFile, SearchDocument
from overdue_guide.search import attributes, counting, export, names, pack, tally
from overdue_guide.search.attributes import Row
from overdue_guide.search.counting import BATCH, Counted
from overdue_guide.search.parcels import Entry
from overdue_guide.search.state import State
from overdue_guide.structs import Struct

AT_ONCE = 16
"""Batches added up at a time: bounds memory, changes nothing else."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is different from the last build. Documents are numbered by address."""

    urls: Sequence[str]
    digests: Sequence[str]
    numbers: NDArray[np.int64]
    """Old number → new one, ascending; -1 for documents that changed or are gone."""
    gone: Sequence[int]
    """Old numbers of documents that changed or are gone."""
    fresh: Sequence[int]
    """New numbers of documents that changed or are new."""
    moved: bool
    """Whether a number stands for another address than before."""


def compare(before: State, entries: Sequence[Entry]) -> Change:
    """The change from the last build to these entries, which are sorted by address."""
    urls, digests = [entry.url for entry in entries], [entry.digest for entry in entries]
    if urls == before.urls:
        pairs = enumerate(zip(digests, before.digests, strict=True))
        edited = [number for number, (new, old) in pairs if new != old]
        numbers = np.arange(len(urls))
        numbers[edited] = -1
        return Change(urls, digests, numbers, edited, edited, moved=False)
    old = {key: number for number, key in enumerate(zip(before.urls, before.digests, strict=True))}
    numbers = np.full(len(before.urls), -1, np.int64)
    fresh = []
    for number, key in enumerate(zip(urls, digests, strict=True)):
        if key in old:
            numbers[old[key]] = number
        else:
            fresh.append(number)
    gone = np.flatnonzero(numbers < 0).tolist()
    return Change(urls, digests, numbers, gone, fresh, moved=True)


class Batch(Struct, frozen=True):
    """What is known of some documents once they are read; their texts are let go of."""

    numbers: Sequence[int]
    fragments: Sequence[bytes]
    """Squeezed."""
    keywords: Sequence[tuple[str, ...]]
    rows: Sequence[Row]
    counted: Counted
    there: Mapping[str, str] = {}
    """Its files that are where they belong already: path → SHA-256."""


def batches(numbers: Sequence[int]) -> list[Sequence[int]]:
    """The documents of each batch."""
    return [numbers[first : first + BATCH] for first in range(0, len(numbers), BATCH)]


def read(entries: Sequence[Entry], numbers: Sequence[int]) -> Batch:
    """Read a batch; depends on nothing else, so any process can do it."""
    documents = [entries[number].document() for number in numbers]
    return Batch(
        numbers,
        [pack.squeezed(export.fragment(document)) for document in documents],
        [tuple(document.keywords) for document in documents],
        [attributes.row(document) for document in documents],
        counting.count(documents, numbers),
    )


def files(batch: Batch, stamp: bytes) -> Iterator[OutputFile]:
    """The fragments as files; ``stamp``: of the numbering."""
    for number, fragment in zip(batch.numbers, batch.fragments, strict=True):
        yield OutputFile(export.path("f", number), pack.file(stamp, fragment))


def counted(before: State, numbers: Sequence[int]) -> Counted:
    """The counts of documents as the last build read them."""
    some = [
        counting.count([remembered(before, number) for number in batch], batch)
        for batch in batches(numbers)
    ]
    return summed(some)


def remembered(before: State, number: int) -> SearchDocument:
    """A document as the last build read it."""
    fragment, keywords = split(before.packs.blob("f", number))
    return export.document_of(pack.loosened(fragment), json.loads(keywords))


def blob(squeezed: bytes | memoryview, keywords: Sequence[str]) -> tuple[bytes | memoryview, ...]:
    """A document as it is remembered: its fragment and what is not in that."""
    return len(squeezed).to_bytes(4, "little"), squeezed, pack.plain(list(keywords))


def split(blob: memoryview) -> tuple[memoryview, bytes]:
    """The squeezed fragment and the keywords."""
    end = 4 + int.from_bytes(blob[:4], "little")
    return blob[4:end], bytes(blob[end:])


def gathered(counted: Iterable[Counted]) -> Counted:
    """The counts of all batches as one, added up as they come: most of a batch is its terms."""
    groups, some = [], list[Counted]()
    for one in counted:
        some.append(one)
        if len(some) == AT_ONCE:
            groups.append(summed(some))
            some.clear()
    return summed([*groups, *some])


def summed(counted: Sequence[Counted]) -> Counted:
    """The counts of all batches as one."""
    return Counted(
        tally.merged([one.tally for one in counted]),
        np.concatenate([np.zeros(0, np.int64), *(one.lengths for one in counted)]),
        names.joined([one.names for one in counted]),
        tuple(chars for one in counted for chars in one.traditional),
    )
