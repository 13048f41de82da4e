"""The benchmarks: a corpus that our own checks accept, figures that are what they say."""

import xml.etree.ElementTree as ElementTree
from itertools import pairwise
from pathlib import Path

import pytest
from benchmarks import build, growth, peers, results
from benchmarks.build import Size
from benchmarks.flavours import FLAVOURS, write
from benchmarks.results import KINDS, Changed, Run

from overdue_guide.build import check_only
from tests.content import options

RUNS = [
    Run(name, size, kind, per * size, 2048 * size, Changed(size, 10**6), stages)
    for name, per in (("overdue_guide", 0.001), ("Other <1>", 0.005))
    for size in (100, 1000)
    for kind in KINDS
    for stages in [{"load": size**2 / 1e5} if name == "overdue_guide" else {}]
]


def test_the_corpus_has_no_problems(tmp_path: Path) -> None:
    write(30, "ours", tmp_path)
    assert () == check_only(options(tmp_path)).problems


@pytest.mark.parametrize("flavour", FLAVOURS)
def test_the_corpus_is_the_same_each_time(flavour: str, tmp_path: Path) -> None:
    paths = write(12, flavour, tmp_path / "a")
    write(12, flavour, tmp_path / "b")
    assert build.tree(tmp_path / "a") == build.tree(tmp_path / "b")
    title = paths[3].read_text("utf-8")
    build.retitle(paths[3], 1)
    build.retitle(paths[3], 2)
    assert 1 == paths[3].read_text("utf-8").count("（改 2）")
    assert "（改" not in title
    build.edit(paths[3], 1)
    found = build.changed(build.tree(tmp_path / "b"), build.tree(tmp_path / "a"))
    assert Changed(1, paths[3].stat().st_size) == found


def test_every_peer_has_its_own_form_of_the_corpus() -> None:
    assert set(FLAVOURS) == {"ours", *peers.PEERS}


def test_a_size_may_say_how_often() -> None:
    assert (Size(1000, 3), Size(10000, 1)) == (Size.of("1000"), Size.of("10000x1"))


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        ([(100, 0.1), (1000, 1.0), (10000, 10.0)], 1.0),
        ([(100, 2.0), (400, 4.0)], 0.5),
        ([(100, 2.0), (1000, 2.0)], 0.0),
        ([(100, 1.0), (1000, 1.0), (10000, 10.0)], 0.5),
    ],
)
def test_the_exponent_is_the_slope(points: growth.Points, expected: float) -> None:
    assert expected == pytest.approx(growth.exponent(points))


@pytest.mark.parametrize("points", [[], [(100, 0.1)], [(100, 0.0), (1000, 0.5)]])
def test_too_little_has_no_exponent(points: growth.Points) -> None:
    assert growth.exponent(points) is None


def test_the_report_has_medians_and_ratios(tmp_path: Path) -> None:
    path = tmp_path / "RESULTS.md"
    slow = Run("overdue_guide", 1000, "cold", 9.0, 1, None, {"load": 99.0})
    fast = Run("overdue_guide", 1000, "cold", 0.1, 1, None, {"load": 0.1})
    results.write(
        path, [*RUNS, slow, fast], {"Other <1>": "9.1"}, {"Profile": "a profile"}, ["--rounds"]
    )
    told = path.read_text("utf-8")
    row = "| Other <1> | 5.00 s (5.0×) |"
    assert row in told
    assert "| overdue_guide | 1.00 s (1.0×) |" in told
    assert "100 files, 1.00 MB" in told
    assert "| load | 0.100 | 10.000 | 2.00 |" in told
    assert 'make bench ARGS="--rounds"' in told
    assert told.endswith("## Profile\n\na profile\n")


def test_who_failed_at_a_size_is_said_to() -> None:
    runs = [run for run in RUNS if run.name == "overdue_guide" or run.kind == "cold"]
    assert 3 == results.costs(results.those(runs, articles=100)).count("failed")
    assert 3 == results.outputs(results.those(runs, articles=100)).count("failed")


def test_the_chart_is_svg_with_a_line_for_each_build(tmp_path: Path) -> None:
    growth.write(tmp_path / "growth.svg", RUNS)
    drawn = ElementTree.parse(tmp_path / "growth.svg").getroot()
    names = [one.text for one in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Other <1>, cold", "overdue_guide, one edit", "1,000", "0.1 s"} <= set(names)
    dashed = [one for one in drawn.iter() if one.get("stroke-dasharray")]
    assert 2 == len(dashed)
    places = sorted(
        float(one.get("y", ""))
        for one in drawn.iter("{http://www.w3.org/2000/svg}text")
        if "," in (one.text or "") and "1" != (one.text or "")[0]
    )
    assert all(later - before >= 15 for before, later in pairwise(places))
