"""The traditional edition in a browser: there and back, a tool, the shared search, without scripts."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from overdue_guide.build import build
from tests.browser.chromium import served
from tests.golden_site import CONTENT, options


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the golden site in two editions, in a sub-folder as on Pages."""
    folder = tmp_path_factory.mktemp("hant")
    content = folder / "content"
    shutil.copytree(CONTENT, content)
    with (content / "site.yml").open("a", encoding="utf-8") as config:
        config.write("traditional: true\n")
    build(options(folder, content=content, output=folder / "www" / "sub"))
    with served(folder / "www") as address:
        yield f"{address}sub/"


def test_the_switch_keeps_the_page(plain: Page, both: str) -> None:
    plain.goto(f"{both}contact/family/")
    plain.locator(".site-foot").get_by_role("link", name="繁體版").click()
    expect(plain).to_have_url(f"{both}zh-hant/contact/family/")
    expect(plain.locator("html")).to_have_attribute("lang", "zh-Hant")
    expect(plain.locator("h1")).to_have_text("會通知家人嗎？")
    plain.locator(".site-foot").get_by_role("link", name="简体版").click()
    expect(plain).to_have_url(f"{both}contact/family/")


def test_the_keyboard_reaches_the_switch_on_a_desk(desk: Page, both: str) -> None:
    desk.goto(both)
    desk.keyboard.press("Tab")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Tab")
    expect(desk.locator(":focus")).to_have_text("繁體版")
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(f"{both}zh-hant/")


def test_the_menu_of_a_phone_has_the_switch(phone: Page, both: str) -> None:
    phone.goto(f"{both}contact/")
    phone.locator("summary.menu__open").tap()
    phone.locator(".menu__edition").tap()
    expect(phone).to_have_url(f"{both}zh-hant/contact/")


def test_links_stay_in_the_edition(phone: Page, both: str) -> None:
    phone.goto(f"{both}zh-hant/")
    phone.locator("main a[href$='contact/family/']").first.click()
    expect(phone).to_have_url(f"{both}zh-hant/contact/family/")


def test_a_citation_opens_in_traditional_characters(phone: Page, both: str) -> None:
    phone.goto(f"{both}zh-hant/contact/family/")
    phone.locator('a.citation[data-cite="civil-code:1033"]').first.tap()
    expect(phone.get_by_role("link", name="看這一條的頁面")).to_be_visible()


@pytest.mark.parametrize("query", ["通訊錄", "通讯录"])
def test_one_search_leads_to_the_edition_that_is_read(phone: Page, both: str, query: str) -> None:
    phone.goto(f"{both}zh-hant/search/?q={query}")
    status = phone.locator("#search-status")
    expect(status).to_have_attribute("data-state", "done")
    expect(status).to_contain_text("條結果")
    phone.locator("#search-results > li a").first.click()
    phone.wait_for_url(f"{both}zh-hant/**/")
    assert "?h=" not in phone.url


def test_the_search_box_of_a_page_leads_there_too(desk: Page, both: str) -> None:
    desk.goto(f"{both}zh-hant/contact/family/")
    desk.locator("input[name=q]").first.fill("通訊錄")
    desk.keyboard.press("Enter")
    desk.wait_for_url(f"{both}zh-hant/search/**")
    expect(desk.locator("#search-status")).to_have_attribute("data-state", "done")
