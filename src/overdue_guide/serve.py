"""The preview: builds, serves on loopback, rebuilds when a file changes, and tells open pages.

Pages are served as they were built, plus one script that listens for rebuilds and shows problems;
the built files never hold it. Who is answered at all is decided by ``listener``.
"""

from __future__ import annotations

import json
import mimetypes
import posixpath
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http import HTTPStatus
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from watchfiles import watch

from overdue_guide import desk, policy
from overdue_guide.build import build, checked_site, searchable
from overdue_guide.listener import Guarded, Listener, bracketed, is_loopback
from overdue_guide.options import Options
from overdue_guide.problems import SetupError
from overdue_guide.search import index
from overdue_guide.wording import Wording, wording

Say = Callable[..., None]
"""Prints a line of the catalogue: ``say("rebuilt", seconds=0.1)``."""

_SCRIPT = b'<script type="module" src="/_serve/reload.mjs"></script>'
_OWN_FILES = {
    "/_serve/reload.mjs": ("reload.mjs", "text/javascript"),
    "/_serve/preview.css": ("preview.css", "text/css"),
    "/_serve/desk.mjs": ("desk.mjs", "text/javascript"),
    "/_serve/desk.svg": ("desk.svg", "image/svg+xml"),
    "/_editor": ("desk.html", "text/html"),
    "/_editor/": ("desk.html", "text/html"),
}
_TYPES = {
    ".mjs": "text/javascript",
    ".webmanifest": "application/manifest+json",
    ".bin": "application/octet-stream",
}
_LONGEST_QUERY = 500
_HEARTBEAT = 15.0
"""Seconds between comments on an idle event stream: how a closed tab is noticed."""


@dataclass(slots=True)
class Preview:
    """What the server shows now; changed by the watcher, read by request threads."""

    options: Options
    host: str
    base_path: str = "/"
    """Path of the site's address: links of 404.html begin with it."""
    version: int = 0
    problems: list[dict[str, Any]] = field(default_factory=list)
    edited: Mapping[str, str] | None = None
    """Page and anchor of what was saved last."""
    words: Wording = field(default_factory=lambda: wording("en"))
    changed: threading.Condition = field(default_factory=threading.Condition)
    searching: threading.Lock = field(default_factory=threading.Lock)

    def rebuild(self, say: Say) -> None:
        """Build and wake the open pages; a failed build leaves the last good pages in place."""
        try:
            report = build(self.options)
            problems = desk.problem_rows(report.problems, self.options.content, self.words)
            self.base_path = urlsplit(report.base_url).path
            say("rebuilt", seconds=sum(seconds for _, seconds in report.seconds))
            for problem in problems:
                place = f"{problem['path']}:{problem['line']}:{problem['column']}"
                say("failed", reason=f"{place}: {problem['message']} [{problem['rule']}]")
        except SetupError as error:
            problems = [_setup_problem(error, self.words)]
            say(error.key, **error.values)
        with self.changed:
            self.problems = problems
            self.version += 1
            self.changed.notify_all()

    def after(self, version: int) -> dict[str, Any] | None:
        """The news once there is a later version than this; None when none came for a while."""
        with self.changed:
            if not self.changed.wait_for(lambda: self.version != version, _HEARTBEAT):
                return None
            return {
                "version": self.version,
                "problems": self.problems,
                "edited": self.edited,
                "base": self.base_path,
            }


def serve(options: Options, host: str, port: int, words: Wording, say: Say) -> None:
    """Serve until interrupted; raises OSError when the port cannot be had."""
    # Who edits looks at pages; the download of the whole site would take longer than they do.
    preview = Preview(replace(options, download=False), host, words=words)
    if not is_loopback(host):
        say("not-loopback", host=host)
    server = make_server(preview, port)
    preview.rebuild(say)
    stop = threading.Event()
    watcher = threading.Thread(target=_watch, args=(preview, say, stop), daemon=True)
    watcher.start()
    say("serving", url=f"http://{bracketed(host)}:{server.server_address[1]}/")
    try:
        server.serve_forever()
    finally:
        stop.set()
        server.server_close()


def make_server(preview: Preview, port: int) -> Listener:
    """A server for a preview, listening but not yet answering; raises OSError when it cannot."""

    class Handler(_Handler):
        shown = preview

    return Listener(preview.host, port, Handler)


def _watch(preview: Preview, say: Say, stop: threading.Event) -> None:
    folders = [preview.options.content, preview.options.templates]
    edits = desk.Edits(preview.options.content)
    edits.remember()
    for saved in watch(*folders, stop_event=stop, debounce=100, step=20, raise_interrupt=False):
        preview.edited = edits.place([Path(name) for _, name in saved])
        preview.rebuild(say)


def _setup_problem(error: SetupError, words: Wording) -> dict[str, Any]:
    return {
        "path": "",
        "line": 1,
        "column": 1,
        "rule": error.key,
        "severity": "error",
        "message": words.say(error.key, **error.values),
        "hint": "",
        "source": "",
        "end": 1,
        "url": "",
        "editor": "",
    }


class _Handler(Guarded):
    shown: Preview

    def do_GET(self) -> None:
        """Answer one request."""
        address = urlsplit(self.path)
        if address.path in _OWN_FILES:
            name, kind = _OWN_FILES[address.path]
            self._send(
                HTTPStatus.OK, (files("overdue_guide") / "preview" / name).read_bytes(), kind
            )
        elif address.path == "/_serve/events":
            self._events()
        elif address.path == "/_serve/search":
            self._search(parse_qs(address.query).get("q", [""])[0])
        elif address.path == "/_editor/desk.json":
            self._desk()
        else:
            self._page(address.path)

    do_HEAD = do_GET

    def _page(self, path: str) -> None:
        found = self._file(path)
        if found is None:
            missing = self.shown.options.output / "404.html"
            body = missing.read_bytes() if missing.is_file() else b"404"
            self._send(HTTPStatus.NOT_FOUND, _scripted(body), "text/html")
        elif found.is_dir():
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", urlsplit(self.path).path + "/")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            kind = (
                _TYPES.get(found.suffix)
                or mimetypes.guess_type(found.name)[0]
                or "application/octet-stream"
            )
            body = found.read_bytes()
            self._send(HTTPStatus.OK, _scripted(body) if kind == "text/html" else body, kind)

    def _file(self, path: str) -> Path | None:
        """The file at an address, or None; never one outside the output folder."""
        decoded = unquote(path)
        if "\0" in decoded or "\\" in decoded or ".." in decoded.split("/"):
            return None
        base = self.shown.base_path
        inside = decoded.removeprefix(base) if base != "/" and decoded.startswith(base) else decoded
        output = self.shown.options.output
        target = output / posixpath.normpath("/" + inside).lstrip("/")
        if inside.endswith("/") or target == output:
            target = target / "index.html"
        try:
            real = target.resolve(strict=True)
        except OSError:
            return None
        # Reading what is neither file nor folder could take for ever.
        plain = real.is_file() or real.is_dir()
        return real if plain and real.is_relative_to(output.resolve()) else None

    def _search(self, query: str) -> None:
        with self.shown.searching:  # they share one folder
            results = index.search(searchable(self.shown.options), query[:_LONGEST_QUERY])
        body = json.dumps([result.as_json() for result in results], ensure_ascii=False).encode()
        self._send(HTTPStatus.OK, body, "application/json")

    def _desk(self) -> None:
        options = replace(self.shown.options, drafts=True)
        with self.shown.searching:  # they share the cache
            shown = desk.desk(checked_site(options), options.content)
        shown |= {"problems": self.shown.problems, "base": self.shown.base_path}
        shown["published_drafts"] = self.shown.options.drafts
        body = json.dumps(shown, ensure_ascii=False).encode()
        self._send(HTTPStatus.OK, body, "application/json")

    def _events(self) -> None:
        """Server-sent events: the problems of each build, as they come."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        if self.command == "HEAD":
            return
        seen = -1
        try:
            while True:
                news = self.shown.after(seen)
                seen = news["version"] if news else seen
                data = f"data: {json.dumps(news, ensure_ascii=False)}" if news else ":"
                self.wfile.write(f"{data}\n\n".encode())
                self.wfile.flush()
        except OSError:  # the tab was closed
            return

    def _send(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        charset = (
            "; charset=utf-8" if kind.startswith("text/") or kind.endswith(("json", "xml")) else ""
        )
        self.send_response(status)
        self.send_header("Content-Type", kind + charset)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-cache")
        for name, value in policy.headers().items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _scripted(body: bytes) -> bytes:
    # A page that may connect to nothing would not hear of a rebuild.
    body = body.replace(b"connect-src 'none'", b"connect-src 'self'", 1)
    head, end, tail = body.rpartition(b"</body>")
    return head + _SCRIPT + end + tail if end else body + _SCRIPT
