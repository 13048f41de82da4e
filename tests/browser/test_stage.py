"""Where am I? From a number of days, or a tap, to what to do this week."""

import pytest
from playwright.sync_api import Page, expect


@pytest.mark.parametrize(
    ("days", "stage"),
    [(0, "before-due"), (1, "day-1-3"), (3, "day-1-3"), (4, "day-4-30"), (30, "day-4-30"),
     (31, "day-31-90"), (90, "day-31-90"), (91, "day-90-plus"), (9999, "day-90-plus")],
)  # fmt: skip
def test_a_number_of_days_leads_to_its_stage(phone: Page, real: str, days: int, stage: str) -> None:
    phone.goto(real + "stage/")
    phone.get_by_label("逾期天数").fill(str(days))
    phone.get_by_role("button", name="去我的阶段").tap()
    phone.wait_for_url(f"**/stage/{stage}/")


def test_home_leads_to_what_to_do_in_one_tap(plain: Page, real: str) -> None:
    plain.goto(real)
    plain.get_by_role("link", name="逾期 4–30 天").click()
    expect(plain.get_by_role("heading", name="这一周做什么")).to_be_visible()
    expect(plain.get_by_role("heading", name="对方不可以做")).to_be_visible()
    expect(plain.get_by_role("heading", name="对方可以做", exact=True)).to_be_visible()
    expect(plain.get_by_role("img", name="现在是“4–30 天”")).to_be_visible()


def test_without_javascript_the_timeline_leads_through_all_stages(plain: Page, real: str) -> None:
    plain.goto(real + "stage/")
    expect(plain.get_by_label("逾期天数")).to_be_hidden()
    plain.locator(".stages__link").first.click()
    seen = 1
    while plain.locator("a[rel=next]").count():
        plain.locator("a[rel=next]").click()
        seen += 1
    assert 8 == seen


def test_what_may_happen_is_cited_and_opens_in_place(phone: Page, golden: str) -> None:
    phone.goto(golden + "stage/early/")
    link = phone.locator(".says__box--not a[data-cite='civil-code:1033']")
    link.tap()
    preview = phone.locator('[role="dialog"]')
    expect(preview).to_contain_text("安宁")
    phone.keyboard.press("Escape")
    expect(link).to_be_focused()
    expect(phone.locator(".says__box--not")).to_contain_text("行业自律")


@pytest.mark.parametrize("address", ["stage/", "stage/day-31-90/", "stage/court/"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_stage_scrolls_sideways(desk: Page, real: str, address: str, width: int) -> None:
    desk.set_viewport_size({"width": width, "height": 800})
    desk.goto(real + address)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert 0 == desk.evaluate(wide)
