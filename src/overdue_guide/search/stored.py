"""What the last build remembers → what searching reads."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import overload

import numpy as np
from numpy.typing import NDArray

from overdue_guide.model import SearchDocument
from overdue_guide.search import changes, grams, names, pack, scoring, state, tally
from overdue_guide.search.blobs import Damaged
from overdue_guide.search.parcels import Entry
from overdue_guide.search.postings import Postings
from overdue_guide.search.state import State, Synonyms


class Documents(Sequence[SearchDocument]):
    """All documents by number, read when they are asked for."""

    def __init__(self, found: State) -> None:
        self._count = len(found.urls)
        self._read = lru_cache(maxsize=256)(lambda number: changes.remembered(found, number))

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, number: int) -> SearchDocument: ...
    @overload
    def __getitem__(self, number: slice) -> tuple[SearchDocument, ...]: ...
    def __getitem__(self, number: int | slice) -> SearchDocument | tuple[SearchDocument, ...]:
        if isinstance(number, slice):
            return tuple(self._read(each) for each in range(self._count)[number])
        return self._read(range(self._count)[number])


@dataclass(frozen=True, slots=True)
class Stored:
    """An index as it is kept."""

    documents: Documents
    urls: Sequence[str]
    synonyms: Synonyms
    postings: Postings
    marks: NDArray[np.uint8]
    norms: tuple[int, ...]
    names: dict[names.Key, tuple[int, ...]]
    digest: str


def entries(documents: Sequence[SearchDocument]) -> Iterator[Entry]:
    """Documents that are there already, as an update takes them."""
    for document in documents:
        passages = [[part.anchor, part.heading, part.text] for part in document.passages]
        about = [document.url, document.kind, document.title, document.section, document.summary]
        plain = pack.plain([*about, document.stages, document.keywords, passages, document.beside])
        made = _Made(document)
        yield Entry(document.url, hashlib.sha256(plain).hexdigest(), made)


@dataclass(frozen=True, slots=True)
class _Made:
    """Gives a document."""

    document: SearchDocument

    def __call__(self) -> SearchDocument:
        return self.document


def read(folder: Path) -> Stored | None:
    """What the last update left in a folder; None when there is nothing to be trusted."""
    found = state.read(folder)
    if not found.files:
        return None
    try:
        parts = list(grams.loaded(found))
    except Damaged:
        return None
    postings = tally.merged([counted for counted, _ in parts]).postings(found.lengths)
    value = hashlib.sha256(pack.plain([state.key(), found.urls, found.digests, found.synonyms]))
    return Stored(
        Documents(found),
        found.urls,
        found.synonyms,
        postings,
        scoring.marks(found.attributes, found.lengths),
        tuple(scoring.norms(found.lengths)),
        names.table(names.joined([named for _, named in parts])),
        value.hexdigest(),
    )
