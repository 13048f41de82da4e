"""Links, to the argument: where a wrong one stands, and what its author may have meant."""

from pathlib import Path

import pytest

from tests.content import HEAD, Files, check

SITE: Files = {
    "site.yml": "title: 甲\nstages: [{id: early, title: 早}]\nrules: {awkward-name: off}\n",
    "a/b.md": HEAD + "## 甲节\n\n## 乙节\n",
    "a/draft.md": HEAD.replace("---\ntitle", "---\ndraft: true\ntitle"),
    "a/p.png": b"picture",
    "about.md": HEAD,
    "letters/stop.md": HEAD,
}
GENERATED: Files = {
    "reference/laws/x.yml": "title: 甲法\nissuer: 乙\nforce: statute\neffective: 2021-01-01\n"
    'provisions:\n  "1": {gist: 丙。}\n',
    "reference/channels.yml": "- {id: police, name: 报警, handles: 威胁}\n",
    "reference/contact-rules.yml": "- {id: threat, title: 威胁, level: law, says: 可以处罚。,"
    " cites: ['x:1'], when: [{said: [threat]}]}\n",
    "checks/c.yml": "title: 题\nsummary: 点\nreviewed: 2026-10-01\nquestions:\n"
    "  q: {asks: 问, answers: [{says: 答, to: b}]}\noutcomes:\n"
    "  b: {verdict: lawful, title: 果, means: 意, sure: 稳,"
    " reasons: [{says: 理, cites: ['x:1']}], steps: [{does: 做}]}\n",
}
"""What pages are made of that no Markdown file is behind."""
PAGES = ["log", "check", "check/c", "stage", "stage/early", "channels"]


def wrong(
    folder: Path, body: str, path: str, files: Files = SITE
) -> list[tuple[str, str, dict[str, str]]]:
    """(link target as it stands in the text, rule, arguments) of each problem of a file's text."""
    report = check(folder, {**files, path: HEAD + body})
    return [
        (body[p.span.column - 1 : p.span.end_column - 1], p.rule, dict(p.args))
        for p, _ in report.problems
        if p.span.path == path
    ]


WRONG: list[tuple[str, str, dict[str, str]]] = [
    ("#甲", "broken-anchor", {"anchor": "甲", "target": "a/c.md", "suggestion": "甲节"}),
    ("b.md#乙", "broken-anchor", {"anchor": "乙", "target": "a/b.md", "suggestion": "乙节"}),
    ("../about.md#甲节", "broken-anchor", {"anchor": "甲节", "target": "about.md"}),
    ("x.png", "missing-file", {"target": "x.png", "folder": "a", "suggestion": "p.png"}),
    ("P.PNG", "missing-file", {"target": "P.PNG", "folder": "a", "suggestion": "p.png"}),
    ("../q/r.svg", "missing-file", {"target": "../q/r.svg", "folder": "q"}),
    ("../r.pdf", "missing-file", {"target": "../r.pdf", "folder": "."}),
    ("../b/b.md", "broken-link", {"target": "../b/b.md", "suggestion": "b.md"}),
    ("../A/B.md", "broken-link", {"target": "../A/B.md", "suggestion": "b.md"}),
    ("bb.md", "broken-link", {"target": "bb.md", "suggestion": "b.md"}),
    ("Stop.md#x", "broken-link", {"target": "Stop.md#x", "suggestion": "../letters/stop.md"}),
    ("什么.md", "broken-link", {"target": "什么.md"}),
    ("draft.md", "draft-target", {"target": "draft.md"}),
    ("./draft.md#x", "draft-target", {"target": "./draft.md#x"}),
]


def test_a_wrong_link_is_told_with_what_was_meant(tmp_path: Path) -> None:
    links = "".join(f"见[甲](b.md#甲节)和[乙]({target})" for target, _, _ in WRONG)
    assert WRONG == wrong(tmp_path, f"{links}\n\n## 甲节\n", "a/c.md")


def test_a_page_at_the_top_is_told_what_lies_below_it(tmp_path: Path) -> None:
    args = {"target": "b.md", "suggestion": "a/b.md"}
    assert [("b.md", "broken-link", args)] == wrong(tmp_path, "[甲](b.md)", "about.md")


def test_a_link_to_nothing_is_shown_as_what_it_is(tmp_path: Path) -> None:
    ((_, rule, args),) = wrong(tmp_path, "[甲]()", "a/c.md")
    assert ("broken-link", {"target": "()"}) == (rule, args)


def test_of_two_files_of_a_name_the_first_by_path_is_suggested(tmp_path: Path) -> None:
    files = {**SITE, "b/same.md": HEAD, "c/same.md": HEAD}
    found = wrong(tmp_path, "[甲](same.md)[乙](../C/same.md)", "a/c.md", files)
    assert ["../b/same.md", "../c/same.md"] == [args["suggestion"] for _, _, args in found]


@pytest.mark.parametrize(("before", "meant"), [(199, True), (200, False)])
@pytest.mark.parametrize(("many", "last"), [("#甲", "bb.md"), ("bb.md", "#甲")])
def test_of_very_many_wrong_links_what_was_meant_is_sought_for_the_first_200(
    tmp_path: Path, before: int, meant: bool, many: str, last: str
) -> None:
    body = f"[甲]({many})\n\n" * before + f"[甲]({last})\n\n## 甲节\n"
    told = [dict(p.args) for p, _ in check(tmp_path, {**SITE, "a/c.md": HEAD + body}).problems]
    assert before + 1 == len(told)
    assert before + meant == sum("suggestion" in args for args in told)


def test_pages_that_are_made_of_data_may_be_linked_to_when_there_is_data(tmp_path: Path) -> None:
    links = "".join(f"[甲]({page}/)" for page in PAGES)
    assert [] == wrong(tmp_path / "with", links, "about.md", {**SITE, **GENERATED})
    bare = {"site.yml": "title: 甲\nrules: {awkward-name: off}\n"}
    assert [(f"{page}/", "broken-link") for page in PAGES] == [
        found[:2] for found in wrong(tmp_path / "without", links, "about.md", bare)
    ]


def test_what_leads_away_is_not_sought_here(tmp_path: Path) -> None:
    away = ("HTTPS://a.example/x", "//a.example/x", "tel:12378", "MAILTO:a@b.example")
    links = "".join(f"[甲]({target})" for target in away)
    found = wrong(tmp_path, f"{links} [乙](x.md)", "a/c.md")
    assert ["broken-link"] == [rule for _, rule, _ in found if rule != "unlisted-link"]
