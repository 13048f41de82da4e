"""Sentences that say what somebody must or must not do, and whether a provision stands beside them.

Beside means: in the same paragraph, list item or row of a table, in the sentence with a colon that
introduces it, or, for a heading, somewhere under it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from overdue_guide.prose import Block

_CLAIM = re.compile(
    r"不得(?![不已])|应当(?<![对相反响适]应当)(?![天日月年事])|有权(?<!所有权)(?![限威重益])"
    r"|无权|违法|犯法|无效(?!电话|号码)|必须|严禁|禁止|可以要求"
    r"|构成[^。，；！？\n]{0,12}罪|属于犯罪|就是犯罪|没有义务|有义务|无义务"
    r"|法律[^。；，！？\n]{0,10}(?:不准|不许|不允许)|法规[^。；，！？\n]{0,10}(?:不准|不许|不允许)"
    r"|规定[^。；，！？\n]{0,10}(?:不准|不许|不允许)"
)
"""Words of duty, ban, right and consequence. Each begins with plain signs: such a search is fast."""
_SPEECH = re.compile(r"“[^“”\n]{6,200}”|《[^《》\n]{1,60}》")
"""What somebody else says, and names of laws: neither claims anything."""
_END = re.compile("[。！？!?；;\n|]")
_LONGEST = 200
"""Signs within which a sentence ends, or it is none."""
_NOTHING_FOUND = re.compile(
    r"(?:没有?|未)(?:查|见|找|看)到[^。；！？\n]{0,40}\Z|没有?(?:一条|直接|一概|一律|另外|明文)?\Z"
)
"""Before the word: that there is no such rule can be said, but not cited."""
_FOOTNOTE = re.compile(r"\[\^([^\]\s]+)\]")


def claim(text: str) -> re.Match[str] | None:
    """The first word of the text that claims something of law."""
    if not _CLAIM.search(text):
        return None
    spoken = [match.span() for match in _SPEECH.finditer(text)]
    for match in _CLAIM.finditer(text):
        at = match.start()
        end = _END.search(text, match.end(), match.end() + _LONGEST)
        asked = end is not None and end[0] in "？?"
        nothing = _NOTHING_FOUND.search(text, max(0, at - 50), at)
        around = bisect_right(spoken, (at, at))
        quoted = around > 0 and at < spoken[around - 1][1]
        if not (asked or nothing or quoted):
            return match
    return None


def unsourced(blocks: Sequence[Block]) -> Iterator[tuple[int, str]]:
    """(offset, word) of the first claim in each block that has no provision beside it."""
    notes = _cited_footnotes(blocks)
    for at, block in enumerate(blocks):
        found = claim(block.text)
        if found and not (
            block.cited
            or any(name in notes for name in _FOOTNOTE.findall(block.text))
            or _cited_below(blocks, at)
        ):
            yield block.start + found.start(), found[0]


def _cited_below(blocks: Sequence[Block], at: int) -> bool:
    """Whether what a heading stands over, or what a colon introduces, cites something."""
    block = blocks[at]
    if block.kind == "heading":
        for below in blocks[at + 1 :]:
            if below.kind == "heading" and _level(below) <= _level(block):
                return False
            if below.cited:
                return True
    elif block.leading and at + 1 < len(blocks):
        return block.text in blocks[at + 1].leads and blocks[at + 1].cited
    return False


def _level(heading: Block) -> int:
    return len(heading.text) - len(heading.text.lstrip("#"))


def _cited_footnotes(blocks: Sequence[Block]) -> frozenset[str]:
    notes = (block for block in blocks if block.text.startswith("[^"))
    defined = ((_FOOTNOTE.match(note.text), note) for note in notes)
    return frozenset(match[1] for match, note in defined if match and note.cited)
