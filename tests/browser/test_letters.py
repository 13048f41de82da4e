"""A letter: filled in, copied, saved, printed, kept and wiped, and nothing of it leaves the page."""

import re
import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, Request, expect

LETTER = "letters/reply/"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
KEY = "overdue-guide:letters"


def fill(page: Page) -> None:
    page.get_by_label("放款机构").fill("甲 & 乙银行")
    page.get_by_label("你的姓名").fill("王小明")
    page.get_by_label("电话").fill("13800000000")
    page.get_by_label("收到通知的日期").fill("2026-12-01")
    page.get_by_label("对方要的数（元）").fill("15320.5")
    page.get_by_label("事实").fill("8 月 15 日还的没有扣\n逾期费收了两次")
    page.get_by_label("写信日期").fill("2026-12-03")


TEXT = """\
书面答复

致：甲 & 乙银行

我是 王小明，电话 13800000000，2026年12月1日 收到通知，2026年12月16日 前答复。对方要 15,320.50 元。

一、事实

8 月 15 日还的没有扣
逾期费收了两次

项目：金额（元）
要的数：15,320.50

1. 请只联系我本人（《民法典》第1033条）。
2. 请书面答复。

日期：2026年12月3日
"""


@pytest.fixture
def letter(phone: Page, golden: str) -> Page:
    phone.goto(golden + LETTER)
    return phone


@pytest.fixture
def sharing(browser: Browser, golden: str) -> Iterator[Page]:
    """A desk that lets the clipboard be read back."""
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(golden + LETTER)
    yield page
    context.close()


def downloaded(page: Page, button: str) -> tuple[str, bytes]:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def test_the_letter_grows_as_its_blanks_are_filled(letter: Page) -> None:
    paper = letter.locator("[data-paper]")
    expect(paper).to_contain_text("致：放款机构")
    fill(letter)
    expect(paper).to_contain_text("致：甲 & 乙银行")
    expect(paper).to_contain_text(
        "2026年12月1日 收到通知，2026年12月16日 前答复。对方要 15,320.50 元"
    )
    expect(letter.locator("[data-left]")).to_contain_text("都填好了")
    letter.get_by_label("你的姓名").fill("")
    expect(paper).to_contain_text("我是 你的姓名")
    expect(letter.locator("[data-left]")).to_contain_text("还有 1 处没有填")


def test_the_day_of_writing_is_today_and_no_other_date_is(letter: Page) -> None:
    letter.get_by_label("写信日期").focus()
    expect(letter.locator("[data-left]")).to_contain_text("还有")
    assert date.today().isoformat() == letter.get_by_label("写信日期").input_value()  # noqa: DTZ011
    assert "" == letter.get_by_label("收到通知的日期").input_value()


@pytest.mark.parametrize(
    ("now", "received", "said", "late"),
    [
        ("2026-12-02", "2026-12-01", "2026年12月16日（星期三），还有 14 天", False),
        ("2026-12-16", "2026-12-01", "2026年12月16日（星期三），就是今天", True),
        ("2026-12-19", "2026-12-01", "2026年12月16日（星期三），已经过了 3 天", True),
        ("2027-02-20", "2027-02-14", "2027年3月1日（星期一），还有 9 天", False),
        ("2028-02-20", "2028-02-14", "2028年2月29日（星期二），还有 9 天", False),
    ],
)
def test_a_last_day_is_computed_with_its_provision(
    phone: Page, golden: str, now: str, received: str, said: str, late: bool
) -> None:
    phone.clock.set_fixed_time(f"{now}T12:00:00")
    phone.goto(golden + LETTER)
    phone.get_by_label("收到通知的日期").fill(received)
    due = phone.locator("output")
    expect(due).to_have_text(said)
    expect(due).to_have_class(re.compile("late") if late else re.compile("set$"))
    field = phone.locator(".fill__field").filter(has=due)
    expect(field).to_contain_text("《民法典》第1033条")
    expect(field).to_contain_text("以文书为准")
    phone.get_by_label("收到通知的日期").fill("")
    expect(due).to_contain_text("就会算出来")


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("6500", "6,500"),
        ("1234567", "1,234,567"),
        ("1.2万", "12,000"),
        ("1.23456万", "12,345"),
        ("￥１，２００．０５元", "1,200.05"),
        ("0.1", "0.10"),
        ("99.995", "100"),
        ("不知道", "不知道"),
        ("-5", "-5"),
    ],
)
def test_an_amount_is_written_as_a_bank_writes_it(letter: Page, typed: str, shown: str) -> None:
    letter.get_by_label("对方要的数（元）").fill(typed)
    expect(letter.locator('[data-paper] p [data-blank="claimed"]')).to_have_text(shown)


def test_the_whole_letter_is_copied(sharing: Page) -> None:
    fill(sharing)
    sharing.get_by_role("button", name="复制全文").click()
    expect(sharing.locator('[data-said="tools"]')).to_have_text("已复制全文")
    assert TEXT == sharing.evaluate("navigator.clipboard.readText()")


def test_an_empty_blank_is_copied_as_a_line(sharing: Page) -> None:
    sharing.get_by_role("button", name="复制全文").click()
    expect(sharing.locator('[data-said="tools"]')).to_have_text("已复制全文")
    assert "致：＿＿＿＿＿＿（放款机构）" in sharing.evaluate("navigator.clipboard.readText()")


def test_the_letter_is_saved_as_text(letter: Page) -> None:
    fill(letter)
    name, data = downloaded(letter, "存为文本（.txt）")
    assert "书面答复.txt" == name
    assert data.startswith(b"\xef\xbb\xbf")
    assert TEXT.replace("\n", "\r\n") == data.decode("utf-8-sig")


def test_the_letter_is_saved_as_a_word_file(letter: Page) -> None:
    fill(letter)
    letter.get_by_label("你的姓名").fill("王<小>明\x07\U0001f600")
    name, data = downloaded(letter, "存为 Word（.docx）")
    assert "书面答复.docx" == name
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert "[Content_Types].xml" == archive.namelist()[0]
        parts = {part: ElementTree.fromstring(archive.read(part)) for part in archive.namelist()}
    body = parts["word/document.xml"].find(f"{W}body")
    assert body is not None
    paragraphs = [_words(paragraph) for paragraph in body.iter(f"{W}p")]
    assert "书面答复" == paragraphs[0]
    assert "致：甲 & 乙银行" in paragraphs
    assert any("王<小>明\U0001f600" in paragraph for paragraph in paragraphs)
    assert "8 月 15 日还的没有扣\n逾期费收了两次" in paragraphs
    assert "1. 请只联系我本人（《民法典》第1033条）。" in paragraphs
    rows = [[_words(cell) for cell in row.iter(f"{W}tc")] for row in body.iter(f"{W}tr")]
    assert [["项目", "金额（元）"], ["要的数", "15,320.50"]] == rows


def _words(element: ElementTree.Element) -> str:
    said = {f"{W}t": "{}", f"{W}br": "\n"}
    return "".join(said[node.tag].format(node.text) for node in element.iter() if node.tag in said)


def test_paper_shows_the_letter_alone(desk: Page, golden: str) -> None:
    desk.goto(golden + LETTER)
    desk.get_by_label("你的姓名").fill("王小明")
    desk.emulate_media(media="print")
    expect(desk.locator("[data-paper]")).to_be_visible()
    for hidden in ("h1", ".fill", "[data-letter-tools]", ".letter__after", ".cites", "#help"):
        expect(desk.locator(hidden).first).to_be_hidden()
    line = "(e) => getComputedStyle(e, '::after').borderBottomStyle"
    empty = desk.locator('[data-blank="phone"]').first
    assert "solid" == empty.evaluate(line)
    expect(desk.locator('[data-blank="name"]').first).to_have_text("王小明")
    assert "none" == desk.locator('[data-blank="name"]').first.evaluate(
        "(e) => getComputedStyle(e, '::after').content"
    )


def test_without_javascript_the_blanks_are_listed_and_print_as_lines(
    plain: Page, golden: str
) -> None:
    plain.goto(golden + LETTER)
    for hidden in ("[data-letter-tools]", "[data-field]", "[data-keep]", "[data-do]", "output"):
        assert 0 == plain.locator(f"{hidden} >> visible=true").count(), hidden
    expect(plain.get_by_role("heading", name="需要你填的内容")).to_be_visible()
    expect(plain.locator("label.fill__label >> visible=true")).to_have_count(7)
    expect(plain.get_by_text("抄合同")).to_be_visible()
    expect(plain.locator("[data-paper]")).to_contain_text("《民法典》第1033条")
    plain.emulate_media(media="print")
    expect(plain.locator(".fill")).to_be_hidden()
    expect(plain.locator("[data-paper]")).to_be_visible()


def test_nothing_is_stored_unless_asked_and_one_tap_wipes(letter: Page) -> None:
    stored = f"localStorage.getItem('{KEY}')"
    box = letter.get_by_label("存在这台设备上")
    expect(box).not_to_be_checked()
    fill(letter)
    assert 0 == letter.evaluate("localStorage.length + sessionStorage.length")
    box.check()
    assert "王小明" in letter.evaluate(stored)
    letter.get_by_label("你的姓名").fill("李四")
    letter.reload()
    expect(box).to_be_checked()
    expect(letter.locator("[data-paper]")).to_contain_text("我是 李四")
    letter.get_by_role("button", name="清空", exact=True).click()
    assert letter.evaluate(stored) is None
    expect(letter.locator("[data-paper]")).to_contain_text("我是 你的姓名")
    expect(box).not_to_be_checked()
    letter.get_by_role("button", name="撤销清空").click()
    expect(letter.locator("[data-paper]")).to_contain_text("我是 李四")
    assert letter.evaluate(stored) is None
    box.check()
    box.uncheck()
    assert letter.evaluate(stored) is None


def test_nothing_is_requested_while_filling_copying_and_saving(letter: Page) -> None:
    letter.get_by_label("你的姓名").fill("王小明")
    letter.wait_for_load_state("networkidle")
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    letter.on("request", note)
    fill(letter)
    letter.get_by_role("button", name="复制全文").click()
    downloaded(letter, "存为文本（.txt）")
    downloaded(letter, "存为 Word（.docx）")
    letter.get_by_label("存在这台设备上").check()
    letter.get_by_label("你的姓名").press("Enter")
    ours = [url for url in asked if not re.search(r"/letter/(docx|zip)\.mjs$|^blob:", url)]
    assert [] == ours
    assert letter.url.endswith(LETTER)


def test_the_tool_is_fetched_only_when_it_is_used(phone: Page, golden: str) -> None:
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url.rsplit("/", 1)[1]))
    phone.goto(golden + LETTER)
    phone.wait_for_load_state("networkidle")
    assert "start.mjs" in asked
    assert "values.mjs" not in asked
    phone.get_by_label("你的姓名").tap()
    expect(phone.locator("[data-left]")).to_contain_text("还有")
    assert "values.mjs" in asked
    assert "docx.mjs" not in asked


def test_the_page_may_connect_to_nothing_and_submit_nothing(letter: Page) -> None:
    policy = letter.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
    assert "connect-src 'none'" in (policy or "")
    assert 0 == letter.locator("main form, main [name]").count()
    letter.locator("form[role=search] input").fill("家人")  # no suggestions, and no complaint
    letter.locator("form[role=search] button").click()
    letter.wait_for_url("**/search/?q=*")


def test_the_keyboard_alone_fills_and_saves(desk: Page, golden: str) -> None:
    desk.goto(golden + LETTER)
    desk.locator("h1").click()
    for _ in range(40):
        desk.keyboard.press("Tab")
        if desk.evaluate("document.activeElement.dataset.field") == "lender":
            break
    desk.keyboard.type("甲银行")
    expect(desk.locator('[data-paper] [data-blank="lender"]').first).to_have_class(
        re.compile("blank--now")
    )
    desk.keyboard.press("Tab")
    desk.keyboard.type("王小明")
    expect(desk.locator("[data-paper]")).to_contain_text("致：甲银行")
    for _ in range(40):
        desk.keyboard.press("Tab")
        if desk.evaluate("document.activeElement.dataset.do") == "txt":
            break
    with desk.expect_download() as waiting:
        desk.keyboard.press("Enter")
    assert "王小明" in Path(waiting.value.path()).read_text("utf-8-sig")


def test_touching_a_blank_leads_to_its_field(letter: Page) -> None:
    letter.locator('[data-paper] [data-blank="phone"]').tap()
    expect(letter.get_by_label("电话")).to_be_focused()
    assert "tel" == letter.get_by_label("电话").get_attribute("type")


@pytest.mark.parametrize("width", [320, 1280])
def test_a_filled_letter_fits_its_screen(desk: Page, golden: str, width: int) -> None:
    desk.set_viewport_size({"width": width, "height": 800})
    desk.goto(golden + LETTER)
    fill(desk)
    desk.get_by_label("你的姓名").fill("很长的名字" * 20)
    assert 0 == desk.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    small = desk.evaluate(
        """[...document.querySelectorAll(".fill .fill__input, .fill .button, .fill__check, [data-do]")]
        .filter((e) => e.offsetParent && e.getBoundingClientRect().height < 44).map((e) => e.outerHTML)"""
    )
    assert [] == small


def test_every_field_has_a_name_and_nothing_moves(letter: Page, golden: str) -> None:
    unnamed = letter.evaluate(
        """[...document.querySelectorAll("[data-field]")].filter((e) => !e.labels.length).length"""
    )
    assert 0 == unnamed
    shift = letter.evaluate(
        """new Promise((done) => { let sum = 0;
        new PerformanceObserver((list) => { for (const e of list.getEntries()) sum += e.value })
          .observe({ type: "layout-shift", buffered: true });
        setTimeout(() => done(sum), 200) })"""
    )
    assert shift < 0.01
