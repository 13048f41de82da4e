"""Checkers: what an author may write, how a path is counted, and what the real ones promise."""

from datetime import date
from pathlib import Path

import pytest

from overdue_guide import documents, routes, schemas
from overdue_guide.build import check_only, checked_site, content
from overdue_guide.checkers import read
from overdue_guide.flow import Checker
from overdue_guide.impact import impact
from overdue_guide.problems import Source
from tests.golden_site import options

HEAD = "title: 标题\nsummary: 摘要\nreviewed: 2026-10-01\n"
END = """outcomes:
  end:
    verdict: lawful
    title: 结果
    means: 意思
    sure: 把握
    reasons: [{says: 理由, cites: ["a:1"]}]
    steps: [{does: 做}]
"""
REAL = Path(__file__).parent.parent / "content" / "checks"


def flow(*edges: str) -> Checker:
    """A checker whose questions lead as ``a > b c`` says; whatever asks nothing is an outcome."""
    lines = ["questions:"]
    for edge in edges:
        question, _, targets = edge.partition(" > ")
        lines += [f"  {question}:", f"    asks: {question}？", "    answers:"]
        lines += [f"      - {{says: 去, to: {target}}}" for target in targets.split()]
    checker, problems = read(Source("checks/flow.yml", HEAD + "\n".join(lines) + "\n" + END))
    assert () == problems
    return checker


def test_a_checker_is_read_in_order() -> None:
    checker = flow("a > b end", "b > end")
    assert "flow" == checker.slug
    assert "check/flow/" == checker.url
    assert ["a", "b"] == [question.id for question in checker.questions]
    assert date(2026, 10, 1) == checker.reviewed
    assert ["a:1"] == [f"{cite.law}:{cite.key}" for cite in checker.cites]


def test_the_longest_way_is_counted() -> None:
    checker = flow("a > b c", "b > c end", "c > end")
    assert {"a": 0, "b": 1, "c": 1, "end": 2} == routes.reached(checker, "a")
    assert {"a": 0, "b": 1, "c": 2, "end": 3} == routes.farthest(checker)
    assert {"a": 2, "b": 1, "c": 0, "end": 0} == routes.ahead(checker)


def test_a_way_is_told_only_where_there_is_one() -> None:
    checker = flow("a > b c", "b > end", "c > d", "d > e", "e > end")
    assert ["a", "c", "d"] == [question.id for question, _ in routes.only_way(checker, "e")]
    assert () == routes.only_way(checker, "end")
    assert () == routes.only_way(checker, "a")


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        pytest.param(("a > b end", "b > end"), [], id="none"),
        pytest.param(("a > a end",), [("a", "a")], id="itself"),
        pytest.param(("a > b", "b > a end"), [("b", "a")], id="back"),
        pytest.param(("a > c", "b > end", "c > b"), [], id="written-before-but-no-circle"),
        pytest.param(("a > end", "b > c", "c > b end"), [("c", "b")], id="not-reachable"),
    ],
)
def test_a_circle_is_found_at_the_answer_that_closes_it(
    edges: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    checker = flow(*edges)
    assert expected == [(q.id, answer.to.name) for q, answer in routes.circles(checker)]


def test_a_circle_keeps_no_page_from_being_counted() -> None:
    checker = flow("a > b", "b > a end")
    assert {"a": 0, "b": 1, "end": 2} == routes.farthest(checker)
    assert {"a": 0, "b": 0, "end": 0} == routes.ahead(checker)


def test_many_ways_are_counted_quickly() -> None:
    edges = [f"q{at} > q{at + 1} q{at + 2}" for at in range(60)]
    checker = flow(*edges, "q60 > q61 end", "q61 > end")
    assert 62 == routes.farthest(checker)["end"]
    assert 61 == routes.ahead(checker)["q0"]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        pytest.param("questions: {}\n" + END, "empty-value", id="no-questions"),
        pytest.param("questions:\n  a: {asks: 问, answers: []}\n" + END, "empty-value", id="none"),
        pytest.param(
            "questions:\n  A: {asks: 问, answers: [{says: 答, to: end}]}\n" + END,
            "bad-value",
            id="name-is-no-address",
        ),
        pytest.param(
            "questions:\n  end: {asks: 问, answers: [{says: 答, to: end}]}\n" + END,
            "duplicate-key",
            id="outcome-named-like-a-question",
        ),
        pytest.param(
            "questions:\n  a: {asks: 问, answers: [{says: 答, to: end}]}\n"
            + END.replace("lawful", "legal"),
            "bad-value",
            id="unknown-verdict",
        ),
        pytest.param(
            "questions:\n  a: {asks: 问, answers: [{says: 答, to: end}]}\n"
            + END.replace("a:1", "第一条"),
            "bad-citation",
            id="no-citation",
        ),
    ],
)
def test_what_an_author_got_wrong_is_reported(text: str, rule: str) -> None:
    _, problems = read(Source("checks/flow.yml", HEAD + text))
    assert [rule] == [problem.rule for problem in problems]


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        pytest.param("", "", [], id="fine"),
        pytest.param("2026-10-01", "2026-12-01", ["reviewed-in-future"], id="not-yet-reviewed"),
        pytest.param("2026-10-01", "2026-05-01", ["review-due"], id="review-due"),
        pytest.param("{does: 做}", "{does: 做, see: a/b}", ["unknown-article"], id="article"),
        pytest.param("{does: 做}", "{does: 做, channel: x}", ["unknown-channel"], id="channel"),
        pytest.param("title: 标题", "title: 题\nrelated: [a/b]", ["unknown-article"], id="related"),
        pytest.param("a:1", "a:2", ["unknown-provision", "uncited-outcome"], id="provision"),
        pytest.param("a:1", "b:1", ["law-not-in-force", "uncited-outcome"], id="dead-law"),
    ],
)
def test_what_a_checker_names_must_be_there(
    tmp_path: Path, old: str, new: str, rules: list[str]
) -> None:
    question = "questions:\n  a: {asks: 问, answers: [{says: 答, to: end}]}\n"
    law = "title: 法\nissuer: 会\nforce: statute\neffective: 2021-01-01\n"
    files = {
        "checks/flow.yml": (HEAD + question + END).replace(old, new),
        "reference/laws/a.yml": law + 'provisions: {"1": {gist: 要点}}\n',
        "reference/laws/b.yml": law + 'repealed: 2022-01-01\nprovisions: {"1": {gist: 要点}}\n',
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    report = check_only(options(tmp_path, content=tmp_path, cache=None))
    assert sorted(rules) == sorted(problem.rule for problem, _ in report.problems)


def test_search_knows_a_checker_by_what_its_first_page_shows(tmp_path: Path) -> None:
    site = content(options(tmp_path))
    made = (entry.document() for entry in documents.documents(site.checked, site.keys))
    found = [one for one in made if one.kind == "check"]
    assert ["check/family/"] == [one.url for one in found]
    assert "对方联系了谁？" in found[0].passages[0].text
    assert "对方说出你的欠款了吗？" in found[0].keywords


def test_a_change_of_law_leads_to_the_checker(tmp_path: Path) -> None:
    found = impact(checked_site(options(tmp_path)), "civil-code:1034")
    assert found
    users = {user.url: user for user in found.users}
    assert "checks/family.yml" == users["check/family/"].path
    assert 48 == users["check/family/"].line


def test_editors_get_a_schema_of_checkers() -> None:
    assert "outcomes" in schemas.schema("check")["required"]  # type: ignore[operator]


def real() -> list[Checker]:
    return [
        read(Source(f"checks/{path.name}", path.read_text("utf-8")))[0]
        for path in sorted(REAL.glob("*.yml"))
    ]


@pytest.mark.parametrize("checker", real(), ids=lambda checker: checker.slug)
def test_every_real_question_has_one_way_to_it(checker: Checker) -> None:
    """So that a page can say which question it is and what was answered."""
    start = checker.questions[0].id
    ways = {
        stop.id: routes.only_way(checker, stop.id) for stop in checker.stops if stop.id != start
    }
    assert [] == [stop for stop, way in ways.items() if not way]


@pytest.mark.parametrize("checker", real(), ids=lambda checker: checker.slug)
def test_every_real_outcome_says_what_to_do_and_how_sure_it_is(checker: Checker) -> None:
    for outcome in checker.outcomes:
        assert outcome.sure, outcome.id
        assert all(reason.cites for reason in outcome.reasons), outcome.id
        assert any(step.see or step.channel for step in outcome.steps), outcome.id
        if outcome.verdict == "safety":
            assert any(step.channel for step in outcome.steps), outcome.id
