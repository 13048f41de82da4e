"""Markdown source → its paragraphs, list items, table rows, headings and scripts to say, in order.

For the rules about wording. Nothing is rendered: offsets are those of the source, so that a problem
can point at the word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import Literal

from overdue_guide.structs import Struct

BlockKind = Literal["heading", "script", "row", "item", "text"]

_START = re.compile(
    r"(?P<blank>[ \t]*\Z)|(?P<heading>#{1,6}[ \t])|(?P<script>>)|(?P<row>\|)"
    r"|(?P<item>[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t])"
)
"""What a line begins; any other line is text, or goes on with the block before it."""
_KINDS: Mapping[str, BlockKind] = {
    "heading": "heading",
    "script": "script",
    "row": "row",
    "item": "item",
    "text": "text",
}
_RULE = re.compile(r"[|\s:-]+")
"""The line below a table's head."""
MEANT = re.compile("[\\[【［][@＠]")
"""A citation, or what was meant as one: a slip in it is told once, and not as a want of it."""
_CITED = re.compile(r"[\[【［》](?:(?<!》)[@＠]|(?<=》)\s?的?\s?第)")
"""What is meant so, or a law's name with an article after it."""
_TRAIL = re.compile(r"(?:\[@[^\]\n]{0,300}\]|[\s*_（）()，])+\Z")
_TRAILING = "]*_（）()，"
"""What a trail ends in, besides blanks."""
_MARKUP = re.compile(
    r"[-\[\]{ \t\u3000*_`~](?:"
    r"(?<=\[)(?:@[^\]\n]{0,300}\]|\[[^\]\n]{0,80}\]\]|\^[^\]\n]{0,80}\])"
    r"|(?<=\])(?:\([^)\n]{0,300}\)|\[[^\]\n]{0,80}\])"
    r"|(?<=\{)\{[^}\n]{0,80}\}\}|(?<=-)-{2,}|(?<![-{]))"
)
"""What a reader does not see of a text, or sees as no word of it; bounded, so that the search for
an end that is missing stays short. The sign that each begins with comes first: so it is fast."""


class Block(Struct, frozen=True):
    """One paragraph, list item, table row, heading, or script to say."""

    kind: BlockKind
    start: int
    """Offset in the source."""
    text: str
    """As written."""
    leads: tuple[str, ...] = ()
    """What introduces it: the sentence with a colon before a list; what stands before a table, and
    the table's head."""
    heading: str = ""
    """The heading that it stands under."""

    @property
    def leading(self) -> bool:
        """Whether it ends in a colon, and so introduces what follows."""
        last = self.text[-1:]
        if last in _TRAILING or last.isspace():
            last = _TRAIL.sub("", self.text[-200:])[-1:]
        return last in ("：", ":")

    @property
    def cited(self) -> bool:
        """Whether a provision is cited in it, or in what introduces it."""
        return any(map(_CITED.search, (self.text, *self.leads)))


def blocks(text: str) -> tuple[Block, ...]:
    """Every block, in order; code should have been blanked out before."""
    found: list[Block] = []
    leads: list[tuple[int, str]] = []
    table: tuple[str, ...] = ()
    heading = ""
    for kind, start, raw in _pieces(text):
        if kind != "row":
            table = ()
        elif _RULE.fullmatch(raw):
            continue
        elif not table:
            table = (found[-1].text if found else "",)
        if kind == "heading":
            heading, leads = raw.lstrip("# \t"), []
        elif kind in ("text", "item"):
            # A list goes on with the text above it, and a deeper list with the item above it.
            depth = 2 * (len(raw) - len(raw.lstrip(" \t"))) + (kind == "item")
            leads = leads and [lead for lead in leads if lead[0] < depth]
        before = (*[lead for _, lead in leads], *table) if leads else table
        block = Block(kind, start, raw, before, heading)
        if kind == "row" and len(table) == 1:
            table = (*table, raw)
        if kind in ("text", "item") and block.leading:
            leads.append((depth, raw))
        found.append(block)
    return tuple(found)


def _pieces(text: str) -> Iterator[tuple[BlockKind, int, str]]:
    """(kind, offset, text) of each block."""
    kind: str = "blank"
    start = at = 0
    for line in text.split("\n"):
        begins = _begins(line)
        goes_on = begins == kind == "script" or (begins == "text" and kind in ("text", "item"))
        if not goes_on:
            if kind in _KINDS:
                yield _KINDS[kind], start, text[start : at - 1]
            kind, start = begins, at
        at += len(line) + 1
    if kind in _KINDS:
        yield _KINDS[kind], start, text[start:]


def _begins(line: str) -> str:
    """What a line begins; a letter begins a text, and nothing else."""
    if not line:
        return "blank"
    match = None if line[0].isalpha() else _START.match(line)
    return match.lastgroup or "text" if match else "text"


class Visible:
    """A text without markup and spaces, so that none hides a word; knows where each sign stood."""

    __slots__ = ("_cuts", "_source", "text")

    def __init__(self, source: str) -> None:
        self._source = source
        self._cuts: tuple[list[int], list[int]] | None = None
        self.text = _MARKUP.sub("", source)

    def place(self, at: int) -> int:
        """The offset in the source of the sign at an offset here."""
        if self._cuts is None:
            kept, gone_there, gone = [0], [0], 0
            for match in _MARKUP.finditer(self._source):
                start, end = match.span()
                gone += end - start
                kept.append(end - gone)
                gone_there.append(gone)
            self._cuts = kept, gone_there
        kept, gone_there = self._cuts
        return at + gone_there[bisect_right(kept, at) - 1]
