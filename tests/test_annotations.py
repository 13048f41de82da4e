"""Annotations on the exact place: columns of Chinese text, and SARIF by the parts of its standard that we use."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft202012Validator

from tests.content import HEAD, Said, run, write

# Columns count characters: a tab, an emoji and a rare character of two UTF-16 units are one each.
BEFORE = ["", "中文", "\t", "😀", "𠀀𠀁", "e\u0301", "“”—", "한", "a\t中😀"]
MARK = "[@nothing:1]"


def _object(required: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
    }


_NUMBER = {"type": "integer", "minimum": 1}
_TEXT = _object("text", text={"type": "string", "minLength": 1})
_REGION = _object(
    "startLine startColumn endColumn", startLine=_NUMBER, startColumn=_NUMBER, endColumn=_NUMBER
)
_RULE = _object(
    "id",
    id={"type": "string"},
    shortDescription=_TEXT,
    fullDescription=_TEXT,
    help=_TEXT,
    defaultConfiguration=_object("level", level={"enum": ["none", "note", "warning", "error"]}),
)
_PLACE = _object(
    "physicalLocation",
    physicalLocation=_object(
        "artifactLocation region",
        artifactLocation=_object("uri", uri={"type": "string", "pattern": "^[!-~]+$"}),
        region=_REGION,
    ),
)
_RESULT = _object(
    "message",
    ruleId={"type": "string"},
    ruleIndex={"type": "integer", "minimum": 0},
    level={"enum": ["none", "note", "warning", "error"]},
    message=_TEXT,
    locations={"type": "array", "items": _PLACE},
)
_DRIVER = _object(
    "name",
    name={"type": "string"},
    version={"type": "string"},
    rules={"type": "array", "items": _RULE, "uniqueItems": True},
)
SARIF: Mapping[str, Any] = _object(
    "version runs",
    **{"$schema": {"type": "string", "format": "uri"}},
    version={"const": "2.1.0"},
    runs={
        "type": "array",
        "items": _object(
            "tool",
            tool=_object("driver", driver=_DRIVER),
            columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
            results={"type": "array", "items": _RESULT},
        ),
    },
)
"""What SARIF 2.1.0 (OASIS, 2020) demands of the objects that we write, and no other property."""


def check(content: Path, form: str) -> Said:
    return run(
        "check", "--content", content, "--no-cache", "--today", "2026-11-23", "-q", "--format", form
    )


def sarif(content: Path) -> dict[str, Any]:
    log = json.loads(check(content, "sarif").out)
    Draft202012Validator.check_schema(SARIF)
    assert [] == [error.message for error in Draft202012Validator(SARIF).iter_errors(log)]
    found: dict[str, Any] = log["runs"][0]
    return found


@pytest.mark.parametrize("before", BEFORE)
def test_every_format_names_the_characters_place(tmp_path: Path, before: str) -> None:
    line = f"{before}{MARK}后"
    content = write(tmp_path, {"a/文 b.md": HEAD + "x\n", "a/b.md": f"{HEAD}首\n{line}\n"})
    start, end = len(before) + 1, len(before) + 1 + len(MARK)
    results = [one for one in sarif(content)["results"] if one["ruleId"] == "unknown-law"]
    region = results[0]["locations"][0]["physicalLocation"]["region"]
    assert {"startLine": 7, "startColumn": start, "endColumn": end} == region
    assert MARK == line[region["startColumn"] - 1 : region["endColumn"] - 1]
    annotated = check(content, "github").out
    assert f"a/b.md,line=7,col={start},endColumn={end},title=unknown-law::" in annotated
    (problem,) = [
        one for one in json.loads(check(content, "json").out) if one["rule"] == "unknown-law"
    ]
    assert (7, start) == (problem["line"], problem["column"])
    assert f"a/b.md:7:{start} | unknown-law" in check(content, "markdown").out
    assert f'name="unknown-law 7:{start}"' in check(content, "junit").out


def test_the_places_of_sarif_are_those_of_the_files(tmp_path: Path) -> None:
    content = write(tmp_path, {"联系/a b.md": "", "a/b.md": HEAD + "[x](no.md)\n"})
    found = sarif(content)
    for result in found["results"]:
        place = result["locations"][0]["physicalLocation"]
        assert Path(unquote(place["artifactLocation"]["uri"])).parent in (
            content / "联系",
            content / "a",
        )
        assert result["ruleId"] == found["tool"]["driver"]["rules"][result["ruleIndex"]]["id"]
    assert {"联系/", "a/"} >= {re.sub(r".*/content/(.*/).*", r"\1", unquote(r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])) for r in found["results"]}  # fmt: skip
    assert found["results"]


def test_a_site_without_problems_is_valid_sarif_too(tmp_path: Path) -> None:
    assert [] == sarif(write(tmp_path, {"a/b.md": HEAD}))["results"]


@pytest.mark.parametrize(
    ("before", "blanks"),
    [("a", " "), ("中", "\u3000"), ("😀", "\u3000"), ("𠀀", "\u3000"), ("\t", " "), ("e\u0301", " "), ("ａ", "\u3000"), ("ｱ", " ")],
)  # fmt: skip
def test_the_underline_begins_below_the_place_and_is_as_long(
    tmp_path: Path, before: str, blanks: str
) -> None:
    content = write(tmp_path, {"a/b.md": f"{HEAD}x{before}{MARK}\n"})
    lines = check(content, "text").out.splitlines()
    at = next(number for number, line in enumerate(lines) if "[unknown-law]" in line)
    assert lines[at + 2].startswith(f"     {blanks}{'^' * len(MARK)} ")
