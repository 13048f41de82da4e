"""Authors' mistakes as data: where a problem is, which rule it breaks, and how grave that is.

Nothing here touches the world: spans are worked out from text in memory, and the words of a
message live in the catalogues (see ``messages``), so a problem can be cached and shown in any
language.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from enum import Enum

from overdue_guide.structs import Struct


class Severity(Enum):
    """How grave a broken rule is; ``site.yml`` may change a rule's default."""

    ERROR = "error"
    WARNING = "warning"
    OFF = "off"


class Span(Struct, frozen=True, order=True):
    """A stretch of one line of a source file; line and columns count code points from 1."""

    path: str
    line: int = 1
    column: int = 1
    end_column: int = 1
    """First column after the stretch."""


class Problem(Struct, frozen=True, order=True):
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
    # Of two Chinese characters, one that is right makes a half.
    near = get_close_matches(wanted, sorted(known), 1, 0.6 if len(wanted) > 3 else 0.5)
    return Problem.at(span, rule, **args, **({"suggestion": near[0]} if near else {}))


MOST_ALIKE = 200
"""Problems of one rule that are told of one file; the last of them says how many more there are."""


class Findings:
    """The problems of one file as they are met, never more of a rule than ``MOST_ALIKE``."""

    __slots__ = ("_counts", "_kept")

    def __init__(self, problems: Iterable[Problem] = ()) -> None:
        self._counts: Counter[str] = Counter()
        self._kept: list[Problem] = []
        self.extend(problems)

    def full(self, rule: str) -> bool:
        """Whether one more of this rule would only be counted."""
        return self._counts[rule] >= MOST_ALIKE

    def add(self, problem: Problem) -> None:
        """Keep the problem, or count it; one that was told to have more like it counts for all."""
        args = dict(problem.args)
        more = int(args.pop("more", 0))
        if not self.full(problem.rule):
            self._kept.append(Problem.at(problem.span, problem.rule, **args) if more else problem)
        self._counts[problem.rule] += 1 + more

    def extend(self, problems: Iterable[Problem]) -> None:
        """Keep or count each of them."""
        for problem in problems:
            self.add(problem)

    def told(self) -> tuple[Problem, ...]:
        """What was kept; the last of a rule has ``more``, the number that was only counted."""
        last = {problem.rule: at for at, problem in enumerate(self._kept)}
        for rule, count in self._counts.items():
            if count > MOST_ALIKE:
                problem = self._kept[last[rule]]
                args = {**dict(problem.args), "more": str(count - MOST_ALIKE)}
                self._kept[last[rule]] = Problem.at(problem.span, rule, **args)
        return tuple(self._kept)


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

    def within(self, span: Span, words: str) -> Span:
        """Where the words first stand in what begins at the span; the span itself if nowhere."""
        self._position(0)
        begin = self._starts[span.line - 1] + span.column - 1
        found = self.text.find(words, begin, begin + _LONGEST_VALUE)
        return self.span(found, found + len(words)) if words and found >= 0 else span

    def _position(self, offset: int) -> tuple[int, int]:
        if not self._starts:
            starts, at = [0], self.text.find("\n")
            while at >= 0:
                starts.append(at + 1)
                at = self.text.find("\n", at + 1)
            self._starts = starts
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


_LONGEST_VALUE = 4000
"""Signs of one value of YAML in which words are looked for."""

_E, _W = Severity.ERROR, Severity.WARNING

RULES: Mapping[str, Severity] = {
    # files
    "bad-encoding": _E,
    "bad-file-name": _E,
    "awkward-name": _W,
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
    "full-width-list": _E,
    "duplicate-key": _E,
    "unknown-key": _E,
    "missing-key": _E,
    "wrong-type": _E,
    "empty-value": _E,
    "lost-remark": _W,
    "bad-date": _E,
    "bad-value": _E,
    # how it looks
    "low-contrast": _E,
    # text
    "open-gap": _E,
    "heading-level": _W,
    "heading-jump": _W,
    "markdown-slip": _W,
    "lost-cell": _W,
    "duplicate-anchor": _W,
    "unknown-footnote": _E,
    "unsafe-html": _W,
    "foreign-image": _E,
    "unsafe-drawing": _E,
    "nested-too-deeply": _E,
    "too-complex": _E,
    # wording
    "unsourced-claim": Severity.OFF,
    "unsourced-quote": Severity.OFF,
    "unlisted-number": Severity.OFF,
    "unlisted-link": Severity.OFF,
    "forbidden-advice": _W,
    "false-promise": _W,
    "advertising": _W,
    "content-farm": _E,
    "clickbait": _W,
    "keyword-stuffing": _W,
    "filler": _W,
    "long-sentence": Severity.OFF,
    "unexplained-term": _W,
    # references
    "broken-link": _E,
    "missing-file": _E,
    "broken-anchor": _E,
    "draft-target": _E,
    "unknown-article": _E,
    "unknown-tag": _E,
    "unknown-section": _W,
    "unlisted-section": _W,
    "unknown-stage": _E,
    "unlisted-stage": _W,
    "unknown-channel": _E,
    "unknown-blank": _E,
    "unknown-law": _E,
    "unlisted-law": _W,
    "bare-provision": Severity.OFF,
    "unknown-provision": _E,
    "law-not-in-force": _E,
    "law-ending": _W,
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
    "security-expiry": _E,
    "reviewed-in-future": _E,
    "change-in-future": _E,
    "review-soon": _W,
    "review-due": _W,
    "review-lapsed": _E,
}
"""Every rule with its default severity, in the order in which the documents list them."""

FIXED = frozenset(
    [
        "unknown-law",
        "unknown-provision",
        "law-not-in-force",
        "bad-citation",
        "foreign-image",
        "unsafe-drawing",
        "nested-too-deeply",
        "too-complex",
    ]
)
"""What a citation names must exist and count, no page tells others who reads it, and none is
published without the text that was too much to read; no site may choose otherwise."""


QUIET = frozenset(rule for rule, grade in RULES.items() if grade is Severity.OFF)
"""Rules that are off unless a site turns them on."""


def severities(overrides: Mapping[str, Severity]) -> Mapping[str, Severity]:
    """The rules' severities after a site's own choices."""
    return {**RULES, **overrides}


def graded(
    problems: Iterable[Problem], grades: Mapping[str, Severity]
) -> tuple[tuple[Problem, Severity], ...]:
    """Each problem once, with its severity, sorted by place; those switched off are left out.

    Of problems that are alike, each file shows the first ``MOST_ALIKE``.
    """
    files: dict[str, Findings] = {}
    for problem in sorted({one for one in problems if grades[one.rule] is not Severity.OFF}):
        files.setdefault(problem.span.path, Findings()).add(problem)
    return tuple(
        (problem, grades[problem.rule]) for found in files.values() for problem in found.told()
    )


class SetupError(Exception):
    """The command cannot begin: wrong folder, broken template. ``key`` is a line of ``[cli]``."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values
