"""A web server for one person: answers only names of this machine, and bounds what is asked of it.

Requests have no body and a short head that must come soon; whoever is slow holds up nobody else.
A page of another site gets nothing: neither under its own name (DNS rebinding) nor from its own
scripts (Origin and Sec-Fetch-Site, https://www.w3.org/TR/fetch-metadata/).
"""

from __future__ import annotations

import ipaddress
import socket
import threading
import time
from http import HTTPStatus
from http.client import LineTooLong
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedIOBase
from typing import Any
from urllib.parse import urlsplit

MOST_CONNECTIONS = 512
"""At once; one more is turned away."""
MOST_HEAD = 32_768
"""Bytes of a request's first line and headers."""
HEAD_SECONDS = 10.0
"""For the whole head to come, however slowly; then the connection is closed."""
SEND_SECONDS = 30.0
"""For a client to take more of an answer."""
METHODS = ("GET", "HEAD")
"""What may be asked; nothing here can be changed from a browser."""


def is_loopback(host: str) -> bool:
    """Whether an address to listen on can be reached from this machine only."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def bracketed(host: str) -> str:
    """The host as an address has it: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


class Listener(ThreadingHTTPServer):
    """Listens, and gives each connection a thread of its own."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, host: str, port: int, handler: type[Guarded]) -> None:
        self.host = host
        self._deadlines: dict[socket.socket, float | None] = {}
        self._lock = threading.Lock()
        if ":" in host:
            self.address_family = socket.AF_INET6
        super().__init__((host, port), handler)

    def wait_for_head(self, connection: socket.socket) -> None:
        """From now on the client has ``HEAD_SECONDS`` to say what it wants."""
        with self._lock:
            self._deadlines[connection] = time.monotonic() + HEAD_SECONDS

    def stop_waiting(self, connection: socket.socket) -> None:
        """The head is there; the answer may take as long as it takes."""
        with self._lock:
            self._deadlines[connection] = None

    def process_request(self, request: Any, client_address: Any) -> None:
        """Begin a thread for a connection, or turn it away."""
        with self._lock:
            full = len(self._deadlines) >= MOST_CONNECTIONS
        if full:
            self.shutdown_request(request)
            return
        self.wait_for_head(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget a connection that ends."""
        with self._lock:
            self._deadlines.pop(request, None)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """Twice a second: end the connections of those who did not say in time what they want."""
        now = time.monotonic()
        with self._lock:
            late = [one for one, end in self._deadlines.items() if end is not None and end < now]
        for connection in late:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # it went by itself
                continue

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Quiet: a client that goes away in the middle is no mistake of ours."""


class _Head(BufferedIOBase):
    """What comes from a client, up to ``MOST_HEAD`` bytes a request."""

    def __init__(self, stream: BufferedIOBase) -> None:
        self._stream = stream
        self.left = MOST_HEAD

    def readline(self, limit: int | None = -1, /) -> bytes:
        """The next line; raises LineTooLong when the head grows too long."""
        line = self._stream.readline(self.left + 1)
        self.left -= len(line)
        if self.left < 0:
            raise LineTooLong("head")
        return line

    def close(self) -> None:
        """Close what it reads from."""
        self._stream.close()


class Guarded(BaseHTTPRequestHandler):
    """Reads a request and refuses what nobody here would send; the rest is for ``do_GET``."""

    server: Listener
    protocol_version = "HTTP/1.1"
    server_version = "overdue-guide"
    sys_version = ""
    timeout = SEND_SECONDS
    error_message_format = "%(code)d %(message)s\n"
    error_content_type = "text/plain; charset=utf-8"

    def setup(self) -> None:
        """Bound what can be read."""
        super().setup()
        self._head = _Head(self.rfile)
        self.rfile = self._head

    def handle_one_request(self) -> None:
        """Read one request and answer it."""
        self.server.wait_for_head(self.connection)
        self._head.left = MOST_HEAD
        try:
            super().handle_one_request()
        except LineTooLong:
            self.command = self.requestline = ""
            self.send_error(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        except OSError:  # the client has gone
            self.close_connection = True

    def parse_request(self) -> bool:
        """Whether there is a request to answer; says why where there is none."""
        if not super().parse_request():
            return False
        self.server.stop_waiting(self.connection)
        refused = self._refused()
        if refused:
            self.send_error(refused)
        return not refused

    def _refused(self) -> HTTPStatus | None:
        if self.command not in METHODS:
            return HTTPStatus.METHOD_NOT_ALLOWED
        if "Transfer-Encoding" in self.headers or self.headers.get("Content-Length", "0") != "0":
            return HTTPStatus(413)  # Python 3.13 gave it another name
        if not self.path.startswith("/"):
            return HTTPStatus.BAD_REQUEST
        if not self._is_ours() or self._is_of_another_site():
            return HTTPStatus.FORBIDDEN
        return None

    def _is_ours(self) -> bool:
        """Whether the one name that is asked for means this machine."""
        names = self.headers.get_all("Host", [])
        name = _hostname(names[0]) if len(names) == 1 else ""
        if is_loopback(name):
            return True
        # On a network: by number, or by the name that was given. No page can make a number its own.
        return not is_loopback(self.server.host) and (_is_number(name) or name == self.server.host)

    def _is_of_another_site(self) -> bool:
        origin, host = self.headers.get("Origin"), self.headers.get("Host", "")
        if origin is not None and origin.lower() != f"http://{host.lower()}":
            return True
        site = self.headers.get("Sec-Fetch-Site", "none")
        # A link that leads here is followed; a script, a picture or a frame of theirs is not given.
        followed = self.headers.get("Sec-Fetch-Dest") == "document"
        return site not in ("none", "same-origin") and not followed

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse in one plain line that repeats nothing of the request."""
        self.close_connection = True
        self.request_version = self.protocol_version  # unknown where no line of a request was read
        super().send_error(code)

    def send_response(self, code: int, message: str | None = None) -> None:
        """Begin an answer; a refused method is told which ones are not (RFC 9110, 15.5.6)."""
        super().send_response(code, message)
        if code == HTTPStatus.METHOD_NOT_ALLOWED:
            self.send_header("Allow", ", ".join(METHODS))

    def log_message(self, format: str, *args: object) -> None:
        """Quiet: an editor wants to see problems, not requests."""


def _hostname(host: str) -> str:
    try:
        parts = urlsplit(f"//{host}")
        plain = parts.port is not None or not host.endswith(":")
    except ValueError:
        return ""
    lone = not (parts.path or parts.query or parts.fragment or "@" in host)
    return (parts.hostname or "") if lone and plain else ""


def _is_number(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
