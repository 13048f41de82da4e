"""What a first visit costs, counted in what Chromium asks for; and that nothing moves on the way."""

import gzip
import re
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request

from tests.browser.kinds import kinds_of

HTML, TOTAL = 14_000, 25_000
"""Bytes, gzipped; styles and scripts of the page included in the second."""

_ENGINE = re.compile(r"/assets/[^/]+/search/")
SHIFTS = """new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""


def weight(site: Path, url: str) -> int:
    path = site / unquote(urlsplit(url).path).lstrip("/")
    return len(gzip.compress((path / "index.html" if path.is_dir() else path).read_bytes(), 9))


def _note(seen: list[str], request: Request) -> None:
    seen.append(request.url)


@pytest.fixture(scope="session")
def loads(browser: Browser, real: str, real_site: Path) -> dict[str, tuple[list[str], float]]:
    """Kind of page → what was requested until it rested, and how far things moved."""
    found = {}
    for address in kinds_of(real_site):
        context = browser.new_context(
            viewport={"width": 360, "height": 740}, service_workers="block"
        )
        page = context.new_page()
        seen: list[str] = []
        page.on("request", partial(_note, seen))
        page.goto(real + address)
        found[address] = (seen, page.evaluate(SHIFTS))
        context.close()
    return found


def test_every_page_is_light(real_site: Path) -> None:
    heavy = {
        path.relative_to(real_site).as_posix(): size
        for path in sorted(real_site.rglob("*.html"))
        if (size := len(gzip.compress(path.read_bytes(), 9))) > HTML
    }
    assert {} == heavy


def test_a_first_load_is_light(loads: dict[str, tuple[list[str], float]], real_site: Path) -> None:
    # The engine of search is what its own page is for, and no other page loads it before use.
    counted = (".css", ".mjs", ".js", "/", ".html")
    totals = {
        address: sum(
            weight(real_site, url)
            for url in urls
            if urlsplit(url).path.endswith(counted) and not _ENGINE.search(url)
        )
        for address, (urls, _) in loads.items()
    }
    assert {} == {address: total for address, total in totals.items() if total > TOTAL}


def test_only_our_own_origin_is_asked(loads: dict[str, tuple[list[str], float]], real: str) -> None:
    assert [] == [url for urls, _ in loads.values() for url in urls if not url.startswith(real)]


def test_nothing_moves_while_a_page_loads(loads: dict[str, tuple[list[str], float]]) -> None:
    assert {} == {address: moved for address, (_, moved) in loads.items() if moved}


def test_motion_is_left_out_for_those_who_ask(desk: Page, real: str, real_site: Path) -> None:
    desk.emulate_media(reduced_motion="reduce")
    for address in kinds_of(real_site):
        desk.goto(real + address)
        moving = desk.evaluate(
            """[...document.querySelectorAll("*")].filter((element) => {
              const style = getComputedStyle(element);
              const lasts = (times) => times.split(",").some((time) => parseFloat(time) > 0.01);
              return (style.animationName !== "none" && lasts(style.animationDuration))
                || lasts(style.transitionDuration) || style.scrollBehavior === "smooth";
            }).map((element) => element.className)"""
        )
        assert [] == moving, address
