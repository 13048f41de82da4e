"""Problems of references, to the argument: what the broken sites leave open."""

from pathlib import Path

import pytest

from overdue_guide.problems import Span
from tests.content import HEAD, Files, check

RULE = """- id: threat
  title: 威胁
  level: law
  says: 威胁他人的，可以处罚。
  cites: ["x:1"]
  when:
    - {said: [threat]}
"""
LAW = """title: 甲法
issuer: 乙
force: statute
effective: 2021-01-01
provisions:
  "1": {gist: 丙。}
"""
OUTCOME = """outcomes:
  b: {verdict: lawful, title: 果, means: 意, sure: 稳, reasons: [{says: 理, cites: ["x:1"]}], steps: [{does: 做}]}
"""


def told(tmp_path: Path, files: Files) -> list[tuple[str, int, int, str, dict[str, str]]]:
    report = check(tmp_path, files)
    return [(p.span.path, p.span.line, p.span.column, p.rule, dict(p.args)) for p, _ in report.problems]  # fmt: skip


@pytest.mark.parametrize(
    "law",
    [
        LAW.replace("statute", "self-discipline"),
        LAW.replace("force: statute", "force: statute\nunverified: true"),
        LAW.replace("{gist: 丙。}", "{gist: 丙。, unverified: true}"),
        LAW.replace("{gist: 丙。}", "{gist: 丙。, effective: 2030-01-01}"),
    ],
    ids=["not binding", "law unread", "provision unread", "provision not yet"],
)
def test_a_rule_that_speaks_of_law_needs_a_law_that_binds_and_was_read(
    tmp_path: Path, law: str
) -> None:
    files = {"reference/contact-rules.yml": RULE, "reference/laws/x.yml": law, "a/b.md": HEAD}
    rules = {rule for *_, rule, _ in told(tmp_path, files)}
    assert "overstated-rule" in rules


def test_a_rule_that_rests_on_law_in_force_is_fine(tmp_path: Path) -> None:
    files = {"reference/contact-rules.yml": RULE, "reference/laws/x.yml": LAW, "a/b.md": HEAD}
    assert "overstated-rule" not in {rule for *_, rule, _ in told(tmp_path, files)}


def test_an_outcome_cannot_rest_on_a_provision_that_is_not_yet_law(tmp_path: Path) -> None:
    flow = (
        "title: 题\nsummary: 点\nreviewed: 2026-10-01\nquestions:\n"
        "  a: {asks: 问, answers: [{says: 答, to: b}]}\n"
    )
    later = LAW.replace("{gist: 丙。}", "{gist: 丙。, effective: 2030-01-01}")
    for law, expected in ((LAW, False), (later, True)):
        files = {"checks/c.yml": flow + OUTCOME, "reference/laws/x.yml": law}
        found = {rule for *_, rule, _ in told(tmp_path, files)}
        assert expected == ("uncited-outcome" in found)


@pytest.mark.parametrize(("questions", "expected"), [(199, 0), (200, 1)])
def test_a_checker_with_more_than_200_steps_is_too_much(
    tmp_path: Path, questions: int, expected: int
) -> None:
    rows = "".join(
        f"  a{at}: {{asks: 问, answers: [{{says: 答, to: b}}]}}\n" for at in range(questions)
    )
    flow = f"title: 题\nsummary: 点\nreviewed: 2026-10-01\nquestions:\n{rows}{OUTCOME}"
    files = {"checks/c.yml": flow, "reference/laws/x.yml": LAW}
    found = [problem for problem in told(tmp_path, files) if problem[3] == "too-complex"]
    line = 4 + questions + 2
    assert [("checks/c.yml", line, 3, "too-complex", {"what": "steps", "most": "200"})] * expected == found  # fmt: skip


def test_a_provision_whose_successor_is_unknown_is_named_with_what_it_names(tmp_path: Path) -> None:
    law = LAW.replace(
        '"1": {gist: 丙。}',
        '"1": {gist: 丙。, successor: "x:2"}\n  "2": {gist: 丁。, successor: "x:99"}\n'
        '  "3": {gist: 丁。, successor: "y:7:8"}',
    )
    found = [p for p in told(tmp_path, {"reference/laws/x.yml": law}) if p[3] == "unknown-provision"]  # fmt: skip
    assert [
        (7, {"law": "x", "key": "第99条"}),
        (8, {"law": "y", "key": "7:8"}),
    ] == [(line, args) for _, line, _, _, args in found]


PAST = LAW.replace("title: 甲法", "title: 旧法").replace("effective: 2021-01-01", "repealed: true")
LATER = LAW.replace("effective: 2021-01-01", "effective: 2030-01-01")
PART = LAW.replace("{gist: 丙。}", "{gist: 丙。, effective: 2029-05-01}")


@pytest.mark.parametrize(
    ("law", "cited", "column", "args"),
    [
        (PART, "甲[@x:1]", 2, {"law": "《甲法》第1条", "state": "not-yet", "since": "2029-05-01"}),
        (LATER, "甲[@x]", 2, {"law": "《甲法》", "state": "not-yet", "since": "2030-01-01"}),
        (LATER, "甲[@x:1]", 2, {"law": "《甲法》第1条", "state": "not-yet", "since": "2030-01-01"}),
        (PAST, "甲[@x:1]", 2, {"law": "《旧法》第1条", "state": "repealed", "since": ""}),
        (PAST, "见《旧法》第一条", 2, {"law": "《旧法》第1条", "state": "repealed", "since": ""}),
    ],
    ids=["provision not yet", "law not yet", "law's provision", "repealed", "written"],
)
def test_what_is_not_in_force_is_named_with_its_state_and_day(
    tmp_path: Path, law: str, cited: str, column: int, args: dict[str, str]
) -> None:
    found = told(tmp_path, {"reference/laws/x.yml": law, "a/b.md": HEAD + cited})
    line = HEAD.count("\n") + 1
    assert ("a/b.md", line, column, "law-not-in-force", args) in found


@pytest.mark.parametrize(
    ("cited", "args"),
    [
        ("[@x:99]", {"law": "甲法", "key": "第99条"}),
        ("《甲法》第九十九条", {"law": "甲法", "key": "第99条"}),
    ],
)
def test_an_unknown_provision_suggests_nothing_when_nothing_is_near(
    tmp_path: Path, cited: str, args: dict[str, str]
) -> None:
    found = told(tmp_path, {"reference/laws/x.yml": LAW, "a/b.md": HEAD + cited})
    assert [args] == [given for *_, rule, given in found if rule == "unknown-provision"]


def test_an_unknown_provision_suggests_what_is_near(tmp_path: Path) -> None:
    law = LAW.replace('"1"', '"1034"')
    found = told(tmp_path, {"reference/laws/x.yml": law, "a/b.md": HEAD + "[@x:1043]"})
    args = [given for *_, rule, given in found if rule == "unknown-provision"]
    assert [{"law": "甲法", "key": "第1043条", "suggestion": "x:1034"}] == args


NAMES: Files = {
    "site.yml": """title: 甲
sections: [{slug: a, title: 甲}, {slug: letter, title: 乙}]
tags: [家人, 单位]
popular: [a/b, a/bb, a/draft]
help: [police, polise]
stages:
  - {id: early, title: 早}
  - {id: late, title: 晚, this_week: [{says: 做, see: a/b}, {says: 做, see: a/e}]}
""",
    "a/b.md": HEAD.replace(
        "---\ntitle",
        "---\nrelated: [a/b, a/d, c/index, index]\nstage: [early, erly]\ntags: [家人, 家, 单]\ntitle",
    )
    + "[[channel:police]] [[channel:polize]]\n\n{{date}}\n",
    "a/draft.md": HEAD.replace("---\ntitle", "---\ndraft: true\ntitle"),
    "c/index.md": "",
    "index.md": "",
    "letters/l.md": """---
title: 题
summary: 点
reviewed: 2026-11-01
blanks:
  - {id: got, label: 甲, kind: date}
  - {id: sum, label: 乙, kind: money}
  - {id: day, label: 己, kind: date}
  - {id: due, label: 丙, kind: date, deadline: {from: got, days: 3, cites: "x:1"}}
  - {id: end, label: 丁, kind: date, deadline: {from: gott, days: 3, cites: "x:1"}}
  - {id: eve, label: 戊, kind: date, deadline: {from: due, days: 3, cites: "x:1"}}
---
## 范本

{{got}} {{gott}} {{due}} {{end}} {{eve}} {{sum}} {{day}}
""",
    "reference/laws/x.yml": LAW,
    "reference/channels.yml": "- {id: police, name: 报警, handles: 威胁}\n",
    "reference/glossary.yml": """- {term: 甲, meaning: 乙, see: a/b}
- {term: 丙, meaning: 丁, see: a/f}
""",
    "checks/c.yml": "title: 题\nsummary: 点\nreviewed: 2026-10-01\nquestions:\n"
    "  a: {asks: 问, answers: [{says: 答, to: b}]}\n"
    + OUTCOME.replace(
        "[{does: 做}]",
        "[{does: 做, see: a/b}, {does: 做, see: a/g}, {does: 做, channel: police}, {does: 做, channel: plice}]",
    ),
}


def test_every_name_that_nothing_has_is_told_where_it_stands(tmp_path: Path) -> None:
    near = {"suggestion": "a/b"}
    day = {"key": "from", "choices": "day, got"}
    assert [
        ("a/b.md", "a/d", "unknown-article", {"article": "a/d", **near}),
        ("a/b.md", "c/index", "unknown-article", {"article": "c/index"}),
        ("a/b.md", "index", "unknown-article", {"article": "index"}),
        ("a/b.md", "erly", "unknown-stage", {"stage": "erly", "suggestion": "early"}),
        ("a/b.md", "家", "unknown-tag", {"tag": "家", "suggestion": "家人"}),
        ("a/b.md", "单", "unknown-tag", {"tag": "单", "suggestion": "单位"}),
        ("a/b.md", "[[channel:polize]]", "unknown-channel", {"channel": "polize", "suggestion": "police"}),
        ("c/index.md", "", "unlisted-section", {"section": "c"}),
        ("checks/c.yml", "a/g", "unknown-article", {"article": "a/g", **near}),
        ("checks/c.yml", "plice", "unknown-channel", {"channel": "plice", "suggestion": "police"}),
        ("letters/l.md", "gott", "bad-value", {**day, "value": "gott", "suggestion": "got"}),
        ("letters/l.md", "due", "bad-value", {**day, "value": "due"}),
        ("letters/l.md", "{{gott}}", "unknown-blank", {"blank": "gott", "suggestion": "got"}),
        ("reference/glossary.yml", "a/f", "unknown-article", {"article": "a/f", **near}),
        ("site.yml", "letter", "unknown-section", {"section": "letter", "suggestion": "letters"}),
        ("site.yml", "a/bb", "unknown-article", {"article": "a/bb", **near}),
        ("site.yml", "a/draft", "draft-target", {"target": "a/draft"}),
        ("site.yml", "polise", "unknown-channel", {"channel": "polise", "suggestion": "police"}),
        ("site.yml", "a/e", "unknown-article", {"article": "a/e", **near}),
    ] == [
        (p.span.path, pointed(NAMES, p.span), p.rule, dict(p.args))
        for p, _ in check(tmp_path, NAMES).problems
    ]  # fmt: skip


def pointed(files: Files, span: Span) -> str:
    """The text below a span."""
    text = files[span.path]
    assert isinstance(text, str)
    return text.split("\n")[span.line - 1][span.column - 1 : span.end_column - 1]
