"""How much one text may hold, so that reading it always ends in time and memory.

Text in, problems out: what costs Python-Markdown, libyaml or the sanitiser more than in proportion
to its length is counted before they see it. Each limit lies far above what an honest text holds
(its measure stands beside it), and counting gives the same answer on a slow machine and a fast one,
which a clock would not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from overdue_guide.problems import Problem, Source

MOST_CHARACTERS = 100_000
"""Of a Markdown file: a book of sixty pages. The longest article has 21,000."""
MOST_YAML_CHARACTERS = 300_000
"""Of a YAML file: the whole Civil Code with a gist of each article. The longest has 24,000."""
MOST_ITEMS = 200
"""Of a list of words, such as ``tags``: each is sought among what there is. The longest has 45."""
_MOST_ENTRIES = 30_000
"""Lines and commas of a YAML file: the Civil Code would have 6,000."""
MOST_LEVELS = 30
"""Of lists, quotes, boxes and definitions in one another; readers follow three."""

_MOST_HEADINGS = 1_000  # each is compared with those of the same name; articles have 15
_MOST_NOTES = 300  # footnotes, abbreviations and link targets: each is sought in the whole text
_MOST_LINKS = 500  # with citations, blanks, footnotes: each is located; articles have 45
_MOST_MARKS = 5_000  # each becomes an element; articles have 200
_MOST_BLOCKS = 5_000  # so does each; articles have 90
_MOST_TAGS = 300  # articles have none
_MOST_REOPENED = 100_000  # an open <b> is opened again in every block after it; articles have 0
_MOST_CELLS = 20_000  # short rows are filled up to the first one's width; articles have 150
_MOST_STEPS = 4_000_000  # from each bracket to its partner or the block's end; articles need 1,000
_MOST_BACKTICK_STEPS = 40_000_000  # each seeks its partner in the block; articles need 6,000
_MOST_LINE_STEPS = 20_000_000  # each line of a list cuts what is left of its block; 100,000

_PREFIX = re.compile(r"^(?:[ \t>]|(?:[-*+]|\d{1,9}[.)])(?=[ \t])|!!!)*", re.MULTILINE)
_LEVEL = re.compile(r">|[-*+.)]|!!!| {4}")
_DEFINITION = re.compile(r"^[ \t>]*:[ \t]", re.MULTILINE)
_TAG = re.compile(r"<[a-zA-Z/!?]")
_COUNTED = (
    ("headings", _MOST_HEADINGS, re.compile(r"^[ \t>*+\d.)-]*(?:#|=+[ \t]*$)|^-+[ \t]*$", re.M)),
    ("footnotes", _MOST_NOTES, re.compile(r"^[ \t>*+\d.)-]*\*?\[[^\]\n]*\]:", re.M)),
    ("links", _MOST_LINKS, re.compile(r"\[|《|\{\{")),
    ("marks", _MOST_MARKS, re.compile(r"\*+|_+|[&\\`]")),
    ("tags", _MOST_TAGS, _TAG),
)
_BRACKET = re.compile(r"[\[\]()]")
_DEEP = re.compile(rf"\n[ \t>*+.)!\d-]{{{MOST_LEVELS + 1}}}")
"""How a line begins that may be too deep: a level takes a sign at least."""


def too_long(source: Source, most: int) -> Iterator[Problem]:
    """The problem of a text with more characters than that; nothing else of it should be read."""
    if len(source.text) > most:
        yield _problem(source, most, "characters", most)


def too_long_yaml(source: Source, text: str) -> Iterator[Problem]:
    """The same for YAML, the source or a part of it; its entries count, too."""
    if len(text) > MOST_YAML_CHARACTERS:
        yield _problem(source, 0, "characters", MOST_YAML_CHARACTERS)
    elif text.count("\n") + text.count(",") > _MOST_ENTRIES:
        yield _problem(source, 0, "entries", _MOST_ENTRIES)


def too_complex(source: Source, start: int) -> Iterator[Problem]:
    """Everything in a Markdown body (``source.text[start:]``) that there is too much of."""
    text = source.text[start:]
    if not _simple(text):
        yield from _counted(source, start, text)


def _simple(text: str) -> bool:
    """Whether no limit can be exceeded, as of nearly all texts; otherwise everything is counted.

    Each number is at least what counting would come to: a heading takes a line, a link a bracket, a
    step a character of the text. Plain signs are counted ten times faster than what they make.
    """
    size, lines = len(text), text.count("\n") + 1
    links, tags = text.count("["), text.count("<")
    most = (
        (lines, min(_MOST_HEADINGS, _MOST_BLOCKS)),
        (text.count("]:"), _MOST_NOTES),
        (links + text.count("《") + text.count("{{"), _MOST_LINKS),
        (sum(map(text.count, "*_&\\`")), _MOST_MARKS),
        (tags, _MOST_TAGS),
        (text.count(": ") + text.count(":\t"), MOST_LEVELS),
        (tags * (tags + lines), _MOST_REOPENED),
        (lines * text.count("|"), _MOST_CELLS),
        (size * (links + text.count("](")), _MOST_STEPS),
        (size * text.count("`"), _MOST_BACKTICK_STEPS),
        (size * lines, _MOST_LINE_STEPS),
    )
    return all(count <= limit for count, limit in most) and not _DEEP.search(f"\n{text}")


def _counted(source: Source, start: int, text: str) -> Iterator[Problem]:
    """The problems of a body, each sign and step of it counted."""
    yield from _nested(source, start, text)
    for what, most, pattern in _COUNTED:
        places = [match.start() for match in pattern.finditer(text)]
        if len(places) > most:
            yield _problem(source, start + places[most], what, most)
    blocks = list(_blocks(text, start))
    yield from _many_definitions(source, blocks)
    if len(blocks) > _MOST_BLOCKS:
        yield _problem(source, blocks[_MOST_BLOCKS][0], "blocks", _MOST_BLOCKS)
    tags = [match.start() for match in _TAG.finditer(text)]
    if len(tags) * (len(tags) + len(blocks)) > _MOST_REOPENED:
        yield _problem(source, start + tags[0], "tags", _MOST_REOPENED // (len(tags) + len(blocks)))
    for what, most, cost in (
        ("cells", _MOST_CELLS, _cells),
        ("brackets", _MOST_STEPS, _bracket_steps),
        ("backticks", _MOST_BACKTICK_STEPS, _backtick_steps),
        ("lines", _MOST_LINE_STEPS, _line_steps),
    ):
        costs = [(cost(block), at) for at, block in blocks]
        if sum(steps for steps, _ in costs) > most:
            worst = max(costs, key=lambda one: one[0])[1]
            yield _problem(source, worst, what, most if what == "cells" else None)


def _problem(source: Source, at: int, what: str, most: int | None) -> Problem:
    """``most`` is left out where it is a number of steps, which says nothing to an author."""
    args = {} if most is None else {"most": str(most)}
    return Problem.at(source.span(at), "too-complex", what=what, **args)


def _blocks(text: str, start: int) -> Iterator[tuple[int, str]]:
    """(offset, text) of lines that no empty line parts: what the parser looks at in one piece."""
    lines: list[str] = []
    for line in [*text.split("\n"), ""]:
        if line.strip():
            lines.append(line)
            continue
        if lines:
            yield start, "\n".join(lines)
        start += sum(len(one) + 1 for one in (*lines, line))
        lines = []


def _nested(source: Source, start: int, text: str) -> Iterator[Problem]:
    """The deepest line, when it is too deep."""
    deepest = max(_PREFIX.finditer(text), key=lambda prefix: _levels(prefix[0]))
    if _levels(deepest[0]) > MOST_LEVELS:
        yield Problem.at(source.span(start + deepest.start()), "nested-too-deeply")


def _many_definitions(source: Source, blocks: list[tuple[int, str]]) -> Iterator[Problem]:
    """Definitions that no empty line parts: each stands in the one before it."""
    for at, block in blocks:
        places = [match.start() for match in _DEFINITION.finditer(block)]
        if len(places) > MOST_LEVELS:
            yield Problem.at(source.span(at + places[MOST_LEVELS]), "nested-too-deeply")


def _levels(prefix: str) -> int:
    """How many lists, quotes and boxes what stands before a line's text can open."""
    return len(_LEVEL.findall(prefix.expandtabs(4)))


def _cells(block: str) -> int:
    """Cells of the widest table that the block can be."""
    lines = block.split("\n")
    return len(lines) * max(line.count("|") for line in lines)


def _bracket_steps(block: str) -> int:
    """Characters from each ``[``, and each ``(`` after a ``]``, to its partner or the block's end."""
    steps, opened = 0, {"[": list[int](), "(": list[int]()}
    for match in _BRACKET.finditer(block):
        at, partner = match.start(), "[" if match[0] in "[]" else "("
        if match[0] == partner:
            if partner == "[" or block[at - 1 : at] == "]":
                opened[partner].append(at)
        elif opened[partner]:
            steps += at - opened[partner].pop()
    return steps + sum(len(block) - at for at in [*opened["["], *opened["("]])


def _backtick_steps(block: str) -> int:
    return block.count("`") * len(block)


def _line_steps(block: str) -> int:
    return block.count("\n") * len(block)
