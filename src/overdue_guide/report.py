"""Problems as people and machines read them: text, JSON, GitHub, SARIF, JUnit, Markdown.

Machine formats are always in English. Paths are those of the source files, so that an editor or a
pull request can jump to the line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

from overdue_guide import __version__, cells
from overdue_guide.options import BuildReport
from overdue_guide.problems import RULES, Problem, Severity, Span
from overdue_guide.wording import Wording, wording

Graded = Iterable[tuple[Problem, Severity]]
Locate = Callable[[str], str]
"""Path below the content folder → path to show."""
Style = Callable[[str, str], str]
"""(kind, text) → the text as a terminal shows that kind: place, error, warning, hint."""
ReadLine = Callable[[str, int], str]
"""(path below the content folder, line) → that source line, or empty."""

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.OFF: "none"}
"""Severity → SARIF's word for it."""
_NUMBERS = {rule: number for number, rule in enumerate(RULES)}
_GITHUB = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def text(
    problems: Graded,
    words: Wording,
    locate: Locate,
    read_line: ReadLine,
    style: Style = lambda kind, text: text,
) -> str:
    """``path:line:column: message [rule]`` with the source line and how to mend it."""
    lines: list[str] = []
    for problem, severity in problems:
        span = problem.span
        place = style("place", _printable(f"{locate(span.path)}:{span.line}:{span.column}"))
        rule = style(severity.value, f"[{problem.rule}]")
        lines.append(f"{place}: {_printable(words.message(problem))} {rule}")
        source = read_line(span.path, span.line)
        hint = _printable(words.hint(problem))
        if source.strip():
            shown, before, under = _quoted(source, span)
            lines += [f"    {shown}", f"    {before}{style('hint', f'{under} {hint}'.rstrip())}"]
        elif hint:
            lines.append(f"    {style('hint', hint)}")
    return "\n".join(lines)


def as_json(problems: Graded, locate: Locate) -> list[dict[str, object]]:
    """The contract's objects."""
    words = wording("en")
    return [row(problem, severity, words, locate) for problem, severity in problems]


def row(problem: Problem, severity: Severity, words: Wording, locate: Locate) -> dict[str, object]:
    """A problem as an object."""
    return {
        "path": locate(problem.span.path),
        "line": problem.span.line,
        "column": problem.span.column,
        "rule": problem.rule,
        "severity": severity.value,
        "message": words.message(problem),
        "hint": words.hint(problem),
    }


def build_json(report: BuildReport, locate: Locate) -> dict[str, object]:
    """What ``build --json`` prints."""
    seconds = {stage: round(value, 4) for stage, value in report.seconds}
    return {
        "pages": report.pages,
        "written": report.files.written,
        "kept": report.files.kept,
        "removed": report.files.removed,
        "problems": as_json(report.problems, locate),
        "seconds": {**seconds, "total": round(sum(value for _, value in report.seconds), 4)},
    }


def github(problems: Graded, locate: Locate) -> str:
    """Workflow commands that annotate the lines of a pull request.

    Source: GitHub Docs, "Workflow commands for GitHub Actions".
    """
    words = wording("en")
    return "\n".join(
        f"::{_GITHUB[severity]} file={_property(locate(problem.span.path))},line={problem.span.line},"
        f"col={problem.span.column},endColumn={problem.span.end_column},title={_property(problem.rule)}"
        f"::{_data(_sentence(words, problem))}"
        for problem, severity in problems
    )


def sarif(problems: Graded, locate: Locate) -> dict[str, Any]:
    """A SARIF 2.1.0 log (OASIS); columns count code points."""
    words = wording("en")
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": _driver(words)},
                "columnKind": "unicodeCodePoints",
                "results": [_result(words, p, severity, locate) for p, severity in problems],
            }
        ],
    }


def junit(problems: Graded, locate: Locate) -> str:
    """A JUnit file: one suite for each source file, one case for each problem.

    Errors are failures; warnings pass, with a note. When nothing is wrong, one case says so.
    """
    words = wording("en")
    cases: dict[str, list[ElementTree.Element]] = {}
    for problem, severity in problems:
        path = locate(problem.span.path)
        cases.setdefault(path, []).append(_case(words, problem, severity, path))
    if not cases:
        case = ElementTree.Element("testcase", name="every rule", classname="content", time="0")
        cases["content"] = [case]
    suites = ElementTree.Element("testsuites", name="overdue-guide")
    for path, found in cases.items():
        failed = sum(case.find("failure") is not None for case in found)
        tally = {"tests": len(found), "failures": failed, "errors": 0, "skipped": 0, "time": 0}
        about = {"name": _printable(path), **{name: str(n) for name, n in tally.items()}}
        suite = ElementTree.SubElement(suites, "testsuite", about)
        suite.extend(found)
    ElementTree.indent(suites)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(suites, "unicode")


def _case(words: Wording, problem: Problem, severity: Severity, path: str) -> ElementTree.Element:
    span = problem.span
    name = f"{problem.rule} {span.line}:{span.column}"
    case = ElementTree.Element("testcase", name=name, classname=_printable(path), time="0")
    place = _printable(f"{path}:{span.line}:{span.column}")
    told = f"{place}: {_printable(_sentence(words, problem))}"
    if severity is Severity.ERROR:
        message = _printable(words.message(problem))
        ElementTree.SubElement(case, "failure", type=problem.rule, message=message).text = told
    else:
        ElementTree.SubElement(case, "system-out").text = told
    return case


_BYTES = 60_000
"""An issue holds 65,536."""


def markdown(problems: Graded, locate: Locate) -> str:
    """A table for a job summary or an issue, which hold only so much."""
    words = wording("en")
    rows = list(problems)
    if not rows:
        return "No problems."
    tally = counts(rows)
    lines = [f"Errors: {tally['errors']}, warnings: {tally['warnings']}", ""]
    lines += ["| Where | Rule | What is wrong, and how to mend it |", "| --- | --- | --- |"]
    room = _BYTES
    for shown, (problem, severity) in enumerate(rows):
        place = _cell(f"{locate(problem.span.path)}:{problem.span.line}:{problem.span.column}")
        told = _cell(_sentence(words, problem))
        row = f"| {place} | {problem.rule} ({severity.value}) | {told} |"
        room -= len(row.encode()) + 1
        if room < 0:
            lines += ["", f"… and {len(rows) - shown} more"]
            break
        lines.append(row)
    return "\n".join(lines)


def _cell(text: str) -> str:
    """The text as a table shows it: no marks, and nobody of the name @law-id is called."""
    plain = re.sub(r"([\\`*_\[\]|~#])", r"\\\1", _printable(text))
    plain = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return plain.replace("@", "@&#8203;")


VALUES: Mapping[str, Callable[[Graded, Locate], object]] = {"json": as_json, "sarif": sarif}
"""Format → what JSON it prints."""
LINES: Mapping[str, Callable[[Graded, Locate], str]] = {
    "github": github,
    "junit": junit,
    "markdown": markdown,
}
"""Format → what lines it prints."""


def counts(problems: Graded) -> Mapping[str, int]:
    """How many errors and warnings."""
    grades = [severity for _, severity in problems]
    return {"errors": grades.count(Severity.ERROR), "warnings": grades.count(Severity.WARNING)}


def _sentence(words: Wording, problem: Problem) -> str:
    hint = words.hint(problem)
    return words.message(problem) + (f" ({hint})" if hint else "")


def _driver(words: Wording) -> dict[str, Any]:
    return {
        "name": "overdue-guide",
        "version": __version__,
        "rules": [
            {
                "id": rule,
                "shortDescription": {"text": words.pattern(rule)},
                "fullDescription": {"text": words.why(rule)},
                "help": {"text": words.advice(rule) or words.why(rule)},
                "defaultConfiguration": {"level": _LEVELS[severity]},
            }
            for rule, severity in RULES.items()
        ],
    }


def _result(words: Wording, problem: Problem, severity: Severity, locate: Locate) -> dict[str, Any]:
    span = problem.span
    region = {"startLine": span.line, "startColumn": span.column, "endColumn": span.end_column}
    return {
        "ruleId": problem.rule,
        "ruleIndex": _NUMBERS[problem.rule],
        "level": severity.value,
        "message": {"text": _sentence(words, problem)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": quote(locate(span.path))},
                    "region": region,
                }
            }
        ],
    }


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")


_WIDTH = 60
"""Characters of a line that are shown."""


def _quoted(source: str, span: Span) -> tuple[str, str, str]:
    """The part of a long line around the span, blanks as far as the span, and marks below it."""
    start = max(span.column - _WIDTH // 2, 0) if span.column > _WIDTH * 2 // 3 else 0
    stop, at = start + _WIDTH, span.column - 1
    end = min(max(span.end_column - 1, at), stop)
    before = ("…" if start else "") + _printable(source[start:at])
    within = _printable(source[at:end])
    after = _printable(source[end:stop]) + ("…" if len(source) > stop else "")
    # What has no width, or ends the line, is pointed at all the same.
    under = "^" * max(cells.width(within), 1)
    return before + within + after, cells.blank(before), under


def _printable(text: str) -> str:
    """The text without line ends, escape codes or marks that turn its direction on a terminal."""
    return "".join(char if char.isprintable() or char == "\u3000" else " " for char in text)
