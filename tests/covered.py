"""``make coverage``: run the tests, tell which branches they reach in what guards a build; 1 when too few."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from coverage import Coverage

from tests.figures import targets
from tests.figures.records import Figure, begun

TESTS = ("-m", "coverage", "run", "-m", "pytest", "-q", "--ignore=tests/browser")


def main() -> int:
    """Measure, print, keep the figures."""
    measuring = begun("make coverage")
    tested = subprocess.run([sys.executable, *TESTS], check=False).returncode
    if tested:
        return tested
    found = Coverage()
    found.load()
    found.report()
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "coverage.json"
        found.json_report(outfile=str(told))
        figures = list(shares(json.loads(told.read_text("utf-8"))))
    measuring.record(figures)
    return int(any(targets.every()[one.name][1].reached(one.value) is False for one in figures))


def shares(report: Mapping[str, Any]) -> Iterator[Figure]:
    """Of coverage's JSON: the share of branches reached, and the lowest of any module that has some."""
    counts = {
        _module(path): (file["summary"]["covered_branches"], file["summary"]["num_branches"])
        for path, file in report["files"].items()
    }
    reached, every = (sum(column) for column in zip(*counts.values(), strict=True))
    yield Figure("coverage-guards", reached / every, f"{reached:,} of {every:,}")
    ratios = {name: some / of for name, (some, of) in counts.items() if of}
    lowest = min(ratios, key=lambda name: (ratios[name], name))
    some, of = counts[lowest]
    yield Figure("coverage-lowest", ratios[lowest], f"`{lowest}`, {some:,} of {of:,}")


def _module(path: str) -> str:
    return Path(path).as_posix().rpartition("overdue_guide/")[2].removesuffix(".py")


if __name__ == "__main__":
    sys.exit(main())
