"""Checking as a whole: each part has its say, addresses are free, and what is known is not sought."""

from pathlib import Path

from overdue_guide.aids import Channel
from overdue_guide.check import Checked
from overdue_guide.check import check as checked
from overdue_guide.law import ResolvedCitation
from overdue_guide.model import Site
from overdue_guide.problems import Problem, Span
from tests.content import HEAD, TODAY, Files, check
from tests.test_check_exactly import LAW, OUTCOME, RULE, pointed
from tests.test_load import loaded

FLOW = """title: 题
summary: 点
reviewed: 2026-10-01
questions:
  a: {asks: 问, answers: [{says: 答, to: b}, {says: 错, to: a}]}
"""
OF_EACH_PART: Files = {
    "site.yml": """title: 甲
sections: [{slug: a, title: 甲}]
security: {contact: "mailto:a@b.example", expires: 2026-11-01}
rules: {unlisted-link: error, unlisted-number: error, unsourced-quote: error}
""",
    "a/B.md": HEAD.replace("2026-11-01", "2024-11-01")
    + "「没有」，[@x:1]，打 12305。\n\n[@x:2]。[甲](https://e.example/)，[乙](c.md)。\n",
    "b/c.md": HEAD,
    "reference/laws/x.yml": LAW.replace("{gist: 丙。}", '{gist: 丙。, successor: "x:9"}'),
    "reference/channels.yml": "- {id: help, name: 甲, handles: 乙, checked: 2024-11-01}\n",
    "reference/contact-rules.yml": RULE.replace('"x:1"', "x:9"),
    "reference/glossary.yml": "- {term: 甲, meaning: 「没有」, cites: [x:1]}\n",
    "checks/c.yml": FLOW + OUTCOME,
}


def test_each_part_of_checking_has_its_say(tmp_path: Path) -> None:
    unknown = {"law": "甲法", "key": "第9条"}
    lapsed = {"date": "2025-11-01", "days": "90"}
    assert [
        ("a/B.md", "", "awkward-name", {"url": "a/B/", "suggestion": "b.md"}),
        ("a/B.md", "2024-11-01", "review-lapsed", lapsed),
        ("a/B.md", "没有", "unsourced-quote", {"words": "没有"}),
        ("a/B.md", "12305", "unlisted-number", {"words": "12305"}),
        ("a/B.md", "[@x:2]", "unknown-provision", {**unknown, "key": "第2条"}),
        ("a/B.md", "https://e.example/", "unlisted-link", {"host": "e.example"}),
        ("a/B.md", "c.md", "broken-link", {"target": "c.md", "suggestion": "../b/c.md"}),
        ("b/c.md", "", "unlisted-section", {"section": "b"}),
        ("checks/c.yml", "a", "flow-circle", {"question": "a", "step": "a"}),
        ("reference/channels.yml", "help", "review-lapsed", lapsed),
        ("reference/contact-rules.yml", "threat", "overstated-rule", {"name": "threat"}),
        ("reference/contact-rules.yml", "x:9", "unknown-provision", unknown),
        ("reference/glossary.yml", "甲", "unsourced-quote", {"words": "没有"}),
        ("reference/laws/x.yml", '"1"', "unknown-provision", {**unknown, "law": "x"}),
        ("site.yml", "2026-11-01", "security-expiry", {"date": "2026-11-01", "last": "2027-11-23"}),
    ] == [
        (p.span.path, pointed(OF_EACH_PART, p.span), p.rule, dict(p.args))
        for p, _ in check(tmp_path, OF_EACH_PART).problems
    ]  # fmt: skip


ALIASES = (
    "/old/address/, old, /旧/, /x.-_1/, /a/b/, /A/B, /a/, /laws/x/, /, ../up, /a/./b/, /a//b/,"
    " 'https://e.example/', /a b/, /a?b, /OLD, search, /Xa/X/, /a/x/"
)
AT_ONE_ADDRESS: Files = {
    "site.yml": "rules: {awkward-name: off}\n",
    "a.md": HEAD,
    "a/B.md": HEAD,
    "a/P.png": b"picture",
    "a/b.md": HEAD,
    "a/c.md": HEAD.replace("---\n", f"---\naliases: [{ALIASES}]\n", 1),
    "a/d.md": HEAD.replace("---\n", "---\naliases: [/a/c/, /old/, /Old/Address, /new/]\n", 1),
    "a/e.md": HEAD.replace("---\n", "---\naliases: [/NEW/]\n", 1),
    "a/p.png": b"picture",
    "assets/old/q.png": b"picture",
    "C/y.md": HEAD,
    "c/index.md": "",
    "c/x.md": HEAD,
    "D.md": HEAD,
    "d/z.md": HEAD,
    "d/z/index.md": "",
    "glossary/z.md": HEAD,
    "letters/index.md": "",
    "letters/s.md": HEAD,
    "search.md": HEAD,
    "tools/t.md": HEAD.replace("reviewed", "calculator: annual\nreviewed"),
}


def clash(path: str, url: str, other: str) -> tuple[str, str, dict[str, str]]:
    return path, "address-clash", {"url": url, "other": other}


def test_what_shares_an_address_on_any_file_system_clashes(tmp_path: Path) -> None:
    report = check(tmp_path, AT_ONE_ADDRESS)
    assert [
        clash("D.md", "/D/", "d/"),
        clash("a.md", "/a/", "a/"),
        clash("a/b.md", "/a/b/", "a/B.md"),
        clash("a/p.png", "/a/p.png", "a/P.png"),
        clash("assets/old/q.png", "/assets/", "overdue-guide"),
        clash("c/index.md", "/c/", "C/"),
        clash("d/z.md", "/d/z/", "d/z/index.md"),
        clash("glossary/z.md", "/glossary/", "overdue-guide"),
        clash("search.md", "/search/", "overdue-guide"),
    ] == [
        (p.span.path, p.rule, dict(p.args))
        for p, _ in report.problems
        if "alias" not in dict(p.args) and p.rule != "bad-value"
    ]


def test_an_old_address_that_is_not_free_or_none_is_told_where_it_stands(tmp_path: Path) -> None:
    report = check(tmp_path, AT_ONE_ADDRESS)
    taken = {
        "/a/b/": "a/B.md", "/A/B": "a/B.md", "/a/": "a/", "/laws/x/": "overdue-guide",
        "/OLD": "a/c.md", "search": "search.md", "/a/c/": "a/c.md", "/old/": "a/c.md",
        "/Old/Address": "a/c.md", "/NEW/": "a/d.md",
    }  # fmt: skip
    none = ("/", "../up", "/a/./b/", "/a//b/", "https://e.example/", "/a b/", "/a?b")
    rows = [
        (pointed(AT_ONE_ADDRESS, p.span).strip("'"), p.rule, dict(p.args))
        for p, _ in report.problems
        if p.rule == "bad-value" or "alias" in dict(p.args)
    ]
    bad = {"key": "aliases", "choices": "/old/address/"}
    assert {alias: {**bad, "value": alias} for alias in none} == {
        alias: args for alias, rule, args in rows if rule == "bad-value"
    }
    assert {
        alias: {"alias": alias, "other": other, "url": f"/{alias.strip('/')}/"}
        for alias, other in taken.items()
    } == {alias: args for alias, rule, args in rows if rule == "address-clash"}


def of_site(folder: Path, remembered: dict[str, tuple[Problem, ...]]) -> tuple[Site, Checked]:
    """A small site as it was loaded, and checked."""
    files: Files = {
        "a/b.md": HEAD + "[甲](x.md)",
        "a/c.md": HEAD + "[乙](y.md) [@x:1] [[channel:help]]",
        "a/p.png": b"picture",
        "reference/laws/x.yml": LAW,
        "reference/channels.yml": "- {id: help, name: 甲, handles: 乙}\n",
        "reference/glossary.yml": "- {term: 甲, meaning: 乙}\n",
        "reference/synonyms.yml": "- {says: [追债], means: [催收]}\n",
        "reference/contact-rules.yml": RULE,
        "checks/c.yml": FLOW.replace(", {says: 错, to: a}", "") + OUTCOME,
        "checks/d.yml": f"title: 题\nsummary: 点\nreviewed: 2026-10-01\n{OUTCOME}",
    }

    def block(channel: Channel, cites: tuple[ResolvedCitation, ...], root: str) -> str:
        return f"<p>{channel.name} {cites} {root}</p>"

    site = loaded(folder, files).site
    found = checked(site, today=TODAY, channel_block=block, remembered=remembered.get)
    return site, found


def test_the_checked_site_is_the_site_with_checkers_that_ask(tmp_path: Path) -> None:
    site, found = of_site(tmp_path, {})
    for part in (
        "config",
        "articles",
        "laws",
        "channels",
        "terms",
        "synonyms",
        "assets",
        "contact_rules",
    ):
        assert getattr(site, part) == getattr(found.site, part)
        assert getattr(found.site, part)
    assert TODAY == found.site.today
    assert (["c", "d"], ["c"]) == (
        [checker.slug for checker in site.checkers],
        [checker.slug for checker in found.site.checkers],
    )
    html = found.site.texts["a/c.md"].html
    assert "<p>甲 () ../../</p>" in html
    assert "../../laws/x/" in html


def test_what_is_remembered_of_an_article_is_not_sought_again(tmp_path: Path) -> None:
    problem = Problem.at(Span("a/b.md"), "broken-link", target="remembered")
    _, found = of_site(tmp_path, {"a/b.md": (problem,)})
    assert (problem,) == found.articles["a/b.md"]
    assert ["y.md"] == [dict(one.args)["target"] for one in found.articles["a/c.md"]]
    assert (*found.general, problem, *found.articles["a/c.md"]) == found.problems
    assert () == of_site(tmp_path, {"a/b.md": ()})[1].articles["a/b.md"]
