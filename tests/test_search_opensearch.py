"""The export for OpenSearch: as its documentation wants it, and complete for Chinese."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overdue_guide.model import SearchDocument
from overdue_guide.search import opensearch, text
from tests.content import CIVIL_CODE, HEAD, TEMPLATES, run, write
from tests.search import corpus

ACTION = {
    "description": "https://docs.opensearch.org/latest/api-reference/document-apis/bulk/",
    "type": "object",
    "properties": {
        "index": {
            "type": "object",
            "properties": {
                "_index": {
                    "type": "string",
                    "pattern": r"^[^_+\-A-Z\\/*?\"<>| ,#:][^A-Z\\/*?\"<>| ,#:]*$",
                },
                "_id": {"type": "string", "minLength": 1},
            },
            "required": ["_index", "_id"],
            "additionalProperties": False,
        }
    },
    "required": ["index"],
    "additionalProperties": False,
}
FIELD: dict[str, Any] = {
    "description": "https://docs.opensearch.org/latest/field-types/supported-field-types/index/",
    "oneOf": [
        {
            "properties": {"type": {"const": "keyword"}},
            "required": ["type"],
            "additionalProperties": False,
        },
        {
            "properties": {"type": {"const": "text"}, "analyzer": {"type": "string"}},
            "required": ["type"],
            "additionalProperties": False,
        },
        {
            "properties": {
                "type": {"const": "nested"},
                "properties": {"additionalProperties": {"$ref": "#/$defs/field"}},
            },
            "required": ["type", "properties"],
            "additionalProperties": False,
        },
    ],
}
NGRAM = {
    "description": "https://docs.opensearch.org/latest/analyzers/tokenizers/ngram/",
    "properties": {
        "type": {"const": "ngram"},
        "min_gram": {"type": "integer", "minimum": 1},
        "max_gram": {"type": "integer", "minimum": 1},
        "token_chars": {
            "items": {"enum": ["letter", "digit", "whitespace", "punctuation", "symbol"]}
        },
    },
    "required": ["type"],
    "additionalProperties": False,
}
MAPPING_FILTER = {
    "description": "https://docs.opensearch.org/latest/analyzers/character-filters/mapping-character-filter/",
    "properties": {
        "type": {"const": "mapping"},
        "mappings": {"items": {"type": "string", "pattern": "^[^=> ]+=>[^=> ]+$"}},
    },
    "required": ["type", "mappings"],
    "additionalProperties": False,
}
BUILT_IN = ["cjk_width", "lowercase", "asciifolding"]
INDEX = {
    "$defs": {"field": FIELD},
    "description": "https://docs.opensearch.org/latest/api-reference/index-apis/create-index/",
    "type": "object",
    "properties": {
        "settings": {
            "properties": {
                "index": {
                    "properties": {"max_ngram_diff": {"type": "integer", "minimum": 0}},
                    "additionalProperties": False,
                },
                "analysis": {
                    "properties": {
                        "char_filter": {"additionalProperties": MAPPING_FILTER},
                        "tokenizer": {"additionalProperties": NGRAM},
                        "analyzer": {
                            "additionalProperties": {
                                "properties": {
                                    "type": {"const": "custom"},
                                    "char_filter": {"items": {"type": "string"}},
                                    "tokenizer": {"type": "string"},
                                    "filter": {"items": {"enum": BUILT_IN}},
                                },
                                "required": ["type", "tokenizer"],
                                "additionalProperties": False,
                            }
                        },
                    },
                    "additionalProperties": False,
                },
            },
            "additionalProperties": False,
        },
        "mappings": {
            "properties": {
                "dynamic": {"enum": [True, False, "strict"]},
                "properties": {"additionalProperties": {"$ref": "#/$defs/field"}},
            },
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
}


def check(schema: dict[str, Any], value: object) -> None:
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(value)


def test_the_index_is_as_documented() -> None:
    made: Any = opensearch.index()
    check(INDEX, made)
    analysis = made["settings"]["analysis"]
    analyzer = analysis["analyzer"]["substrings"]
    tokenizer = analysis["tokenizer"][analyzer["tokenizer"]]
    assert set(analyzer["char_filter"]) <= set(analysis["char_filter"])
    # The engine refuses a wider difference than this setting.
    most = made["settings"]["index"]["max_ngram_diff"]
    assert tokenizer["max_gram"] - tokenizer["min_gram"] <= most


def test_a_bulk_request_is_as_documented() -> None:
    properties: Any = opensearch.index()["mappings"]
    for document in corpus.DOCUMENTS:
        action, source = map(json.loads, opensearch.bulk(document))
        check(ACTION, action)
        assert source.keys() == properties["properties"].keys()
        assert all(part.keys() == {"anchor", "heading", "text"} for part in source["passages"])
        assert document.url == action["index"]["_id"]


def test_a_long_address_gets_a_name_that_the_engine_takes() -> None:
    for length in (170, 171, 5000):
        action = json.loads(next(opensearch.bulk(SearchDocument("长" * length, "page", "", ""))))
        assert len(action["index"]["_id"].encode()) <= opensearch.LONGEST_ID


GOOD = {
    "contact/a.md": HEAD + "家人的隐私。[@civil-code:1034]\n",
    "reference/laws/civil-code.yml": CIVIL_CODE,
}
EXPORT = ("export", "--format", "opensearch", "--templates", TEMPLATES, "--output", "out")


def test_the_command_writes_lines_that_each_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, GOOD)
    assert "documents in out" in run(*EXPORT, "--today", "2026-11-23").out
    data = (tmp_path / "out" / "bulk.ndjson").read_bytes()
    assert data.endswith(b"}\n")
    lines = [json.loads(line) for line in data.split(b"\n")[:-1]]
    assert {"index"} == set().union(*lines[::2])
    assert "contact/a/" in [line["url"] for line in lines[1::2]]
    check(INDEX, json.loads((tmp_path / "out" / "index.json").read_bytes()))
    template = json.loads((tmp_path / "out" / "query.json").read_bytes())
    assert "mustache" == template["script"]["lang"]


def test_content_with_errors_is_not_exported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {**GOOD, "contact/c.md": HEAD + "[@civil-code:9999]\n"})
    assert 1 == run(*EXPORT, "--today", "2026-11-23").code
    assert not (tmp_path / "out").exists()


def tokens(raw: str) -> list[str]:
    """What the documented analyser makes of a text, one position each."""
    made: Any = opensearch.index()["settings"]
    analysis = made["analysis"]
    pairs = (pair.split("=>") for pair in analysis["char_filter"]["simplified"]["mappings"])
    table = {ord(char): plain for char, plain in pairs}
    tokenizer = analysis["tokenizer"]["characters_and_pairs"]
    sizes = range(tokenizer["min_gram"], tokenizer["max_gram"] + 1)
    return [
        run[start : start + size].lower()
        for run in text.runs(raw.translate(table))
        for start in range(len(run))
        for size in sizes
        if start + size <= len(run)
    ]


@given(st.text(alphabet="催收电話逾期A1 。", min_size=1, max_size=20), st.data())
def test_a_phrase_finds_whatever_stands_in_a_text(raw: str, data: st.DataObject) -> None:
    runs = text.runs(raw)
    if not runs:
        return
    run = data.draw(st.sampled_from(runs))
    start = data.draw(st.integers(0, len(run) - 1))
    wanted = tokens(run[start : data.draw(st.integers(start + 1, len(run)))])
    found = tokens(raw)
    assert any(found[at : at + len(wanted)] == wanted for at in range(len(found)))


@pytest.mark.parametrize(("query", "writing"), [("催收電話", "催收电话"), ("ABC", "abc")])
def test_other_writings_are_the_same(query: str, writing: str) -> None:
    assert tokens(writing) == tokens(query)
