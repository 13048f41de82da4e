"""What a reader does with a page: reads it, follows a citation, prints it, leaves in a hurry."""

import re

import pytest
from playwright.sync_api import Page, expect

KINDS = (
    "",
    "contact/",
    "contact/family/",
    "letters/",
    "letters/stop/",
    "stage/early/",
    "laws/",
    "laws/civil-code/",
    "tags/",
    "tags/家人/",
    "glossary/",
    "channels/",
    "search/",
    "offline/",
    "about/",
    "404.html",
)
"""One address of every kind of page."""

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("address", [kind for kind in KINDS if kind != "404.html"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_page_scrolls_sideways(desk: Page, golden: str, address: str, width: int) -> None:
    desk.set_viewport_size({"width": width, "height": 800})
    desk.goto(golden + address)
    assert 0 == desk.evaluate(OVERFLOW)


def test_an_article_answers_first(phone: Page, golden: str) -> None:
    phone.goto(golden + "contact/family/")
    expect(phone.locator("h1")).to_have_text("会通知家人吗？")
    answer = phone.locator(".answer")
    expect(answer).to_contain_text("没有法律给放款机构“通知家人”的权利。")
    box = answer.bounding_box()
    assert box
    assert box["y"] + box["height"] < 740
    assert 1 == phone.get_by_text("没有法律给放款机构“通知家人”的权利。").count()


def test_one_tap_leads_past_the_law_to_the_steps(phone: Page, golden: str) -> None:
    phone.goto(golden + "contact/family/")
    link = phone.get_by_role("link", name="现在怎么做", exact=True)
    expect(link).to_be_in_viewport()
    link.tap()
    expect(phone.get_by_role("heading", name="现在怎么做")).to_be_in_viewport()


def test_the_list_of_channels_begins_with_their_names(phone: Page, golden: str) -> None:
    phone.goto(golden + "channels/")
    names = phone.locator("#main").get_by_role("navigation", name="本页内容").get_by_role("link")
    assert names.all_inner_texts() == phone.locator(".channel__name").all_inner_texts()
    names.last.tap()
    expect(phone.locator(".channel").last).to_be_in_viewport()


def test_a_citation_opens_in_place_and_leads_to_the_law(phone: Page, golden: str) -> None:
    phone.goto(golden + "contact/family/")
    citation = phone.locator('a.citation[data-cite="civil-code:1033"]').first
    citation.tap()
    preview = phone.locator('[role="dialog"], [popover], .preview').filter(has_text="安宁")
    expect(preview.first).to_be_visible()
    assert phone.url.split("#")[0].endswith("/contact/family/")
    phone.keyboard.press("Escape")
    expect(preview.first).to_be_hidden()
    expect(citation).to_be_focused()


def test_without_javascript_a_citation_leads_to_the_law(plain: Page, golden: str) -> None:
    plain.goto(golden + "contact/family/")
    plain.locator('a.citation[data-cite="civil-code:1033"]').first.click()
    assert plain.url.endswith("/laws/civil-code/#a1033")
    expect(plain.locator("#a1033")).to_contain_text("没有依据或同意")
    expect(plain.locator("#a1033")).to_contain_text("会通知家人吗？")


def test_without_javascript_home_leads_to_an_answer(plain: Page, golden: str) -> None:
    plain.goto(golden)
    plain.get_by_role("link", name="刚逾期").first.click()
    plain.get_by_role("link", name="会通知家人吗？").first.click()
    expect(plain.locator(".answer")).to_be_visible()


def test_without_javascript_search_leads_to_topics(plain: Page, golden: str) -> None:
    plain.goto(golden)
    plain.locator("form[role=search] input[name=q]").first.fill("家人")
    plain.locator("form[role=search] button").first.click()
    assert "/search/?q=" in plain.url
    expect(plain.get_by_role("link", name="会通知家人吗？").first).to_be_visible()
    expect(plain.get_by_role("link", name="联系规则").first).to_be_visible()


def test_the_keyboard_alone_reaches_the_text(desk: Page, golden: str) -> None:
    desk.goto(golden + "contact/family/")
    desk.keyboard.press("Tab")
    skip = desk.locator(":focus")
    assert "#main" in (skip.get_attribute("href") or "")
    expect(skip).to_be_visible()
    desk.keyboard.press("Enter")
    desk.keyboard.press("Tab")
    focused = desk.evaluate("document.activeElement.closest('main') !== null")
    assert focused


def test_every_focus_is_seen(desk: Page, golden: str) -> None:
    desk.goto(golden + "contact/family/")
    for _ in range(25):
        desk.keyboard.press("Tab")
        outline = desk.evaluate(
            "(() => { const s = getComputedStyle(document.activeElement);"
            " return s.outlineStyle !== 'none' || s.boxShadow !== 'none' })()"
        )
        assert outline, desk.evaluate("document.activeElement.outerHTML")


def test_targets_on_a_phone_are_large_enough(phone: Page, golden: str) -> None:
    phone.goto(golden)
    small = phone.evaluate(
        """[...document.querySelectorAll("header a, header button, header summary, form button, .stage a")]
        .filter((e) => e.offsetParent && !e.closest(".skip, .unseen"))
        .map((e) => [e.textContent.trim(), e.getBoundingClientRect()])
        .filter(([, box]) => box.width > 1 && box.height < 40).map(([text, box]) => text + box.height)"""
    )
    assert [] == small


@pytest.mark.parametrize("address", KINDS)
def test_help_is_one_tap_away(phone: Page, golden: str, address: str) -> None:
    phone.route("**/sub/assets/**", lambda route: route.continue_())
    phone.goto(golden + address)
    link = phone.locator("header").get_by_role("link", name=re.compile("求助"))
    expect(link.first).to_be_visible()
    assert phone.locator('a[href="tel:12345"]').count() >= 1


def test_three_escapes_leave_the_page(desk: Page, golden: str) -> None:
    desk.goto(golden + "contact/family/")
    target = desk.locator("a[data-exit]").get_attribute("href") or ""
    desk.route(re.compile(re.escape(target)), lambda route: route.fulfill(body="away"))
    desk.evaluate("document.querySelectorAll('a[data-exit]').forEach((a) => { a.href = '/away' })")
    desk.route("**/away", lambda route: route.fulfill(body="away"))
    for _ in range(3):
        desk.keyboard.press("Escape")
    desk.wait_for_url("**/away")


def test_paper_shows_the_text_and_not_the_frame(desk: Page, golden: str) -> None:
    desk.goto(golden + "contact/family/")
    desk.emulate_media(media="print")
    expect(desk.locator("header nav").first).to_be_hidden()
    expect(desk.locator(".prose").first).to_be_visible()
    expect(desk.get_by_text("https://guide.example/sub/contact/family/")).to_be_visible()


def test_the_dark_has_its_own_colours(desk: Page, golden: str) -> None:
    desk.goto(golden)
    light = desk.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    desk.emulate_media(color_scheme="dark")
    assert light != desk.evaluate("getComputedStyle(document.documentElement).backgroundColor")
