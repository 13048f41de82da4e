"""Every figure of the calculators, worked out a second time; the browser compares its own with them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.tools.reckoning import RECKONED, cases

CONTENT = Path(__file__).parent.parent / "content" / "tools"
VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parent / "tools" / "vectors.json").read_text("utf-8")
)
CASES = list(cases(VECTORS))


@pytest.mark.parametrize(
    ("name", "case"), CASES, ids=[f"{name}: {case['title']}" for name, case in CASES]
)
def test_a_case_expects_what_fractions_give(name: str, case: dict[str, Any]) -> None:
    assert case["expected"] == RECKONED[name](case["given"])


def table(page: str, heading: str) -> list[list[str]]:
    """The rows of the table under a heading of a page."""
    text = (CONTENT / page).read_text("utf-8")
    part = re.split(r"^## ", text.partition(f"## {heading}\n")[2], flags=re.M)[0]
    rows = [line.strip("| ").split("|") for line in part.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def expected(name: str, title: str) -> dict[str, Any]:
    """What a case of the vectors expects."""
    found: dict[str, Any] = next(
        case["expected"] for case in VECTORS[name] if case["title"] == title
    )
    return found


def grouped(amount: str) -> str:
    whole, _, rest = amount.partition(".")
    return f"{int(whole):,}.{rest}"


def test_the_page_on_overdue_interest_shows_its_example() -> None:
    simple = expected("penalty", "the example of the page")
    compound = expected("penalty", "the example, compounded")
    rows = [
        [one[0], grouped(one[4]), grouped(two[4])]
        for one, two in zip(simple["rows"], compound["rows"], strict=True)
    ]
    assert rows == table("overdue-interest.md", "算好的例子")
    text = (CONTENT / "overdue-interest.md").read_text("utf-8")
    for key in ("claimed", "limit", "above"):
        assert f"{grouped(simple[key])} 元" in text


def test_the_page_on_annual_rates_shows_its_examples() -> None:
    titles = ("the example of the page", "with 50 a month for a guarantee", "1000 kept back")
    made = [expected("annual", title) for title in titles]
    rows = [row[1:] for row in table("annual-rate.md", "算好的例子")]
    assert [[one["simple"], one["compound"]] for one in made] == rows


def test_the_page_on_plans_shows_its_examples() -> None:
    kinds = ("of the page", "equal principal", "thirty-six months", "free of interest")
    titles = [f"the example{' ' if kind == 'of the page' else ', '}{kind}" for kind in kinds]
    made = [expected("plan", title) for title in titles]
    rows = [
        [row[1].removeprefix("第一个月 "), row[2]]
        for row in table("repayment-plan.md", "算好的例子")
    ]
    assert [[grouped(one["first"]), grouped(one["cost"])] for one in made] == rows
    text = (CONTENT / "repayment-plan.md").read_text("utf-8")
    assert f"至少要 {made[0]['shortest']} 个月" in text
    assert f"最多的那个月差 {float(made[0]['most']) - 900:.2f} 元" in text


def test_the_page_on_limitation_shows_its_example() -> None:
    rows = table("limitation.md", "算好的例子")
    given = next(
        c["given"] for c in VECTORS["limitation"] if c["title"] == "the example of the page"
    )
    ends = [
        RECKONED["limitation"]({**given, "events": given["events"][:n]})["end"] for n in range(4)
    ]
    assert ends == [row[2] for row in rows]
