"""The index → small files that a browser fetches as it needs them.

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
from collections import defaultdict
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from overdue_guide.model import OutputFile, SearchDocument
from overdue_guide.search import names, pack, shards, text
from overdue_guide.search.index import Index

FOLDER = "search/"
PAIR_BYTES, LONE_BYTES = 400, 4000
"""Aimed size of a shard: a query loads a few shards of pairs, seldom one of lone characters."""
TRADITIONAL_SHARDS = 16
SOUND_PAIRS = 250
"""Pairs in a shard of sounds."""
VALUE_ORIGIN = 48
"""The character that stands for the value 0 of a pair of sounds."""


def files(index: Index) -> tuple[OutputFile, ...]:
    """All files, the same bytes for the same index."""
    stamp = numbering(index.documents)
    lone = (index.postings.terms & shards.SECOND) == 0
    pairs = shards.cut(index.postings, ~lone, PAIR_BYTES)
    units = shards.cut(index.postings, lone, LONE_BYTES)
    extra = _extras(index, len(pairs))
    found = {
        "a.bin": _attributes(index.documents),
    }
    found |= {f"t/{n:x}.bin": body + extra[n] for n, body in enumerate(pairs)}
    found |= {f"u/{n:x}.bin": body for n, body in enumerate(units)}
    found |= {f"f/{n:x}.bin": _fragment(document) for n, document in enumerate(index.documents)}
    found |= {f"s/{n:x}.bin": pack.plain(pairs) for n, pairs in enumerate(_traditional())}
    by_sound = _sounds(index)
    found["y.bin"] = pack.plain(index.sounds.syllables)
    found |= {f"p/{n:x}.bin": pack.plain(pairs) for n, pairs in enumerate(by_sound)}
    paths = sorted(found)
    # zlib leaves Python's lock alone, so two cores compress at once.
    with ThreadPoolExecutor(2) as pool:
        packed = pool.map(lambda path: pack.file(stamp, found[path]), paths)
        made = tuple(
            OutputFile(FOLDER + path, data) for path, data in zip(paths, packed, strict=True)
        )
    manifest = _manifest(index, version(made), (len(pairs), len(units), len(by_sound)))
    return (*made, OutputFile(f"{FOLDER}m.bin", pack.file(stamp, manifest)))


def version(found: Sequence[OutputFile]) -> str:
    """What changes whenever a file does; the manifest, which holds it, aside."""
    value = hashlib.sha256()
    for file in (file for file in found if file.path != f"{FOLDER}m.bin"):
        value.update(file.path.encode() + b"\0" + hashlib.sha256(file.data).digest())
    return value.hexdigest()[:12]


def numbering(documents: Sequence[SearchDocument]) -> bytes:
    """Stamp of which number is which document: four bytes."""
    urls = "\n".join(document.url for document in documents)
    return hashlib.sha256(urls.encode()).digest()[:4]


def _extras(index: Index, count: int) -> list[bytes]:
    """Names and synonyms ride in the shard of their first pair: a query of them loads it anyway."""
    named: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (pair, name), docs in index.names.items():
        named[_home(pair, count)] += [(doc, name) for doc in docs]
    said: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for says, means in index.synonyms:
        said[_home(names.first_pair(says), count)][says] = means
    return [_extra(named[shard], said.get(shard)) for shard in range(count)]


def _home(pair: str, count: int) -> int:
    return shards.shard_of(ord(pair[0]), ord(pair[1]), count)


def _extra(named: list[tuple[int, int]], said: dict[str, tuple[str, ...]] | None) -> bytes:
    rows = b"".join(pack.varint(doc) + name.to_bytes(4, "little") for doc, name in sorted(named))
    return pack.varint(len(named)) + rows + (pack.plain(said) if said else b"")


def _manifest(index: Index, shown: str, counts: tuple[int, int, int]) -> bytes:
    pairs, units, by_sound = counts
    head = pack.plain(
        {
            "version": shown,
            "documents": len(index.documents),
            "pairs": pairs,
            "units": units,
            "sounds": by_sound,
            "norms": index.norms,
            "simplified": _simplified(index),
            "traditional": TRADITIONAL_SHARDS,
            "rules": text.RULES,
        }
    )
    return pack.varint(len(head)) + head + index.marks.tobytes()


def _simplified(index: Index) -> str:
    """The traditional characters that the documents hold, each before its simplified one."""
    table, found = text.traditional(), set[str]()
    for document in index.documents:
        found.update(document.title, document.summary, *document.keywords)
        for passage in document.passages:
            found.update(passage.heading, passage.text)
    return "".join(char + table[char] for char in sorted(found) if char in table)


def _sounds(index: Index) -> list[dict[str, str]]:
    """Shards of the pairs by sound: ``{"cui shou": "催收…"}``, each pair before its value."""
    found = index.sounds.pairs
    size = 1
    while size * SOUND_PAIRS < sum(map(len, found.values())):
        size *= 2
    rows: list[dict[str, str]] = [{} for _ in range(size)]
    for (first, second), pairs in found.items():
        row = "".join(pair + chr(VALUE_ORIGIN + value) for pair, value in pairs.items())
        rows[text.name_hash(first + second) % size][f"{first} {second}"] = row
    return rows


def _traditional() -> list[str]:
    """The whole table of traditional characters, by the last bits of their code points."""
    found = [""] * TRADITIONAL_SHARDS
    for char, simplified in text.traditional().items():
        found[ord(char) % TRADITIONAL_SHARDS] += char + simplified
    return found


def _attributes(documents: Sequence[SearchDocument]) -> bytes:
    kinds = sorted({document.kind for document in documents})
    sections = sorted({document.section for document in documents})
    stages = sorted({stage for document in documents for stage in document.stages})
    return pack.plain(
        {
            "kinds": kinds,
            "sections": sections,
            "stages": stages,
            "kind": [kinds.index(document.kind) for document in documents],
            "section": [sections.index(document.section) for document in documents],
            "stage": [[stages.index(stage) for stage in document.stages] for document in documents],
        }
    )


def _fragment(document: SearchDocument) -> bytes:
    shown = [document.url, document.kind, document.title, document.section, document.summary]
    passages = [[passage.anchor, passage.heading, passage.text] for passage in document.passages]
    return pack.plain([*shown, document.stages, passages])
