"""Tables whose columns stand below each other, where that fits a line."""

from __future__ import annotations

import re
from collections.abc import Iterator

from overdue_guide.cells import width

WIDEST = 100
"""Columns of a line; a table that needs more is written without padding."""

_DELIMITER = re.compile(r":?-+:?")
_CELL = re.compile(r"(?:\\.|(`+)(?!`).*?(?<!`)\1(?!`)|[^|\\])*", re.DOTALL)


def table(lines: list[str]) -> list[str] | None:
    """The lines of one table (head, delimiters, rows), formatted; None when it is no table."""
    indent = lines[0][: len(lines[0]) - len(lines[0].lstrip())]
    if any(not line.startswith(indent) or line[len(indent) :][:1].isspace() for line in lines):
        return None
    rows = [_cells(line.strip()) for line in lines]
    columns = len(rows[0])
    marks = rows[1] if len(rows) > 1 else []
    if any(len(row) != columns for row in rows) or not all(map(_DELIMITER.fullmatch, marks)):
        return None
    if not marks or not any("|" in line for line in lines[:2]):
        return None
    texts = [rows[0], *rows[2:]]
    widths = [max(3, *(width(row[at]) for row in texts)) for at in range(columns)]
    if width(indent) + sum(widths) + 3 * columns + 1 > WIDEST:
        widths = [0] * columns
    made = [
        _row(rows[0], marks, widths),
        "| " + " | ".join(map(_delimiter, marks, widths)) + " |",
        *(_row(row, marks, widths) for row in rows[2:]),
    ]
    return [indent + line for line in made]


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in _split(line.removeprefix("|"))]


def _split(line: str) -> Iterator[str]:
    """The parts between bars; a bar in code or after a backslash parts nothing."""
    at = 0
    while True:
        cell = _CELL.match(line, at)
        end = cell.end() if cell else at
        if end < len(line) and line[end] != "|":  # a backslash at the very end
            end = len(line)
        yield line[at:end]
        at = end + 1
        if at >= len(line):
            return


def _row(cells: list[str], marks: list[str], widths: list[int]) -> str:
    padded = []
    for cell, mark, wide in zip(cells, marks, widths, strict=True):
        blanks = max(wide - width(cell), 0)
        left = blanks if _right(mark) else blanks // 2 if _centre(mark) else 0
        padded.append(" " * left + cell + " " * (blanks - left))
    return "| " + " | ".join(padded) + " |"


def _delimiter(mark: str, wide: int) -> str:
    start, end = ":" * mark.startswith(":"), ":" * mark.endswith(":")
    return start + "-" * (max(wide, 3) - len(start) - len(end)) + end


def _right(mark: str) -> bool:
    return mark.endswith(":") and not mark.startswith(":")


def _centre(mark: str) -> bool:
    return mark.endswith(":") and mark.startswith(":")
