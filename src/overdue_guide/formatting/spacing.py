"""A space between Chinese and Latin letters or digits: 打12378热线 → 打 12378 热线.

Pangu decides where; it knows no Markdown, so it is shown plain words alone.
"""

from __future__ import annotations

import re

import pangu

from overdue_guide.citations import WRITTEN

_KEPT = re.compile(
    r"(?P<tick>`+)(?!`).*?(?<!`)(?P=tick)(?!`)"  # code
    r"|\[\[.*?\]\]|\{\{.*?\}\}|\{[:#.][^}]*\}"  # channels, blanks, attributes
    r"|\[[@^][^\]]*\]"  # citations, footnotes
    r"|\]\([^)]*\)|\]\[[^\]]*\]"  # where a link leads
    r"|<[^>]*>|&#?\w+;"  # HTML
    r"|[a-z][a-z0-9+.-]*://[^\s一-鿿]*|[\w.+-]+@[\w.-]+"  # addresses
    rf"|{WRITTEN.pattern}"
    r"|第\s?[\d、,\-–]+\s?[条款项号]"  # the house's way to write 第1033条
    r"|「[^」]*」"  # quoted law stays as it was published
)
_LATIN = re.compile("[\x00-\u2e7f]")
_WORDS = re.compile(r"(?:[^\W_]|%|(?<=\d)[.,](?=\d))+")
_DEFINITION = re.compile(r"\s*(\*?\[[^\]]+\]:|!!!)")
_HEADING = re.compile(r"\s*#{1,6}")


def spaced(line: str) -> str:
    """The line with a space wherever Chinese meets Latin; headings keep what their anchors are made of."""
    if _HEADING.match(line) or _DEFINITION.match(line):
        return line
    parts, done = [], 0
    for kept in _KEPT.finditer(line):
        parts += [_WORDS.sub(_words, line[done : kept.start()]), kept[0]]
        done = kept.end()
    return "".join([*parts, _WORDS.sub(_words, line[done:])])


def _words(match: re.Match[str]) -> str:
    if match[0].isascii() or not _LATIN.search(match[0]):
        return match[0]
    return str(pangu.space_text(match[0]))
