"""The figures that a few minutes are enough for: search, weight, accessibility, builds of the guide itself."""

from __future__ import annotations

import gzip
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from overdue_guide import manifest
from overdue_guide.build import searchable
from overdue_guide.options import Options
from overdue_guide.search import index
from tests.browser.chromium import launched, served
from tests.browser.kinds import kinds_of
from tests.browser.measures import LOOKS, WIDTHS, first_load, sideways, violations, with_axe
from tests.figures.records import ROOT, Figure
from tests.places import PLACES, Place, built, differing, files, laid
from tests.test_search_ranking import CASES, place

Took = tuple[float, float]
"""Seconds of the clock, and of all processors: the second hangs less on who else is busy."""
ROUNDS = 3
AT_ROOT = ("--base-url", "http://localhost/")
"""Where it is served from while Chromium opens it."""
EDIT = "\n先把通话记录截图存好。\n"
ELSEWHERE = Place(
    "elsewhere",
    {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Apia", "LC_ALL": "tr_TR.UTF-8"},
    ("--jobs", "3"),
    umask=0o077,
    backwards=True,
)


def everything(day: date) -> Iterator[Figure]:
    """All of them, of the content as it is; needs a Chromium."""
    yield from search(day)
    with tempfile.TemporaryDirectory() as folder:
        yield from builds(Path(folder), ROOT / "content", day)
        site = Path(folder) / ELSEWHERE.name / "site"
        yield from weight(site)
        yield from opened(site)


def search(day: date) -> Iterator[Figure]:
    """How well the guide's own content is found."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        found = searchable(Options(ROOT / "content", ROOT / "templates", site, day))
        places = [(place(found, case), case.get("within", 1)) for case in CASES]
        empty = sum(not index.search(found, case["query"]) for case in CASES)
    yield _share("search-first", [at == 1 for at, _ in places])
    yield _share("search-third", [0 < at <= 3 for at, _ in places])
    yield _share("search-soon", [0 < at <= within for at, within in places])
    yield Figure("search-empty", empty, f"of {len(CASES)}")


def builds(folder: Path, content: Path, day: date) -> Iterator[Figure]:
    """How long the content takes here; and whether another place makes the same of it."""
    took: dict[str, list[Took]] = {"own-cold": [], "own-nothing": [], "own-edit": []}
    ours: dict[str, str] = {}
    for number in range(ROUNDS):
        here = folder / str(number)
        laid(here, PLACES[0], content)
        took["own-cold"].append(_took(here, day))
        took["own-nothing"].append(_took(here, day))
        ours = ours or files(here / "site")
        articles = sorted((here / "content").glob("*/[a-z]*.md"))
        with articles[len(articles) // 2].open("a", encoding="utf-8") as article:
            article.write(EDIT)
        took["own-edit"].append(_took(here, day))
    for name, times in took.items():
        seconds, cpu = (statistics.median(column) for column in zip(*times, strict=True))
        yield Figure(name, round(seconds, 3), f"{cpu:.2f} s of processors")
    laid(folder / ELSEWHERE.name, ELSEWHERE, content)
    theirs = files(built(folder / ELSEWHERE.name, ELSEWHERE, *AT_ROOT, today=day.isoformat()))
    yield Figure("same-differing", len(differing(ours, theirs)), f"of {len(ours):,}")


def weight(site: Path) -> Iterator[Figure]:
    """How heavy the files of a built site are."""
    sizes = {
        len(gzip.compress((site / path).read_bytes(), 9)): path
        for path in manifest.read(site)
        if path.endswith(".html")
    }
    yield Figure("weight-page", max(sizes), f"`/{sizes[max(sizes)]}`")
    yield Figure("weight-index", sum(path.stat().st_size for path in site.glob("search/**/*.bin")))


def opened(site: Path) -> Iterator[Figure]:
    """What Chromium says to one page of each kind."""
    kinds = kinds_of(site)
    of = f"of {len(kinds)}"
    with served(site) as address, launched() as browser:
        loads = {one: first_load(browser, address + one) for one in kinds}
        heaviest = max(loads, key=lambda one: loads[one].weight(site))
        yield Figure("weight-first", loads[heaviest].weight(site), f"`/{heaviest}`")
        yield Figure("weight-shift", sum(bool(load.moved) for load in loads.values()), of)
        urls = [url for load in loads.values() for url in load.urls]
        elsewhere = sum(not url.startswith(address) for url in urls)
        yield Figure("weight-elsewhere", elsewhere, f"of {len(urls)}")
        pages = [address + one for one in kinds]
        with with_axe(browser) as page:
            found = [violations(page, pages, width, look) for look in LOOKS for width in WIDTHS]
            broken = sum(len(one) for looked in found for one in looked.values())
            looks = f"{len(kinds)} kinds of page, {len(found)} looks"
            yield Figure("access-axe", broken, looks)
            yield Figure("access-sideways", len(sideways(page, pages)), of)


def _share(name: str, right: list[bool]) -> Figure:
    return Figure(name, sum(right) / len(right), f"{sum(right)} of {len(right)}")


def _took(folder: Path, day: date) -> Took:
    began, before = time.perf_counter(), _cpu()
    built(folder, PLACES[0], *AT_ROOT, today=day.isoformat())
    return time.perf_counter() - began, _cpu() - before


def _cpu() -> float:
    """Seconds of the processors that all ended processes below this one have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
