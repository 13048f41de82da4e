"""The ladder of reviews: told ahead, shown on the page, and in the end no longer published."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from overdue_guide.build import build
from overdue_guide.reviews import AHEAD, GRACE, Review, review
from tests.content import CIVIL_CODE, HEAD, Files, check, found, options, write

DUE = date(2026, 11, 1)
BANNER = "本页已过复核日期"
LETTER = "## 范本\n\n本人 {{name}}\n"
BLANKS = "---\ntitle: 题\nsummary: 要点\nreviewed: 2026-11-01\nblanks:\n  - {id: name, label: 姓名}\n---\n"
CHECKER = """title: 催收联系了家人，合规吗？
summary: 点一下就知道。
reviewed: 2026-11-01
questions:
  who:
    asks: 联系了谁？
    answers:
      - {says: 家人, to: told}
outcomes:
  told:
    verdict: unlawful
    title: 可能违规
    means: 先请家人截图。
    sure: 由法院看具体情形。
    reasons:
      - {says: 私生活安宁受保护。, cites: [civil-code:1033]}
    steps:
      - {does: 先投诉。}
"""
SITE: Files = {
    "contact/a.md": HEAD,
    "contact/fresh.md": HEAD.replace("reviewed", "risk: low\nreviewed"),
    "letters/stop.md": BLANKS + LETTER,
    "tools/rate.md": HEAD.replace("reviewed", "calculator: annual\nreviewed"),
    "about.md": HEAD,
}
CHECKS: Files = {"checks/family.yml": CHECKER, "reference/laws/civil-code.yml": CIVIL_CODE}


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (-AHEAD.days - 1, Review.CURRENT),
        (-AHEAD.days, Review.SOON),
        (0, Review.SOON),
        (1, Review.DUE),
        (GRACE.days, Review.DUE),
        (GRACE.days + 1, Review.LAPSED),
    ],
)
def test_a_review_comes_due_step_by_step(days: int, state: Review) -> None:
    assert state is review(DUE, DUE + timedelta(days=days))


def test_what_has_no_day_never_falls_due() -> None:
    assert Review.CURRENT is review(None, date.max)


@pytest.mark.parametrize("day", [date.min, date.max])
def test_no_day_is_too_early_or_too_late(day: date) -> None:
    assert review(day, date.min) in (Review.CURRENT, Review.SOON)
    assert review(day, date.max) in (Review.SOON, Review.LAPSED)


@pytest.mark.parametrize(
    ("today", "rule"),
    [
        (date(2027, 10, 1), None),
        (date(2027, 10, 2), "review-soon"),
        (date(2027, 11, 2), "review-due"),
        (date(2028, 1, 31), "review-lapsed"),
    ],
)
def test_a_telephone_number_is_confirmed_every_year(
    tmp_path: Path, today: date, rule: str | None
) -> None:
    channel = '- {id: a, name: 甲, phone: "12345", handles: 乙, checked: 2026-11-01}\n'
    report = check(tmp_path, {"reference/channels.yml": channel}, today=today)
    assert ([("reference/channels.yml", 1, rule)] if rule else []) == found(report)


def test_a_number_is_not_confirmed_in_the_future(tmp_path: Path) -> None:
    channel = '- {id: a, name: 甲, phone: "12345", handles: 乙, checked: 2026-12-01}\n'
    report = check(tmp_path, {"reference/channels.yml": channel})
    assert [("reference/channels.yml", 1, "reviewed-in-future")] == found(report)


def test_each_review_is_told_at_its_day_with_the_day_on_which_it_falls_due(tmp_path: Path) -> None:
    days = ["2026-11-24", "2026-11-23", "2025-11-23", "2025-11-22", "2025-08-01"]
    channels = "".join(
        f"- {{id: c{at}, name: 甲, handles: 乙, checked: {day}}}\n" for at, day in enumerate(days)
    )
    days = ["2026-11-24", "2026-11-23", "2026-05-20", "2020-01-01"]
    checkers = {
        f"checks/c{at}.yml": CHECKER.replace("2026-11-01", day) for at, day in enumerate(days)
    }
    old = HEAD.replace("2026-11-01", "2025-01-01")
    changes = "changes:\n  - {date: 2026-11-23, note: 甲}\n  - {date: 2026-11-24, note: 乙}\n"
    files: Files = {
        "reference/channels.yml": channels,
        "reference/laws/civil-code.yml": CIVIL_CODE,
        **checkers,
        "a/a.md": old.replace("reviewed", "review_by: 2026-11-20\nreviewed"),
        "a/b.md": old.replace("reviewed", f"{changes}reviewed"),
        "a/c.md": HEAD.replace("2026-11-01", "2025-12-01"),
        "a/index.md": "---\nreview_by: 2026-11-20\n---\n",
    }
    lapsed = {"days": "90"}
    assert [
        ("a/a.md", 4, 12, "review-due", {"date": "2026-11-20"}),
        ("a/b.md", 6, 12, "change-in-future", {"date": "2026-11-24"}),
        ("a/b.md", 7, 11, "review-lapsed", {"date": "2026-01-01", **lapsed}),
        ("a/c.md", 4, 11, "review-soon", {"date": "2026-12-01"}),
        ("a/index.md", 2, 12, "review-due", {"date": "2026-11-20"}),
        ("checks/c0.yml", 3, 11, "reviewed-in-future", {"date": "2026-11-24"}),
        ("checks/c2.yml", 3, 11, "review-due", {"date": "2026-11-19"}),
        ("checks/c3.yml", 3, 11, "review-lapsed", {"date": "2020-07-02", **lapsed}),
        ("reference/channels.yml", 1, 8, "reviewed-in-future", {"date": "2026-11-24"}),
        ("reference/channels.yml", 3, 8, "review-soon", {"date": "2026-11-23"}),
        ("reference/channels.yml", 4, 8, "review-due", {"date": "2026-11-22"}),
        ("reference/channels.yml", 5, 8, "review-lapsed", {"date": "2026-08-01", **lapsed}),
    ] == [
        (p.span.path, p.span.line, p.span.column, p.rule, dict(p.args))
        for p, _ in check(tmp_path, files).problems
    ]


def pages(folder: Path, files: Files, today: date) -> dict[str, str]:
    """Every HTML page of the site on a day, by address."""
    write(folder, files)
    report = build(options(folder, today=today, output=folder / str(today)))
    assert report.pages, report.problems
    root = folder / str(today)
    return {str(path.relative_to(root)): path.read_text("utf-8") for path in root.rglob("*.html")}


def overdue(folder: Path, files: Files, today: date) -> set[str]:
    """Addresses of the pages with a banner."""
    return {path for path, text in pages(folder, files, today).items() if BANNER in text}


def test_an_overdue_page_says_so_whatever_it_is(tmp_path: Path) -> None:
    assert {
        "contact/a/index.html",
        "letters/stop/index.html",
        "tools/rate/index.html",
        "about/index.html",
    } == overdue(tmp_path, SITE, date(2027, 11, 2))


def test_an_overdue_checker_says_so_on_each_of_its_pages(tmp_path: Path) -> None:
    assert {"check/family/index.html", "check/family/told/index.html"} == overdue(
        tmp_path, CHECKS, date(2027, 5, 4)
    )


def test_a_new_day_changes_no_page_that_is_not_due(tmp_path: Path) -> None:
    first = pages(tmp_path, SITE, date(2026, 11, 23))
    assert first == pages(tmp_path, SITE, date(2026, 11, 24))
    # A month ahead only editors are told.
    assert first == pages(tmp_path, SITE, date(2027, 10, 31))


def test_the_banner_says_what_is_old_and_what_to_do(tmp_path: Path) -> None:
    page = pages(tmp_path, SITE, date(2027, 11, 2))["contact/a/index.html"]
    banner = page[page.index(BANNER) : page.index("</div>", page.index(BANNER))]
    assert "2026-11-01" in banner
    assert "2027-11-01" in banner
    assert "正式文本" in banner


LAW = """title: 试点办法
issuer: 某部门
effective: 2024-01-01
force: normative-document
{ends}
provisions:
  "1": {{gist: 试点。}}
"""


@pytest.mark.parametrize(
    ("ends", "today", "rules"),
    [
        ("expires: 2026-12-23", date(2026, 11, 22), []),
        ("expires: 2026-12-23", date(2026, 11, 23), ["law-ending"]),
        ("expires: 2026-12-23", date(2026, 12, 23), ["law-ending"]),
        ("expires: 2026-12-23", date(2026, 12, 24), ["law-not-in-force"]),
        ("expires: 2026-12", date(2026, 12, 1), ["law-ending"]),
        ("repealed: 2026-12-24", date(2026, 11, 22), []),
        ("repealed: 2026-12-24", date(2026, 11, 23), ["law-ending"]),
        ("repealed: 2026-12-24", date(2026, 12, 24), ["law-not-in-force"]),
        ("repealed: 2026-12-24\nexpires: 2027-12-31", date(2026, 12, 1), ["law-ending"]),
        ("repealed: true", date(2026, 11, 23), ["law-not-in-force"]),
        ("repealed: 0001-01-01", date(2026, 11, 23), ["law-not-in-force"]),
        ("expires: 9999-12-31", date(2026, 11, 23), []),
    ],
)
def test_a_law_that_ends_is_told_a_month_ahead(
    tmp_path: Path, ends: str, today: date, rules: list[str]
) -> None:
    files = {
        "contact/a.md": HEAD + "按[@pilot:1]。\n",
        "contact/history.md": HEAD + "按[@pilot:1 历史]。\n",
        "reference/laws/pilot.yml": LAW.format(ends=ends),
    }
    assert [("contact/a.md", 6, rule) for rule in rules] == found(
        check(tmp_path, files, today=today)
    )


def test_a_written_citation_is_told_of_too(tmp_path: Path) -> None:
    files = {
        "contact/a.md": HEAD + "按《试点办法》第一条。\n",
        "reference/laws/pilot.yml": LAW.format(ends="expires: 2026-12-01\nsuccessor: next"),
        "reference/laws/next.yml": LAW.format(ends="").replace("试点办法", "新办法"),
    }
    (problem, _severity), *rest = check(tmp_path, files).problems
    assert [] == rest
    assert ("law-ending", "next") == (problem.rule, dict(problem.args)["suggestion"])
