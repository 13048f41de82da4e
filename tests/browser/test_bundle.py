"""A bundle does in Chromium what its modules do."""

from playwright.sync_api import Browser

from overdue_guide.bundle import bundle
from tests.test_bundle import MODULES


def test_a_bundle_does_what_its_modules_do(browser: Browser) -> None:
    page = browser.new_page()
    with page.expect_console_message() as said:
        page.add_script_tag(content=bundle("main.mjs", MODULES))
    page.close()
    assert '[6,4,5,"said"]' == said.value.text
