"""The text below the front matter: one step for each thing that is written one way.

Every step maps lines to lines and leaves fenced code alone. A step may be wrong about a text that
uses Markdown in an odd way; ``whole`` then leaves it out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from overdue_guide.formatting.spacing import spaced
from overdue_guide.formatting.tables import table
from overdue_guide.slips import below_head

Lines = list[str]
Step = Callable[[Lines], Lines]
_Counts = dict[int, int]
"""Indentation → the number that its next item has."""

_FENCE = re.compile(r"(`{3,}|~{3,})")
_HEADING = re.compile(r"(#{1,6})[ \t]*([^#\s{][^{}]*?)[ \t]*#*")
_BULLET = re.compile(r"\A([ ]*)[-*+][ \t]+(?![*+\- \t]+$)(?=\S)")
_NUMBERED = re.compile(r"([ ]*)(\d{1,9})\.[ \t]+(?=\S)")
# Only before Chinese: elsewhere the page would show the line end as a blank.
_SENTENCE = re.compile(r"(?<=[。！？])([”’」』）]*)(?=[一-鿿“‘「『《（]|\[[@一-鿿])")
_PROSE = re.compile(r"[^\s#>|!\-*+:\[<`~{=\d]|\d+(?![\d.])|[-*](?![\s*-])|\[(?!\^|[^\]]*\]:)")


def _outside_code(lines: Lines) -> Iterator[tuple[int, str]]:
    """(number, line) of the lines that are in no fenced code."""
    fence = ""
    for at, line in enumerate(lines):
        mark = _FENCE.match(line)
        if fence:
            if mark and line.strip() == mark[1] and mark[1].startswith(fence):
                fence = ""
        elif mark:
            fence = mark[1]
        else:
            yield at, line


def _each(change: Callable[[str], str]) -> Step:
    def step(lines: Lines) -> Lines:
        changed = list(lines)
        for at, line in _outside_code(lines):
            changed[at] = change(line)
        return changed

    return step


def _ends(line: str) -> str:
    """No blanks at the end, except the two that break a line."""
    bare = line.rstrip()
    return f"{bare}  " if bare and line[len(bare) :].startswith("  ") else bare


def _heading(line: str) -> str:
    match = _HEADING.fullmatch(line)
    return f"{match[1]} {match[2]}" if match else line


def _bullet(line: str) -> str:
    return _BULLET.sub(r"\1- ", line, count=1)


def _numbers(lines: Lines) -> Lines:
    """Each numbered list counts on from its first number."""
    changed, counting, blank = list(lines), _Counts(), False
    for at, line in _outside_code(lines):
        item = _NUMBERED.match(line)
        indent = len(line) - len(line.lstrip())
        if item:
            number = counting.get(indent, int(item[2]))
            changed[at] = f"{item[1]}{number}. {line[item.end() :]}"
            counting[indent] = number + 1
        if line.strip() and (blank or item or _BULLET.match(line)):
            # What stands further out, or beside it without a number, ends a list.
            last = indent if item else indent - 1
            counting = {depth: next_ for depth, next_ in counting.items() if depth <= last}
        blank = not line.strip()
    return changed


def _tables(lines: Lines) -> Lines:
    changed, block = list(lines), Lines()
    open_lines = dict(_outside_code(lines))
    for at in range(len(lines) + 1):
        line = open_lines.get(at, "")
        if line.strip():
            block.append(line)
            continue
        head = next((n for n, below in enumerate(block[1:]) if below_head(below)), None)
        if head is not None:
            rows = block[head:]
            changed[at - len(rows) : at] = table(rows) or rows
        block = []
    return changed


def _blank_lines(lines: Lines) -> Lines:
    """One between blocks, one on each side of a heading, none at the end."""
    made: Lines = []
    open_lines = dict(_outside_code(lines))
    after_heading = False
    for at, line in enumerate(lines):
        heading = at in open_lines and line.startswith("#") and _HEADING.fullmatch(line) is not None
        blank = at in open_lines and not line.strip()
        if (heading or (after_heading and not blank)) and made and made[-1]:
            made.append("")
        if not (blank and made and not made[-1] and at - 1 in open_lines):
            made.append(line)
        after_heading = heading
    while made and not made[-1].strip():
        made.pop()
    return made


def _sentences(lines: Lines) -> Lines:
    """A line for each sentence of a paragraph: a change of one sentence shows as one."""
    made: Lines = []
    open_lines = dict(_outside_code(lines))
    prose = False
    for at, line in enumerate(lines):
        first = at == 0 or not lines[at - 1].strip()
        prose = at in open_lines and _PROSE.match(line) is not None and (first or prose)
        made += _SENTENCE.sub("\\1\n", line).split("\n") if prose else [line]
    return made


STEPS: Mapping[str, Step] = {
    "ends": _each(_ends),
    "headings": _each(_heading),
    "bullets": _each(_bullet),
    "numbers": _numbers,
    "spacing": _each(spaced),
    "tables": _tables,
    "blank-lines": _blank_lines,
}
"""Name → step, in the order in which they are taken."""

SENTENCES: Mapping[str, Step] = {"sentences": _sentences}
"""A step for houses that want it."""
