"""Terms of the glossary in a text: the first of each on a page becomes a link to its meaning.

In go the HTML parts of a page, in the order in which they are read; out come the same parts. A
term stays plain inside headings, links, code, help channels, scripts to say, and 「」 quotations.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from overdue_guide import markup
from overdue_guide.aids import Term
from overdue_guide.structs import Struct

_TAG = re.compile(r"(<(/?+)((?:[a-z][a-z0-9]*+)?+)[^>]*>)")
"""A tag, its slash and its name."""
_CLOSED = frozenset(
    (
        *("a", "abbr", "aside", "blockquote", "code", "dfn", "dt", "kbd", "pre", "q", "summary"),
        *("h2", "h3", "h4", "h5", "h6", "th", "var"),
    )
)
"""Elements in which nothing is explained; ``aside`` is a help channel."""
_TITLE = '<p class="admonition-title">'
_BLOCK_ENDS = frozenset(("</p>", "</li>", "</td>", "</dd>", "</div>"))


class Glossary(Struct, frozen=True):
    """The words to look for, arranged for one pass over a text."""

    starts: re.Pattern[str]
    """How a word may begin, its first two characters, or a quotation mark."""
    words: Mapping[str, tuple[tuple[str, str], ...]]
    """First character → (word, anchor of its term), longest first; words escaped as in HTML."""


def glossary(terms: Iterable[Term]) -> Glossary:
    """The glossary's terms; other names of a term are left alone, for many are everyday words."""
    anchors = {
        html.escape(term.term): markup.slug(term.term)
        for term in terms
        if len(term.term) > 1 and not term.everyday
    }
    words: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for word in sorted(anchors, key=lambda word: (-len(word), word)):
        words[word[0]].append((word, anchors[word]))
    seconds = {word[1] for word in anchors}
    starts = re.compile(f"[「」]|[{_set(words)}](?=[{_set(seconds)}])" if anchors else "[「」]")
    return Glossary(starts, {first: tuple(found) for first, found in words.items()})


def _set(characters: Iterable[str]) -> str:
    return re.escape("".join(sorted(characters)))


def glossed(parts: Sequence[str], words: Glossary, root: str) -> tuple[str, ...]:
    """The parts with each term linked where it first stands."""
    if not words.words:
        return tuple(parts)
    pass_ = _Pass(words, f"{root}glossary/#")
    return tuple(pass_.through(part) for part in parts)


class _Pass:
    """One reading of a page: which terms were met, and whether a quotation is open."""

    def __init__(self, words: Glossary, address: str) -> None:
        self.words = words
        self.address = address
        self.met: set[str] = set()
        self.quoted = 0

    def through(self, part: str) -> str:
        made: list[str] = []
        closed, title, found = 0, False, self.words.starts.search
        pieces = iter((*_TAG.split(part), "", "", ""))
        for text, tag, slash, name in zip(pieces, pieces, pieces, pieces, strict=True):
            if not closed and not title and found(text):
                text = self._linked(text)
            made += (text, tag)
            title = tag == _TITLE or (title and tag != "</p>")
            if tag in _BLOCK_ENDS:
                self.quoted = 0
            if name in _CLOSED:
                closed += -1 if slash else 1
        return "".join(made)

    def _linked(self, text: str) -> str:
        made, done, at = [], 0, 0
        while found := self.words.starts.search(text, at):
            at = found.start()
            if text[at] in "「」":
                self.quoted = max(self.quoted + (1 if text[at] == "「" else -1), 0)
            word, anchor = self._word(text, at) if not self.quoted else ("", "")
            if word and anchor not in self.met:
                self.met.add(anchor)
                link = f'<a class="term" href="{self.address}{anchor}" data-term>{word}</a>'
                made += [text[done:at], link]
                done = at + len(word)
            at += len(word) or 1
        return "".join([*made, text[done:]]) if made else text

    def _word(self, text: str, at: int) -> tuple[str, str]:
        """The longest word that stands here, whole: LPR is not in LPRS."""
        for word, anchor in self.words.words.get(text[at], ()):
            if text.startswith(word, at) and not (
                (_ascii(word[0]) and _ascii(text[at - 1 : at]))
                or (_ascii(word[-1]) and _ascii(text[at + len(word) : at + len(word) + 1]))
            ):
                return word, anchor
        return "", ""


def _ascii(character: str) -> bool:
    return character.isascii() and character.isalnum()
