"""The search page and the box in Chromium: the same answers as Whoosh's, and a keyboard is enough."""

import re
import shutil
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
import yaml
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.chromium import served
from tests.golden_site import TEMPLATES
from tests.search import corpus, recall

ASK = """async ([queries, top]) => {
  const { Engine } = await import("/js/engine.mjs");
  const engine = new Engine("/");
  const answers = [];
  for (const query of queries) {
    const answer = await engine.search(query);
    const results = [];
    for await (const found of answer.results) {
      const { tier, score, url, anchor, heading, excerpt } = found;
      results.push([tier, score, url + (anchor ? `#${anchor}` : ""), heading, excerpt]);
      if (results.length === top) break;
    }
    answers.push({ query, count: answer.count, meant: answer.meant, guess: answer.guess,
      others: await answer.others(), results });
  }
  return answers;
}"""

READ = """async ([rules, simplified, texts]) => {
  const { Text } = await import("/js/text.mjs");
  const text = new Text(rules, simplified);
  return texts.map((raw) => {
    const fold = text.fold(raw);
    return { text: raw, fold, grams: text.grams(fold), pieces: text.pieces(fold),
      numbered: text.numbered(fold), hash: text.nameHash(fold) };
  });
}"""

INFLATE = """async (paths) => {
  const { inflate } = await import("/js/inflate.mjs");
  const load = async (path) => new Uint8Array(await (await fetch(path)).arrayBuffer());
  return Promise.all(paths.map(async (path) => new TextDecoder().decode(inflate((await load(path)).subarray(5)))));
}"""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the small site's index beside the engine's scripts."""
    folder = tmp_path_factory.mktemp("engine")
    for file in corpus.files():
        path = folder / "www" / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    shutil.copytree(TEMPLATES / "scripts" / "search", folder / "www" / "js")
    (folder / "www" / "index.html").write_text('<!doctype html><link rel="icon" href="data:,">')
    with served(folder / "www") as address:
        yield address


def test_the_browser_answers_every_query_as_whoosh_does(desk: Page, engine: str) -> None:
    desk.goto(engine)
    answers = desk.evaluate(ASK, [list(corpus.QUERIES), corpus.TOP])
    for expected, answer in zip(corpus.kept("vectors.json"), answers, strict=True):
        assert expected == answer


def test_the_browser_reads_every_text_as_python_does(desk: Page, engine: str) -> None:
    from overdue_guide.search import text

    table = "".join(key + value for key, value in text.traditional().items())
    desk.goto(engine)
    expected: list[dict[str, Any]] = corpus.kept("text.json")
    texts = [case["text"] for case in expected]
    assert expected == desk.evaluate(READ, [text.RULES, table, texts])


def test_old_browsers_inflate_by_themselves(desk: Page, engine: str, tmp_path: Path) -> None:
    desk.goto(engine)
    paths = ["search/f/0.bin", "search/f/3.bin", "search/y.bin"]
    texts = desk.evaluate(INFLATE, paths)
    for path, found in zip(paths, texts, strict=True):
        with urlopen(engine + path) as answer:
            assert zlib.decompress(answer.read()[5:]).decode("utf-8", "replace") == found


def search(page: Page, site: str, query: str) -> None:
    page.goto(f"{site}search/?q={query}")
    expect(page.locator("#search-status")).to_have_attribute("data-state", "done")


def hits(page: Page) -> list[str]:
    links = page.locator("#search-results > li a[href]")
    return [str(link.get_attribute("href")) for link in links.all()]


def test_a_shared_address_shows_its_results(phone: Page, golden: str) -> None:
    search(phone, golden, "通讯录")
    assert re.match(r"\.\./contact/address-book/", hits(phone)[0])
    count = phone.locator("#search-status").get_attribute("data-count")
    assert len(hits(phone)) == min(10, int(count or 0))


def test_a_result_opens_where_the_words_stand_and_marks_can_be_removed(
    phone: Page, golden: str
) -> None:
    search(phone, golden, "通讯录")
    phone.locator("#search-results > li a").first.click()
    expect(phone.locator("main mark").first).to_be_visible()
    phone.get_by_role("button", name="取消搜索标记").click()
    expect(phone.locator("main mark")).to_have_count(0)
    assert phone.evaluate("sessionStorage.length") == 0


def test_typing_searches_and_the_back_button_restores(phone: Page, golden: str) -> None:
    search(phone, golden, "通讯录")
    first = hits(phone)
    phone.locator("#search-results > li a").first.click()
    phone.wait_for_url("**/contact/**")
    phone.go_back()
    expect(phone.locator("#search-status")).to_have_attribute("data-state", "done")
    assert first == hits(phone)
    assert "通讯录" == phone.input_value("input[name=q]")


def test_half_typed_pinyin_is_not_searched(phone: Page, golden: str) -> None:
    phone.goto(f"{golden}search/", wait_until="networkidle")
    phone.locator("input[name=q]").focus()
    method = phone.context.new_cdp_session(phone)
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.keyboard.type("通")
    for half in ("x", "xu", "xun", "xun'l", "xun'lu"):
        selection = {"selectionStart": len(half), "selectionEnd": len(half)}
        method.send("Input.imeSetComposition", {"text": half, **selection})
        phone.wait_for_timeout(60)
    phone.wait_for_timeout(300)
    expect(phone.locator("#search-status")).to_have_attribute("data-state", "idle")
    assert [] == asked
    method.send("Input.insertText", {"text": "讯录"})
    expect(phone.locator("#search-status")).to_have_attribute("data-state", "done")
    expect(phone.locator("input[name=q]")).to_have_value("通讯录")


def test_without_a_query_the_page_leads_on(phone: Page, golden: str) -> None:
    phone.goto(f"{golden}search/")
    expect(phone.locator("#search-status")).to_have_attribute("data-state", "idle")
    expect(phone.locator(".search-idle")).to_be_visible()


def test_a_keyboard_is_enough(desk: Page, golden: str) -> None:
    desk.goto(golden)
    field = desk.locator("input[name=q]").first
    field.focus()
    expect(desk.locator("form[role=search]").first).to_have_attribute("data-suggests", "yes")
    desk.keyboard.type("通讯录")
    options = desk.locator(".suggest [role=option]")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    desk.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    assert options.first.get_attribute("id") == field.get_attribute("aria-activedescendant")
    desk.keyboard.press("ArrowUp")
    expect(options.first).to_have_attribute("aria-selected", "false")
    desk.keyboard.press("Escape")
    expect(options).to_have_count(0)
    desk.keyboard.press("ArrowDown")
    expect(options.first).to_be_visible()
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/contact/address-book/**")


def test_the_query_is_never_sent(desk: Page, golden: str) -> None:
    asked: list[str] = []
    desk.goto(f"{golden}search/")
    desk.on("request", lambda request: asked.append(request.url + (request.post_data or "")))
    desk.fill("input[name=q]", "zhangsan13800000000")
    expect(desk.locator("#search-status")).to_have_attribute("data-state", "done")
    assert asked
    assert not [url for url in asked if "zhangsan" in url or "138" in url]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"\x63abcd{}", id="unknown format"),
        pytest.param(b"\x01abcd{}", id="another build"),
        pytest.param(b"\x01ab", id="cut short"),
    ],
)
def test_files_of_another_build_are_refused(browser: Browser, golden: str, content: bytes) -> None:
    page = browser.new_page()
    page.route("**/search/t/*", lambda route: route.fulfill(body=zlib.compress(content)))
    page.goto(f"{golden}search/?q=通讯录")
    status = page.locator("#search-status")
    expect(status).to_have_attribute("data-state", "error")
    assert "刷新" in status.inner_text()
    page.close()


def test_a_broken_network_is_said_and_can_be_tried_again(browser: Browser, golden: str) -> None:
    page = browser.new_page()
    page.route("**/search/t/*", lambda route: route.abort())
    page.goto(f"{golden}search/?q=通讯录")
    expect(page.locator("#search-status")).to_have_attribute("data-state", "error")
    page.unroute("**/search/t/*")
    page.get_by_role("button", name="再试一次").click()
    expect(page.locator("#search-status")).to_have_attribute("data-state", "done")
    page.close()


def test_whatever_stands_in_an_article_is_found(desk: Page, real_site: Path, real: str) -> None:
    wanted = list(recall.pieces(recall.texts(real_site), 150))
    answers = recall.asked(desk, real, wanted)
    assert [] == [answer for answer in answers if not answer["found"]]
    assert sum(answer["held"] for answer in answers) >= 0.99 * len(answers)


def status(page: Page) -> None:
    """Wait until the search is done."""
    expect(page.locator("#search-status")).to_have_attribute("data-state", "done")


def test_a_guess_says_so_and_can_be_refused(phone: Page, real: str) -> None:
    search(phone, real, "cuishou")
    notes = phone.locator(".search-notes")
    expect(notes).to_contain_text("没有找到「cuishou」。你是不是想找「催收」？")
    assert "催收" in phone.locator("#search-results mark").first.inner_text()
    phone.get_by_role("button", name="只搜「cuishou」").click()
    expect(notes).not_to_contain_text("催收")


def test_a_sentence_in_pinyin_is_read(phone: Page, real: str) -> None:
    search(phone, real, "cuishou gei wo mama da dianhua le")
    expect(phone.locator(".search-notes")).to_contain_text("你是不是想找「催收给我妈妈打电话了」？")
    assert hits(phone)


def test_first_letters_offer_several_words(phone: Page, real: str) -> None:
    search(phone, real, "zx")
    expect(phone.locator(".search-notes")).to_contain_text("也可能是")
    other = phone.locator(".search-other").first
    words = other.inner_text()
    other.click()
    status(phone)
    assert words == phone.input_value("input[name=q]")
    assert words == phone.evaluate("new URLSearchParams(location.search).get('q')")
    phone.go_back()
    expect(phone.locator("input[name=q]")).to_have_value("zx")


def test_a_missing_character_is_offered_and_never_put_in(phone: Page, real: str) -> None:
    search(phone, real, "紧急联人")
    expect(phone.locator(".search-notes")).to_have_text("你是不是想找：「紧急联系人」？")
    assert phone.locator("#search-results mark").first.inner_text() in "紧急联人"


def test_filters_narrow_the_results_to_a_section_and_a_stage(phone: Page, real: str) -> None:
    search(phone, real, "催收")
    every = int(phone.locator("#search-status").get_attribute("data-count") or 0)
    phone.get_by_label("栏目").select_option("法院与执行")
    expect(phone.locator(f'#search-status:not([data-count="{every}"])')).to_be_visible()
    status(phone)
    assert 0 < int(phone.locator("#search-status").get_attribute("data-count") or 0) < every
    assert {"法院与执行"} == set(phone.locator(".result__kind").all_inner_texts())


@pytest.mark.parametrize(
    ("edition", "labels"), [("", ("栏目", "阶段")), ("zh-hant/", ("欄目", "階段"))]
)
def test_filters_stand_in_the_order_of_the_site(
    phone: Page, real: str, edition: str, labels: tuple[str, str]
) -> None:
    written = yaml.safe_load((TEMPLATES.parent / "content" / "site.yml").read_text("utf-8"))
    search(phone, real + edition, "催收")
    for label, key in zip(labels, ("sections", "stages"), strict=True):
        select = phone.get_by_label(label, exact=True)
        expect(select).to_be_visible()
        named = [item["title"] for item in written[key]]
        offered = select.locator("option").all_inner_texts()[1:]
        # Letters, laws and so on come after the sections.
        assert named == offered[: len(named)]


@pytest.mark.parametrize(
    ("query", "number"), [("睡不着", "12356"), ("不想活了", "12356"), ("法律援助", "12348")]
)
def test_a_number_to_call_stands_above_the_results(
    phone: Page, real: str, query: str, number: str
) -> None:
    search(phone, real, query)
    dial = phone.locator(".search-calls .dial")
    expect(dial).to_have_count(1)
    expect(dial).to_have_attribute("href", f"tel:{number}")
    expect(dial).to_be_in_viewport()


def test_who_despairs_sees_the_number_once_and_different_pages_below(
    phone: Page, real: str
) -> None:
    search(phone, real, "不想活了")
    excerpts = phone.locator(".result__excerpt").all_inner_texts()
    assert len(excerpts) == len(set(excerpts)) > 4
    assert (
        1
        == phone.locator("#search-results, .search-calls").get_by_text("12356", exact=True).count()
    )


def test_an_ordinary_question_gets_no_number(phone: Page, real: str) -> None:
    search(phone, real, "睡不着")
    phone.fill("input[name=q]", "信用卡分期")
    phone.keyboard.press("Enter")
    expect(phone.locator(".search-calls .dial")).to_have_count(0)


def test_filters_do_not_push_the_results_down(phone: Page, real: str) -> None:
    waiting: list[Route] = []
    phone.route("**/search/a.bin*", lambda route: waiting.append(route))
    with phone.expect_request("**/search/a.bin*"):
        phone.goto(f"{real}search/?q=不想活了")
    result = phone.locator("#search-results > li").first
    before = result.bounding_box()
    for route in waiting:
        route.continue_()
    expect(phone.get_by_label("阶段", exact=True)).to_be_visible()
    assert before == result.bounding_box()


def test_who_finds_nothing_is_helped_on(phone: Page, real: str) -> None:
    search(phone, real, "魑魅魍魉")
    expect(phone.locator("#search-status")).to_have_text("没有找到")
    expect(phone.locator(".search-idle")).to_be_visible()
    phone.locator(".search-notes").get_by_role("link", name="求助渠道").click()
    phone.wait_for_url("**/channels/")


PASTED = "【某某金融】尊敬的客户：您名下的借款已严重逾期，我司已多次与您联系未果，现依法将债权转让，并拟于近日安排外访人员上门核实，同时联系您预留的紧急联系人。请于今日18时前还款，退订回T。"


def test_a_pasted_message_leads_to_what_it_threatens(desk: Page, real: str) -> None:
    desk.goto(f"{real}search/")
    desk.locator("input[name=q]").focus()
    desk.keyboard.insert_text(PASTED)
    status(desk)
    urls = " ".join(hits(desk)[:5])
    assert "home-visit" in urls or "debt-assigned" in urls or "emergency-contact" in urls


def test_a_slash_leads_to_the_box_from_anywhere(desk: Page, real: str) -> None:
    desk.goto(f"{real}contact/employer/")
    desk.keyboard.press("/")
    expect(desk.locator("input[name=q]")).to_be_focused()
    desk.keyboard.type("cuishou")
    expect(desk.locator(".suggest [role=option]").first).to_be_visible()
    expect(desk.locator(".suggest__note")).to_contain_text("这些是「催收」的结果")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/search/?q=cuishou")
    status(desk)
