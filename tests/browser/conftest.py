"""The golden site and the real one, built once and opened in Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from overdue_guide.build import build
from tests.browser.chromium import launched, served
from tests.golden_site import ROOT, options

BLOCKED = "Service Worker registration blocked by Playwright"
"""Said where a test has no use for the worker that keeps the site: only test_offline.py has."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with launched() as running:
        yield running


@pytest.fixture(scope="session")
def golden(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the golden site, served from a sub-folder as on Pages."""
    folder = tmp_path_factory.mktemp("served")
    build(options(folder, output=folder / "www" / "sub"))
    with served(folder / "www") as address:
        yield f"{address}sub/"


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the site from this repository's own content."""
    folder = tmp_path_factory.mktemp("real")
    report = build(
        options(
            folder,
            content=ROOT.parent / "content",
            output=folder / "site",
            base_url="http://localhost/",
        )
    )
    assert report.pages, report.problems
    return folder / "site"


@pytest.fixture(scope="session")
def real(real_site: Path) -> Iterator[str]:
    """Its address."""
    with served(real_site) as address:
        yield address


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A page on a 360 px phone; the test fails when its console says anything or it calls elsewhere."""
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, has_touch=True, service_workers="block"
    )
    yield from _watched(context)


@pytest.fixture
def desk(browser: Browser) -> Iterator[Page]:
    """A page on a desk screen, watched in the same way."""
    yield from _watched(
        browser.new_context(viewport={"width": 1280, "height": 900}, service_workers="block")
    )


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page on a phone without JavaScript."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, java_script_enabled=False)
    yield from _watched(context)


def _watched(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    said: list[str] = []
    elsewhere: list[str] = []
    page.on(
        "console", lambda message: None if BLOCKED in message.text else said.append(_line(message))
    )
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("http://127.0.0.1:", "file:"))
            else elsewhere.append(request.url)
        ),
    )
    yield page
    context.close()
    assert [] == said
    assert [] == elsewhere


def _line(message: ConsoleMessage) -> str:
    return f"{message.type}: {message.text}"


@pytest.fixture
def shots(tmp_path: Path) -> Path:
    return tmp_path
