"""A final body of HTML → the passages that search finds and shows."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable

from overdue_guide.markup import HEADING, NO_TAG, plain
from overdue_guide.model import Passage

_BLOCK_TAG = re.compile(
    r"</?(?:p|div|li|ul|ol|dl|dt|dd|h\d|table|caption|thead|tbody|tr|td|th|blockquote|pre|br|hr"
    r"|details|summary|aside)\b[^>]*>"
)
_BACKLINK = re.compile(r'<a class="footnote-backref"[^>]*>.*?</a>')


def passages(final: str) -> tuple[Passage, ...]:
    """The visible text under each heading of a final body, in order; empty ones are left out.

    Deeper headings begin passages of their own. Text before the first heading has no anchor.
    """
    cuts = list(HEADING.finditer(final))
    starts = [0, *(cut.end() for cut in cuts)]
    ends = [*(cut.start() for cut in cuts), len(final)]
    titles = [("", ""), *((html.unescape(cut[2]), plain(cut[3])) for cut in cuts)]
    found = (
        Passage(anchor, heading, text_of(final[start:end]))
        for (anchor, heading), start, end in zip(titles, starts, ends, strict=True)
    )
    return tuple(passage for passage in found if passage.text or passage.heading)


def parted(final: str, blocks: Iterable[str]) -> tuple[tuple[Passage, ...], str]:
    """The passages of a final body without some blocks that stand in it, and the text of those."""
    texts = []
    for block in blocks:
        final = final.replace(block, "\n", 1)
        texts.append(text_of(block))
    return passages(final), "\n".join(texts)


def text_of(fragment: str) -> str:
    """The text a reader sees in a piece of HTML, one line for each block."""
    spaced = _BLOCK_TAG.sub("\n", _BACKLINK.sub("", fragment))
    lines = html.unescape(NO_TAG.sub("", spaced)).split("\n")
    return "\n".join(" ".join(words) for words in map(str.split, lines) if words)
