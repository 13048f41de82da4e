"""Markdown that was meant and did not come about: signs that a reader would see as raw text.

Text and HTML of one body in, problems out, with the way it is written right where that can be said.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches

from overdue_guide.citations import MARKED, WRITTEN, parse_marked, parse_numeral
from overdue_guide.problems import Problem, Source, Span
from overdue_guide.structs import Struct

BOXES = ("note", "warning", "danger")
"""Kinds of box that the templates know."""

GAP = "〔待写"
"""How ``new`` marks what is still to be written."""
_GAP = re.compile(GAP + "[^〕\n]*〕?")
_LINK_TARGET = r"(?:https?://|\.{0,2}/|[\w/-]+\.md)[^\s()（）]*"
_PATTERNS = (
    (
        "link",
        ("[", "［"),
        re.compile(rf"[\[［]([^\[\]［］\n]+)[\]］][ \t]*[(（]({_LINK_TARGET})[)）]"),
        "[{0}]({1})",
    ),
    (
        "channel",
        ("channel",),
        re.compile(r"[\[【]{1,2}channel\s*[:：]\s*([^\[\]【】\s]+)\s*[\]】]{1,2}"),
        "[[channel:{0}]]",
    ),
    (
        "citation",
        ("[", "【"),
        re.compile(r"[\[【]([a-z][a-z0-9-]+)[:：](\d+(?:-\d+)*)[\]】](?![(\[:])"),
        "[@{0}:{1}]",
    ),
    (
        "heading",
        ("＃",),
        re.compile(r"^(?:[ ]{0,3}[#＃]*＃[#＃]*[ \t\u3000]*)(\S[^\n]*)", re.M),
        "## {0}",
    ),
    ("box", ("！！", "！!"), re.compile(r"^！[！!]{1,2}[ \t]*([^\n]*)", re.M), "!!! {0}"),
    ("blank", ("{{",), re.compile(r"\{\{([^{}\n]*[^\x00-\x7f{}\n][^{}\n]*)\}\}"), ""),
)
"""Kind, words of which one must stand there, what it looks like, how it is written; a match that is
right as it stands is none."""

_BOX = re.compile(r"^( *)!!![ \t]*([\w-]+)([^\n]*)\n?( *)([^\n]*)", re.MULTILINE)
_BOX_TITLE = re.compile(r'( +"[^"\n]*")?[ \t]*')
_FENCE = re.compile(r"^(`{3,}|~{3,})[^\n`]*$", re.MULTILINE)
_ITEM = re.compile(r"^( *)(?:[-*+]|\d{1,9}\.)[ \t]+\S")
_NUMBERED = re.compile(r"第\s?([零〇一二三四五六七八九十百千两\d]{1,9})\s?条")
_BARE = re.compile(
    r"(?:法|法典|条例|规定|办法|解释|决定|规则|准则)(?:》?\*\*|\*\*》|》)?\s?的?\s?"
    rf"(?P<named>{_NUMBERED.pattern})|(?:按|按照|根据|依据|依照|违反)\s?(?P<alone>{_NUMBERED.pattern})"
)
"""民法典第1034条 and 按照第1034条: an article of a law that nothing links or checks."""
_ROW = re.compile(r"^ *\|.*\|[ \t]*$")
_HYPHENS = re.compile(":?-+:?")
_BAR = re.compile(r"(?<!\\)\|")
_HIDDEN = re.compile(r"<(pre|code)\b.*?</\1>|<[^>]*>", re.DOTALL)
_PART = re.compile(r"(?:(?!\n *(?:[-*+]|\d+\.) |\|).)+", re.DOTALL)
"""A paragraph, an item of a list or a cell."""
_STARS = re.compile(r"(?<![*\\])\*\*(?!\*)(?<!\d\*\*(?=\d))")
_BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_HEADING = re.compile(r"(##(?<![^\n]##)#{0,4})[ \t]*[^#\s]")
"""A heading below the title; its signs come before the look back at the line's beginning, because
signs are found faster than beginnings."""
_SHOWN = 24
"""Characters of a slip that a message quotes."""


class Slip(Struct, frozen=True):
    """One place where Markdown did not come about."""

    start: int
    end: int
    kind: str
    """What it was meant to be: a word of the catalogue."""
    mend: str = ""
    """How it is written, when that is known."""


def problems(text: str, body: str, span: Callable[[int, int], Span]) -> Iterator[Problem]:
    """The slips of a text whose code is blanked out, and of the HTML that it became."""
    for slip in slips(text, body):
        shown = text[slip.start : slip.end].strip().split("\n")[0]
        yield Problem.at(
            span(slip.start, slip.end),
            "markdown-slip",
            text=shown[:_SHOWN] + "…" * (len(shown) > _SHOWN),
            slip=slip.kind,
            mend=slip.mend,
        )
    for start, end, cells, columns in lost_cells(text):
        counts = {"cells": str(cells), "columns": str(columns)}
        yield Problem.at(span(start, end), "lost-cell", **counts)
    yield from _jumps(text, span)
    yield from bare_provisions(text, span)


def bare_provisions(text: str, span: Callable[[int, int], Span]) -> Iterator[Problem]:
    """Articles named in such a way that nobody checks them, unless a citation beside them does."""
    for block in _blocks(text, "第") if _NUMBERED.search(text) else ():
        bare = list(_BARE.finditer(block[0]))
        if not bare:
            continue
        written = [match.span() for match in WRITTEN.finditer(block[0])]
        names = (parse_marked(match[1]) or () for match in MARKED.finditer(block[0]))
        cited = {name.key.split("-")[0] for found in names for name in found}
        for match in bare:
            which = "named" if match["named"] else "alone"
            start, end = match.span(which)
            number = str(parse_numeral(match[2] or match[4]))
            if number not in cited and not any(low <= start < high for low, high in written):
                place = span(block.start() + start, block.start() + end)
                yield Problem.at(place, "bare-provision", text=match[which], number=number)


def slips(text: str, body: str) -> Iterator[Slip]:
    """What is raw in ``body``, the HTML of ``text``; code in the text is blanked out."""
    alike = [slip for slip in _alike(text) if text[slip.start : slip.end] != slip.mend]
    starred = "**" in text
    seen = html.unescape(_HIDDEN.sub(" ", body)) if alike or starred else ""
    for slip in alike:
        escaped = text[max(slip.start - 1, 0) : slip.start] == "\\"
        if text[slip.start : slip.end].strip() in seen and not escaped:
            yield slip
    yield from _boxes(text)
    yield from _tables(text)
    yield from _nested(text)
    if starred and "**" in seen:
        yield from _bold(text)


def open_gaps(source: Source) -> Iterator[Problem]:
    """What ``new`` left to be written."""
    for match in _GAP.finditer(source.text):
        yield Problem.at(source.span(*match.span()), "open-gap", text=match[0])


def unclosed_fence(text: str, span: Callable[[int, int], Span]) -> Iterator[Problem]:
    """Fenced code that nothing closes, in the text as it was written: Markdown then sees none."""
    fence: re.Match[str] | None = None
    for mark in _FENCE.finditer(text) if "```" in text or "~~~" in text else ():
        if fence is None:
            fence = mark
        elif mark[0].strip() == fence[1]:
            fence = None
    if fence:
        told = {"text": fence[0].strip(), "slip": "fence", "mend": fence[1]}
        yield Problem.at(span(fence.start(), fence.end()), "markdown-slip", **told)


def _alike(text: str) -> Iterator[Slip]:
    """Whatever looks like a slip, whether or not Markdown makes something of it."""
    for kind, words, pattern, right in _PATTERNS:
        for match in pattern.finditer(text) if any(word in text for word in words) else ():
            yield Slip(match.start(), match.end(), kind, right.format(*match.groups()))


def _blocks(text: str, sign: str) -> Iterator[re.Match[str]]:
    """The lines that no empty line parts and in which the sign stands."""
    if sign in text:
        yield from (block for block in _BLOCK.finditer(text) if sign in block[0])


def _boxes(text: str) -> Iterator[Slip]:
    for match in _BOX.finditer(text) if "!!!" in text else ():
        margin, kind, title, indent, below = match.groups()
        end = match.end(3)
        near = get_close_matches(kind, BOXES, 1, 0.7)
        if near and near[0] != kind:
            yield Slip(match.start(2), match.end(2), "box-kind", near[0])
        elif not _BOX_TITLE.fullmatch(title):
            words = title.strip().strip("\"“”'‘’「」")
            yield Slip(match.start(), end, "box-title", f'{margin}!!! {kind} "{words}"')
        if below and len(indent) < len(margin) + 4:
            start = match.start(5)
            yield Slip(start, start + len(below), "box-text", f"{margin}    {below[:12]}…")


def _tables(text: str) -> Iterator[Slip]:
    """Tables without a line of hyphens below the head, or right below a paragraph."""
    for block in _blocks(text, "|"):
        lines = [
            line for line in block[0].split("\n") if not line.lstrip().startswith(("#", "!!!"))
        ]
        rows = [line for line in lines if _ROW.match(line)]
        if len(rows) < 2 or (rows[0] is lines[0] and len(lines) > 1 and below_head(lines[1])):
            continue
        start = block.start() + block[0].index(rows[0])
        columns = len(_BAR.findall(rows[0].strip())) - 1
        after_text = rows[0] is not lines[0] and any(map(below_head, rows))
        mend = "" if after_text else "| " + " | ".join(["---"] * columns) + " |"
        yield Slip(start, start + len(rows[0]), "table-gap" if after_text else "table", mend)


def below_head(line: str) -> bool:
    """Whether it is the line of hyphens below a table's head: ``| --- | :-: |``."""
    # No one pattern for the whole line: blanks between two of its parts could be either's.
    bare = line.strip()
    return not bare.strip("|:- \t") and all(
        _HYPHENS.fullmatch(cell.strip()) for cell in bare.strip("|").split("|")
    )


def lost_cells(text: str) -> Iterator[tuple[int, int, int, int]]:
    """(start, end, cells, columns) of each row of a table that has more cells than the head."""
    for block in _blocks(text, "|"):
        lines = block[0].split("\n")
        delimiters = next((at for at, line in enumerate(lines) if below_head(line)), 0)
        if not delimiters or "|" not in lines[delimiters]:
            continue
        columns, at = _cells(lines[delimiters - 1]), block.start()
        for number, line in enumerate(lines):
            if number > delimiters and _cells(line) > columns:
                yield at, at + len(line), _cells(line), columns
            at += len(line) + 1


def _cells(row: str) -> int:
    return len(_BAR.findall(row.strip().strip("|"))) + 1


def _nested(text: str) -> Iterator[Slip]:
    """An item indented by too little to stand below the one before it."""
    above: int | None = None
    at = 0
    for line in text.split("\n") if "\n " in text else ():
        item = _ITEM.match(line)
        if item:
            indent = len(item[1])
            if above is not None and 0 < indent - above < 4:
                yield Slip(at, at + len(line), "nested", f"{' ' * (above + 4)}{line.strip()[:12]}…")
            else:
                above = indent
        elif line.strip() and not line.startswith(" "):
            above = None
        at += len(line) + 1


def _jumps(text: str, span: Callable[[int, int], Span]) -> Iterator[Problem]:
    """A heading more than one level below the one before it."""
    above = 1
    for match in _HEADING.finditer(text):
        level = len(match[1])
        if level > above + 1:
            right = "#" * (above + 1)
            place = span(match.start(1), match.end(1))
            yield Problem.at(place, "heading-jump", marks=match[1], right=right)
        above = level


def _bold(text: str) -> Iterator[Slip]:
    """Pairs of stars with a blank inside, or a lone one."""
    for block in _blocks(text, "**"):
        for part in _PART.finditer(block[0]):
            marks = [mark.span() for mark in _STARS.finditer(part[0])]
            start = block.start() + part.start()
            for (left, inner), (outer, right) in zip(marks[::2], marks[1::2], strict=False):
                words = part[0][inner:outer]
                if words != words.strip():
                    yield Slip(start + left, start + right, "bold", f"**{words.strip()}**")
            if len(marks) % 2:
                yield Slip(start + marks[-1][0], start + marks[-1][1], "bold-open")
