"""How soon a saved article is seen in an open browser.

    python -m benchmarks.serve --articles 100 10000 --saves 5

The preview runs as a process of its own; Chromium has one article open. Counted is the time from
writing the file until the new sentence stands in the page, the browser's own reloading included.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from playwright.sync_api import Page
from tests.browser.chromium import launched
from tests.figures.records import Figure, begun, known

from benchmarks.build import edit
from benchmarks.flavours import write
from benchmarks.peers import ROOT

_COMMAND = "python -m benchmarks.serve"
_LONGEST = 600_000
"""Milliseconds to wait for the first build."""


def measure(page: Page, article: Path, saves: int) -> list[float]:
    """Seconds from saving to seeing, for each save."""
    found = []
    for number in range(saves):
        began = time.perf_counter()
        edit(article, number)
        page.get_by_text(f"第 {number} 次修改").wait_for(timeout=_LONGEST)
        found.append(time.perf_counter() - began)
        time.sleep(1)  # whoever saves looks at it first
    return found


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The preview's address."""
    command = [sys.executable, "-m", "overdue_guide.cli", "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr
        try:
            line = next(line for line in process.stderr if "http://" in line)
            yield line[line.index("http://") :].split()[0]
        finally:
            process.terminate()


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(prog=_COMMAND, description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[100, 10_000])
    parser.add_argument("--saves", type=int, default=5)
    parser.add_argument("--work", type=Path, default=ROOT / ".cache" / "benchmarks")
    given = parser.parse_args()
    measuring, figures = begun(" ".join([_COMMAND, *sys.argv[1:]])), []
    for size in given.articles:
        folder = given.work / f"serve {size}"
        article = write(size, "ours", folder)[size // 2]
        with serving(folder) as address, launched() as browser:
            page = browser.new_page()
            page.goto(f"{address}{article.parent.name}/{article.stem}/", timeout=_LONGEST)
            seconds = measure(page, article, given.saves)
        told = f"{min(seconds):.3f}–{max(seconds):.3f} s"
        print(f"{size} articles: median {median(seconds):.3f} s, {told}")
        figures.append(Figure(f"speed-serve-{size}", round(1000 * median(seconds)), told))
    measuring.record(known(figures))


if __name__ == "__main__":
    main()
