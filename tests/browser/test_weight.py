"""What a first visit costs, counted in what Chromium asks for; and that nothing moves on the way."""

import gzip
from collections.abc import Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.kinds import kinds_of
from tests.browser.measures import Load, first_load
from tests.figures.targets import bar

Loads = Mapping[str, Load]
"""Kind of page → its first visit."""


@pytest.fixture(scope="session")
def loads(browser: Browser, real: str, real_site: Path) -> Loads:
    return {address: first_load(browser, real + address) for address in kinds_of(real_site)}


def test_every_page_is_light(real_site: Path) -> None:
    heavy = {
        path.relative_to(real_site).as_posix(): size
        for path in sorted(real_site.rglob("*.html"))
        if (size := len(gzip.compress(path.read_bytes(), 9))) > bar("weight-page")
    }
    assert {} == heavy


def test_a_first_load_is_light(loads: Loads, real_site: Path) -> None:
    totals = {address: load.weight(real_site) for address, load in loads.items()}
    most = bar("weight-first")
    assert {} == {address: total for address, total in totals.items() if total > most}


def test_only_our_own_origin_is_asked(loads: Loads, real: str) -> None:
    asked = [url for load in loads.values() for url in load.urls]
    assert [] == [url for url in asked if not url.startswith(real)]


def test_nothing_moves_while_a_page_loads(loads: Loads) -> None:
    assert {} == {address: load.moved for address, load in loads.items() if load.moved}


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
