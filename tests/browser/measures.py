"""What is measured on pages in Chromium: what a first visit asks for, what moves, what axe finds."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Literal
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Page, Request

_ENGINE = re.compile(r"/assets/[^/]+/search/")
SHIFTS = """new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300);
})"""

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
COLOURS = ("color-contrast", "link-in-text-block", "target-size")
"""The rules whose outcome hangs on colours; the others see the same page in every scheme."""
RUN = """async (rules) => {
  const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0].target} ${nodes[0].failureSummary}`);
}"""
WIDTHS = (320, 1280)
Scheme = Literal["light", "dark"]


@dataclass(frozen=True, slots=True)
class Look:
    """A choice of colours."""

    name: str
    scheme: Scheme
    forced: Literal["active", "none"]
    rules: tuple[str, ...]


LOOKS = (
    Look("light", "light", "none", TAGS),
    Look("dark", "dark", "none", COLOURS),
    Look("forced", "light", "active", COLOURS),
)


@dataclass(frozen=True, slots=True)
class Load:
    """One first visit."""

    urls: tuple[str, ...]
    """What was requested until the page rested."""
    moved: float
    """The sum of its layout shifts."""

    def weight(self, site: Path) -> int:
        """Bytes, gzipped, of page, styles and scripts. The engine of search is left out: it is what
        its own page is for, and no other page loads it before use.
        """
        counted = (".css", ".mjs", ".js", "/", ".html")
        paths = (urlsplit(url).path for url in self.urls if not _ENGINE.search(url))
        return sum(_gzipped(site, path) for path in paths if path.endswith(counted))


def first_load(browser: Browser, address: str) -> Load:
    """Open a page in a browser that was nowhere yet, on a phone."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, service_workers="block")
    page = context.new_page()
    seen: list[str] = []
    page.on("request", partial(_note, seen))
    page.goto(address)
    load = Load(tuple(seen), page.evaluate(SHIFTS))
    context.close()
    return load


@contextmanager
def with_axe(browser: Browser) -> Iterator[Page]:
    """A page for all looks: axe is put in from outside, past the page's security policy."""
    context = browser.new_context(bypass_csp=True, service_workers="block")
    context.add_init_script(AXE)
    yield context.new_page()
    context.close()


def violations(
    page: Page, addresses: Iterable[str], width: int, look: Look
) -> Mapping[str, list[str]]:
    """What axe finds: address → sentences; those with nothing left out."""
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=look.scheme, forced_colors=look.forced)
    found = {}
    for address in addresses:
        page.goto(address)
        if broken := page.evaluate(RUN, look.rules):
            found[address] = broken
    return found


def sideways(page: Page, addresses: Iterable[str]) -> Mapping[str, int]:
    """Address → pixels by which a page is too wide at 400 %; those that fit left out."""
    page.set_viewport_size({"width": 320, "height": 256})
    wide = {}
    for address in addresses:
        page.goto(address)
        over = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            wide[address] = over
    return wide


def _note(seen: list[str], request: Request) -> None:
    seen.append(request.url)


def _gzipped(site: Path, path: str) -> int:
    file = site / unquote(path).lstrip("/")
    return len(gzip.compress((file / "index.html" if file.is_dir() else file).read_bytes(), 9))
