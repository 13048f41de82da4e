"""The contact log: entries in seconds, each held against the rules, kept on the device, gone at a tap."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

KEY = "overdue-guide:log"


@pytest.fixture(scope="module")
def modules(browser: Browser, real: str) -> Iterator[Page]:
    """The real log's page, asked through its own modules, without anything kept."""
    page = browser.new_page()
    page.goto(real + "log/")
    yield page
    page.close()


def open_log(page: Page, site: str) -> None:
    page.goto(site + "log/")
    page.locator("#add").wait_for()


def save(page: Page) -> None:
    before = page.locator(".record").count()
    page.locator("[data-save]").click()
    expect(page.locator(".record")).to_have_count(before + 1)


def at(page: Page, moment: str) -> None:
    page.locator("#at").fill(moment)


def tap(page: Page, words: str) -> None:
    page.locator("form.entry").get_by_label(words, exact=True).check()


def kept(page: Page) -> Any:
    return json.loads(page.evaluate(f"localStorage.getItem('{KEY}')") or "null")


# --- rules ---------------------------------------------------------------------------------------

ENTRY = {"at": "2026-11-23T14:00", "kind": "call", "who": "agency", "whom": "me", "answered": "yes"}

CASES: list[tuple[str, list[dict[str, Any]], set[str]]] = [
    ("a-call-at-noon", [{}], set()),
    # 每日晚22:00至次日早8:00 (cba-guideline-2026:hours)
    ("21-59-is-allowed", [{"at": "2026-11-23T21:59"}], set()),
    ("22-00-is-night", [{"at": "2026-11-23T22:00"}], {"night"}),
    ("03-00-is-night", [{"at": "2026-11-23T03:00"}], {"night"}),
    ("07-59-is-night", [{"at": "2026-11-23T07:59"}], {"night"}),
    ("08-00-is-allowed", [{"at": "2026-11-23T08:00"}], set()),
    ("other-collecting-at-night", [{"kind": "sms", "at": "2026-11-23T23:00"}], {"night"}),
    # 未接通 … 当天不宜超过6次 (cba-guideline-2026:frequency); 3 calls as reported of the standard
    ("6-unanswered", [{"answered": "no", "times": 6}], {"calls-a-day"}),
    ("7-unanswered", [{"answered": "no", "times": 7}], {"calls-a-day", "unanswered-calls"}),
    ("7-in-single-entries", [{"answered": "no"}] * 7, {"calls-a-day", "unanswered-calls"}),
    (
        "7-over-two-days",
        [{"answered": "no", "times": 3}, {"answered": "no", "times": 3, "at": "2026-11-24T10:00"}],
        set(),
    ),
    (
        "7-of-two-lenders",
        [{"times": 3, "lender": "甲"}, {"times": 3, "lender": "乙"}],
        set(),
    ),
    ("3-calls", [{"times": 3}], set()),
    ("4-calls", [{"times": 4}], {"calls-a-day"}),
    ("answered-calls-are-not-counted-as-missed", [{"times": 7}], {"calls-a-day"}),
    # visits: at least two collectors; once a day, no more than three persons, as reported
    ("one-visitor", [{"kind": "visit", "persons": 1}], {"one-visitor"}),
    ("two-visitors", [{"kind": "visit", "persons": 2}], set()),
    ("three-visitors", [{"kind": "visit", "persons": 3}], set()),
    ("four-visitors", [{"kind": "visit", "persons": 4}], {"many-visitors"}),
    ("visitors-not-counted", [{"kind": "visit"}], set()),
    ("two-visits-a-day", [{"kind": "visit", "persons": 2}] * 2, {"visits-a-day"}),
    ("forced-entry", [{"kind": "visit", "persons": 2, "said": ["enter"]}], {"entered"}),
    # third persons
    (
        "family-while-reachable",
        [{"whom": "family", "reachable": "yes"}],
        {"third-person-reachable"},
    ),
    ("family-while-lost", [{"whom": "family", "reachable": "no"}], {"third-person-other"}),
    (
        "emergency-contact-told-the-debt",
        [{"kind": "third-call", "whom": "emergency", "reachable": "no", "said": ["debt"]}],
        {"third-person-other", "told-third-person"},
    ),
    ("debt-told-to-the-borrower", [{"said": ["debt"]}], set()),
    (
        "workplace",
        [{"whom": "work", "reachable": "yes", "said": ["debt"]}],
        {"third-person-reachable", "told-third-person", "workplace"},
    ),
    ("family-asked-to-pay", [{"said": ["family-pay"]}], {"others-asked-to-pay"}),
    (
        "family-said-stop",
        [{"whom": "family", "reachable": "unsure", "said": ["stop-ignored"]}],
        {"third-person-other", "third-person-refused"},
    ),
    # in public
    ("posted-in-a-group", [{"kind": "public"}], {"published"}),
    ("posted-at-the-door", [{"kind": "visit", "persons": 2, "said": ["post"]}], {"published"}),
    # authority
    ("says-police", [{"who": "authority"}], {"claims-authority"}),
    ("posed-as-police", [{"said": ["authority"]}], {"posing"}),
    # threats and insults
    ("threat", [{"said": ["threat"]}], {"threat"}),
    ("insult-alone", [{"said": ["insult"]}], {"insult"}),
    (
        "insult-before-family",
        [{"whom": "family", "said": ["insult"]}],
        {"insult", "insult-before-others"},
    ),
    ("two-insulting-messages", [{"kind": "sms", "said": ["insult"]}] * 2, {"insult"}),
    (
        "three-insulting-messages",
        [{"kind": "sms", "said": ["insult"]}] * 3,
        {"insult", "repeated-messages"},
    ),
    (
        "three-messages-on-three-days",
        [{"kind": "chat", "said": ["threat"], "at": f"2026-11-2{day}T12:00"} for day in (1, 2, 3)],
        {"threat", "repeated-messages"},
    ),
    ("jail", [{"said": ["false-result"]}], {"false-result"}),
    ("borrow-to-pay", [{"said": ["new-loan"]}], {"new-loan"}),
]


@pytest.mark.parametrize(
    ("entries", "expected"),
    [pytest.param(entries, expected, id=name) for name, entries, expected in CASES],
)
def test_each_rule_speaks_where_its_provision_does(
    modules: Page, entries: list[dict[str, Any]], expected: set[str]
) -> None:
    raw = [{**ENTRY, "id": f"case-{at}", **entry} for at, entry in enumerate(entries)]
    spoken = modules.evaluate(
        """async (raw) => {
          const start = document.querySelector("script[src$='log/start.mjs']").src;
          const from = (name) => import(start.replace("start.mjs", name));
          const { entryOf } = await from("entries.mjs"), { hits } = await from("rules.mjs");
          const { choicesOf } = await from("form.mjs"), { rulesOf } = await from("draw.mjs");
          const choices = choicesOf(document.querySelector("form.entry"));
          const found = hits(raw.map((one) => entryOf(one, choices)), rulesOf());
          return [...new Set([...found.values()].flat())];
        }""",
        raw,
    )
    assert expected == set(spoken)


def test_every_rule_has_a_case(modules: Page) -> None:
    ids = modules.evaluate(
        "[...document.querySelectorAll('[data-rule]')].map((r) => r.dataset.rule)"
    )
    assert set(ids) == set().union(*(expected for _, _, expected in CASES))


# --- writing entries -----------------------------------------------------------------------------


def test_two_taps_record_a_call(phone: Page, golden: str) -> None:
    open_log(phone, golden)
    phone.locator("form.entry").get_by_label("辱骂", exact=True).tap()
    phone.locator("[data-save]").tap()
    record = phone.locator(".record")
    expect(record).to_have_count(1)
    expect(record).to_contain_text("电话 → 我")
    expect(record).to_contain_text("辱骂")
    expect(phone.locator("[data-said=entry]")).to_contain_text("已记下，共 1 条")


def test_the_keyboard_alone_records_a_contact(desk: Page, golden: str) -> None:
    open_log(desk, golden)
    at(desk, "2026-11-23T23:10")
    desk.locator("[name=kind][value=call]").focus()
    desk.keyboard.press("ArrowRight")
    expect(desk.locator("[name=kind][value=sms]")).to_be_checked()
    for _ in range(3):
        desk.keyboard.press("Tab")
    desk.keyboard.press("Space")
    expect(desk.locator("[name=said][value=threat]")).to_be_checked()
    desk.locator("#words").focus()
    desk.keyboard.type("等着瞧")
    desk.locator("[data-save]").focus()
    desk.keyboard.press("Enter")
    expect(desk.locator(".record")).to_contain_text("威胁人身安全：等着瞧")
    expect(desk.locator("[data-hit=night]")).to_contain_text("行业自律（据公开报道），不是法律")


def test_what_is_chosen_before_the_rest_has_come_is_kept(phone: Page, golden: str) -> None:
    def slowly(route: Route) -> None:
        phone.wait_for_timeout(300)
        route.continue_()

    phone.route("**/log/page.mjs", slowly)
    open_log(phone, golden)
    phone.locator("form.entry").get_by_label("短信", exact=True).tap()
    phone.locator("[data-save]").tap()
    expect(phone.locator(".record")).to_contain_text("短信 → 我")


def test_a_call_to_others_asks_whether_the_borrower_was_reachable(desk: Page, golden: str) -> None:
    open_log(desk, golden)
    expect(desk.get_by_text("当时联系得上你本人吗")).to_be_hidden()
    tap(desk, "打给别人")
    expect(desk.locator("[name=whom][value=family]")).to_be_checked()
    expect(desk.get_by_text("当时联系得上你本人吗")).to_be_visible()
    tap(desk, "说出欠款情况")
    save(desk)
    assert "unsure" == kept(desk)["entries"][0]["reachable"]
    hit = desk.locator("[data-hit=told]")
    expect(hit).to_contain_text("涉嫌违法")
    hit.locator("summary").click()
    expect(hit.get_by_role("link", name="《民法典》第1033条")).to_be_visible()


def test_entries_stay_after_reload_and_reach_other_tabs(desk: Page, golden: str) -> None:
    open_log(desk, golden)
    tap(desk, "威胁人身安全")
    save(desk)
    desk.reload()
    expect(desk.locator(".record")).to_have_count(1)
    other = desk.context.new_page()
    open_log(other, golden)
    expect(other.locator(".record")).to_have_count(1)
    save(other)
    expect(desk.locator(".record")).to_have_count(2)


def test_an_entry_can_be_changed_removed_and_put_back(desk: Page, golden: str) -> None:
    open_log(desk, golden)
    desk.locator("#words").fill("第一次")
    save(desk)
    desk.locator("[data-change]").click()
    expect(desk.locator("#words")).to_have_value("第一次")
    desk.locator("#words").fill("改过了")
    desk.locator("[data-save]").click()
    expect(desk.locator(".record")).to_contain_text("改过了")
    expect(desk.locator(".record")).to_have_count(1)
    desk.locator("[data-remove]").click()
    expect(desk.locator(".record")).to_have_count(0)
    desk.get_by_role("button", name="撤销删除").click()
    expect(desk.locator(".record")).to_contain_text("改过了")


def test_everything_goes_at_one_tap_after_one_question(phone: Page, golden: str) -> None:
    open_log(phone, golden)
    phone.locator("[data-save]").tap()
    expect(phone.locator(".record")).to_have_count(1)
    phone.get_by_role("button", name="一键清除全部记录").tap()
    expect(phone.locator("[data-act=wipe-no]")).to_be_focused()
    phone.get_by_role("button", name="先不清除").tap()
    expect(phone.locator(".record")).to_have_count(1)
    phone.get_by_role("button", name="一键清除全部记录").tap()
    phone.get_by_role("button", name="全部清除", exact=True).tap()
    expect(phone.locator(".record")).to_have_count(0)
    assert 0 == phone.evaluate("localStorage.length")
    phone.reload()
    expect(phone.locator(".record")).to_have_count(0)


def test_a_device_that_keeps_nothing_says_so(desk: Page, golden: str) -> None:
    desk.add_init_script(
        "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
    )
    open_log(desk, golden)
    save(desk)
    expect(desk.locator("[data-said=entry]")).to_contain_text("不让存")


def test_the_page_can_connect_to_nothing(desk: Page, golden: str) -> None:
    open_log(desk, golden)
    policy = desk.locator("meta[http-equiv='Content-Security-Policy']").get_attribute("content")
    assert "connect-src 'none'" in (policy or "")
    seen: list[str] = []
    desk.on("request", lambda request: seen.append(request.url))
    tap(desk, "威胁人身安全")
    save(desk)
    desk.locator("form[role=search] input[name=q]").first.click()
    assert [] == [url for url in seen if "/log/" not in url or not url.endswith(".mjs")]


# --- files and paper -----------------------------------------------------------------------------


def downloaded(page: Page, button: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    return Path(waiting.value.path()).read_bytes()


def test_the_backup_comes_back_as_it_was(desk: Page, golden: str) -> None:
    open_log(desk, golden)
    tap(desk, "威胁人身安全")
    desk.locator("#words").fill('他说："等着"，\n第二行')
    save(desk)
    at(desk, "2026-10-01T09:05")
    save(desk)
    before, backup = kept(desk), downloaded(desk, "导出备份")
    assert {"format": "overdue-guide-log", "version": 1} == {
        key: json.loads(backup)[key] for key in ("format", "version")
    }
    desk.get_by_role("button", name="一键清除全部记录").click()
    desk.get_by_role("button", name="全部清除", exact=True).click()
    file = {"name": "log.json", "mimeType": "application/json", "buffer": backup}
    desk.locator("[data-file]").set_input_files(file)  # type: ignore[arg-type]
    expect(desk.locator("[data-said=files]")).to_contain_text("新增 2 条")
    assert before == kept(desk)
    desk.locator("[data-file]").set_input_files(file)  # type: ignore[arg-type]
    expect(desk.locator("[data-said=files]")).to_contain_text("新增 0 条，更新 2 条")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("{", "读不懂这个文件", id="no-json"),
        pytest.param("null", "不是从这里导出", id="nothing"),
        pytest.param('{"format":"other","version":1,"entries":[]}', "不是从这里导出", id="foreign"),
        pytest.param(
            '{"format":"overdue-guide-log","version":2,"entries":[]}', "更新的版本", id="newer"
        ),
        pytest.param(
            '{"format":"overdue-guide-log","version":1,"entries":[{"at":"2026-02-30T09:00"},7,'
            '{"at":"2026-02-03T09:00","kind":"bomb","said":["x","threat"],"times":-4,'
            '"words":"<img src=x onerror=alert(1)>"}]}',
            "新增 1 条，更新 0 条，2 条读不出来",
            id="partly-wrong",
        ),
    ],
)
def test_a_file_from_anywhere_is_checked(desk: Page, golden: str, text: str, said: str) -> None:
    open_log(desk, golden)
    desk.locator("#at").focus()
    file = {"name": "a.json", "mimeType": "application/json", "buffer": text.encode()}
    expect(desk.locator("[data-totals] table").first).to_be_attached()
    desk.locator("[data-file]").set_input_files(file)  # type: ignore[arg-type]
    expect(desk.locator("[data-said=files]")).to_contain_text(said)
    assert 0 == desk.locator(".record img").count()


def test_the_table_opens_in_a_spreadsheet_and_runs_nothing(desk: Page, golden: str) -> None:
    open_log(desk, golden)
    desk.locator("summary", has_text="号码、哪家机构").click()
    desk.locator("#number").fill("+8613800000000")
    desk.locator("#lender").fill("@某银行")
    desk.locator("#words").fill('=HYPERLINK("http://x","点我"),\n“还钱”')
    tap(desk, "威胁人身安全")
    save(desk)
    data = downloaded(desk, "导出表格")
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.endswith(b"\r\n")
    head, row = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), strict=True)
    assert len(head) == len(row) == 15
    found = dict(zip(head, row, strict=True))
    assert "'+8613800000000" == found["号码"]
    assert "'@某银行" == found["哪家机构"]
    assert '\'=HYPERLINK("http://x","点我"),\n“还钱”' == found["原话"]
    assert "威胁人身安全" == found["说了什么"]


def test_paper_gets_the_entries_by_date_and_lines_to_fill(desk: Page, golden: str) -> None:
    open_log(desk, golden)
    for moment, words in (("2026-11-20T23:41", "夜里"), ("2026-11-02T09:00", "早些时候")):
        at(desk, moment)
        desk.locator("#words").fill(words)
        save(desk)
    desk.emulate_media(media="print")
    expect(desk.locator("form.entry")).to_be_hidden()
    rows = desk.locator(".sheet tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("2026-11-02 09:00")
    expect(rows.nth(1)).to_contain_text("夜里联系（行业自律（据公开报道），不是法律）")
    for blank in ("姓名", "合同或借据编号", "记录人签名"):
        expect(desk.locator(".sheet")).to_contain_text(blank)
    expect(desk.locator("[data-sources]")).to_contain_text("催收指引")


def test_without_entries_paper_gets_an_empty_table(desk: Page, golden: str) -> None:
    open_log(desk, golden)
    desk.locator("#words").click()
    desk.emulate_media(media="print")
    expect(desk.locator(".sheet tbody tr")).to_have_count(12)
    expect(desk.locator(".sheet")).to_be_visible()


def test_without_javascript_there_is_a_table_to_print_and_the_rules(
    plain: Page, golden: str
) -> None:
    plain.goto(golden + "log/")
    expect(plain.locator("form.entry")).to_be_hidden()
    expect(plain.locator(".sheet table")).to_be_visible()
    expect(plain.locator("noscript p", has_text="没有运行脚本")).to_be_visible()
    expect(plain.locator("[data-rule=night]")).to_contain_text("夜里不催收")
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert 0 == plain.evaluate(wide)


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_log_fits_the_screen_and_the_finger(desk: Page, golden: str, width: int) -> None:
    desk.set_viewport_size({"width": width, "height": 800})
    open_log(desk, golden)
    tap(desk, "打给别人")
    tap(desk, "说出欠款情况")
    desk.locator("#words").fill("很长的一段话" * 40)
    save(desk)
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert 0 == desk.evaluate(wide)
    small = desk.evaluate(
        """[...document.querySelectorAll("main button, main .chip, main summary, main input:not(.chip__box, .log__pick)")]
        .filter((e) => e.offsetParent).map((e) => [e.textContent.trim(), e.getBoundingClientRect().height])
        .filter(([, height]) => height < 44)"""
    )
    assert [] == small
