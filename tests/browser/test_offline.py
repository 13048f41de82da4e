"""Without a network: what was kept, what is said about it, and how a new build takes its place."""

import re
import shutil
import socket
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from threading import Event

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from overdue_guide.build import build
from tests.browser.chromium import served
from tests.golden_site import CONTENT, options

WHOLE = """(async () => {
  const names = (await caches.keys()).filter((name) => !name.endsWith("visited"));
  const root = new URL(document.documentElement.dataset.root, location.href);
  return names.length === 1 && !!(await caches.match(new URL("offline.json?whole=", root)));
})()"""
"""Whether one build is kept, and all of it."""
FILL = "navigator.serviceWorker.ready.then((found) => found.active.postMessage('fill'))"
TAKEN_OVER = """(async () => {
  const found = await navigator.serviceWorker.getRegistration();
  await found.update();
  while (found.installing || found.waiting || found.active.state !== "activated")
    await new Promise((done) => setTimeout(done, 50));
})()"""
"""Wait until the worker of the newest build has taken over."""
ASK = """navigator.serviceWorker.controller.postMessage({
  given: document.documentElement.dataset.givenText,
})"""


class Host:
    """A built site on a server that can be switched off."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.content = folder / "content"
        shutil.copytree(CONTENT, self.content)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.address = f"http://127.0.0.1:{self.port}/sub/"
        self.running = ExitStack()

    def build(self) -> None:
        report = build(
            options(self.folder, content=self.content, output=self.folder / "www" / "sub")
        )
        assert report.pages

    def on(self) -> None:
        self.running.enter_context(served(self.folder / "www", self.port))

    def off(self) -> None:
        self.running.close()


@pytest.fixture
def host(tmp_path: Path) -> Iterator[Host]:
    made = Host(tmp_path)
    made.build()
    made.on()
    yield made
    made.off()


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    """A page on a phone that keeps what it read."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    yield context.new_page()
    context.close()


def keep(page: Page, host: Host, path: str = "") -> None:
    """Visit, and wait until the whole site is kept."""
    page.goto(host.address + path)
    until_kept(page)


def until_kept(page: Page) -> None:
    # Over a thousand small files; a busy machine takes its time.
    for _ in range(600):
        page.evaluate(FILL)
        if page.evaluate(WHOLE):
            return
        page.wait_for_timeout(100)
    raise AssertionError("the site was not kept within a minute")


def worker_requests(context: BrowserContext) -> list[str]:
    seen: list[str] = []
    context.on("request", lambda r: seen.append(r.url) if r.service_worker else None)
    return seen


def test_after_one_visit_every_page_reads_offline(reader: Page, host: Host) -> None:
    keep(reader, host)
    host.off()
    for path in ("contact/family/", "laws/civil-code/", "tags/家人/", "channels/", "letters/stop/"):
        reader.goto(host.address + path)
        expect(reader.locator("h1")).not_to_have_text("离线使用")
        expect(reader.locator(".offline")).to_contain_text("离线：显示的是")
    assert reader.evaluate("document.documentElement.scrollWidth") == 360


def test_a_kept_page_names_its_day_and_its_review(reader: Page, host: Host) -> None:
    keep(reader, host)
    reader.goto(host.address + "contact/family/")
    expect(reader.locator(".offline")).to_have_count(0)
    host.off()
    reader.reload()
    note = reader.locator(".offline [role=status]")
    expect(note).to_have_text(re.compile(r"20\d\d 年 \d+ 月 \d+ 日保存的版本，法律复核日期 2026-"))
    reader.locator(".offline button").click()
    expect(note).to_have_count(0)


def test_search_works_offline(reader: Page, host: Host) -> None:
    keep(reader, host)
    host.off()
    reader.goto(host.address + "search/?q=家人")
    expect(reader.locator("#search-status")).to_have_attribute("data-state", "done")
    expect(reader.locator("ol#search-results > li").first).to_be_visible()


def test_a_page_that_was_not_kept_leads_to_one_that_says_so(reader: Page, host: Host) -> None:
    reader.goto(host.address)
    reader.evaluate("navigator.serviceWorker.ready.then(() => true)")
    reader.wait_for_function("navigator.serviceWorker.controller")
    host.off()
    reader.goto(host.address + "contact/family/?h=家人")
    expect(reader.get_by_text("你要看的那一页没有保存")).to_be_visible()
    again = reader.get_by_role("link", name="再试一次")
    host.on()
    again.click()
    expect(reader.locator("h1")).to_have_text("会通知家人吗？")


def test_an_address_without_its_slash_is_found(reader: Page, host: Host) -> None:
    keep(reader, host)
    host.off()
    reader.goto(host.address + "contact/family")
    expect(reader.locator("h1")).to_have_text("会通知家人吗？")


def test_a_new_build_is_read_at_once_and_takes_over(reader: Page, host: Host) -> None:
    keep(reader, host, "contact/family/")
    article = host.content / "contact" / "family.md"
    article.write_text(article.read_text("utf-8").replace("会通知家人吗", "会告诉家人吗"), "utf-8")
    host.build()
    reader.reload()
    expect(reader.locator("h1")).to_have_text("会告诉家人吗？")
    seen = worker_requests(reader.context)
    reader.evaluate(TAKEN_OVER)
    until_kept(reader)
    # Only what changed is fetched again.
    assert not [url for url in seen if "/assets/" in url or "/channels/" in url]
    host.off()
    reader.goto(host.address + "contact/family/")
    expect(reader.locator("h1")).to_have_text("会告诉家人吗？")


def test_an_old_page_says_when_a_slow_network_brings_a_newer_one(
    reader: Page, host: Host, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(reader, host, "contact/family/")
    article = host.content / "contact" / "family.md"
    article.write_text(article.read_text("utf-8").replace("会通知家人吗", "会告诉家人吗"), "utf-8")
    host.build()
    quick = SimpleHTTPRequestHandler.do_GET
    shown = Event()

    def slow(self: SimpleHTTPRequestHandler) -> None:
        if self.path.endswith("/contact/family/"):
            shown.wait()
        quick(self)

    monkeypatch.setattr(SimpleHTTPRequestHandler, "do_GET", slow)
    reader.reload()
    expect(reader.locator("h1")).to_have_text("会通知家人吗？")
    shown.set()
    newer = reader.get_by_role("button", name="看新版本")
    expect(newer).to_be_visible(timeout=60_000)
    # The worker of the new build knows it too, though it never saw the old text.
    reader.evaluate(TAKEN_OVER)
    reader.evaluate("document.querySelector('.offline').remove()")
    reader.evaluate(ASK)
    newer.click()
    expect(reader.locator("h1")).to_have_text("会告诉家人吗？")


def test_nothing_is_kept_for_those_who_refuse(reader: Page, host: Host) -> None:
    keep(reader, host, "offline/")
    reader.reload()
    expect(reader.locator("[data-kept]")).to_contain_text("保存了全站")
    reader.get_by_role("button", name="删除保存的内容").click()
    expect(reader.locator("[data-kept]")).to_contain_text("没有保存")
    assert 0 == reader.evaluate("caches.keys().then((names) => names.length)")
    reader.goto(host.address)
    reader.wait_for_load_state("networkidle")
    assert reader.evaluate("navigator.serviceWorker.getRegistration().then((r) => !r)")
    assert 0 == reader.evaluate("caches.keys().then((names) => names.length)")


def test_the_download_reads_and_searches_from_a_disk(desk: Page, host: Host) -> None:
    with zipfile.ZipFile(host.folder / "www" / "sub" / "offline.zip") as archive:
        archive.extractall(host.folder / "disk")
    root = host.folder / "disk" / "overdue-guide"
    host.off()
    desk.goto((root / "index.html").as_uri())
    desk.get_by_role("link", name="会通知家人吗？").first.click()
    expect(desk.locator("h1")).to_have_text("会通知家人吗？")
    desk.locator('a.citation[data-cite="civil-code:1033"]').first.click()
    expect(desk.get_by_role("dialog")).to_be_visible()
    desk.goto((root / "search" / "index.html").as_uri() + "?q=家人")
    expect(desk.locator("#search-status")).to_have_attribute("data-state", "done")
    desk.locator("ol#search-results a").first.click()
    expect(desk.locator("h1")).to_be_visible()
    assert desk.url.split("?")[0].split("#")[0].endswith("/index.html")
