"""Reads tests/cases/*.md: rules of the language, each a title, an input and what it becomes.

A case is a title line, a line ``.``, the Markdown, a line ``.``, the HTML, a line ``.``.
"""

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "cases"


@dataclass(frozen=True)
class Case:
    """One rule of the language."""

    file: str
    title: str
    markdown: str
    html: str


def read(path: Path) -> list[Case]:
    """The cases of a file; raises ValueError for one that is not whole."""
    blocks: list[list[str]] = [[]]
    for line in path.read_text("utf-8").split("\n"):
        if line == ".":
            blocks.append([])
        else:
            blocks[-1].append(line)
    if len(blocks) % 3 != 1:
        raise ValueError(f"{path}: the last case is not closed")
    return [
        Case(path.stem, _title(before), "\n".join(markdown), "\n".join(html))
        for before, markdown, html in zip(blocks[::3], blocks[1::3], blocks[2::3], strict=False)
    ]


def all_cases() -> list[Case]:
    """Every case of the folder."""
    return [case for path in sorted(FOLDER.glob("*.md")) for case in read(path)]


def _title(lines: list[str]) -> str:
    written = [line for line in lines if line.strip() and not line.startswith("#")]
    if not written:
        raise ValueError("a case has no title")
    return written[-1].strip()
