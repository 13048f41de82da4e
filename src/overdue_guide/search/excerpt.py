"""A page and a query → the passage that answers, and a few of its sentences.

``excerpt.mjs`` does the same in the browser; ``tests/search/vectors.json`` holds both to one result.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from overdue_guide.model import Passage, SearchDocument
from overdue_guide.search import text

LENGTH = int(text.RULES["excerpt"])
"""Characters of an excerpt, unless one sentence is longer."""
WHOLE = 1 << 40
"""Worth of holding the whole query: more than any sum of grams."""
_SENTENCE = re.compile(r"[^。！？!?；;\n]*(?:[。！？!?；;]+[”’」』）)]*|\n|$)")
_CLAUSE = re.compile(r"[^，、,：:]*(?:[，、,：:]|$)")


@dataclass(frozen=True, slots=True)
class Sought:
    """What a text is searched for when a passage is chosen."""

    worth: Mapping[str, int]
    """What each gram of the query is worth; grams in no document are left out."""
    wholes: tuple[tuple[str, ...], ...]
    """The pieces of the query in each exact reading."""

    def value(self, raw: str) -> int:
        """How well a text answers."""
        folded = text.fold(raw)
        value = sum(worth for gram, worth in self.worth.items() if gram in folded)
        return value + WHOLE * holds(folded, self.wholes)


def holds(folded: str, wholes: Sequence[Sequence[str]]) -> bool:
    """Whether a folded text holds every piece of one reading of the query."""
    return any(all(piece in folded for piece in pieces) for pieces in wholes)


def contains(document: SearchDocument, wholes: Sequence[Sequence[str]]) -> bool:
    """Whether a page's own text holds the whole query."""
    return holds(shown(document), wholes)


def beside(document: SearchDocument, wholes: Sequence[Sequence[str]]) -> bool:
    """Whether what stands beside a page's own text holds the whole query."""
    return holds(text.fold(document.beside), wholes)


def shown(document: SearchDocument) -> str:
    """A page's own text as a reader sees it, folded."""
    parts = [document.title, document.summary]
    for passage in document.passages:
        parts += [passage.heading, passage.text]
    return "\n".join(text.fold(part) for part in parts)


def choose(document: SearchDocument, sought: Sought) -> tuple[Passage, str]:
    """The passage that answers best, the first of equals, and its excerpt; else the summary."""
    best, most = Passage("", "", document.summary), 0
    for passage in document.passages:
        value = max(2 * sought.value(passage.heading), sought.value(passage.text))
        if value > most:
            best, most = passage, value
    return best, cut(best.text or document.summary, sought)


def cut(raw: str, sought: Sought) -> str:
    """The sentence that answers best and those after it, as far as they fit."""
    shown = _widen(raw, _SENTENCE, sought)
    if len(shown) <= LENGTH:
        return shown
    clause = _widen(shown, _CLAUSE, sought)[:LENGTH]
    before = "" if shown.startswith(clause) else "…"
    return before + clause + ("" if shown.endswith(clause) else "…")


def _widen(raw: str, unit: re.Pattern[str], sought: Sought) -> str:
    parts = [part for part in unit.findall(raw) if text.tidy(part)]
    if not parts:
        return ""
    values = [sought.value(part) for part in parts]
    first = values.index(max(values))
    shown = parts[first]
    for part in parts[first + 1 :]:
        if len(text.tidy(shown + part)) > LENGTH:
            break
        shown += part
    return text.tidy(shown)
