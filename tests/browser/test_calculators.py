"""The calculators in a browser: their figures, their forms, and what is there without scripts."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.tools.reckoning import cases

TOOLS = Path(__file__).parent.parent / "tools"
VECTORS = json.loads((TOOLS / "vectors.json").read_text("utf-8"))
SLUGS = ("overdue-interest", "annual-rate", "repayment-plan", "limitation")


def test_the_browser_reckons_as_fractions_do(desk: Page, real: str) -> None:
    desk.goto(real + "tools/overdue-interest/")
    script = desk.locator('script[src*="tools/main"]').get_attribute("src") or ""
    folder = re.sub(r"[^/]*$", "", script)
    desk.route(
        "**/run.mjs",
        lambda route: route.fulfill(
            content_type="text/javascript", body=(TOOLS / "run.mjs").read_text("utf-8")
        ),
    )
    found = desk.evaluate(
        """async ([folder, vectors]) => {
          const { answers } = await import(new URL("run.mjs", document.baseURI));
          return answers(String(new URL(folder, document.baseURI)), vectors);
        }""",
        [folder, VECTORS],
    )
    expected = [[f"{name}: {case['title']}", case["expected"]] for name, case in cases(VECTORS)]
    assert expected == found


def fill_example(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("button", name="填入例子").click()
    expect(page.get_by_role("heading", name="算出来")).to_be_focused()


@pytest.mark.parametrize(
    ("slug", "says"),
    [
        ("overdue-interest", ["1,440.00 元", "1,740.00 元", "1,183.56 元", "556.44 元", "29.20%"]),
        ("annual-rate", ["17.27%", "18.71%", "1.4392%", "1,152.00 元", "没有超过"]),
        ("repayment-plan", ["1,063.69 元", "25,528.68 元", "1,528.68 元", "163.81 元", "29 个月"]),
        ("limitation", ["2031 年 8 月 15 日", "2028 年 8 月 15 日"]),
    ],
)
def test_the_example_comes_to_what_the_page_says(
    phone: Page, real: str, slug: str, says: list[str]
) -> None:
    fill_example(phone, f"{real}tools/{slug}/")
    for words in says:
        expect(phone.locator("[data-result]")).to_contain_text(words)
    if slug != "annual-rate":
        fold = phone.locator("[data-result] details").first
        fold.locator("summary").click()
        expect(fold.locator("tbody tr").first).to_be_visible()
    width = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert 0 == phone.evaluate(width)


@pytest.mark.parametrize("slug", SLUGS)
def test_an_empty_form_says_what_is_missing(phone: Page, real: str, slug: str) -> None:
    phone.goto(f"{real}tools/{slug}/")
    phone.get_by_role("button", name="算一算").click()
    wrong = phone.locator('[aria-invalid="true"]')
    expect(wrong.first).to_be_focused()
    told = wrong.first.get_attribute("aria-describedby") or ""
    expect(phone.locator(f"#{told.split()[-1]}")).not_to_be_empty()
    expect(phone.locator("[data-result]")).to_be_hidden()


def test_what_cannot_be_read_is_named(phone: Page, real: str) -> None:
    phone.goto(real + "tools/overdue-interest/")
    phone.get_by_label("逾期的本金").fill("一万")
    phone.get_by_label("合同写的逾期利率").fill("0.05")
    phone.get_by_label("最后还款日").fill("2026-05-24")
    phone.get_by_label("算到哪一天").fill("2026-05-24")
    phone.get_by_role("button", name="算一算").click()
    expect(phone.locator("#e-principal")).to_contain_text("看不懂“一万”")
    expect(phone.locator("#e-until")).to_contain_text("要晚于最后还款日")
    phone.get_by_label("逾期的本金").fill("１，０００元")
    phone.get_by_label("算到哪一天").fill("2026-05-25")
    phone.get_by_role("button", name="算一算").click()
    expect(phone.locator("[data-result]")).to_contain_text("0.50 元")
    expect(phone.locator('[aria-invalid="true"]')).to_have_count(0)


def test_four_times_the_rate_is_only_for_private_lending(phone: Page, real: str) -> None:
    phone.goto(real + "tools/annual-rate/")
    phone.get_by_text("按实际日期算").click()
    phone.get_by_label("到手的钱").fill("1000")
    phone.get_by_label("每期还多少").fill("1020")
    phone.get_by_label("一共几期").fill("1")
    phone.get_by_label("1 年期 LPR").fill("6")
    phone.get_by_role("button", name="算一算").click()
    result = phone.locator("[data-result]")
    expect(result).to_contain_text("和 4 倍 LPR（24.00%）比")
    expect(result).to_contain_text("正好相等")
    expect(result).to_contain_text("只管民间借贷，不管银行")


def test_a_call_is_counted_beside_and_not_in(desk: Page, real: str) -> None:
    desk.goto(real + "tools/limitation/")
    desk.get_by_label("最后一期的到期日").fill("2026-05-10")
    desk.get_by_role("button", name="加一件事").click()
    row = desk.locator(".events__item")
    expect(row.get_by_label("什么事")).to_be_focused()
    row.get_by_label("什么事").select_option("called")
    row.get_by_label("哪一天").fill("2027-01-01")
    desk.get_by_role("button", name="算一算").click()
    result = desk.locator("[data-result]")
    expect(result).to_contain_text("2029 年 5 月 10 日")
    expect(result).to_contain_text("如果电话也算")
    expect(result).to_contain_text("2030 年 1 月 1 日")
    desk.get_by_role("button", name="删去第 1 件").click()
    expect(row).to_have_count(0)
    expect(desk.get_by_role("button", name="加一件事")).to_be_focused()


def test_the_keyboard_alone_reckons(desk: Page, real: str) -> None:
    desk.goto(real + "tools/repayment-plan/")
    desk.get_by_label("要分期还的总额").focus()
    desk.keyboard.type("100")
    desk.keyboard.press("Tab")
    desk.keyboard.type("3")
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-result]")).to_contain_text("33.33 元")
    expect(desk.locator("[data-result]")).to_contain_text("最后一个月 33.34 元")


def test_a_form_whose_script_is_late_sends_nothing_and_answers_then(phone: Page, real: str) -> None:
    held: list[Route] = []
    phone.route("**/tools/main.mjs", lambda route: held.append(route))
    phone.goto(real + "tools/overdue-interest/", wait_until="commit")
    phone.get_by_label("逾期的本金").fill("10000")
    phone.get_by_role("button", name="算一算").click()
    assert phone.url.endswith("/tools/overdue-interest/")
    held[0].continue_()
    phone.wait_for_load_state()
    phone.get_by_role("button", name="填入例子").click()
    expect(phone.locator("[data-result]")).to_contain_text("1,440.00 元")


@pytest.mark.parametrize("slug", SLUGS)
def test_without_scripts_the_formula_and_the_example_stand(
    plain: Page, real: str, slug: str
) -> None:
    plain.goto(f"{real}tools/{slug}/")
    expect(plain.locator("form[data-calculator]")).to_be_hidden()
    expect(plain.get_by_role("heading", name="算好的例子")).to_be_visible()
    expect(plain.get_by_role("table").first).to_be_visible()
    assert plain.locator("a.citation").count() >= 3


@pytest.mark.parametrize("slug", SLUGS)
def test_a_calculator_can_connect_to_nothing_and_fields_are_large(
    phone: Page, real: str, slug: str
) -> None:
    asked: list[str] = []
    phone.goto(f"{real}tools/{slug}/")
    policy = phone.locator('meta[http-equiv="Content-Security-Policy"]').get_attribute("content")
    assert "connect-src 'none'" in (policy or "")
    phone.on("request", lambda request: asked.append(request.method))
    fill_example(phone, f"{real}tools/{slug}/")
    assert {"GET"} >= set(asked)
    small = phone.evaluate(
        """[...document.querySelectorAll(".calc input, .calc select, .calc button, .calc summary")]
        .map((field) => field.closest("label") ?? field).filter((field) => field.offsetParent)
        .filter((field) => field.getBoundingClientRect().height < 44).map((field) => field.outerHTML)"""
    )
    assert [] == small
    assert {} == phone.evaluate("({...localStorage})")
