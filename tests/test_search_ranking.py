"""How well the site's own content is found: a gate whose figures may rise and not fall."""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from overdue_guide.build import searchable
from overdue_guide.options import Options
from overdue_guide.search import index
from tests.figures.targets import bar

ROOT = Path(__file__).parent.parent
CASES: list[dict[str, Any]] = yaml.safe_load(
    (ROOT / "tests" / "search" / "ranking.yml").read_text("utf-8")
)
AT_ONCE, SOON = bar("search-first"), bar("search-soon")
"""Share of the queries whose page comes first, or as high as it must."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> index.Index:
    folder = tmp_path_factory.mktemp("ranking")
    options = Options(
        content=ROOT / "content",
        templates=ROOT / "templates",
        output=folder / "site",
        cache=folder / "cache",
        today=datetime.date(2026, 11, 23),
    )
    return searchable(options)


def place(site: index.Index, case: Mapping[str, Any]) -> int:
    """Where the wanted page stands, from 1; 0 when it is not among the first ten."""
    answer = index.answer(site, case["query"])
    if case["first"] == "*":
        return int(answer.guess == case["holds"] and answer.results[0].tier >= index.Tier.WHOLE)
    urls = [result.url for result in answer.results]
    return urls.index(case["first"]) + 1 if case["first"] in urls else 0


def test_the_content_is_found(site: index.Index, capsys: pytest.CaptureFixture[str]) -> None:
    places = {case["query"]: place(site, case) for case in CASES}
    first = sum(found == 1 for found in places.values()) / len(CASES)
    soon = sum(0 < places[case["query"]] <= case.get("within", 1) for case in CASES) / len(CASES)
    low = {
        case["query"]: places[case["query"]]
        for case in CASES
        if not 0 < places[case["query"]] <= case.get("within", 1)
    }
    with capsys.disabled():
        print(f"\n{len(CASES)} queries: {first:.3f} first, {soon:.3f} high enough; too low: {low}")  # noqa: T201
    assert first >= AT_ONCE
    assert soon >= SOON


def test_every_page_is_found_by_its_title(site: index.Index) -> None:
    for document in site.documents:
        if document.kind in ("article", "letter", "check"):
            assert document.url == index.search(site, document.title, limit=1)[0].url


def test_no_query_is_left_without_an_answer(site: index.Index) -> None:
    assert [] == [case["query"] for case in CASES if not index.search(site, case["query"])]
