"""The preview: builds, serves on loopback, rebuilds when a file changes, and tells open pages.

Pages are served as they were built, plus one script that listens for rebuilds and shows problems;
the built files never hold it. Only names that mean this machine are answered, so that a foreign
page cannot read drafts by pointing its own name at 127.0.0.1 (DNS rebinding).
"""

from __future__ import annotations

import json
import mimetypes
import posixpath
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from watchfiles import watch

from overdue_guide.build import BuildReport, Options, build, searchable
from overdue_guide.problems import SetupError
from overdue_guide.report import as_json
from overdue_guide.search import index
from overdue_guide.wording import Wording

Say = Callable[..., None]
"""Prints a line of the catalogue: ``say("rebuilt", seconds=0.1)``."""

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]", "::1"})
_SCRIPT = b'<script type="module" src="/_serve/reload.mjs"></script>'
_OWN_FILES = {
    "/_serve/reload.mjs": ("reload.mjs", "text/javascript"),
    "/_serve/preview.css": ("preview.css", "text/css"),
}
_TYPES = {
    ".mjs": "text/javascript",
    ".webmanifest": "application/manifest+json",
    ".bin": "application/octet-stream",
}
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
    problems: list[dict[str, object]] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)

    def rebuild(self, say: Say) -> None:
        """Build and wake the open pages; a failed build leaves the last good pages in place."""
        try:
            report = build(self.options)
            problems = as_json(
                report.problems, lambda path: (self.options.content / path).as_posix()
            )
            self.base_path = urlsplit(report.base_url).path
            say("rebuilt", seconds=sum(seconds for _, seconds in report.seconds))
        except SetupError as error:
            report = BuildReport()
            problems = [_setup_problem(error)]
            say(error.key, **error.values)
        for problem in problems:
            say(
                "failed",
                reason=f"{problem['path']}:{problem['line']}:{problem['column']}: {problem['message']} [{problem['rule']}]",
            )
        with self.changed:
            self.problems = problems
            self.version += 1
            self.changed.notify_all()

    def after(self, version: int) -> dict[str, Any] | None:
        """The news once there is a later version than this; None when none came for a while."""
        with self.changed:
            if not self.changed.wait_for(lambda: self.version != version, _HEARTBEAT):
                return None
            return {"version": self.version, "problems": self.problems}


def serve(options: Options, host: str, port: int, words: Wording, say: Say) -> None:
    """Serve until interrupted; raises OSError when the port cannot be had."""
    preview = Preview(options, host)
    if host not in LOOPBACK:
        say("not-loopback", host=host)
    server = make_server(preview, port)
    preview.rebuild(say)
    stop = threading.Event()
    watcher = threading.Thread(target=_watch, args=(preview, say, stop), daemon=True)
    watcher.start()
    say("serving", url=f"http://{host}:{server.server_address[1]}/")
    try:
        server.serve_forever()
    finally:
        stop.set()
        server.server_close()


def make_server(preview: Preview, port: int) -> ThreadingHTTPServer:
    """A server for a preview, listening but not yet answering."""

    class Handler(_Handler):
        shown = preview

    server = ThreadingHTTPServer((preview.host, port), Handler)
    server.daemon_threads = True
    return server


def _watch(preview: Preview, say: Say, stop: threading.Event) -> None:
    folders = [preview.options.content, preview.options.templates]
    for _ in watch(*folders, stop_event=stop, debounce=100, step=20, raise_interrupt=False):
        preview.rebuild(say)


def _setup_problem(error: SetupError) -> dict[str, object]:
    message = str(error.values.get("reason", error.values))
    return {
        "path": "",
        "line": 1,
        "column": 1,
        "rule": error.key,
        "severity": "error",
        "message": message,
        "hint": "",
    }


class _Handler(BaseHTTPRequestHandler):
    shown: Preview
    protocol_version = "HTTP/1.1"
    server_version = "overdue-guide"
    sys_version = ""
    timeout = 30

    def do_GET(self) -> None:
        """Answer one request."""
        if not self._host_is_ours():
            self._send(HTTPStatus.FORBIDDEN, b"", "text/plain")
            return
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
        else:
            self._page(address.path)

    do_HEAD = do_GET

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: an editor wants to see problems, not requests."""

    def _host_is_ours(self) -> bool:
        name = self.headers.get("Host", "").rsplit(":", 1)[0]
        return self.shown.host not in LOOPBACK or name in LOOPBACK

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
        return real if real.is_relative_to(output.resolve()) else None

    def _search(self, query: str) -> None:
        results = index.search(searchable(self.shown.options), query)
        body = json.dumps([result.as_json() for result in results], ensure_ascii=False).encode()
        self._send(HTTPStatus.OK, body, "application/json")

    def _events(self) -> None:
        """Server-sent events: the problems of each build, as they come."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        seen = -1
        try:
            while True:
                news = self.shown.after(seen)
                seen = news["version"] if news else seen
                data = f"data: {json.dumps(news, ensure_ascii=False)}" if news else ":"
                self.wfile.write(f"{data}\n\n".encode())
                self.wfile.flush()
        except OSError:  # the tab was closed
            self.close_connection = True

    def _send(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        charset = (
            "; charset=utf-8" if kind.startswith("text/") or kind.endswith(("json", "xml")) else ""
        )
        self.send_response(status)
        self.send_header("Content-Type", kind + charset)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-cache")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _scripted(body: bytes) -> bytes:
    head, end, tail = body.rpartition(b"</body>")
    return head + _SCRIPT + end + tail if end else body + _SCRIPT
