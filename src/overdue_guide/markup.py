r"""Markdown → sanitised HTML, headings, links, citations; with its parser the only user of markdown.

References that need the whole site (citations, help channels, blanks of letters) stand in the HTML
as marks, ``\x02c0\x03``, numbered as they are met: rendering depends on one file alone, so it can
run in any process and be cached by content. ``resolve`` puts the final HTML in their
place.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from markdown import Markdown
from markdown.extensions.footnotes import FootnoteExtension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.postprocessors import Postprocessor

from overdue_guide import cleaning
from overdue_guide.anchors import Anchors
from overdue_guide.attributes import written_out
from overdue_guide.citations import MARKED, WRITTEN, Name, parse_marked, parse_written
from overdue_guide.inline import Inline
from overdue_guide.parser import Parser, extensions
from overdue_guide.rendered import Heading
from overdue_guide.structs import Struct

CHANNEL = re.compile(r"\[\[channel[:\uff1a]\s*([^\[\]\s]*)\s*\]\]")
BLANK = re.compile(r"\{\{\s*([A-Za-z][A-Za-z0-9-]*)\s*\}\}")

_CJK = (
    "\u2018-\u201d\u2014\u2026\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    "\U00020000-\U0003ffff"
)
_MARK = re.compile("\x02([cthb])(\\d+)\x03")
_LINK = re.compile(r"<a\b[^>]*>.*?</a>", re.S)
_NOT_TEXT = re.compile(r"(<!--.*?-->|<(pre|code|script|style)\b.*?</\2>|<[^>]*>)", re.S | re.I)
_BLOCK_MARK = re.compile("<p>(\x02h\\d+\x03)</p>")
_SOFT_BREAK = re.compile(
    # Nothing is given back: a row of tags has very many ways of being parted anew. What stands before
    # is looked at once there is a tag or a line's end, which are rarer than Chinese.
    f"(?:<(?<=[{_CJK}\x03]<)/[a-z]++>(?:</[a-z]++>)*+\n|\n(?<=[{_CJK}\x03]\n))"
    f"(?:<[a-z]++[^<>]*+>)*+(?=[{_CJK}\x02])"
)
_PREFORMATTED = re.compile(r"(<pre\b.*?</pre>)", re.S)
_ALIGN = re.compile(r'(<t[dh]) align="(left|right|center)"')
HEADING = re.compile(r'<h([2-6])\b[^>]*?\bid="([^"]*)"[^>]*>(.*?)</h\1>', re.S)
# The cleaner leaves a > within an attribute as it is.
_REFERENCE = re.compile(r'(<(?:a|img)\b(?:[^">]|"[^"]*")*?\s(?:href|src)=")([^"]*)(")')
NO_TAG = re.compile(r"<[^>]*>")
_NO_WORD = re.compile(r"[^\w]+")


class CitationMark(Struct, frozen=True):
    """``[@a:1;@b:2]`` or 《a》第一条 as it stands in the text."""

    raw: str
    names: tuple[Name, ...]
    written: bool


class Use(Struct, frozen=True):
    """A help channel or a blank as it stands in the text."""

    raw: str
    name: str


class Body(Struct, frozen=True):
    """A rendered body; lists are in the order of their marks or of the text."""

    html: str
    headings: tuple[Heading, ...]
    citations: tuple[CitationMark, ...]
    channels: tuple[Use, ...]
    blanks: tuple[Use, ...]
    links: tuple[str, ...]
    """Addresses of links and images as written, external ones included."""
    images: tuple[int, ...]
    """Which of them are images."""
    removed: tuple[str, ...]
    """How what is not allowed begins, as the author wrote it: ``<script``, ``javascript:``."""


@dataclass(slots=True)
class _Found:
    citations: list[CitationMark] = field(default_factory=list)
    channels: list[Use] = field(default_factory=list)
    blanks: list[Use] = field(default_factory=list)

    @property
    def written(self) -> dict[str, list[str]]:
        """How each was written, by the kind of its mark."""
        cited = [mark.raw for mark in self.citations]
        channels, blanks = ([use.raw for use in uses] for uses in (self.channels, self.blanks))
        return {"c": cited, "t": cited, "h": channels, "b": blanks}


_Match = tuple[str | None, int | None, int | None]


class _Pattern(InlineProcessor):
    """Replaces a reference by a mark and notes it."""

    def __init__(self, pattern: re.Pattern[str], md: Markdown) -> None:
        super().__init__(pattern.pattern, md)
        self.found = _Found()


class _Marked(_Pattern):
    def handleMatch(self, m: re.Match[str], data: str) -> _Match:  # type: ignore[override]
        names = parse_marked(m[1])
        if names is None:
            return None, None, None
        self.found.citations.append(CitationMark(m[0], names, written=False))
        return _mark("c", self.found.citations), m.start(0), m.end(0)


class _Written(_Pattern):
    def handleMatch(self, m: re.Match[str], data: str) -> _Match:  # type: ignore[override]
        names = parse_written(m)
        if not names:
            return None, None, None
        self.found.citations.append(CitationMark(m[0], names, written=True))
        return _mark("c", self.found.citations), m.start(0), m.end(0)


class _Channel(_Pattern):
    def handleMatch(self, m: re.Match[str], data: str) -> _Match:  # type: ignore[override]
        self.found.channels.append(Use(m[0], m[1]))
        return _mark("h", self.found.channels), m.start(0), m.end(0)


class _Blank(_Pattern):
    def handleMatch(self, m: re.Match[str], data: str) -> _Match:  # type: ignore[override]
        self.found.blanks.append(Use(m[0], m[1]))
        return _mark("b", self.found.blanks), m.start(0), m.end(0)


class _RawHtml(Postprocessor):
    """Finds references in HTML that the author wrote: Markdown leaves that alone."""

    def __init__(self, patterns: tuple[_Pattern, ...], md: Markdown) -> None:
        super().__init__(md)
        self.patterns = patterns

    def run(self, text: str) -> str:
        blocks = self.md.htmlStash.rawHtmlBlocks
        for at, block in enumerate(blocks):
            if isinstance(block, str):
                parts = _NOT_TEXT.split(block)
                # Of three parts, the first is text, the others are what parted it and its name.
                parts[::3] = map(self._marked, parts[::3])
                blocks[at] = "".join(part for n, part in enumerate(parts) if n % 3 < 2)
        return text

    def _marked(self, text: str) -> str:
        for pattern in self.patterns:
            text = pattern.compiled_re.sub(
                lambda m, p=pattern: p.handleMatch(m, "")[0] or m[0],  # type: ignore[misc]
                text,
            )
        return text


def render(text: str) -> Body:
    """Render a Markdown body; any text renders to something safe."""
    md, patterns = parser()
    found = _Found()
    for pattern in patterns:
        pattern.found = found
    raw = md.reset().convert(_CONTROL.sub("", text))
    body = written_out(_tidy(cleaning.clean(raw)), _MARK, found.written)
    references = _REFERENCE.findall(body)
    return Body(
        html=body,
        headings=headings(body),
        citations=tuple(found.citations),
        channels=tuple(found.channels),
        blanks=tuple(found.blanks),
        links=tuple(html.unescape(address) for _, address, _ in references),
        images=tuple(n for n, (tag, _, _) in enumerate(references) if tag.startswith("<img")),
        removed=cleaning.removed(raw),
    )


def headings(body: str) -> tuple[Heading, ...]:
    """The headings of a body that has an anchor on each."""
    return tuple(
        Heading(int(level), plain(inner), html.unescape(anchor))
        for level, anchor, inner in HEADING.findall(body)
    )


def resolve(
    body: str,
    *,
    reference: Callable[[str], str],
    citation: Callable[[int], str],
    mention: Callable[[int], str],
    channel: Callable[[int], str],
    blank: Callable[[int], str],
) -> str:
    """The final HTML: addresses rewritten by ``reference``, each mark by its own function.

    ``reference`` maps an address as written to one for the page; the others map a mark's number to
    HTML that is already escaped. ``mention`` is for a citation inside a link, which is no link itself.
    """
    replace = {"c": citation, "t": mention, "h": channel, "b": blank}
    linked = _REFERENCE.sub(
        lambda m: m[1] + html.escape(reference(html.unescape(m[2]))) + m[3], body
    )
    return _MARK.sub(lambda m: replace[m[1]](int(m[2])), linked)


def slug(text: str) -> str:
    """A readable anchor: letters, digits and Chinese characters kept, the rest as hyphens."""
    return _NO_WORD.sub("-", _MARK.sub("", text).lower()).strip("-_") or "section"


# Python-Markdown keeps STX and ETX for itself; other control characters have no meaning in HTML.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def _mark(kind: str, found: list[Any]) -> str:
    return f"\x02{kind}{len(found) - 1}\x03"


def _tidy(body: str) -> str:
    parts = _PREFORMATTED.split(body)
    parts[::2] = [_SOFT_BREAK.sub(_joined, part) for part in parts[::2]]
    joined = _BLOCK_MARK.sub(r"\1", "".join(parts))
    joined = _LINK.sub(lambda link: link[0].replace("\x02c", "\x02t"), joined)
    # The security policy forbids style attributes, and HTML has given up align.
    return _ALIGN.sub(r'\1 class="align-\2"', joined)


def _joined(lines: re.Match[str]) -> str:
    return lines[0].replace("\n", "", 1)


def plain(inner: str) -> str:
    """The text of a piece of inline HTML, without marks."""
    return " ".join(html.unescape(NO_TAG.sub("", _MARK.sub("", inner))).split())


def _worded(text: str, pattern: _Pattern) -> str:
    """The text with what an author wrote out instead of its mark: anchors are made of it."""

    def word(mark: re.Match[str]) -> str:
        cited = pattern.found.citations[int(mark[2])] if mark[1] == "c" else None
        return cited.raw if cited and cited.written else ""

    return _MARK.sub(word, text)


@cache
def parser() -> tuple[Markdown, tuple[_Pattern, ...]]:
    """One parser a process: making it costs more than rendering an article."""
    marked: _Pattern
    md = Parser(
        output_format="html",
        extensions=[
            TableExtension(use_align_attribute=True),
            FootnoteExtension(BACKLINK_TITLE="回到正文第 {} 处", SEPARATOR="-"),
            Anchors(lambda text: slug(_worded(text, marked))),
            *extensions(),
        ],
    )
    marked, channel = _Marked(MARKED, md), _Channel(CHANNEL, md)
    blank, written = _Blank(BLANK, md), _Written(WRITTEN, md)
    # Before links (160), which also begin with a bracket; after code spans (190) and escapes (180).
    md.inlinePatterns.register(channel, "channel", 176)
    md.inlinePatterns.register(marked, "citation", 175)
    md.inlinePatterns.register(blank, "blank", 174)
    # After links, so that a name inside a link's text stays text.
    md.inlinePatterns.register(written, "written-citation", 75)
    patterns = (marked, channel, blank, written)
    md.postprocessors.register(_RawHtml(patterns, md), "references", 35)
    md.treeprocessors.register(Inline(md), "inline", 20)
    return md, patterns
