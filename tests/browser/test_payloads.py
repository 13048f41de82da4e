"""Hostile content, built and opened: nothing of it runs, nothing leaves, nothing is more than text.

Chromium is told to ignore the pages' security policy: what is tested here is that there is nothing
for it to stop. tests/browser/test_policy.py tests the policy.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, Request

from overdue_guide.build import build, check_only
from overdue_guide.problems import Severity
from tests import payloads
from tests.browser.chromium import served
from tests.browser.kinds import kinds_of
from tests.content import HEAD, found, options, write

INSPECT = (Path(payloads.__file__).parent / "inspect.js").read_text("utf-8")
EACH = {payload.number: payload for payload in payloads.payloads()}
MISSING = "Failed to load resource"
"""Said of images that are not there."""


@dataclass
class Visit:
    """A page of an empty site, from which the others are read, and what went wrong meanwhile."""

    page: Page
    address: str
    wrong: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)

    def asked(self, dialog: Dialog) -> None:
        self.wrong.append(dialog.message)
        dialog.dismiss()

    def said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and MISSING not in message.text:
            self.wrong.append(message.text)

    def left(self, request: Request) -> None:
        if not request.url.startswith((self.address, "blob:", "about:")):
            self.wrong.append(request.url)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile content, built, without what a check refuses."""
    folder = tmp_path_factory.mktemp("payloads")
    content = payloads.hostile_site()
    for _ in range(6):
        content.write(folder / "content")
        report = check_only(options(folder, cache=folder / "cache"))
        errors = [p.span for p, severity in report.problems if severity is Severity.ERROR]
        if not errors:
            break
        content.refuse((span.path, span.line) for span in errors)
    assert len(content.published()) >= 300
    assert build(options(folder, cache=folder / "cache", download=False)).pages > 600
    (folder / "site" / "empty.html").write_text("<!doctype html><title>x</title><body>")
    return folder / "site"


@pytest.fixture(scope="module")
def visit(browser: Browser, site: Path) -> Iterator[Visit]:
    context = browser.new_context(bypass_csp=True, service_workers="block")
    context.add_init_script("globalThis.ran = (number) => console.error(`RAN ${number}`);")
    with served(site) as address:
        made = Visit(context.new_page(), address)
        page = made.page
        page.on("dialog", made.asked)
        page.on("pageerror", lambda error: made.wrong.append(str(error)))
        page.on("popup", lambda popup: made.wrong.append(f"popup {popup.url}"))
        page.on("console", made.said)
        page.on("request", made.left)
        yield made
    context.close()


@pytest.fixture(autouse=True)
def calm(visit: Visit) -> Iterator[None]:
    """Every test fails when something ran, left or broke while it had the page."""
    visit.wrong.clear()
    yield
    assert [] == [_named(line) for line in visit.wrong[:5]]


def _named(line: str) -> str:
    number = line.removeprefix("RAN ")
    return f"{line}: {EACH[int(number)].text}" if number != line else line


def _texts(site: Path, pattern: str) -> dict[str, str]:
    """Address → text of every file of a kind."""
    files = [path for path in sorted(site.rglob(pattern)) if path.name != "empty.html"]
    return {quote(f.relative_to(site).as_posix()): f.read_text("utf-8") for f in files}


def test_there_are_enough_of_them() -> None:
    assert len(EACH) >= 300
    assert len({payload.text for payload in EACH.values()}) == len(EACH)


def test_the_instruments_see_what_is_there(visit: Visit) -> None:
    visit.open("empty.html")
    visit.page.evaluate(INSPECT)
    page = "<head></head><body><main><img src=x onerror=ran(1)><a href='javascript:ran(1)'>x</a>"
    found = visit.page.evaluate("(texts) => inspect.read(texts)", {"a.html": page})
    assert {"img onerror=ran(1)", "a href=javascript:ran(1)"} == set(found["a.html"])
    visit.page.evaluate("(texts) => inspect.run(texts)", {"a.html": page})
    visit.page.wait_for_timeout(100)
    assert ["RAN 1"] == visit.wrong
    visit.wrong.clear()


def test_no_page_and_no_list_holds_more_than_text_of_theirs(site: Path, visit: Visit) -> None:
    visit.open("empty.html")
    visit.page.evaluate(INSPECT)
    texts = {**_texts(site, "*.html"), **_texts(site, "*.xml")}
    # As one file: a driver is slow with so much text.
    (site / "texts.json").write_text(json.dumps(texts), "utf-8")
    strange = "fetch('texts.json').then((all) => all.json()).then(inspect.read)"
    assert {} == visit.page.evaluate(strange)


@pytest.mark.parametrize("kind", ["breakouts", "mutations", "names", "unseen"])
def test_nothing_runs_where_pages_are_read_anew(site: Path, visit: Visit, kind: str) -> None:
    visit.open("empty.html")
    visit.page.evaluate(INSPECT)
    texts = {f"{kind}/{path}": text for path, text in _texts(site / kind, "*.html").items()}
    visit.page.evaluate("(texts) => inspect.run(texts)", texts)


def test_nothing_runs_in_a_page_of_each_kind_with_our_scripts(site: Path, visit: Visit) -> None:
    visit.open("empty.html")
    visit.page.evaluate(INSPECT)
    kinds = kinds_of(site)
    assert {"log/", "channels/", "glossary/", "search/"} <= set(kinds)
    visit.page.evaluate("(paths) => inspect.live(paths)", [quote(path) for path in kinds])


def test_the_data_that_scripts_read_is_data(site: Path, visit: Visit) -> None:
    for path in site.rglob("*.webmanifest"):
        json.loads(path.read_text("utf-8"))
    visit.open("empty.html")
    visit.page.add_script_tag(url="glossary/terms.js")
    terms = visit.page.evaluate("Object.values(TERMS).map(([term]) => term)")
    assert len(terms) > 50


@pytest.mark.parametrize("payload", ["breakouts", "markdown", "addresses"])
def test_no_name_of_a_file_is_one_of_them(tmp_path: Path, payload: str) -> None:
    texts = [one.text for one in EACH.values() if one.kind == payload and "/" not in one.text]
    names = [text for text in texts if "\n" not in text and not text.isalnum()]
    assert len(names) > 5
    for name in names:
        write(tmp_path, {f"a/{name}.md": HEAD + "正文\n", f"{name}/b.md": HEAD + "正文\n"})
    told = {path for path, _, rule in found(check_only(options(tmp_path))) if "name" in rule}
    assert {f"a/{name}.md" for name in names} <= told
    assert set(names) <= told


QUERIES = (
    "要点",
    "script",
    "onerror",
    "javascript",
    "svg",
    "img src=x",
    "<script>",
    '"><img src=x onerror=ran(1)>',
    "{{7*7}}",
    "<mark>",
    "&lt;",
    *payloads.NAMES,
    "__proto__",
)


def test_search_shows_what_it_found_as_text(visit: Visit) -> None:
    visit.open("search/")
    visit.page.evaluate(INSPECT)
    shown = 0
    for query in QUERIES:
        visit.page.evaluate(
            "(query) => { location.hash = 'q=' + encodeURIComponent(query) }", query
        )
        visit.page.fill("main input[name=q]", query)
        visit.page.wait_for_function(
            "(query) => document.querySelector('#search-status').dataset.state === 'done'"
            " && document.querySelector('main input[name=q]').value === query",
            arg=query,
        )
        for _ in range(2):
            visit.page.locator(".search-more").evaluate("(more) => more.hidden || more.click()")
        visit.page.wait_for_timeout(50)
        shown += visit.page.locator("#search-results > li").count()
        assert [] == visit.page.evaluate("inspect.strange(document, new URL(location.href))"), query
    assert shown > 100


def test_what_a_reader_types_into_a_letter_stays_text(visit: Visit) -> None:
    visit.open("letters/letter-0/")
    visit.page.evaluate(INSPECT)
    fields = visit.page.locator("textarea[data-field]")
    assert fields.count() > 5
    for kind in ("elements", "breakouts"):
        texts = [payload.text for payload in EACH.values() if payload.kind == kind]
        for at, text in enumerate(texts[: fields.count()]):
            fields.nth(at).fill(text)
        visit.page.wait_for_function(
            "(text) => document.querySelector('[data-paper]').innerText.includes(text)",
            arg=texts[1],
        )
        assert [] == visit.page.evaluate("inspect.strange(document, new URL(location.href))")


def test_what_a_reader_writes_into_the_log_stays_text(visit: Visit) -> None:
    visit.open("log/")
    visit.page.evaluate(INSPECT)
    visit.page.locator("[data-save]").wait_for()
    visit.page.locator("#words").focus()
    visit.page.wait_for_selector("[data-save]:not([disabled])")
    text = '"><img src=x onerror=ran(12)><script>ran(1)</script>{{7*7}}'
    for name in ("number", "lender"):
        visit.page.evaluate(
            "(name) => document.getElementById(name).closest('details').open = true", name
        )
        visit.page.fill(f"#{name}", text[:40])
    visit.page.fill("#words", text)
    visit.page.click("[data-save]")
    assert text in visit.page.locator("[data-entries]").inner_text()
    assert [] == visit.page.evaluate("inspect.strange(document, new URL(location.href))")


def test_a_term_opens_as_text(site: Path, visit: Visit) -> None:
    texts = _texts(site / "breakouts", "*.html")
    path = next(path for path, text in texts.items() if 'class="term"' in text)
    visit.open(f"breakouts/{path}")
    visit.page.evaluate(INSPECT)
    visit.page.locator("article a.term").first.click()
    visit.page.locator(".cite-pop").wait_for()
    assert [] == visit.page.evaluate("inspect.strange(document, new URL(location.href))")
