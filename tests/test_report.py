"""Problems as text, JSON, GitHub commands, SARIF, JUnit and Markdown."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from overdue_guide import report
from overdue_guide.problems import RULES, Problem, Severity, Span
from overdue_guide.wording import wording

LINE = "按《民法典》[@civil-code:9999]办"
PROBLEM = Problem.at(
    Span("contact/a.md", 7, 7, 25), "unknown-provision", law="民法典", key="第9999条"
)
WARNING = Problem.at(Span("b.md", 2, 1, 2), "review-due", date="2026-01-01")
GRADED = ((PROBLEM, Severity.ERROR), (WARNING, Severity.WARNING))


def locate(path: str) -> str:
    return f"content/{path}"


def text(line: str, problem: Problem = PROBLEM, language: str = "en") -> list[str]:
    """The report of one problem in one line."""
    graded = ((problem, Severity.ERROR),)
    return report.text(graded, wording(language), locate, lambda path, at: line).split("\n")


def test_text_names_the_place_and_the_rule() -> None:
    assert [
        "content/contact/a.md:7:7: the registry has no 第9999条 of 《民法典》 [unknown-provision]",
        "    按《民法典》[@civil-code:9999]办",
        "    　　　　　　^^^^^^^^^^^^^^^^^^ check the number, or add the provision with its gist to the law's file",
    ] == text(LINE)


def test_text_speaks_the_readers_language() -> None:
    assert "法规库里没有《民法典》第9999条 [unknown-provision]" in text(LINE, language="zh")[0]


def test_a_line_that_cannot_be_shown_leaves_the_hint() -> None:
    assert "    check the number" in text("")[1]
    assert len(text("   ")) == 2


@pytest.mark.parametrize("column", [1, 30, 41, 100, 199, 200])
@pytest.mark.parametrize("filler", ["a", "中", "a中"])
def test_the_underline_stands_below_the_place_in_a_long_line(filler: str, column: int) -> None:
    line = (filler * 200)[: column - 1] + "X" + (filler * 200)[:200]
    shown, under = text(line, Problem.at(Span("a", 1, column, column + 1), "yaml-tab"))[1:]
    before = shown[: shown.index("X")]
    assert under[: len(before)] == "".join("\u3000" if char == "中" else " " for char in before)
    assert "^" == under[len(before) :].partition(" ")[0]
    assert len(shown) <= 4 + 60 + 2


def test_a_place_that_is_empty_or_behind_the_line_is_pointed_at() -> None:
    for column, line in ((3, "ab"), (1, "ab"), (2, "a\u0301")):
        under = text(line, Problem.at(Span("a", 1, column, column), "yaml-tab"))[2]
        assert " " * (4 + column - 1) + "^" == under.partition("^")[0] + "^"
        assert "^^" not in under


CELLS = {"a": 1, "中": 2, "ａ": 2, "ｱ": 1, "😀": 2, "𠀀": 2, "\u0301": 0, "…": 1, "\u3000": 2, "\t": 1, "\u202e": 1, "\U0002fffd": 1}  # fmt: skip
"""Characters, and how many cells a terminal gives them: what cannot be printed is shown as a blank."""


def in_cells(line: str) -> str:
    """The line as a terminal shows it, one sign for each cell."""
    shown = (char if char.isprintable() or char == "\u3000" else " " for char in line)
    return "".join(sign * CELLS.get(char, 1) for char, sign in zip(line, shown, strict=True))


LINES = st.lists(
    st.sampled_from([*(char for char in CELLS if CELLS[char]), "a\u0301"]), max_size=150
)


@given(LINES.map("".join), st.integers(0, 150), st.integers(0, 150))
@example("中" * 70, 2, 70)
@example("中" * 150, 41, 150)
def test_the_underline_covers_the_place_and_nothing_else(line: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(line)), min(other, len(line))))
    told = text(f"{line}a", Problem.at(Span("a", 1, start + 1, end + 1), "yaml-tab"))
    assert len(told[1]) <= 4 + 60 + 2
    shown = in_cells(told[1])
    blanks, marks = re.match(r"([ 　]+)(\^+) ", told[2]).groups()  # type: ignore[union-attr]
    low, high = len(in_cells(blanks)), len(in_cells(blanks)) + len(marks)
    before, written = shown[4:low], in_cells(line[:start])
    assert before == written or (before[0] == "…" and written.endswith(before[1:]))
    covered, wanted = shown[low:high], in_cells(line[start:end])
    if wanted and covered != wanted:
        assert wanted.startswith(covered) and shown[high:] == "…"
    assert wanted or "^" == marks


def test_nothing_that_an_author_wrote_can_steer_a_terminal() -> None:
    problem = Problem.at(
        Span("a\n\x1b[31m.md"), "unknown-key", key="x\r\n::error::\x1b]", known="\x07"
    )
    assert all(char.isprintable() for line in text("\x1b[2J\u202e\t中", problem) for char in line)
    assert len(text("\x1b[2J", problem)) == 3


def test_json_holds_what_the_contract_says() -> None:
    first, second = report.as_json(GRADED, locate)
    assert {
        "path": "content/contact/a.md",
        "line": 7,
        "column": 7,
        "rule": "unknown-provision",
        "severity": "error",
        "message": "the registry has no 第9999条 of 《民法典》",
        "hint": "check the number, or add the provision with its gist to the law's file",
    } == first
    assert second["severity"] == "warning"


def test_github_gets_one_command_for_each_problem() -> None:
    problem = Problem.at(Span("a,b:c%.md", 3, 4, 9), "unknown-key", key="x\ny", known="%")
    lines = report.github([(problem, Severity.ERROR), *GRADED[1:]], locate).split("\n")
    assert lines[0] == (
        "::error file=content/a%2Cb%3Ac%25.md,line=3,col=4,endColumn=9,title=unknown-key"
        "::“x%0Ay” is not a key that is known here (known keys: %25)"
    )
    assert lines[1].startswith("::warning file=content/b.md,line=2,")
    assert len(lines) == 2


def test_sarif_knows_every_rule_and_place() -> None:
    log = report.sarif(GRADED, locate)
    (run,) = log["runs"]
    assert ("2.1.0", "unicodeCodePoints") == (log["version"], run["columnKind"])
    assert list(RULES) == [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [("unknown-provision", "error"), ("review-due", "warning")] == [
        (result["ruleId"], result["level"]) for result in run["results"]
    ]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "content/contact/a.md"}
    assert place["region"] == {"startLine": 7, "startColumn": 7, "endColumn": 25}


def test_an_address_in_sarif_is_encoded() -> None:
    problem = Problem.at(Span("联系/a b%.md"), "bad-file-name", name="a b%.md")
    (run,) = report.sarif([(problem, Severity.ERROR)], locate)["runs"]
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "content/%E8%81%94%E7%B3%BB/a%20b%25.md"


def test_errors_and_warnings_are_counted() -> None:
    assert {"errors": 1, "warnings": 1} == report.counts(GRADED)
    assert {"errors": 0, "warnings": 0} == report.counts(())


def suites(problems: report.Graded) -> ElementTree.Element:
    return ElementTree.fromstring(report.junit(problems, locate))


def test_junit_has_a_suite_for_each_file_and_a_failure_for_each_error() -> None:
    again = Problem.at(Span("contact/a.md", 9, 1, 2), "yaml-tab")
    first, second = suites([(PROBLEM, Severity.ERROR), (again, Severity.ERROR), *GRADED[1:]])
    tally = ("name", "tests", "failures", "errors", "skipped")
    assert ["content/contact/a.md", "2", "2", "0", "0"] == [first.get(name) for name in tally]
    assert ["content/b.md", "1", "0", "0", "0"] == [second.get(name) for name in tally]
    case = first[0]
    assert "unknown-provision 7:7" == case.get("name")
    (failure,) = case
    assert ("failure", "unknown-provision") == (failure.tag, failure.get("type"))
    assert "the registry has no 第9999条 of 《民法典》" == failure.get("message")
    assert str(failure.text).startswith("content/contact/a.md:7:7: the registry has no 第9999条")
    (note,) = second[0]
    assert "system-out" == note.tag
    assert str(note.text).startswith("content/b.md:2:1: the review was due by 2026-01-01")


def test_junit_says_that_all_is_well() -> None:
    (suite,) = suites(())
    assert ("1", "0") == (suite.get("tests"), suite.get("failures"))
    assert ["testcase"] == [case.tag for case in suite]
    assert [] == list(suite[0])


def test_nothing_that_an_author_wrote_makes_junit_unreadable() -> None:
    problem = Problem.at(Span("a\x01\ufffe\ud800.md"), "unknown-key", key="]]>\x00<&", known="\x1b")
    (suite,) = suites([(problem, Severity.ERROR)])
    assert "“]]> <&” is not a key that is known here" == suite[0][0].get("message")


def test_markdown_is_a_table_that_calls_nobody() -> None:
    problem = Problem.at(Span("a|b.md", 3, 4, 9), "bad-citation", text="[@x|`*<b>")
    lines = report.markdown([(problem, Severity.ERROR), *GRADED[1:]], locate).split("\n")
    assert ["Errors: 1, warnings: 1", ""] == lines[:2]
    assert lines[4].startswith(
        "| content/a\\|b.md:3:4 | bad-citation (error) | “\\[@&#8203;x\\|\\`\\*&lt;b&gt;”"
    )
    assert "@" not in lines[4].replace("@&#8203;", "")
    assert len(lines) == 6


def test_markdown_is_never_longer_than_an_issue_may_be() -> None:
    problem = Problem.at(Span("contact/" + "a" * 40 + ".md"), "unknown-file", name="a" * 40)
    text = report.markdown([(problem, Severity.ERROR)] * 5000, locate)
    shown = text.count("\n| content/")
    assert text.endswith(f"\n\n… and {5000 - shown} more")
    assert 50_000 < len(text.encode()) < 65_536
    assert "No problems." == report.markdown((), locate)
