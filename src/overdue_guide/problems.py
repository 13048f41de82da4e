"""Authors' mistakes as data: where a problem is, which rule it breaks, and how grave that is.

Nothing here touches the world: spans are worked out from text in memory, and the words of a
message live in the catalogues (see ``messages``), so a problem can be cached and shown in any
language.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum


class Severity(Enum):
    """How grave a broken rule is; ``site.yml`` may change a rule's default."""

    ERROR = "error"
    WARNING = "warning"
    OFF = "off"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one line of a source file; line and columns count code points from 1."""

    path: str
    line: int = 1
    column: int = 1
    end_column: int = 1
    """First column after the stretch."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing an author must mend."""

    span: Span
    rule: str
    """Kebab-case, a key of ``RULES``."""
    args: tuple[tuple[str, str], ...] = ()
    """What the rule's message names, e.g. ``(("law", "民法典"), ("key", "9999"))``."""

    @classmethod
    def at(cls, span: Span, rule: str, **args: str) -> Problem:
        """A problem whose arguments are given by keyword."""
        return cls(span, rule, tuple(sorted(args.items())))


def suggesting(rule: str, span: Span, wanted: str, known: Iterable[str], /, **args: str) -> Problem:
    """A problem that proposes the nearest known name, when one is near."""
    near = get_close_matches(wanted, sorted(known), 1, 0.6)
    return Problem.at(span, rule, **args, **({"suggestion": near[0]} if near else {}))


class Source:
    """A source text that can say where an offset stands."""

    __slots__ = ("_starts", "path", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._starts: list[int] = []

    def span(self, start: int, end: int | None = None) -> Span:
        """The span of ``text[start:end]``, cut at the end of its first line."""
        line, column = self._position(start)
        if end is None:
            return Span(self.path, line, column, column + 1)
        newline = self.text.find("\n", start, end)
        stop = end if newline < 0 else newline
        return Span(self.path, line, column, column + max(stop - start, 1))

    def at(self, line: int, column: int, length: int = 1) -> Span:
        """The span that begins at a line and column, both counted from 1."""
        return Span(self.path, line, column, column + max(length, 1))

    def _position(self, offset: int) -> tuple[int, int]:
        if not self._starts:
            starts, at = [0], self.text.find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = self.text.find("\n", at + 1)
            self._starts = starts
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


_E, _W = Severity.ERROR, Severity.WARNING

RULES: Mapping[str, Severity] = {
    # files
    "bad-encoding": _E,
    "bad-file-name": _E,
    "byte-order-mark": _W,
    "carriage-return": _W,
    "control-character": _E,
    "unreadable-file": _E,
    "unknown-file": _W,
    "address-clash": _E,
    # front matter and other YAML
    "front-matter-missing": _E,
    "front-matter-unclosed": _E,
    "yaml-syntax": _E,
    "yaml-tab": _E,
    "full-width-colon": _E,
    "duplicate-key": _E,
    "unknown-key": _E,
    "missing-key": _E,
    "wrong-type": _E,
    "empty-value": _E,
    "bad-date": _E,
    "bad-value": _E,
    # text
    "heading-level": _W,
    "duplicate-anchor": _W,
    "unknown-footnote": _E,
    "unsafe-html": _W,
    "foreign-image": _E,
    "nested-too-deeply": _E,
    "unsourced-claim": Severity.OFF,
    # references
    "broken-link": _E,
    "broken-anchor": _E,
    "draft-target": _E,
    "unknown-article": _E,
    "unknown-stage": _E,
    "unknown-channel": _E,
    "unknown-blank": _E,
    "unknown-law": _E,
    "unlisted-law": _W,
    "unknown-provision": _E,
    "law-not-in-force": _E,
    "bad-citation": _E,
    # checkers
    "unknown-step": _E,
    "flow-circle": _E,
    "unreachable-step": _E,
    "flow-too-long": _E,
    "uncited-outcome": _E,
    # the contact log
    "overstated-rule": _E,
    # time
    "reviewed-in-future": _E,
    "change-in-future": _E,
    "review-due": _W,
}
"""Every rule with its default severity, in the order in which the documents list them."""

FIXED = frozenset(
    ["unknown-law", "unknown-provision", "law-not-in-force", "bad-citation", "foreign-image"]
)
"""What a citation names must exist and count, and no page tells others who reads it; no site may
choose otherwise."""


def severities(overrides: Mapping[str, Severity]) -> Mapping[str, Severity]:
    """The rules' severities after a site's own choices."""
    return {**RULES, **overrides}


def graded(
    problems: Iterable[Problem], grades: Mapping[str, Severity]
) -> tuple[tuple[Problem, Severity], ...]:
    """Each problem once, with its severity, sorted by place; those switched off are left out."""
    return tuple(
        (problem, grades[problem.rule])
        for problem in sorted(set(problems))
        if grades[problem.rule] is not Severity.OFF
    )


class SetupError(Exception):
    """The command cannot begin: wrong folder, broken template. ``key`` is a line of ``[cli]``."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values
