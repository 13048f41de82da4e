"""Documents → what OpenSearch or Elasticsearch takes, for publishers who want an engine on a server.

``index.json``  settings and mapping: the body of ``PUT /overdue-guide``
``bulk.ndjson`` the documents: the body of ``POST /_bulk``
``query.json``  a search template: the body of ``PUT /_scripts/overdue-guide``

Their analyser is like ours: lone characters and pairs of neighbours, so that a phrase finds any string that
stands in a text; no plug-in is needed. Formats: https://docs.opensearch.org/latest/api-reference/document-apis/bulk/
and https://docs.opensearch.org/latest/analyzers/tokenizers/ngram/.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from overdue_guide.model import SearchDocument
from overdue_guide.search import text

INDEX = "overdue-guide"
LONGEST_ID = 512
"""Bytes of a document's name in the engine, at most."""
_TEXT = {"type": "text", "analyzer": "substrings"}
_VALUE = {"type": "keyword"}
_WEIGHTED = ["title^3", "keywords^3", "summary^2", "text"]
"""Fields as our own index weighs them."""


def write(documents: Iterable[SearchDocument], folder: Path) -> int:
    """Write the three files; how many documents there are."""
    folder.mkdir(parents=True, exist_ok=True)
    _write(folder / "index.json", [_plain(index())])
    _write(folder / "query.json", [_plain(template())])
    count = 0

    def lines() -> Iterator[str]:
        nonlocal count
        for document in documents:
            count += 1
            yield from bulk(document)

    _write(folder / "bulk.ndjson", lines())
    return count


def index() -> dict[str, object]:
    """Settings and mapping of the index."""
    simplified = [f"{char}=>{plain}" for char, plain in sorted(text.traditional().items())]
    analysis = {
        "char_filter": {"simplified": {"type": "mapping", "mappings": simplified}},
        "tokenizer": {
            "characters_and_pairs": {
                "type": "ngram",
                "min_gram": 1,
                "max_gram": 2,
                "token_chars": ["letter", "digit", "symbol"],
            }
        },
        "analyzer": {
            "substrings": {
                "type": "custom",
                "char_filter": ["simplified"],
                "tokenizer": "characters_and_pairs",
                "filter": ["cjk_width", "lowercase", "asciifolding"],
            }
        },
    }
    return {
        "settings": {"index": {"max_ngram_diff": 1}, "analysis": analysis},
        "mappings": {"dynamic": "strict", "properties": _properties()},
    }


def bulk(document: SearchDocument) -> Iterator[str]:
    """The two lines of a document: what to do, and with what."""
    yield _plain({"index": {"_index": INDEX, "_id": _id(document.url)}})
    passages = [
        {"anchor": part.anchor, "heading": part.heading, "text": part.text}
        for part in document.passages
    ]
    shown = [part for passage in document.passages for part in (passage.heading, passage.text)]
    yield _plain(
        {
            "url": document.url,
            "kind": document.kind,
            "section": document.section,
            "stages": list(document.stages),
            "title": document.title,
            "summary": document.summary,
            "keywords": list(document.keywords),
            "text": "\n".join(filter(None, (*shown, document.beside))),
            "passages": passages,
        }
    )


def template() -> dict[str, object]:
    """A search: whole phrases before scattered pairs, with the passage that answers."""
    asked = "{{query}}"
    whole = {"query": asked, "type": "phrase", "fields": _WEIGHTED, "boost": 8}
    some = {"query": asked, "fields": _WEIGHTED, "minimum_should_match": "30%"}
    passage = {
        "path": "passages",
        "query": {"match": {"passages.text": {"query": asked}}},
        "inner_hits": {"size": 1, "highlight": {"fields": {"passages.text": {}}}},
    }
    wanted = {
        "must": [{"multi_match": some}],
        "should": [{"multi_match": whole}, {"nested": passage}],
    }
    source = {"query": {"bool": wanted}, "_source": {"excludes": ["text", "passages"]}}
    return {"script": {"lang": "mustache", "source": source}}


def _properties() -> dict[str, object]:
    passage = {"anchor": _VALUE, "heading": _TEXT, "text": _TEXT}
    return {
        "url": _VALUE,
        "kind": _VALUE,
        "section": _VALUE,
        "stages": _VALUE,
        "title": _TEXT,
        "summary": _TEXT,
        "keywords": _TEXT,
        "text": _TEXT,
        "passages": {"type": "nested", "properties": passage},
    }


def _id(url: str) -> str:
    short = len(url.encode()) <= LONGEST_ID
    return url if short else hashlib.sha256(url.encode()).hexdigest()


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _write(path: Path, lines: Iterable[str]) -> None:
    """Write lines that each end with a line feed, as the engine wants; the whole file or none of it."""
    new = path.with_name(f"{path.name}.new")
    with new.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(f"{line}\n" for line in lines)
    new.replace(path)
