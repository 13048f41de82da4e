"""axe finds nothing on any kind of page: light, dark, forced colours, small, large and zoomed."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.kinds import kinds_of
from tests.browser.measures import LOOKS, WIDTHS, Look, sideways, violations, with_axe


@pytest.fixture(scope="session")
def bare(browser: Browser) -> Iterator[Page]:
    with with_axe(browser) as page:
        yield page


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)
def test_axe_finds_nothing(bare: Page, real: str, real_site: Path, width: int, look: Look) -> None:
    assert {} == violations(bare, [real + one for one in kinds_of(real_site)], width, look)


def test_at_four_hundred_percent_nothing_scrolls_sideways(
    bare: Page, real: str, real_site: Path
) -> None:
    assert {} == sideways(bare, [real + one for one in kinds_of(real_site)])
