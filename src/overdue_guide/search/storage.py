"""The index in the cache: one file of plain arrays and JSON, no pickles, checked before it is used.

A file that is damaged, of another version, or of other documents is as good as none.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from overdue_guide.model import Passage, SearchDocument
from overdue_guide.search import text
from overdue_guide.search.postings import Postings

NAME = "index.bin"
MAGIC = b"overdue-guide search 2\n"
_ARRAYS = {
    "terms": np.uint64,
    "starts": np.int64,
    "lengths": np.int64,
    "docs": np.uint32,
    "weights": np.uint8,
    "wordness": np.uint8,
}
"""Widest first, so that each array begins at a multiple of its item's size."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What is kept of an index; the rest follows from it."""

    documents: tuple[SearchDocument, ...]
    synonyms: tuple[tuple[str, tuple[str, ...]], ...]
    postings: Postings
    digest: str


def digest(
    documents: Sequence[SearchDocument], synonyms: Sequence[tuple[str, tuple[str, ...]]]
) -> str:
    """Name of the index that these documents make."""
    value = hashlib.sha256(MAGIC + json.dumps(text.RULES, sort_keys=True).encode())
    value.update(_json(list(synonyms)))
    for document in documents:
        value.update(_json(_plain(document)) + b"\n")
    return value.hexdigest()


def write(stored: Stored, folder: Path) -> None:
    """Keep an index; whole or not at all."""
    arrays = {name: getattr(stored.postings, name) for name in _ARRAYS}
    head = _json(
        {
            "digest": stored.digest,
            "sizes": {name: len(array) for name, array in arrays.items()},
            "synonyms": stored.synonyms,
        }
    )
    parts = [array.astype(_ARRAYS[name], copy=False).data for name, array in arrays.items()]
    rows = [_json(_plain(document)) + b"\n" for document in stored.documents]
    check = hashlib.sha256(head)
    for part in (*parts, *rows):
        check.update(part)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (NAME + ".new")
    with path.open("wb") as file:
        file.write(MAGIC + check.digest() + len(head).to_bytes(8, "little") + head)
        for part in (*parts, *rows):
            file.write(part)
    path.replace(folder / NAME)


def read(folder: Path) -> Stored | None:
    """The index kept in ``folder``; None when there is none, or none to be trusted."""
    try:
        data = (folder / NAME).read_bytes()
    except OSError:
        return None
    at = len(MAGIC) + 40
    if (
        not data.startswith(MAGIC)
        or hashlib.sha256(memoryview(data)[at:]).digest() != data[at - 40 : at - 8]
    ):
        return None
    size = int.from_bytes(data[at - 8 : at], "little")
    head = json.loads(data[at : at + size])
    postings, end = _arrays(memoryview(data)[at + size :], head["sizes"])
    documents = tuple(_document(json.loads(row)) for row in data[at + size + end :].splitlines())
    synonyms = tuple((says, tuple(means)) for says, means in head["synonyms"])
    return Stored(documents, synonyms, postings, head["digest"])


def _arrays(body: memoryview, sizes: dict[str, int]) -> tuple[Postings, int]:
    found, at = {}, 0
    for name, kind in _ARRAYS.items():
        found[name] = np.frombuffer(body, kind, sizes[name], at)
        at += found[name].nbytes
    return Postings(**found), at


def _plain(document: SearchDocument) -> list[Any]:
    return [
        document.url,
        document.kind,
        document.title,
        document.section,
        document.summary,
        document.stages,
        document.keywords,
        [[passage.anchor, passage.heading, passage.text] for passage in document.passages],
    ]


def _document(plain: list[Any]) -> SearchDocument:
    url, kind, title, section, summary, stages, keywords, passages = plain
    found = tuple(Passage(*passage) for passage in passages)
    return SearchDocument(url, kind, title, section, summary, tuple(stages), tuple(keywords), found)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
