"""Who the preview answers, and what it bounds: asked by hand, over plain sockets."""

import socket
import threading
import time
from collections.abc import Iterator
from http import HTTPStatus

import pytest

from overdue_guide import listener
from overdue_guide.listener import Guarded, Listener


class Greeting(Guarded):
    """Answers every request that may be answered with its path."""

    def do_GET(self) -> None:
        body = self.path.encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(body)

    do_HEAD = do_GET


@pytest.fixture
def port() -> Iterator[int]:
    yield from _listening("127.0.0.1")


@pytest.fixture
def open_port() -> Iterator[int]:
    yield from _listening("0.0.0.0")


def _listening(host: str) -> Iterator[int]:
    server = Listener(host, 0, Greeting)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=10)


def everything(client: socket.socket) -> bytes:
    text = b""
    while part := client.recv(65536):
        text += part
    return text


def ask(port: int, request: bytes) -> bytes:
    """The answer to some bytes, until the server closes or nothing more comes."""
    with connect(port) as client:
        client.sendall(request)
        client.shutdown(socket.SHUT_WR)
        return everything(client)


def status(port: int, request: bytes) -> int:
    return int(ask(port, request).split(b" ", 2)[1])


def head(*lines: str, first: str = "GET / HTTP/1.1") -> bytes:
    return "".join(f"{line}\r\n" for line in (first, *lines, "")).encode("latin-1")


OURS = "Host: 127.0.0.1:8000"


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.0.0.1:8000", "localhost", "LocalHost:8000", "[::1]", "[::1]:8000"],
)
def test_this_machine_is_answered(port: int, host: str) -> None:
    assert 200 == status(port, head(f"Host: {host}"))


@pytest.mark.parametrize(
    "lines",
    [
        ("Host: evil.example",),
        ("Host: 127.0.0.1.evil.example:8000",),
        ("Host: localhost.evil.example",),
        ("Host: evil.example:80@127.0.0.1",),
        ("Host: evil@127.0.0.1",),
        ("Host: 127.0.0.1/evil.example",),
        ("Host: 127.0.0.1#.evil.example",),
        ("Host: localhost:evil",),
        ("Host: localhost:",),
        ("Host: 192.168.0.7",),
        ("Host: 0.0.0.0",),
        ("Host: 0x7f000001",),
        ("Host: ",),
        (),
        (OURS, "Host: evil.example"),
        ("Host: evil.example", OURS),
    ],
    ids=" ".join,
)
def test_a_name_of_others_is_refused(port: int, lines: tuple[str, ...]) -> None:
    assert 403 == status(port, head(*lines))


def test_on_a_network_a_number_is_answered_and_no_name(open_port: int) -> None:
    assert 200 == status(open_port, head("Host: 192.168.0.7:8000"))
    assert 200 == status(open_port, head("Host: [fe80::1]:8000"))
    assert 403 == status(open_port, head("Host: evil.example:8000"))


@pytest.mark.parametrize(
    "lines",
    [
        ("Origin: http://evil.example",),
        ("Origin: null",),
        ("Origin: http://127.0.0.1:9000",),
        ("Origin: https://127.0.0.1:8000",),
        ("Origin: http://localhost:8000",),
        ("Origin: http://evil.example", "Upgrade: websocket", "Connection: Upgrade"),
        ("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: no-cors", "Sec-Fetch-Dest: script"),
        ("Sec-Fetch-Site: same-site", "Sec-Fetch-Mode: cors", "Sec-Fetch-Dest: empty"),
        ("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"),
        ("Sec-Fetch-Site: cross-site",),
    ],
    ids=" ".join,
)
def test_a_page_of_another_site_gets_nothing(port: int, lines: tuple[str, ...]) -> None:
    assert 403 == status(port, head(OURS, *lines))


@pytest.mark.parametrize(
    "lines",
    [
        ("Origin: http://127.0.0.1:8000", "Sec-Fetch-Site: same-origin"),
        ("Sec-Fetch-Site: none", "Sec-Fetch-Dest: document"),
        ("Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"),
        ("Range: bytes=0-1,5-9999999999", "If-Modified-Since: yesterday"),
        ("X-Twice: a", "X-Twice: b", "X-Twice : c"),
    ],
    ids=" ".join,
)
def test_our_own_pages_and_links_are_answered(port: int, lines: tuple[str, ...]) -> None:
    assert 200 == status(port, head(OURS, *lines))


@pytest.mark.parametrize(
    ("request_", "expected"),
    [
        (head(OURS, first="POST / HTTP/1.1"), 405),
        (head(OURS, first="PUT /index.html HTTP/1.1"), 405),
        (head(OURS, first="OPTIONS * HTTP/1.1"), 405),
        (head(OURS, first="TRACE / HTTP/1.1"), 405),
        (head(OURS, first="CONNECT evil.example:443 HTTP/1.1"), 405),
        (head(OURS, first="get / HTTP/1.1"), 405),
        (head(OURS, first="__init__ / HTTP/1.1"), 405),
        (head(OURS, "Content-Length: 5") + b"hello", 413),
        (head(OURS, "Content-Length: 99999999999999"), 413),
        (head(OURS, "Content-Length: -1"), 413),
        (head(OURS, "Transfer-Encoding: chunked") + b"5\r\nhello\r\n0\r\n\r\n", 413),
        (head(OURS, first="GET http://evil.example/ HTTP/1.1"), 400),
        (head(OURS, first="GET index.html HTTP/1.1"), 400),
        (head(OURS, first="GET / extra HTTP/1.1"), 400),
        (head(OURS, first="GET / HTTP/9.9"), 505),
        (head(OURS, first="GET / HTTP/1.x"), 400),
        (head(OURS, first="GET / ICY"), 400),
        (head(OURS, first="\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"), 400),
        (head(OURS, first="GET /" + "a" * 40_000 + " HTTP/1.1"), 431),
        (head(OURS, "X-Long: " + "a" * 40_000), 431),
        (head(OURS, *(f"X-{n}: {n}" for n in range(300))), 431),
        (head(OURS, *("X: " + "a" * 1000 for _ in range(90))), 431),
        (b"GET /" + b"a" * 2_000_000, 431),
    ],
    ids=lambda value: repr(value[:40]) if isinstance(value, bytes) else str(value),
)
def test_what_no_browser_of_ours_sends_is_refused(
    port: int, request_: bytes, expected: int
) -> None:
    try:
        answer = ask(port, request_)
    except OSError:  # refused before all of it was read
        answer = b""
    if answer or len(request_) < 30_000:
        assert expected == int(answer.split(b" ", 2)[1])
    assert 200 == status(port, head(OURS))


def test_a_method_that_is_refused_is_told_which_ones_are_not(port: int) -> None:
    for method in ("POST", "OPTIONS", "get"):
        answer = ask(port, head(OURS, first=f"{method} / HTTP/1.1"))
        assert b"\r\nAllow: GET, HEAD\r\n" in answer
    for lines in ((OURS,), ("Host: evil.example",)):
        assert b"Allow" not in ask(port, head(*lines))


def test_a_refusal_holds_nothing_of_the_request(port: int) -> None:
    answer = ask(port, head(OURS, first="GET /<script>alert(1)</script> HTTP/7"))
    assert b"script" not in answer
    assert b"text/plain" in answer


def test_two_requests_in_one_go_are_two_answers(port: int) -> None:
    answer = ask(port, head(OURS, first="GET /a HTTP/1.1") + head(OURS, first="GET /b HTTP/1.1"))
    assert 2 == answer.count(b"HTTP/1.1 200")


def test_head_has_no_body(port: int) -> None:
    answer = ask(port, head(OURS, first="HEAD /abc HTTP/1.1"))
    assert b"Content-Length: 4\r\n" in answer
    assert answer.endswith(b"\r\n\r\n")


def test_silent_and_slow_clients_hold_nobody_up_and_are_sent_away(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listener, "HEAD_SECONDS", 1.0)
    clients = [connect(port) for _ in range(220)]
    for client in clients[::2]:
        client.sendall(b"GET / HTTP/1.1\r\nX: ")
    began = time.monotonic()
    assert 200 == status(port, head(OURS))
    assert time.monotonic() - began < 3
    slow = clients[0]
    for _ in range(40):  # a byte now and then must not buy more time
        time.sleep(0.1)
        try:
            slow.sendall(b"a")
        except OSError:
            break
    assert time.monotonic() - began < 3.5
    for client in clients[1:]:
        client.settimeout(3)
        assert b"" == everything(client)
        client.close()
    slow.close()


def test_more_than_the_most_are_turned_away_and_the_next_come_in(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listener, "MOST_CONNECTIONS", 5)
    clients = [connect(port) for _ in range(5)]
    time.sleep(0.3)
    with connect(port) as another:
        assert b"" == everything(another)
    for client in clients:
        client.close()
    time.sleep(0.3)
    assert 200 == status(port, head(OURS))


def test_only_loopback_counts_as_this_machine() -> None:
    inside = ("127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost")
    outside = ("0.0.0.0", "::", "192.168.0.7", "", "example", "localhost.example")
    assert all(map(listener.is_loopback, inside))
    assert not any(map(listener.is_loopback, outside))
