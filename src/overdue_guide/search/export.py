"""What the files of the browser's index hold; ``update`` says which of them are to be written.

``search/m.bin``        the manifest: how many documents and shards, the rules of text, length norms
``search/t/<hex>.bin``  shards of pairs: postings, and the names and synonyms that begin with them
``search/u/<hex>.bin``  shards of lone characters, for queries of one character
``search/f/<hex>.bin``  one document each: what a result shows
``search/a.bin``        kind, section and stages of every document, for filters
``search/y.bin``        the characters of each syllable, for guesses
``search/p/<hex>.bin``  shards of pairs by sound, for guesses
``search/s/<hex>.bin``  traditional characters, for queries that hold some

Names are stable, so an edited article rewrites few files. Only the manifest is asked for anew; it
holds a version, and the rest is asked for with ``?v=<version>`` and may be kept for ever.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from overdue_guide.model import Passage, SearchDocument
from overdue_guide.search import names, pack, scoring, shards, text
from overdue_guide.search.names import Names
from overdue_guide.search.state import State, Synonyms

FOLDER = "search/"
MANIFEST = f"{FOLDER}m.bin"
SIZES = {"t": 400, "u": 4000}
"""Aimed size of a shard: a query loads a few shards of pairs, seldom one of lone characters."""
TRADITIONAL_SHARDS = 16


def path(kind: str, number: int = 0) -> str:
    """Path of a file."""
    return f"{FOLDER}{kind}/{number:x}.bin" if kind in "tufps" else f"{FOLDER}{kind}.bin"


def kind_of(path: str) -> tuple[str, int]:
    """Kind and number of a file."""
    kind, _, number = path.removeprefix(FOLDER).removesuffix(".bin").partition("/")
    return kind, int(number or "0", 16)


def version(digests: Mapping[str, str]) -> str:
    """The version of files, by their paths and digests; the manifest, which holds it, aside."""
    pairs = sorted(pair for pair in digests.items() if pair[0] != MANIFEST)
    return hashlib.sha256("\n".join(map(" ".join, pairs)).encode()).hexdigest()[:12]


def numbering(urls: Sequence[str]) -> bytes:
    """Stamp of which number is which document: four bytes."""
    return hashlib.sha256("\n".join(urls).encode()).digest()[:4]


def home(pair: str, count: int) -> int:
    """The shard of pairs that a query of this pair loads, of ``count``."""
    return shards.shard_of(ord(pair[0]), ord(pair[1]), count)


def said_at_home(synonyms: Synonyms, count: int) -> dict[int, dict[str, tuple[str, ...]]]:
    """Shard → the synonyms in it. They ride in the shard of their first pair: a query of them loads it anyway."""
    said: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for says, means in synonyms:
        said[home(names.first_pair(says), count)][says] = means
    return said


def extra(named: Names, said: Mapping[str, tuple[str, ...]] | None) -> bytes:
    """Names and synonyms, behind a shard of pairs."""
    rows = named.chosen()
    pairs = sorted(zip(rows.docs.tolist(), rows.hashes.tolist(), strict=True))
    body = b"".join(pack.varint(doc) + name.to_bytes(4, "little") for doc, name in pairs)
    return pack.varint(len(pairs)) + body + (pack.plain(said) if said else b"")


def manifest(state: State, counts: Mapping[str, int], shown: str) -> bytes:
    """The manifest of a state of so many shards of each kind, whose version is ``shown``."""
    table = text.traditional()
    head = pack.plain(
        {
            "version": shown,
            "documents": len(state.urls),
            "pairs": counts["t"],
            "units": counts["u"],
            "sounds": counts["p"],
            "norms": scoring.norms(state.lengths),
            "simplified": "".join(char + table[char] for char in sorted(state.traditional)),
            "traditional": TRADITIONAL_SHARDS,
            "rules": text.RULES,
        }
    )
    marks = scoring.marks(state.attributes, state.lengths)
    return pack.varint(len(head)) + head + marks.tobytes()


@cache
def traditional() -> tuple[bytes, ...]:
    """The whole table of traditional characters, by the last bits of their code points; squeezed."""
    found = [""] * TRADITIONAL_SHARDS
    for char, simplified in text.traditional().items():
        found[ord(char) % TRADITIONAL_SHARDS] += char + simplified
    return tuple(pack.squeezed(pack.plain(pairs)) for pairs in found)


def fragment(document: SearchDocument) -> bytes:
    """What a result shows of a document."""
    shown = [document.url, document.kind, document.title, document.section, document.summary]
    passages = [[passage.anchor, passage.heading, passage.text] for passage in document.passages]
    return pack.plain([*shown, document.stages, passages, document.beside])


def document_of(fragment: bytes, keywords: Iterable[str]) -> SearchDocument:
    """The document again; its keywords are not in the fragment."""
    url, kind, title, section, summary, stages, passages, beside = json.loads(fragment)
    found = tuple(Passage(*passage) for passage in passages)
    about = (url, kind, title, section, summary, tuple(stages), tuple(keywords))
    return SearchDocument(*about, found, beside)
