"""YAML with mistakes → YAML that can be read on, so that one run shows an author every mistake.

What is taken out is replaced by blanks: what is left keeps its line and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_DEPTH = 60
"""Deeper nesting than any honest file has; libyaml's composer recurses in C and would overflow."""

_BLOCK_NESTING = re.compile(rf"(?:[-?] +){{{MAX_DEPTH}}}|^ {{{MAX_DEPTH * 4}}}", re.MULTILINE)
_INDENT = re.compile(r"[ \t]*")
_KEY = re.compile(r"""\s*(?:- +)?["']?([\w-]+)["']?\s*[:\uff1a]""")
# Only at the margin: further in, it may be the text of a block such as ``gist: |``.
_WIDE_COLON = re.compile(r"[a-z_]+(?=：)")


def too_deep(text: str) -> bool:
    """Whether brackets or blocks are nested deeper than ``MAX_DEPTH``, as if none stood in quotes."""
    deepest = depth = 0
    for bracket in re.findall(r"[\[\]{}]", text):
        depth = depth + 1 if bracket in "[{" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest > MAX_DEPTH or _BLOCK_NESTING.search(text) is not None


def tab_indents(text: str) -> Iterator[tuple[int, int]]:
    """(line, offset in the line), from 0, of the first tab in each indentation."""
    for at, line in enumerate(text.split("\n")):
        indent = _INDENT.match(line)
        if indent and "\t" in indent[0]:
            yield at, indent[0].index("\t")


def wide_colons(text: str) -> Iterator[tuple[int, str]]:
    """(line from 0, key) wherever a key at the margin is followed by ： instead of a colon."""
    for at, line in enumerate(text.split("\n")):
        key = _WIDE_COLON.match(line)
        if key:
            yield at, key[0]


def written_before(text: str, line: int, column: int) -> tuple[int, int]:
    """The place itself (from 0), or the end of the last line before it that is not empty."""
    lines = text.split("\n")
    at = min(line, len(lines) - 1)
    while at and not lines[at].strip():
        at -= 1
    return (at, column) if at == line else (at, max(len(lines[at].rstrip()) - 1, 0))


def without_entry(text: str, at: int) -> tuple[str, str]:
    """The text without the line ``at`` (from 0) and the deeper lines under it; and the key it held."""
    lines = text.split("\n")
    if at >= len(lines) or not lines[at].strip():
        return text, ""
    key = _KEY.match(lines[at])
    margin = _width(lines[at])
    lines[at] = ""
    for below in range(at + 1, len(lines)):
        if lines[below].strip() and _width(lines[below]) <= margin:
            break
        lines[below] = ""
    return "\n".join(lines), key[1] if key else ""


def _width(line: str) -> int:
    indent = _INDENT.match(line)
    return len(indent[0]) if indent else 0
