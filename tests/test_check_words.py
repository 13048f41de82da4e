"""Wording that needs the whole site: quotations, numbers, links, terms."""

from pathlib import Path

import pytest

from overdue_guide.problems import Span
from tests.content import HEAD, Files, check, found

LAW = """title: 中华人民共和国某法
short: [某法]
issuer: 某机关
effective: 2020-01-01
force: statute
official: {name: 法律数据库, url: 'https://www.laws.example/list'}
quotes: [整部引用的话]
provisions:
  "1":
    gist: 保密。
    quotes: ["任何人不得泄露个人信息,另有规定的除外", 应当保密]
  "2": {gist: 赔偿。}
"""
SITE = {
    "reference/laws/some-law.yml": LAW,
    "reference/channels.yml": '- {id: a, name: 甲, phone: "12378", handles: 乙, web: "https://help.example/"}\n'
    '- {id: b, name: 乙, phone: "010-12321", handles: 丙}\n'
    '- {id: c, name: 丙, phone: "400-800-1234", handles: 丁}\n',
    "reference/glossary.yml": "- {term: 连带责任保证, meaning: 可以直接找他。, aka: [连保]}\n",
    "site.yml": "rules: {unsourced-quote: error, unlisted-number: error, unlisted-link: error}\n",
}


def rules(folder: Path, body: str) -> list[str]:
    """What is wrong with an article of the small site."""
    report = check(folder, {**SITE, "contact/a.md": f"{HEAD}{body}\n"})
    return [rule for _, _, rule in found(report)]


@pytest.mark.parametrize(
    "body",
    [
        "「不得泄露个人信息」（[@some-law:1]）",
        "「不得泄露个人信息」，《某法》第一条",
        "「个人信息，另有规定」（[@some-law:1]）",
        "「任何人……除外」（[@some-law:1]）",
        "「应当 保密」（[@some-law:2;@some-law:1]）",
        "「应当保密」（[@some-law]）",
        "「整部引用的话」（[@some-law]）",
        "按[@some-law:1]：\n\n- 「应当保密」。",
        "第一行\n「应当保密」\n（[@some-law:1]）",
        "`「没有这句」`",
        "“没有这句”",
        "「」",
    ],
)
def test_a_quotation_that_stands_in_the_provision_is_fine(tmp_path: Path, body: str) -> None:
    assert [] == rules(tmp_path, body)


@pytest.mark.parametrize(
    "body",
    [
        "「应当保密」",
        "「应当保密」\n\n（[@some-law:1]）",
        "「应当保密」（[@some-law:2]）",
        "「应当公开」（[@some-law:1]）",
        "「保密……泄露」「任何人……公开」（[@some-law:1]）",
        "「整部引用的话」（[@some-law:1]）",
        "按[@some-law:1]：\n\n- 一项。\n\n「应当保密」",
    ],
)
def test_a_quotation_that_stands_nowhere_beside_it_is_reported(tmp_path: Path, body: str) -> None:
    assert ["unsourced-quote"] == rules(tmp_path, body)


@pytest.mark.parametrize(
    ("body", "slip"),
    [
        ("应当说「应当保密」（[@some-law:9]）", "unknown-provision"),
        ("应当说「应当保密」（[@sme-law:1]）", "unknown-law"),
        ("应当说「应当保密」，《某法》第九条", "unknown-provision"),
        ("应当说「应当保密」（【@some-law:1】）", "bad-citation"),
        ("应当说「应当保密」（[＠some-law：1]）", "bad-citation"),
    ],
)
def test_a_slip_in_a_citation_is_one_mistake(tmp_path: Path, body: str, slip: str) -> None:
    strict = SITE["site.yml"].replace("{", "{unsourced-claim: error, ")
    report = check(tmp_path, {**SITE, "site.yml": strict, "contact/a.md": f"{HEAD}{body}\n"})
    assert [slip] == [rule for _, _, rule in found(report)]


def test_a_law_that_nobody_listed_bears_out_no_words(tmp_path: Path) -> None:
    body = "「应当保密」，《别的法》第一条"
    assert ["unlisted-law", "unsourced-quote"] == sorted(rules(tmp_path, body))


def test_each_quotation_is_reported_where_it_stands(tmp_path: Path) -> None:
    body = "见「甲乙」和「丙丁」（[@some-law:1]）。\n"
    report = check(tmp_path, {**SITE, "contact/a.md": HEAD + body})
    assert ["甲乙", "丙丁"] == [
        body[problem.span.column - 1 : problem.span.end_column - 1]
        for problem, _ in report.problems
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("reference/glossary.yml", "- {term: 甲, meaning: 说是「{words}」。, cites: [some-law:1]}\n"),
        (
            "reference/contact-rules.yml",
            "- {id: a, title: 甲, level: ask, says: 说是「{words}」。, cites: [some-law:1],"
            " when: [{who: [lender]}]}\n",
        ),
        (
            "checks/a.yml",
            "title: 甲\nsummary: 乙\nreviewed: 2026-11-01\n"
            "questions:\n  q: {asks: 丙, answers: [{says: 丁, to: e}]}\n"
            "outcomes:\n  e:\n    verdict: unclear\n    title: 戊\n    means: 己\n    sure: 庚\n"
            "    reasons: [{says: 说是「{words}」。, cites: [some-law:1]}]\n"
            "    steps: [{does: 辛}]\n",
        ),
        (
            "site.yml",
            "rules: {unsourced-quote: error}\nstages:\n  - id: a\n    title: 甲\n"
            "    may: [{says: 说是「{words}」。, cites: [some-law:1]}]\n",
        ),
    ],
)  # fmt: skip
def test_quotations_in_yaml_are_held_against_their_provisions(
    tmp_path: Path, name: str, text: str
) -> None:
    good = check(tmp_path, {**SITE, name: text.replace("{words}", "应当保密")})
    assert [] == found(good)
    bad = check(tmp_path, {**SITE, name: text.replace("{words}", "应当公开")})
    assert [(name, "unsourced-quote")] == [(path, rule) for path, _, rule in found(bad)]


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("打 12378 或者 12321。", []),
        ("打 010-12321。", []),
        ("打 400-8001-234。", []),
        ("打 12345。", ["unlisted-number"]),
        ("热线 95588 受理。", ["unlisted-number"]),
        ("13800138000", ["unlisted-number"]),
        ("010-66666666", ["unlisted-number"]),
        ("400-800-1235", ["unlisted-number"]),
        ("欠 12000 元，打折后 10800 元，分 12 个月还。", []),
        ("欠 12000 元，还 10800 元。", []),
        ("编号 138001380001234，2026-11-23，第 12,378 号，打 110。", []),
        ("138×××× 打来的。", []),
        ("| 找谁 | 热线 |\n| --- | --- |\n| 政府 | 热线 12345 |", ["unlisted-number"]),
    ],
)
def test_a_number_must_be_a_channels(tmp_path: Path, body: str, wrong: list[str]) -> None:
    assert wrong == rules(tmp_path, body)


@pytest.mark.parametrize(
    ("target", "wrong"),
    [
        ("https://help.example/form", []),
        ("https://www.help.example", []),
        ("http://HELP.example:8080/x", []),
        ("https://sub.laws.example/1", []),
        ("//laws.example/1", []),
        ("a.md", []),
        ("mailto:a@b.example", []),
        ("https://help.example.evil.example/", ["unlisted-link"]),
        ("https://nothelp.example/", ["unlisted-link"]),
        ("https://help.example@evil.example/", ["unlisted-link"]),
        ("//evil.example", ["unlisted-link"]),
    ],
)
def test_a_link_leads_to_a_known_site(tmp_path: Path, target: str, wrong: list[str]) -> None:
    assert wrong == rules(tmp_path, f"[x]({target})")


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ("他有代位权。", ["unexplained-term"]),
        ("他有代位权。又有代位权。", ["unexplained-term"]),
        ("他有代位权，还有撤销权。", ["unexplained-term", "unexplained-term"]),
        ("代位权（替别人去要钱的权利）。后面的代位权不用再解释。", []),
        ("代位权，就是替别人去要钱。", []),
        ("代位权是替别人去要钱的权利。", []),
        ("**代位权。** 替别人去要钱。", []),
        ("替别人去要钱，叫代位权。", []),
        ("所谓“代位权”，不用怕。", []),
        ("有连带责任。", []),
        ("## 代位权\n\n文", []),
        ("年化（IRR）是多少，看 APR。", ["unexplained-term"]),
        ("看 APR（年化利率）和 PDF、GB/T 1234、[x](https://help.example/AB/CD.EF)。", []),
        ("> 我主张代位权。", []),
    ],
)
def test_a_term_of_law_is_explained_where_it_first_stands(
    tmp_path: Path, body: str, wrong: list[str]
) -> None:
    assert wrong == rules(tmp_path, body)


def test_a_site_without_a_glossary_is_left_alone(tmp_path: Path) -> None:
    assert [] == found(check(tmp_path, {"contact/a.md": HEAD + "他有代位权。\n"}))


EVERYWHERE: Files = {
    **SITE,
    "site.yml": f"""{SITE["site.yml"]}stages:
  - id: a
    title: 甲
    may: [{{says: 说是「甲一」，打 12301。, cites: [some-law:1]}}]
    next: [{{says: 说是「甲二」。, cites: [some-law:2, some-law:1]}}]
""",
    "reference/glossary.yml": """- {term: 连保, meaning: 说是「乙一」，打 12302。, cites: [some-law:1]}
- {term: 丙, meaning: 说是「乙二」。}
""",
    "reference/contact-rules.yml": """- id: calls
  title: 甲
  level: ask
  says: 说是「丙一」，打 12303。
  cites: [some-law:1]
  when: [{who: [lender]}]
""",
    "checks/a.yml": """title: 甲
summary: 乙
reviewed: 2026-11-01
questions:
  q: {asks: 丙, answers: [{says: 丁, to: end}]}
outcomes:
  end:
    verdict: unclear
    title: 戊
    means: 说是「丁一」，「应当保密」。
    sure: 说是「丁二」，打 12304。
    reasons:
      - {says: 说是「丁三」。, cites: [some-law:2]}
      - {says: 说是「应当 保密」。, cites: [some-law:2, some-law:1]}
      - {says: 说是「任何人」。, cites: [some-law:2]}
      - {says: 说是「丁零」。}
    steps: [{does: 说是「丁四」。}, {does: 说是「丁五」，打 12378。}]
""",
    "contact/a.md": f"""{HEAD}「戊一」，[@some-law:1]，打 12305，代位权。
[甲](https://www.evil.example:80/x)，[乙](b.md)，[丙](//me@Other.example)，[丁](c//d.md)。
""",
    "contact/b.md": HEAD,
}


def test_what_is_wrong_is_told_where_it_stands_and_in_yaml_at_what_it_cites(tmp_path: Path) -> None:
    quote, number, link = "unsourced-quote", "unlisted-number", "unlisted-link"
    assert [
        ("checks/a.yml", "end", number, {"words": "12304"}),
        *(("checks/a.yml", "end", quote, {"words": f"丁{one}"}) for one in "一二五四零"),
        ("checks/a.yml", "some-law:2", quote, {"words": "丁三"}),
        ("checks/a.yml", "some-law:2", quote, {"words": "任何人"}),
        ("checks/a.yml", "{says: 说是「丁零」。}", "missing-key", {"key": "cites"}),
        ("contact/a.md", "戊一", quote, {"words": "戊一"}),
        ("contact/a.md", "12305", number, {"words": "12305"}),
        ("contact/a.md", "代位权", "unexplained-term", {"words": "代位权"}),
        ("contact/a.md", "https://www.evil.example:80/x", link, {"host": "evil.example"}),
        ("contact/a.md", "//me@Other.example", link, {"host": "other.example"}),
        ("contact/a.md", "c//d.md", "broken-link", {"target": "c//d.md", "suggestion": "b.md"}),
        ("reference/contact-rules.yml", "calls", number, {"words": "12303"}),
        ("reference/contact-rules.yml", "calls", quote, {"words": "丙一"}),
        ("reference/glossary.yml", "连保", number, {"words": "12302"}),
        ("reference/glossary.yml", "连保", quote, {"words": "乙一"}),
        ("reference/glossary.yml", "丙", quote, {"words": "乙二"}),
        ("site.yml", "some-law:1", number, {"words": "12301"}),
        ("site.yml", "some-law:1", quote, {"words": "甲一"}),
        ("site.yml", "some-law:2", quote, {"words": "甲二"}),
    ] == [
        (p.span.path, pointed(p.span), p.rule, dict(p.args))
        for p, _ in check(tmp_path, EVERYWHERE).problems
    ]  # fmt: skip


def pointed(span: Span) -> str:
    """The text below a span."""
    text = EVERYWHERE[span.path]
    assert isinstance(text, str)
    return text.split("\n")[span.line - 1][span.column - 1 : span.end_column - 1]
