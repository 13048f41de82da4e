"""axe finds nothing on any kind of page: light, dark, forced colours, small, large and zoomed."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.kinds import kinds_of

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block", "target-size"]
"""The rules whose outcome hangs on colours; the others see the same page in every scheme."""
RUN = """async (rules) => {
  const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0].target} ${nodes[0].failureSummary}`);
}"""
Scheme = Literal["light", "dark"]
Forced = Literal["active", "none"]


@pytest.fixture(scope="session")
def bare(browser: Browser) -> Iterator[Page]:
    """One page for all looks: axe is put in from outside, past the page's security policy."""
    context = browser.new_context(bypass_csp=True, service_workers="block")
    context.add_init_script(AXE)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize(
    ("scheme", "forced"),
    [("light", "none"), ("dark", "none"), ("light", "active")],
    ids=["light", "dark", "forced"],
)
def test_axe_finds_nothing(
    bare: Page, real: str, real_site: Path, width: int, scheme: Scheme, forced: Forced
) -> None:
    bare.set_viewport_size({"width": width, "height": 800})
    bare.emulate_media(color_scheme=scheme, forced_colors=forced)
    rules = TAGS if (scheme, forced) == ("light", "none") else COLOURS
    found = {}
    for address in kinds_of(real_site):
        bare.goto(real + address)
        if broken := bare.evaluate(RUN, rules):
            found[address] = broken
    assert {} == found


def test_at_four_hundred_percent_nothing_scrolls_sideways(
    bare: Page, real: str, real_site: Path
) -> None:
    bare.set_viewport_size({"width": 320, "height": 256})
    wide = {}
    for address in kinds_of(real_site):
        bare.goto(real + address)
        over = bare.evaluate("document.documentElement.scrollWidth - innerWidth")
        if over > 0:
            wide[address] = over
    assert {} == wide
