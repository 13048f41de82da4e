"""What refers to something must find it: links, lists, laws, dates, addresses."""

from pathlib import Path

import pytest

from tests.content import CIVIL_CODE, HEAD, TODAY, Files, check, found

SITE: Files = {
    "site.yml": "rules: {awkward-name: off}\n",
    "contact/family.md": HEAD + "## 现在怎么做\n\n正文\n",
    "contact/index.md": "## 栏目\n",
    "中文/文件.md": HEAD + "## 问：能吗？\n",
    "letters/stop.md": HEAD,
    "contact/p.png": b"x",
    "reference/laws/civil-code.yml": CIVIL_CODE,
    "reference/channels.yml": "- {id: police, name: 报警, handles: 威胁}\n",
}


def rules(folder: Path, body: str, head: str = HEAD, **more: str) -> list[str]:
    """What is wrong with an article of the small site."""
    report = check(folder, {**SITE, "contact/a.md": head + body, **more})
    return [rule for path, _, rule in found(report) if path == "contact/a.md"]


@pytest.mark.parametrize(
    "target",
    [
        "family.md",
        "family.md#现在怎么做",
        "family.md#%E7%8E%B0%E5%9C%A8%E6%80%8E%E4%B9%88%E5%81%9A",
        "../contact/family.md",
        "./family.md",
        "../中文/文件.md#问-能吗",
        "../%E4%B8%AD%E6%96%87/%E6%96%87%E4%BB%B6.md",
        "index.md#栏目",
        "../letters/stop.md",
        "p.png",
        "#",
        "#自己",
        "a.md",
        "https://example.org/x.md",
        "//example.org/",
        "mailto:a@example.org",
        "tel:12378",
    ],
)
def test_a_link_that_leads_somewhere_is_fine(tmp_path: Path, target: str) -> None:
    assert [] == rules(tmp_path, f"[x]({target})\n\n## 自己\n")


@pytest.mark.parametrize(
    ("target", "rule"),
    [
        ("nowhere.md", "broken-link"),
        ("Family.md", "broken-link"),
        ("../Contact/family.md", "broken-link"),
        ("family", "broken-link"),
        ("family/", "broken-link"),
        ("../contact", "broken-link"),
        ("/contact/family.md", "broken-link"),
        ("/contact/family/", "broken-link"),
        ("../../README.md", "broken-link"),
        ("../site.yml", "broken-link"),
        ("q.png", "missing-file"),
        ("family.md?x", "broken-link"),
        ("", "broken-link"),
        ("%00.md", "broken-link"),
        ("%2e%2e/%2e%2e/etc/passwd", "broken-link"),
        ("family.md#没有", "broken-anchor"),
        ("#没有", "broken-anchor"),
        ("p.png#x", "broken-anchor"),
    ],
)
def test_a_link_that_leads_nowhere_is_reported(tmp_path: Path, target: str, rule: str) -> None:
    assert [rule] == rules(tmp_path, f"[x]({target})\n")


@pytest.mark.parametrize(
    "body",
    [
        "[x][r]\n\n[r]: nowhere.md",
        "![x](nowhere.md)",
        '<a href="nowhere.md">x</a>',
        "| x |\n|---|\n| [x](nowhere.md) |",
        "注[^1]\n\n[^1]: [x](nowhere.md)",
        "!!! note\n    [x](nowhere.md)",
        "词\n:   [x](nowhere.md)",
    ],
    ids=["reference", "image", "HTML", "table", "footnote", "admonition", "definition"],
)
def test_a_broken_link_is_found_wherever_it_stands(tmp_path: Path, body: str) -> None:
    assert ["broken-link"] == rules(tmp_path, body)


def test_a_link_in_code_is_code(tmp_path: Path) -> None:
    assert [] == rules(tmp_path, "`[x](nowhere.md)`\n\n```\n[x](nowhere.md)\n```\n")


@pytest.mark.parametrize(
    ("target", "suggestion"),
    [
        ("famly.md", "family.md"),
        ("FAMILY.md", "family.md"),
        ("../work/family.md", "family.md"),
        ("stop.md", "../letters/stop.md"),
        ("zzz.md", None),
    ],
)
def test_a_broken_link_suggests_what_to_write(
    tmp_path: Path, target: str, suggestion: str | None
) -> None:
    report = check(tmp_path, {**SITE, "contact/a.md": f"{HEAD}[x]({target})"})
    assert suggestion == dict(report.problems[0][0].args).get("suggestion")


@pytest.mark.parametrize(
    "body",
    [
        "[@civil-code:9999]",
        "《民法典》第九千九百九十九条",
        "《中华人民共和国民法典》第9999条第二款",
        "[@civil-code:1034;civil-code:9999]",
        "[@civil-code:9999 历史]",
        "## 题 [@civil-code:9999]",
        "[x [@civil-code:9999]](family.md)",
        "[《民法典》第9999条](family.md)",
        "| x |\n|---|\n| [@civil-code:9999] |",
        "注[^1]\n\n[^1]: [@civil-code:9999]",
        "> [@civil-code:9999]",
        '!!! note "见[@civil-code:9999]"\n    文',
        "<div>[@civil-code:9999]</div>",
        "**[@civil-code:9999]**",
    ],
)
def test_a_wrong_article_is_found_wherever_it_is_cited(tmp_path: Path, body: str) -> None:
    assert ["unknown-provision"] == rules(tmp_path, body)


@pytest.mark.parametrize(
    ("effective", "today", "expected"),
    [
        ("2026-11-24", "2026-11-23", ["law-not-in-force"]),
        ("2026-11-24", "2026-11-24", []),
        ("2026-11-23", "2026-11-23", []),
    ],
)
@pytest.mark.parametrize("body", ["[@new:1]", "[@new]", "《新办法》第一条"])
def test_a_law_counts_from_its_first_day(
    tmp_path: Path, effective: str, today: str, expected: list[str], body: str
) -> None:
    new = f'title: 新办法\nissuer: 甲\nforce: statute\neffective: {effective}\nprovisions:\n  "1": {{gist: 乙}}\n'
    files = {"contact/a.md": HEAD + body, "reference/laws/new.yml": new}
    report = check(tmp_path, files, today=TODAY.fromisoformat(today))
    assert expected == [rule for _, _, rule in found(report)]


def test_history_may_cite_what_no_longer_counts(tmp_path: Path) -> None:
    old = "title: 合同法\nissuer: 甲\nforce: statute\nrepealed: 2021-01-01\n"
    files = {"contact/a.md": HEAD + "[@old 历史] [@old]", "reference/laws/old.yml": old}
    assert [("contact/a.md", 6, "law-not-in-force")] == found(check(tmp_path, files))


def test_a_site_without_a_registry_may_write_laws_out(tmp_path: Path) -> None:
    report = check(tmp_path, {"a/b.md": HEAD + "《民法典》第一条"})
    assert [("unlisted-law", "warning")] == [(p.rule, s.value) for p, s in report.problems]


@pytest.mark.parametrize(
    ("rules_line", "expected"),
    [
        ("{unlisted-law: error}", [("unlisted-law", "error")]),
        ("{unlisted-law: off}", []),
        ("{unlisted-law: 'off'}", []),
        ("{review-due: off}", [("unlisted-law", "warning")]),
    ],
)
def test_a_site_may_choose_how_grave_a_rule_is(
    tmp_path: Path, rules_line: str, expected: list[tuple[str, str]]
) -> None:
    files = {"site.yml": f"rules: {rules_line}\n", "a/b.md": HEAD + "《民法典》第一条"}
    report = check(tmp_path, files)
    assert expected == [(p.rule, s.value) for p, s in report.problems]


@pytest.mark.parametrize("rule", ["unknown-law", "unknown-provision"])
def test_a_citation_of_nothing_is_always_an_error(tmp_path: Path, rule: str) -> None:
    files = {
        **SITE,
        "site.yml": f"rules: {{awkward-name: off, {rule}: off}}\n",
        "contact/a.md": HEAD + "[@civil-code:1] [@x]",
    }
    report = check(tmp_path, files)
    assert {"bad-value", "unknown-law", "unknown-provision"} == {
        rule for _, _, rule in found(report)
    }
    assert {"error"} == {severity.value for _, severity in report.problems}


@pytest.mark.parametrize(
    ("files", "clashing"),
    [
        (["a/B.md", "a/b.md"], "a/b.md"),
        (["a/b.md", "a/b/index.md"], "a/b.md"),
        (["a.md", "a/b.md"], "a.md"),
        (["A/x.md", "a/y.md"], "a/y.md"),
        (["search.md"], "search.md"),
        (["tags/x.md"], "tags/x.md"),
        (["assets/p.png"], "assets/p.png"),
        (["a/P.png", "a/p.png"], "a/p.png"),
    ],
)  # fmt: skip
def test_two_things_at_one_address_clash(tmp_path: Path, files: list[str], clashing: str) -> None:
    report = check(tmp_path, dict.fromkeys(files, HEAD))
    clashes = [problem for problem in found(report) if problem[2] != "awkward-name"]
    assert {(clashing, 1, "address-clash")} == set(clashes)


@pytest.mark.parametrize(
    ("alias", "rule"),
    [
        ("/old/address/", None),
        ("old", None),
        ("/旧/地址/", None),
        ("/contact/family/", "address-clash"),
        ("/Contact/Family", "address-clash"),
        ("/contact/", "address-clash"),
        ("/contact/a/", "address-clash"),
        ("/laws/x/", "address-clash"),
        ("/", "bad-value"),
        ("../up", "bad-value"),
        ("/a/./b/", "bad-value"),
        ("/a//b/", "bad-value"),
        ("https://example.org/", "bad-value"),
        ("/a b/", "bad-value"),
        ("/a?b", "bad-value"),
    ],
)
def test_an_old_address_must_be_free(tmp_path: Path, alias: str, rule: str | None) -> None:
    head = HEAD.replace("---\ntitle", f"---\naliases: ['{alias}']\ntitle")
    assert ([rule] if rule else []) == rules(tmp_path, "", head)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("reviewed: 2026-11-23", None),
        ("reviewed: 2026-11-24", "reviewed-in-future"),
        ("reviewed: 9999-12-31", "reviewed-in-future"),
        ("reviewed: 2025-12-24", None),
        ("reviewed: 2025-12-23", "review-soon"),
        ("reviewed: 2025-11-23", "review-soon"),
        ("reviewed: 2025-11-22", "review-due"),
        ("reviewed: 2025-08-25", "review-due"),
        ("reviewed: 2025-08-24", "review-lapsed"),
        ("risk: high\nreviewed: 2026-06-24", None),
        ("risk: high\nreviewed: 2026-05-24", "review-soon"),
        ("risk: high\nreviewed: 2026-05-23", "review-due"),
        ("risk: low\nreviewed: 2025-01-01", None),
        ("risk: high\nreviewed: 2026-02-22", "review-lapsed"),
        ("review_by: 2026-12-24\nreviewed: 2020-01-01", None),
        ("review_by: 2026-11-23\nreviewed: 2020-01-01", "review-soon"),
        ("review_by: 2026-11-22\nreviewed: 2026-11-01", "review-due"),
    ],
)
def test_a_review_lasts_by_risk(tmp_path: Path, line: str, rule: str | None) -> None:
    head = HEAD.replace("reviewed: 2026-11-01", line)
    assert ([rule] if rule else []) == rules(tmp_path, "", head)


def test_a_channel_and_a_term_may_rest_on_law(tmp_path: Path) -> None:
    files = {
        **SITE,
        "reference/channels.yml": "- {id: a, name: 甲, handles: 乙, cites: ['civil-code:1', 'x:1']}\n",
        "reference/glossary.yml": "- {term: 甲, meaning: 乙, cites: ['[@civil-code:1034]', 'civil-code:2']}\n",
    }
    assert [
        ("reference/channels.yml", 1, "unknown-provision"),
        ("reference/channels.yml", 1, "unknown-law"),
        ("reference/glossary.yml", 1, "unknown-provision"),
    ] == found(check(tmp_path, files))


def test_problems_are_sorted_and_counted_once(tmp_path: Path) -> None:
    report = check(
        tmp_path, {**SITE, "contact/a.md": HEAD + "[x](n.md)\n\n[y](m.md)\n", "b/a.md": ""}
    )
    assert found(report) == sorted(found(report))
    assert len(report.problems) == len(set(report.problems)) == 3


def test_columns_count_characters_not_bytes(tmp_path: Path) -> None:
    report = check(tmp_path, {**SITE, "contact/a.md": HEAD + "𠀀中文[@civil-code:9999]"})
    span = report.problems[0][0].span
    assert (6, 4, 22) == (span.line, span.column, span.end_column)
