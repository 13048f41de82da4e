"""The preview server, asked over real sockets."""

import json
import os
import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path

import pytest

from overdue_guide import policy
from overdue_guide.serve import Preview, make_server
from tests.content import run
from tests.golden_site import CONTENT, options


def made(folder: Path) -> Preview:
    shutil.copytree(CONTENT, folder / "content")
    preview = Preview(options(folder, content=folder / "content"), "127.0.0.1")
    preview.rebuild(lambda key, **values: None)
    return preview


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Preview:
    return made(tmp_path_factory.mktemp("preview"))


@pytest.fixture(scope="module")
def port(preview: Preview) -> Iterator[int]:
    with listening(preview) as number:
        yield number


@contextmanager
def listening(preview: Preview) -> Iterator[int]:
    server = make_server(preview, 0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def get(port: int, path: str, host: str = "localhost") -> tuple[HTTPResponse, bytes]:
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.putrequest("GET", path, skip_host=True)
        connection.putheader("Host", host)
        connection.endheaders()
        response = connection.getresponse()
        return response, response.read()


def test_a_page_is_served_with_the_reload_script(preview: Preview, port: int) -> None:
    response, body = get(port, "/contact/family/")
    assert 200 == response.status
    assert "会通知家人吗？".encode() in body
    assert b"/_serve/reload.mjs" in body
    built = (preview.options.output / "contact/family/index.html").read_bytes()
    assert b"_serve" not in built


def test_the_base_path_of_the_site_is_understood(port: int) -> None:
    response, _ = get(port, "/sub/contact/family/")
    assert 200 == response.status


def test_a_folder_without_a_slash_redirects(port: int) -> None:
    response, _ = get(port, "/contact/family")
    assert (301, "/contact/family/") == (response.status, response.getheader("Location"))


def test_a_missing_page_shows_the_sites_own(port: int) -> None:
    response, body = get(port, "/nowhere/")
    assert 404 == response.status
    assert "没有找到".encode() in body


@pytest.mark.parametrize(
    "path",
    [
        "/../content/site.yml",
        "/%2e%2e/content/site.yml",
        "/%2e%2e%2fcontent/site.yml",
        "/..%5ccontent%5csite.yml",
        "/assets/../../content/site.yml",
        "/index.html%00.css",
        "//etc/passwd",
        "/%252e%252e%252fcontent/site.yml",
        "/%2e%2e%5c..%5ccontent/site.yml",
        "/..;/content/site.yml",
        "/%c0%ae%c0%ae/content/site.yml",
        "/%ff%fe",
        "/./.././content/site.yml",
        "/sub/../../content/site.yml",
        "/sub//etc/passwd",
        "/file:///etc/passwd",
        "/C:/Windows/win.ini",
        "/" + "a/" * 4000,
        "/" + "a" * 5000,
        "/assets/",
    ],
)
def test_nothing_outside_the_site_is_served(port: int, path: str) -> None:
    response, body = get(port, path)
    assert 404 == response.status
    assert b"popular" not in body
    assert b"root:" not in body


def test_a_link_out_of_the_site_is_not_followed(
    preview: Preview, port: int, tmp_path: Path
) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (preview.options.output / "link.txt").symlink_to(tmp_path / "secret.txt")
    response, _ = get(port, "/link.txt")
    assert 404 == response.status


def test_what_is_no_file_is_not_waited_for(preview: Preview, port: int) -> None:
    os.mkfifo(preview.options.output / "pipe.txt")
    response, _ = get(port, "/pipe.txt")
    assert 404 == response.status


def test_a_page_comes_with_the_headers_that_hosts_send(port: int) -> None:
    response, body = get(port, "/letters/stop/")
    assert {name: response.getheader(name) for name in policy.headers()} == policy.headers()
    assert b"connect-src 'none'" not in body  # it listens for rebuilds


def test_a_page_of_another_site_does_not_hear_of_rebuilds(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as stream:
        lines = "GET /_serve/events HTTP/1.1", "Host: localhost", "Origin: http://evil.example"
        stream.sendall("\r\n".join([*lines, "", ""]).encode())
        assert b"403" in stream.recv(65536).splitlines()[0]


def test_asking_for_the_head_of_the_events_ends(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as stream:
        stream.sendall(b"HEAD /_serve/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        text = b""
        while part := stream.recv(65536):
            text += part
        assert text.startswith(b"HTTP/1.1 200")
        assert text.endswith(b"\r\n\r\n")


def test_a_taken_port_is_named_with_a_way_on(preview: Preview, port: int) -> None:
    options = preview.options
    folders = ("--content", options.content, "--output", options.output)
    said = run("serve", *folders, "--cache", options.output.parent / "cache", "--port", str(port))
    assert 3 == said.code
    assert f"port {port} is in use" in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:80", ""])
def test_a_foreign_name_is_refused(port: int, host: str) -> None:
    response, _ = get(port, "/", host)
    assert 403 == response.status


def test_search_is_the_sites_own(port: int) -> None:
    response, body = get(port, "/_serve/search?q=%E5%AE%B6%E4%BA%BA")
    assert 200 == response.status
    assert "/contact/family/" in [result["url"] for result in json.loads(body)]


def events(port: int) -> socket.socket:
    stream = socket.create_connection(("127.0.0.1", port), timeout=20)
    stream.sendall(b"GET /_serve/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
    return stream


def next_event(stream: socket.socket) -> dict[str, object]:
    text = b""
    while b"data: " not in text or not text.endswith(b"\n\n"):
        text += stream.recv(65536)
    news: dict[str, object] = json.loads(text.rpartition(b"data: ")[2])
    return news


def test_open_pages_hear_of_a_rebuild_and_of_its_problems(tmp_path: Path) -> None:
    preview = made(tmp_path)
    with listening(preview) as port, events(port) as stream:
        first = next_event(stream)
        assert [] == [p for p in first["problems"] if p["severity"] == "error"]  # type: ignore[attr-defined]
        article = preview.options.content / "contact/family.md"
        article.write_text(article.read_text("utf-8") + "\n[@civil-code:9999]\n", "utf-8")
        preview.rebuild(lambda key, **values: None)
        second = next_event(stream)
        assert first["version"] != second["version"]
        rules = {problem["rule"] for problem in second["problems"]}  # type: ignore[attr-defined]
        assert "unknown-provision" in rules
        response, body = get(port, "/contact/family/")
    assert 200 == response.status
    assert b"9999" not in body
