"""``serve`` in a real browser: the overlay on pages, the way to the edited heading, /_editor/."""

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from overdue_guide.desk import Edits
from overdue_guide.serve import Preview, make_server
from overdue_guide.wording import wording
from tests.content import HEAD, options, write

FAMILY, LAST = "contact/family.md", "## 现在怎么做"
SITE = "base_url: https://guide.example/sub/\nsections: [{slug: contact, title: 联系规则}]\n"


@pytest.fixture
def preview(tmp_path: Path) -> Preview:
    half = HEAD.replace("title: 题", "title: 没写完的一篇\ndraft: true")
    text = HEAD.replace("title: 题", "title: 会通知家人吗？") + "一。\n\n" * 30 + f"{LAST}\n"
    write(tmp_path, {"site.yml": SITE, FAMILY: text, "contact/half.md": half})
    cached = options(tmp_path, cache=tmp_path / "cache")
    made = Preview(cached, "127.0.0.1", words=wording("zh"))
    made.rebuild(lambda key, **values: None)
    return made


@pytest.fixture
def address(preview: Preview) -> Iterator[str]:
    server = make_server(preview, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A small page; the test fails when a script of it does, or when it calls elsewhere."""
    context = browser.new_context(viewport={"width": 800, "height": 300}, service_workers="block")
    shown = context.new_page()
    wrong: list[str] = []
    shown.on("pageerror", lambda error: wrong.append(str(error)))
    shown.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    shown.on(
        "request",
        lambda sent: None if sent.url.startswith("http://127.0.0.1:") else wrong.append(sent.url),
    )
    yield shown
    context.close()
    assert [] == wrong


def save(preview: Preview, old: str, new: str) -> None:
    """Change an article as an editor does, and rebuild as the watcher does."""
    edits = Edits(preview.options.content)
    edits.remember()
    file = preview.options.content / FAMILY
    file.write_text(file.read_text("utf-8").replace(old, new, 1), "utf-8")
    preview.edited = edits.place([file])
    preview.rebuild(lambda key, **values: None)


def test_a_mistake_is_shown_with_its_line_and_goes_when_it_is_mended(
    page: Page, preview: Preview, address: str
) -> None:
    page.goto(f"{address}sub/contact/family/")
    expect(page.locator(".preview-desk")).to_be_visible()
    mistake = "坏[链](nowhere.md)😀接[@civil-code:9999]"
    save(preview, LAST, f"{LAST}\n\n{mistake}")
    panel = page.locator(".preview-problems")
    expect(panel).to_contain_text("仍是上一次成功生成的样子")
    expect(panel.locator("code").first).to_have_text(mistake)
    assert {"nowhere.md", "[@civil-code:9999]"} == set(panel.locator("mark").all_inner_texts())
    there = panel.get_by_role("link", name=f"{FAMILY}:").first
    assert (there.get_attribute("href") or "").startswith("vscode://file/")
    save(preview, mistake, "好了")
    expect(panel).to_have_count(0)
    expect(page.locator("main")).to_contain_text("好了")


def test_after_saving_the_page_is_at_the_edited_heading(
    page: Page, preview: Preview, address: str
) -> None:
    page.goto(f"{address}sub/contact/family/")
    save(preview, LAST, f"{LAST}\n\n新的一段。")
    expect(page.locator("main")).to_contain_text("新的一段。")
    expect(page.locator(".preview-edited")).to_contain_text(LAST.removeprefix("## "))
    expect(page.locator(".preview-edited")).to_be_in_viewport()


def test_the_new_text_stands_there_before_the_page_is_loaded_again(
    page: Page, preview: Preview, address: str
) -> None:
    page.goto(f"{address}sub/contact/family/")
    page.evaluate(
        """() => {
            window.old = true;
            const look = () => sessionStorage.setItem("seen", document.querySelector("main").innerText);
            new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
        }"""
    )
    save(preview, LAST, f"{LAST}\n\n新的一段。")
    page.wait_for_function("() => !window.old && document.readyState === 'complete'")
    assert "新的一段。" in page.evaluate("() => sessionStorage.getItem('seen')")
    expect(page.locator("main")).to_contain_text("新的一段。")


def test_the_desk_lists_what_is_to_be_done(page: Page, preview: Preview, address: str) -> None:
    page.goto(f"{address}_editor/")
    expect(page.locator("#desk-drafts")).to_contain_text("没写完的一篇")
    expect(page.locator("#desk-problems")).to_have_text("没有问题")
    way = page.locator("#desk-pages").get_by_role("link", name="会通知家人吗")
    expect(way).to_have_attribute("href", "/sub/contact/family/")
    save(preview, LAST, "[链](nowhere.md)")
    expect(page.locator("#desk-problems")).to_contain_text("broken-link")
    expect(page.locator("#desk-status")).to_contain_text("1 个问题")
    page.locator("#desk-problems").get_by_role("link", name="页面").click()
    expect(page).to_have_url(re.compile("/sub/contact/family/$"))
