"""Small aids while reading: terms in place, text size, links to headings, leaving, corrections, paper."""

from urllib.parse import unquote

from playwright.sync_api import Page, expect

ARTICLE = "contact/address-book/"


def test_a_term_opens_in_place(phone: Page, real: str) -> None:
    phone.goto(real + ARTICLE)
    term = phone.locator("a.term", has_text="爆通讯录").first
    term.tap()
    note = phone.get_by_role("dialog", name="爆通讯录")
    expect(note).to_be_visible()
    more = note.get_by_role("link", name="看术语表里的这一条")
    assert unquote(more.get_attribute("href") or "").endswith("/glossary/催收/#爆通讯录")
    assert phone.url.endswith(ARTICLE)
    phone.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(term).to_be_focused()
    term.tap()
    expect(note).to_be_visible()
    term.tap()
    expect(note).to_be_hidden()


def test_a_term_is_linked_once_on_a_page(desk: Page, real: str) -> None:
    desk.goto(real + ARTICLE)
    links = desk.eval_on_selector_all("a.term", "all => all.map((link) => link.hash)")
    assert links
    assert len(set(links)) == len(links)
    inside = ".prose h2 a.term, blockquote a.term, a a.term, code a.term"
    assert 0 == desk.locator(inside).count()


def test_without_scripts_a_term_leads_to_the_glossary(plain: Page, real: str) -> None:
    plain.goto(real + ARTICLE)
    plain.locator("a.term", has_text="爆通讯录").first.click()
    entry = plain.locator("[id='爆通讯录']")
    expect(entry).to_be_in_viewport()
    entry.get_by_role("link").first.click()
    expect(plain.locator("[id='爆通讯录']")).to_contain_text("也叫")


def test_the_text_size_is_kept_on_the_device(phone: Page, real: str) -> None:
    measure = "parseFloat(getComputedStyle(document.querySelector('.prose p')).fontSize)"
    phone.goto(real + ARTICLE)
    normal = phone.evaluate(measure)
    phone.get_by_role("button", name="特大").tap()
    assert normal * 1.3 < phone.evaluate(measure)
    assert {"overdue-guide:text-size": "larger"} == phone.evaluate("({...localStorage})")
    phone.goto(real + "contact/family-guide/".replace("contact", "coping"))
    expect(phone.get_by_role("button", name="特大")).to_have_attribute("aria-pressed", "true")
    assert normal * 1.3 < phone.evaluate(measure)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert 0 == phone.evaluate(wide)
    phone.get_by_role("button", name="标准").tap()
    assert normal == phone.evaluate(measure)
    assert {} == phone.evaluate("({...localStorage})")


def test_a_heading_gives_its_own_address(desk: Page, real: str) -> None:
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.goto(real + ARTICLE)
    heading = desk.locator(".prose h2").first
    heading.hover()
    heading.get_by_role("link", name="复制本节网址").click()
    copied = desk.evaluate("navigator.clipboard.readText()")
    assert copied.endswith("#" + (heading.get_attribute("id") or "?")) or "%" in copied


def test_leaving_covers_the_page_at_once_and_goes_back_nowhere(desk: Page, real: str) -> None:
    desk.goto(real)
    desk.goto(real + ARTICLE)
    expect(desk.locator("[data-exit]")).to_contain_text("历史记录还在")
    desk.evaluate("document.querySelector('a[data-exit]').href = '/away'")
    # What the reader sees until the answer comes.
    desk.route("**/away", lambda route: route.abort())
    seen = desk.evaluate(
        """() => {
          document.querySelector("a[data-exit]").click();
          const box = document.querySelector(".cover").getBoundingClientRect();
          return [document.body.hidden, box.width, box.height, document.title];
        }"""
    )
    assert [True, 1280, 900] == seen[:3]
    assert "通讯录" not in seen[3]


def test_going_back_after_leaving_skips_the_page(desk: Page, real: str) -> None:
    desk.goto(real)
    desk.goto(real + ARTICLE)
    desk.evaluate("document.querySelector('a[data-exit]').href = '/away'")
    desk.route("**/away", lambda route: route.fulfill(body="away"))
    for _ in range(3):
        desk.keyboard.press("Escape")
    desk.wait_for_url("**/away")
    desk.go_back()
    assert real == desk.url


def test_corrections_stand_at_the_end_newest_first(phone: Page, golden: str) -> None:
    phone.goto(golden + "tools/interest/")
    changes = phone.get_by_role("region", name="更正记录")
    expect(changes.locator("time")).to_have_text(["2026-10-02", "2026-09-15"])
    assert "2026-10-02T00:00:00Z" in phone.request.get(golden + "feed.xml").text()


def test_a_page_says_who_checked_it_and_when(phone: Page, golden: str, real: str) -> None:
    phone.goto(golden + "contact/family/")
    expect(phone.locator(".meta")).to_contain_text("本页最后法律复核2026-10-01，编辑甲")
    phone.goto(real + ARTICLE)
    expect(phone.locator(".meta")).to_contain_text("，本站编辑")


def test_paper_shows_where_the_law_can_be_read(desk: Page, real: str) -> None:
    desk.goto(real + ARTICLE)
    desk.emulate_media(media="print")
    official = desk.locator(".cites__official").first
    expect(official).to_be_visible()
    expect(official).to_contain_text("https://")
    expect(desk.locator(".sizes")).to_be_hidden()
