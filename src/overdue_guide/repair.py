"""YAML with mistakes → YAML that can be read on, so that one run shows an author every mistake.

What is taken out is replaced by blanks: what is left keeps its line and column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

MAX_DEPTH = 60
"""Deeper nesting than any honest file has; libyaml's composer recurses in C and would overflow."""

_BLOCK_NESTING = re.compile(rf"(?:[-?] +){{{MAX_DEPTH}}}|^ {{{MAX_DEPTH * 4}}}", re.MULTILINE)
_INDENT = re.compile(r"[ \t]*")
_KEY = re.compile(r"""\s*(?:- +)?["']?([\w-]+)["']?\s*[:\uff1a]""")
_ENTRY = re.compile(r"(?P<key>\s*(?:- +)?[\w-]+:) +(?P<value>\S.{0,80}?)\s*")
_TIGHT = re.compile(r"(\s*(?:- +)?[a-z_]+):([^\s:/].*)")
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
    for at, line in enumerate(text.split("\n") if "\t" in text else ()):
        indent = _INDENT.match(line)
        if indent and "\t" in indent[0]:
            yield at, indent[0].index("\t")


def untabbed(text: str) -> tuple[str, dict[int, int]]:
    """The text with blanks for tabs, and by how much each line that a tab indented was moved.

    Such a line goes where its neighbour of the same kind stands: YAML can then read on.
    """
    if "\t" not in text:
        return text, {}
    lines, moved = text.split("\n"), dict[int, int]()
    for at, _ in tab_indents(text):
        bare = lines[at].lstrip(" \t")
        indent = _beside(lines, at) if bare else ""
        moved[at] = len(indent) - (len(lines[at]) - len(bare))
        lines[at] = indent + bare
    return "\n".join(lines).replace("\t", " "), moved


def _beside(lines: list[str], at: int) -> str:
    item = lines[at].lstrip().startswith("- ")
    below = (lines[n] for n in range(at + 1, len(lines)) if lines[n].strip())
    above = (lines[n] for n in range(at - 1, -1, -1) if lines[n].strip())
    before = next(above, "")
    for line in filter(None, (next(below, ""), before)):
        indent = line[: _width(line)]
        if indent.strip(" ") == "" and indent and line.lstrip().startswith("- ") is item:
            return indent
    return before[: _width(before)].replace("\t", "") + "  " * before.rstrip().endswith(":")


def quoted_right(line: str, column: int) -> str:
    """The entry ``key: value`` of a line that cannot be read at a column, as it may be meant; or nothing."""
    tight = _TIGHT.fullmatch(line)
    if tight:
        return f"{tight[1].strip()}: {tight[2]}"
    entry = _ENTRY.fullmatch(line)
    if entry is None or column < entry.start("value"):
        return ""
    key, value = entry["key"].strip(), entry["value"]
    first, closing = value[0], {"[": "]", '"': '"', "'": "'"}.get(value[0])
    if closing and closing not in value[1:]:
        return f"{key} {value}{closing}"
    if first == "{" or (first == "[" and value.endswith("]")):
        return ""
    quote = "'" if '"' in value else '"'
    return f"{key} {quote}{value.replace(quote, quote * 2)}{quote}"


def wide_colons(text: str) -> Iterator[tuple[int, str]]:
    """(line from 0, key) wherever a key at the margin is followed by ： instead of a colon."""
    for at, line in enumerate(text.split("\n") if "：" in text else ()):
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


def without_entries(text: str, places: Iterable[int]) -> tuple[str, tuple[str, ...]]:
    """The text without these lines (from 0) and the deeper lines under each; and the keys they held."""
    lines = text.split("\n")
    keys = [_remove(lines, at) for at in places if at < len(lines) and lines[at].strip()]
    return "\n".join(lines), tuple(keys)


def _remove(lines: list[str], at: int) -> str:
    key = _KEY.match(lines[at])
    margin = _width(lines[at])
    lines[at] = ""
    for below in range(at + 1, len(lines)):
        if lines[below].strip() and _width(lines[below]) <= margin:
            break
        lines[below] = ""
    return key[1] if key else ""


def _width(line: str) -> int:
    indent = _INDENT.match(line)
    return len(indent[0]) if indent else 0
