"""A reader answers a checker's questions: without JavaScript, by keyboard, and on paper."""

import re

import pytest
from playwright.sync_api import Page, expect

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PAGES = ("check/", "check/family/", "check/family/told/", "check/family/unlawful/")


def test_without_javascript_a_path_leads_to_an_outcome(plain: Page, golden: str) -> None:
    plain.goto(golden)
    plain.get_by_role("link", name="有人联系了我的家人，合规吗？").first.click()
    assert plain.url.endswith("/check/family/")
    expect(plain.locator(".progress")).to_have_text(re.compile("第 1 题，最多还有 1 题"))
    plain.get_by_role("link", name="家人或朋友").click()
    expect(plain.locator("h1")).to_have_text("对方说出你的欠款了吗？")
    expect(plain.locator(".progress")).to_have_text(re.compile("第 2 题，最后一题"))
    plain.get_by_role("link", name="说了", exact=True).click()
    assert plain.url.endswith("/check/family/unlawful/")
    expect(plain.locator(".verdict")).to_have_text("结果：涉嫌违法")
    expect(plain.locator(".next-steps > li")).to_have_count(3)
    expect(plain.locator(".answered__says")).to_have_text(["家人或朋友", "说了"])


def test_an_outcome_shows_the_rule_and_how_it_binds(plain: Page, golden: str) -> None:
    plain.goto(golden + "check/family/unlawful/")
    reasons = plain.locator(".reasons__item")
    expect(reasons.nth(0).locator(".badge")).to_have_text("法律")
    expect(reasons.nth(1).locator(".badge")).to_have_text("行业自律·据公开报道")
    reasons.nth(0).locator("a.citation").click()
    assert plain.url.endswith("/laws/civil-code/#a1033")
    plain.locator("#a1033").get_by_role("link", name="有人联系了我的家人").click()
    assert plain.url.endswith("/check/family/")


def test_an_answer_can_be_changed(plain: Page, golden: str) -> None:
    plain.goto(golden + "check/family/unlawful/")
    plain.get_by_role("link", name="上一题").click()
    assert plain.url.endswith("/check/family/told/")
    plain.get_by_role("link", name=re.compile("改.*对方联系了谁")).click()
    plain.get_by_role("link", name=re.compile("只联系我本人")).click()
    expect(plain.locator(".verdict")).to_have_text("结果：目前看不出违规")
    plain.get_by_role("link", name="重新开始").click()
    assert plain.url.endswith("/check/family/")


def test_the_steps_lead_to_articles_letters_and_channels(plain: Page, golden: str) -> None:
    for link, target in (
        ("发一封通知", "/letters/stop/"),
        ("请家人截图", "/contact/address-book/"),
        ("打热线", "/channels/#hotline"),
    ):
        plain.goto(golden + "check/family/unlawful/")
        step = plain.locator(".next-steps > li").filter(has_text=link)
        step.locator("a.next-steps__link").click()
        assert plain.url.endswith(target)


def test_an_article_leads_to_its_checker(plain: Page, golden: str) -> None:
    plain.goto(golden + "contact/family/")
    plain.get_by_role("link", name="有人联系了我的家人，合规吗？").click()
    assert plain.url.endswith("/check/family/")


def test_the_gist_of_a_reason_opens_in_place(phone: Page, golden: str) -> None:
    phone.goto(golden + "check/family/unlawful/")
    citation = phone.locator(".reasons a.citation").first
    citation.tap()
    expect(phone.get_by_role("dialog")).to_contain_text("民法典")
    phone.keyboard.press("Escape")
    expect(citation).to_be_focused()


def test_the_keyboard_alone_answers(desk: Page, golden: str) -> None:
    desk.goto(golden + "check/family/")
    desk.locator(".choices__link").first.focus()
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/check/family/only-me/")


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_of_a_checker_scrolls_sideways(
    desk: Page, golden: str, address: str, width: int
) -> None:
    desk.set_viewport_size({"width": width, "height": 800})
    desk.goto(golden + address)
    assert 0 == desk.evaluate(OVERFLOW)


def test_answers_are_large_enough_to_touch(phone: Page, golden: str) -> None:
    phone.goto(golden + "check/family/told/")
    small = phone.evaluate(
        """[...document.querySelectorAll(".choices a, .ways-back a, .answered a")]
        .filter((e) => e.getBoundingClientRect().height < 44 || e.getBoundingClientRect().width < 44)
        .map((e) => e.textContent)"""
    )
    assert [] == small


def test_pages_that_depend_on_answers_are_kept_out_of_search_engines(
    plain: Page, golden: str
) -> None:
    plain.goto(golden + "check/family/unlawful/")
    assert plain.locator('meta[name="robots"]').get_attribute("content") == "noindex"
    plain.goto(golden + "check/family/")
    assert plain.locator('meta[name="robots"]').count() == 0
