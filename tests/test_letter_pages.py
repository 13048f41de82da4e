"""Letters: which part is the paper, what fills the blanks, and what is wrong with a deadline."""

from datetime import date
from pathlib import Path

import pytest

from overdue_guide.build import check_only, checked_site
from overdue_guide.impact import impact
from overdue_guide.letter_pages import letter_view
from overdue_guide.letter_views import LetterView
from overdue_guide.library import Library
from tests.golden_site import options

LAWS = """\
title: 民事诉讼法
issuer: 全国人民代表大会
effective: 2021-01-01
force: statute
provisions:
  "227": {gist: 十五日内异议}
  "1": {gist: 旧的, successor: "suit:227"}
"""
HEAD = """\
---
title: 异议书怎么写
summary: 十五日内写。
reviewed: 2026-10-01
blanks:
  - {id: name, label: 姓名}
  - {id: received, label: 收到日期, kind: date}
  - {id: due, label: 最后一天, kind: date, deadline: {from: %s, days: %s, cites: "%s"}}
---
"""


def content(
    folder: Path, body: str, start: str = "received", days: str = "15", cites: str = "suit:227"
) -> Path:
    """A content folder with one law and one letter."""
    (folder / "content" / "reference" / "laws").mkdir(parents=True)
    (folder / "content" / "letters").mkdir()
    (folder / "content" / "reference" / "laws" / "suit.yml").write_text(LAWS, "utf-8")
    letter = HEAD % (start, days, cites) + body
    (folder / "content" / "letters" / "reply.md").write_text(letter, "utf-8")
    return folder / "content"


def view(folder: Path, body: str) -> LetterView:
    site = checked_site(options(folder, content=content(folder, body)))
    library = Library(site)
    return letter_view(library, site.texts[library.letters[0].path])


BODY = "先看日期。\n\n## 范本\n\n致：{{name}}\n\n{{due}}\n\n## 怎么用\n\n寄出。\n"


def test_what_stands_under_its_heading_is_the_paper(tmp_path: Path) -> None:
    letter = view(tmp_path, BODY)
    assert "先看日期" in letter.before
    assert "致：" in letter.paper
    assert "范本" not in letter.before + letter.paper
    assert "寄出" not in letter.paper
    assert "寄出" in letter.after


def test_without_the_heading_all_is_the_paper(tmp_path: Path) -> None:
    letter = view(tmp_path, "致：{{name}}\n")
    assert "致：" in letter.paper
    assert "" == letter.before + letter.after


def test_a_deadline_knows_where_it_begins_and_what_sets_it(tmp_path: Path) -> None:
    due = view(tmp_path, BODY).fields[2].deadline
    assert due
    assert ("received", "收到日期", 15) == (due.start, due.start_label, due.days)
    assert ["《民事诉讼法》第227条"] == [cite.label for cite in due.cites]


def test_what_sets_a_deadline_counts_as_cited(tmp_path: Path) -> None:
    letter = view(tmp_path, BODY)
    assert ["suit:227"] == [cite.key for cite in letter.article.citations]
    site = checked_site(options(tmp_path))
    assert impact(site, "civil-code:1033")
    found = impact(checked_site(options(tmp_path, content=tmp_path / "content")), "suit:227")
    assert found
    assert "letters/reply.md" in [user.path for user in found.users]


def test_only_the_readers_own_is_offered_to_the_browser(tmp_path: Path) -> None:
    assert ["name", "off", "off"] == [field.autocomplete for field in view(tmp_path, BODY).fields]


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        pytest.param({"start": "name"}, "bad-value", id="from-no-date"),
        pytest.param({"start": "due"}, "bad-value", id="from-itself"),
        pytest.param({"start": "sent"}, "bad-value", id="from-nothing"),
        pytest.param({"days": "0"}, "bad-value", id="no-days"),
        pytest.param({"days": "many"}, "wrong-type", id="days-no-number"),
        pytest.param({"cites": "第227条"}, "bad-citation", id="no-citation"),
        pytest.param({"cites": "suit:999"}, "unknown-provision", id="no-such-provision"),
        pytest.param({"cites": "suits:227"}, "unknown-law", id="no-such-law"),
    ],
)
def test_a_wrong_deadline_is_reported_where_it_stands(
    tmp_path: Path, changed: dict[str, str], rule: str
) -> None:
    folder = content(tmp_path, BODY, **changed)
    report = check_only(options(tmp_path, content=folder, today=date(2026, 11, 23)))
    found = [(problem.rule, problem.span.line) for problem, _ in report.problems]
    assert [(rule, 8)] == found


def test_a_deadline_without_its_law_is_reported(tmp_path: Path) -> None:
    folder = content(tmp_path, BODY)
    path = folder / "letters" / "reply.md"
    path.write_text(path.read_text("utf-8").replace(', cites: "suit:227"', ""), "utf-8")
    report = check_only(options(tmp_path, content=folder))
    assert ["missing-key"] == [problem.rule for problem, _ in report.problems]


def test_a_deadline_of_dead_law_fails(tmp_path: Path) -> None:
    folder = content(tmp_path, BODY)
    path = folder / "reference" / "laws" / "suit.yml"
    path.write_text(LAWS + "repealed: 2026-01-01\n", "utf-8")
    report = check_only(options(tmp_path, content=folder))
    assert ["law-not-in-force"] == [problem.rule for problem, _ in report.problems]
