"""A new guide in the browser: its own colour reads well by day and by night, and nothing is logged."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from overdue_guide import starters
from overdue_guide.build import build
from overdue_guide.options import Options
from tests.browser.chromium import served
from tests.browser.conftest import BLOCKED
from tests.browser.measures import AXE, COLOURS, RUN, Scheme
from tests.content import TODAY

PAGES = ("", "leaving/wear/", "stage/", "check/deductions/", "letters/return-deposit/", "laws/")


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("starter")
    starters.write_starter(folder)
    content, templates, output = (folder / name for name in ("content", "templates", "build"))
    build(Options(content=content, templates=templates, output=output, today=TODAY))
    return output


@pytest.fixture(scope="module")
def address(guide: Path) -> Iterator[str]:
    with served(guide) as url:
        yield url


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_guide_of_another_colour_can_be_read(
    browser: Browser, address: str, scheme: Scheme
) -> None:
    context = browser.new_context(bypass_csp=True, service_workers="block", color_scheme=scheme)
    context.add_init_script(AXE)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    found = {}
    for name in PAGES:
        page.goto(address + name)
        if broken := page.evaluate(RUN, COLOURS):
            found[name] = broken
    context.close()
    assert ({}, set()) == (found, set(said) - {BLOCKED})
