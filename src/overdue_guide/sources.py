"""A line of a source file, to be quoted beside a problem; and the way into it for an editor."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

ReadLine = Callable[[str, int], str]
"""(path below the content folder, line from 1) → that line, or empty."""


def line_reader(content: Path) -> ReadLine:
    """A reader that opens each file once."""
    lines: dict[str, list[str]] = {}

    def read_line(path: str, line: int) -> str:
        if path not in lines:
            lines[path] = text(content / path).split("\n")
        return lines[path][line - 1].rstrip("\r") if line <= len(lines[path]) else ""

    return read_line


def text(file: Path) -> str:
    """A source text; empty when it is none, lies elsewhere or cannot be read."""
    try:
        if file.is_symlink() or not file.is_file():
            return ""
        # Only now: most builds have nothing to quote.
        from overdue_guide.reading import decoded

        found, _ = decoded(file.name, file.read_bytes())
        return (found or "").removeprefix("\ufeff")
    except (OSError, ValueError):
        return ""


def editor_link(file: Path, line: int = 1, column: int = 1) -> str:
    """The address that opens a place in VS Code.

    Source: Visual Studio Code documentation, "Opening VS Code with URLs".
    """
    path = file.absolute().as_posix().lstrip("/")
    return f"vscode://file/{quote(path)}:{line}:{column}"
