"""Titles and keywords that may be a whole query: who is called what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from overdue_guide.model import SearchDocument
from overdue_guide.search import text

UNNAMED = {"term", "channel"}
"""Kinds that explain a word; an article about it answers better."""
SHARED = 4
"""Documents that may share a name; what more of them are called is a topic, such as a tag."""
_PART = re.compile(r"[?!:,—]+")


Key = tuple[str, int]
"""First pair and hash of a name: the browser has the names that begin with the pairs of its query."""


def table(documents: Sequence[SearchDocument]) -> dict[Key, tuple[int, ...]]:
    """Each name → the documents called so, ascending."""
    found: dict[Key, dict[int, None]] = {}
    for doc, document in enumerate(documents):
        for name in of(document):
            first = first_pair(name)
            if first:
                found.setdefault((first, text.name_hash(name)), {})[doc] = None
    return {key: tuple(docs) for key, docs in sorted(found.items()) if len(docs) <= SHARED}


def first_pair(folded: str) -> str:
    """The first two neighbours of a text, or nothing: any query that holds the text asks for them."""
    return next((gram for gram in text.grams(folded) if len(gram) == 2), "")


def of(document: SearchDocument) -> Iterator[str]:
    """The folded names of a document: its title, the parts of its title, its keywords."""
    if document.kind in UNNAMED:
        return
    title = text.fold(document.title)
    yield title
    yield from (part for part in _PART.split(title) if len(part.strip()) > 1)
    yield from (text.fold(keyword) for keyword in document.keywords)
