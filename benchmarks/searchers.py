"""Ways to search a built site in Chromium: ours, Pagefind's and MkDocs Material's; for ``search.py``."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Page
from tests.browser.chromium import launched

TOP = 10
COLD = 15
"""Queries of which bytes are counted, each in a browser that has loaded nothing."""

# Each gives a function of a query that resolves to the addresses of the first results, and how long it took.
OURS = """async () => {
  const core = document.querySelector("link[rel=modulepreload]").href;
  const { Engine } = await import(core);
  const engine = new Engine("/");
  return async (query, top) => {
    const urls = [];
    for await (const { url } of (await engine.search(query)).results) if (urls.push(url) >= top) break;
    return urls;
  };
}"""
PAGEFIND = """async () => {
  const pagefind = await import("/pagefind/pagefind.js");
  return async (query, top) => {
    const { results } = await pagefind.search(query);
    const found = await Promise.all(results.slice(0, top).map((result) => result.data()));
    return found.map(({ url }) => url);
  };
}"""
MATERIAL = """async () => {
  const config = JSON.parse(document.querySelector("#__config").textContent);
  const index = await (await fetch("/search/search_index.json")).json();
  const worker = new Worker(new URL(config.search, location.href));
  const say = (type, data) => new Promise((done) => {
    worker.onmessage = ({ data: { type: kind, data: found } }) => kind === type + 1 && done(found);
    worker.postMessage({ type, data });
  });
  await say(0, { config: index.config, docs: index.docs, options: { suggest: false } });
  return async (query, top) => {
    const { items } = await say(2, query);
    const urls = items.flat().map(({ location }) => location.split("#")[0]);
    return [...new Set(urls)].slice(0, top);
  };
}"""
SEARCHERS: Mapping[str, tuple[str, tuple[str, str], str]] = {
    "ours": ("overdue_guide", ("search/", OURS), "search"),
    "hugo": ("Pagefind", ("", PAGEFIND), "pagefind"),
    "mkdocs": ("MkDocs Material", ("", MATERIAL), "search"),
}
"""Flavour of the corpus → name, page and script, folder of the index."""
ASK = """async ([make, query, top]) => {
  window.searching ??= (0, eval)(`(${make})`)();
  const search = await window.searching;
  const began = performance.now();
  const urls = await search(query, top);
  return [urls, (performance.now() - began) / 1000];
}"""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was answered, and what it cost."""

    strings: Sequence[Sequence[str]]
    """First addresses for each random string."""
    unanswered: float
    """Share of the questions without any result."""
    bytes: Sequence[int]
    """To the first result, of each query in a new browser."""
    seconds: Sequence[float]
    """Of each query in a browser that has answered others, and this one once."""


def ask(
    make: tuple[str, str], site: Path, strings: Sequence[str], questions: Sequence[str]
) -> Asked:
    """Ask a built site."""
    at, script = make
    with _served(site) as (address, sent), launched() as browser:
        sizes = [_cold(browser, address + at, script, query, sent) for query in strings[:COLD]]
        page = browser.new_page()
        page.goto(address + at, wait_until="load")
        found = [_urls(page, script, query, TOP) for query in strings]
        empty = sum(not _urls(page, script, query, 1) for query in questions)
        seconds = [float(page.evaluate(ASK, [script, query, 1])[1]) for query in strings]
    return Asked(found, empty / len(questions), sizes, seconds)


def _urls(page: Page, script: str, query: str, top: int) -> list[str]:
    urls, _ = page.evaluate(ASK, [script, query, top])
    return [unquote(urlsplit(url).path).strip("/") + "/" for url in urls]


def _cold(browser: Browser, address: str, script: str, query: str, sent: Sent) -> int:
    """Bytes to the first result that a page without search would not load."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(address, wait_until="load")
        page.evaluate(ASK, [script, query, 1])
        return sum(size for path, size in sent.take() if _is_search(path))


def _is_search(path: str) -> bool:
    """Whether a file is the index or a script of search; pages and styles are there anyway."""
    parts = path.split("/")
    folders = {"search", "pagefind", "workers", "lunr"} & set(parts[:-1])
    return bool(folders) and not path.endswith((".html", "/", ".css"))


@dataclass(slots=True)
class Sent:
    """What a server sent."""

    files: list[tuple[str, int]] = field(default_factory=list)

    def take(self) -> list[tuple[str, int]]:
        """Path and bytes of each answer since the last time."""
        found, self.files = self.files, []
        return found


class _Handler(SimpleHTTPRequestHandler):
    """Sends text gzipped, as hosts do, and notes what it sends."""

    def __init__(self, *arguments: object, sent: Sent, **options: object) -> None:
        self._sent = sent
        super().__init__(*arguments, **options)  # type: ignore[arg-type]

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        """Answer."""
        address = urlsplit(self.path).path
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            return self.send_error(404)
        kind = self.guess_type(str(path))
        squeezed = path.suffix in _TEXTS
        data = _gzipped(path) if squeezed else path.read_bytes()
        self._sent.files.append((address, len(data)))
        self.send_response(200)
        self.send_header("Content-Type", kind)
        if squeezed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        # A browser that is done does not wait for what it asked for ahead.
        with suppress(ConnectionError):
            self.wfile.write(data)
        return None


_Handler.extensions_map = {
    **SimpleHTTPRequestHandler.extensions_map,
    ".mjs": "text/javascript",
    ".wasm": "application/wasm",
}
_TEXTS = {".html", ".css", ".js", ".mjs", ".json", ".svg", ".xml", ".webmanifest"}


@cache
def _gzipped(path: Path) -> bytes:
    return gzip.compress(path.read_bytes(), 9, mtime=0)


@contextmanager
def _served(folder: Path) -> Iterator[tuple[str, Sent]]:
    sent = Sent()
    handler = partial(_Handler, directory=str(folder), sent=sent)
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/", sent
    finally:
        server.shutdown()
        server.server_close()
