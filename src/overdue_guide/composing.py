"""YAML text → its node tree and what is wrong with it as YAML.

What cannot be read is reported and taken out, so that one run shows every mistake.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import yaml

from overdue_guide import limits, repair
from overdue_guide.problems import Findings, Problem, Source, Span, suggesting

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML built without libyaml: ten times slower, same nodes
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

_MAX_MISTAKES = 20
"""After so many places that are no YAML, the rest of a file is not read."""

_MOST_READ = 500_000
"""Characters read in all while taking out one mistake after the other."""

# Besides ASCII and Latin-1 controls: line ends that only YAML knows, zero width, turned direction.
CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060\u2066-\u2069\ud800-\udfff"
    "\ufeff\ufffe\uffff]"
)
"""What means nothing in a page and can hide text from a reviewer."""

_OPENED = re.compile("flow|quoted|simple key")
"""What libyaml was reading when the mistake stands where that begins, not where it gave up."""


class Composer:
    """One YAML text: its nodes, its problems, and where each thing stands."""

    def __init__(self, source: Source, first_line: int) -> None:
        self.source = source
        self.offset = first_line - 1
        self.problems = Findings()
        self._tabbed: dict[int, int] = {}
        self._lines: list[str] = []
        """Of a text in which remarks may stand."""
        self._lost: set[str] = set()
        """Keys whose lines are no YAML: written, though unreadable."""

    def compose(self, text: str) -> yaml.Node | None:
        """The node tree of all that is YAML, or None when nothing is."""
        head = self.source.at(self.offset + 1, 1)
        for problem in limits.too_long_yaml(self.source, text):
            self.problems.add(problem)
            return None
        text = self._mended(text)
        if repair.too_deep(text):
            self._report(head, "yaml-syntax", detail="nested too deeply")
            return None
        for _ in range(min(_MAX_MISTAKES, _MOST_READ // len(text) + 1 if text else 1)):
            try:
                node = yaml.compose(text, Loader=Loader)
            except yaml.YAMLError as error:
                shorter = self._without(text, error)
                if shorter == text:
                    return None
                text = shorter
            else:
                assert node is None or isinstance(node, yaml.Node)
                self._lines = text.split("\n") if " #" in text else []
                if "\\" in text:
                    self._unescaped(node)
                # A lone marker makes an empty value, placed after the end of the text.
                return None if isinstance(node, yaml.ScalarNode) and not node.value else node
        return None

    def _unescaped(self, node: yaml.Node | None) -> None:
        """Report and take out what no file may hold, written as an escape in quotes."""
        waiting, seen = [node], set()
        while waiting:
            one = waiting.pop()
            if isinstance(one, yaml.ScalarNode):
                for char in sorted(set(CONTROL.findall(one.value))):
                    self._report(self._span(one), "control-character", code=f"U+{ord(char):04X}")
                one.value = CONTROL.sub(" ", one.value)
            elif one is not None and id(one) not in seen:
                seen.add(id(one))
                waiting += [each for part in one.value for each in _nodes(part)]

    def _mended(self, text: str) -> str:
        # YAML stops at the first tab; reading on shows the author the other mistakes too.
        for at, offset in repair.tab_indents(text):
            self._report(self.source.at(self.offset + at + 1, offset + 1), "yaml-tab")
        text, self._tabbed = repair.untabbed(text)
        wide = tuple(repair.wide_colons(text))
        for at, key in wide:
            span = self.source.at(self.offset + at + 1, len(key) + 1)
            self._report(span, "full-width-colon", key=key)
        return self._without_lines(text, [at for at, _ in wide]) if wide else text

    def _without(self, text: str, error: yaml.YAMLError) -> str:
        """The text without the entry that is no YAML, which is reported; or all of it as it was."""
        context = str(getattr(error, "context", None) or "")
        problem = str(getattr(error, "problem", None) or str(error).splitlines()[0])
        opened, stopped = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
        mark = opened if opened and _OPENED.search(context) else stopped or opened
        at, column = repair.written_before(text, mark.line, mark.column) if mark else (0, 0)
        # A line with a tab in its indentation was reported as such.
        if at not in self._tabbed:
            detail = f"{context}: {problem}" if _OPENED.search(context) else problem
            span = self.source.at(self.offset + at + 1, column + 1)
            near = repair.quoted_right(text.split("\n")[at], column)
            extra = {"suggestion": near} if near else {}
            self._report(span, "yaml-syntax", detail=detail, **extra)
        return text if "document" in context + problem else self._without_lines(text, [at])

    def _without_lines(self, text: str, places: Iterable[int]) -> str:
        text, keys = repair.without_entries(text, places)
        self._lost.update(keys)
        return text

    def _report(self, span: Span, rule: str, **args: str) -> None:
        self.problems.add(Problem.at(span, rule, **args))

    def _suggest(
        self, rule: str, span: Span, wanted: str, known: Iterable[str], /, **args: str
    ) -> str:
        """Report a name that is not known; the known one that it may mean."""
        # Comparing names is slow, and a problem that is only counted shows none.
        near = () if self.problems.full(rule) else known
        problem = suggesting(rule, span, wanted, near, **args)
        self.problems.add(problem)
        return dict(problem.args).get("suggestion", "")

    def _span(self, node: yaml.Node) -> Span:
        start, end = node.start_mark, node.end_mark
        length = end.column - start.column if end.line == start.line else 1
        column = max(start.column - self._tabbed.get(start.line, 0), 0) + 1
        return self.source.at(self._line(node), column, length)

    def _line(self, node: yaml.Node) -> int:
        """The line of the source, from 1, at which a node begins."""
        return self.offset + int(node.start_mark.line) + 1


def _nodes(part: yaml.Node | tuple[yaml.Node, yaml.Node]) -> tuple[yaml.Node, ...]:
    """The nodes of a sequence's item, or of a mapping's pair."""
    return part if isinstance(part, tuple) else (part,)
