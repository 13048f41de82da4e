"""What must hold of any list of problems, whatever text it speaks of."""

import re
from collections.abc import Iterable

from overdue_guide import report
from overdue_guide.problems import RULES, Problem, Severity
from overdue_guide.wording import LANGUAGES, wording

_HEAD = re.compile(r".+:\d+:\d+: \S.* \[[a-z-]+\]\Z")


def lines_of(text: str) -> list[str]:
    """The lines that an author's editor counts."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")


def assert_well_said(problems: Iterable[Problem], text: str) -> None:
    """Every problem stands in its text, breaks a known rule and can be told in every language."""
    lines, problems = lines_of(text), tuple(problems)
    for problem in problems:
        span = problem.span
        assert 1 <= span.line <= len(lines)
        assert 1 <= span.column <= len(lines[span.line - 1]) + 1
        assert span.column <= span.end_column <= len(lines[span.line - 1]) + 2
        assert_worded(problem)
    graded = tuple((problem, Severity.ERROR) for problem in problems)
    told = report.text(graded, wording("en"), lambda path: path, lambda path, line: lines[line - 1])
    heads = [line for line in told.split("\n") if line and not line.startswith("    ")]
    assert len(problems) == len(heads)
    assert not [head for head in heads if not _HEAD.match(head)]


def assert_worded(problem: Problem) -> None:
    """The rule is known, and the catalogue of every language fills its sentences."""
    assert problem.rule in RULES
    for language in LANGUAGES:
        words = wording(language)
        assert words.message(problem)
        # Unless the author wrote them, they are of a part that was to be filled or left out.
        assert "<<" not in words.hint(problem) or any("<<" in value for _, value in problem.args)
