"""The finished files → what in them would give a reader away; the build refuses to publish that.

A page may link to other places, but loads nothing from them; scripts set no cookie, send no beacon
and keep only what ``STORAGE`` declares. Content is clean by then (``markup``, ``drawings``): what
this finds stands in a template, a style sheet or a script.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from html.parser import HTMLParser

from overdue_guide.model import OutputFile
from overdue_guide.problems import SetupError

STORAGE = {
    "overdue-guide:found": "the words that a search found, until the page is open (this tab only)",
    "overdue-guide:letters": "letters being written, if the reader asked to keep them",
    "overdue-guide:log": "the contact log",
    "overdue-guide:text-size": "the size of the text",
    "offline-refused": "that nothing is to be kept for reading offline",
}
"""Every key that may be stored in a reader's browser, and what for."""
WORKER = "sw.js"
"""Keeps the site's own files for reading offline; no other script opens a cache to write."""
TERMS = "glossary/terms.js"
"""The glossary as a script: texts, and no code."""
NAMESPACES = ("http://www.w3.org/", "http://schemas.openxmlformats.org/")
"""Addresses that are names and are never fetched."""

_SHOWN = 5
_LINKED = re.compile(
    rb'<(?:a [^>]*?href="[^">]*'
    rb'|link rel="(?:canonical|alternate)" [^>]*?href="[^">]*'
    rb'|meta (?:name|property)="[^"]*" content="[^"]*'
    rb"|[^\"'>]*(?:\"[^\"]*\"[^\"'>]*|'[^']*'[^\"'>]*)*>.*)",
    re.DOTALL,
)
"""From ``<`` to an address: a link, a fact about the page, or text behind a whole tag."""
_RAW = (b"<style", b"<script")
_SLASHES = (b"\\\\", b"/\\", b"\\/")
"""What browsers take for ``//``, besides that."""
_DATA = "application/ld+json"
"""A script of this type holds facts about the page (see ``structured``); nothing in it runs."""
_DATA_TAG = f'<script type="{_DATA}">'.encode()
_LOADING = re.compile(
    "src|srcset|imagesrcset|href|xlink:href|data|action|formaction|poster|background|manifest"
    "|ping|codebase|archive|lowsrc"
)
_RELATIONS = {"canonical", "alternate", "author", "license", "help", "me", "next", "prev"}
"""What a ``<link>`` may say of another address without anything being loaded from there."""
_FOREIGN = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//|(?:https?|wss?|ftp):", re.IGNORECASE)
_IN_CSS = re.compile(r"(?:url\(|@import)\s*[\"']?\s*((?:[a-z][a-z0-9+.-]*:)?//[^\"')\s;]*)", re.I)
_IN_SCRIPT = re.compile(r"[\"'`]((?:(?:https?|wss?):)?//[\w\[][^\"'`\s]*)", re.I)
_TELLING = re.compile(
    r"(?<![\w$])(?:document\s*(?:\.\s*|\[\s*[\"'`])cookie|cookieStore|sendBeacon|WebSocket|WebTransport|EventSource"
    r"|XMLHttpRequest|RTCPeerConnection|importScripts|indexedDB)(?![\w$])"
)
_STORE = re.compile(r"(?<![\w$])(?:local|session)Storage\b(\.(?:get|set|remove)Item\(\s*([^,)]*))?")
_CONSTANT = r"(?:const|let|var)\s+(?:[^;]*,\s*)?{}\s*=\s*([\"'])([^\"']*)\1"
_QUOTED = re.compile(r'"(?:[^"\\\n]|\\.)*"')


def refuse(found: Sequence[str]) -> None:
    """Raise SetupError that names what was found, each with its file."""
    if found:
        more = [f"… (+{len(found) - _SHOWN})"] if len(found) > _SHOWN else []
        raise SetupError("not-private", findings="\n  ".join([*found[:_SHOWN], *more]))


def leaks(file: OutputFile, base_url: str = "") -> tuple[str, ...]:
    """What one file would load from elsewhere, send or keep; about 1 µs a kilobyte of a page.

    ``base_url`` is the site's own address, which is not elsewhere.
    """
    look = _LOOKS.get(file.path.rpartition(".")[2].lower())
    return tuple(dict.fromkeys(look(file, base_url))) if look else ()


def _page(file: OutputFile, base_url: str) -> Iterator[str]:
    if _suspect(file.data):
        reader = _Reader(base_url)
        reader.feed(file.data.decode("utf-8", "replace"))
        reader.close()
        yield from reader.found


def _suspect(data: bytes) -> bool:
    """Whether an address stands where no link has one; parsing every page would take too long."""
    at = data.find(b"//")
    while at >= 0:
        before = data[data.rfind(b"<", 0, at) : at]
        behind = at + 2
        if before.startswith(_DATA_TAG):
            behind = data.find(b"<", at)  # all up to there stands in the same data
        elif not _LINKED.fullmatch(before) or before.startswith(_RAW):
            return True
        at = data.find(b"//", behind) if behind > 0 else -1
    return b"\\" in data and any(pair in data for pair in _SLASHES)


class _Reader(HTMLParser):
    """Collects the foreign addresses that a page would load."""

    def __init__(self, base_url: str) -> None:
        super().__init__()
        self.base_url = base_url
        self.data = False
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # Of two attributes with one name, browsers take the first.
        given = {name: value or "" for name, value in reversed(attrs)}
        self.data = tag == "script" and given.get("type") == _DATA
        for name, value in given.items():
            if self._loads(tag, name, given) and _foreign(value, self.base_url):
                self.found.append(f"<{tag} {name}={value.strip()}>")
            elif name == "style":
                self.found += _addresses(value)
        if tag == "meta" and given.get("http-equiv", "").lower() == "refresh":
            goal = given.get("content", "").partition("=")[2].strip(" '\"")
            if _foreign(goal, self.base_url):
                self.found.append(f"<meta refresh {goal}>")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "style":
            self.found += _addresses(data)
        elif self.cdata_elem == "script" and not self.data:
            self.found += _code(data)

    def _loads(self, tag: str, name: str, given: dict[str, str]) -> bool:
        if not _LOADING.fullmatch(name) or (tag in ("a", "area") and name != "ping"):
            return False
        relations = set(given.get("rel", "").lower().split())
        return not (tag == "link" and relations and relations <= _RELATIONS)


def _foreign(address: str, base_url: str) -> bool:
    """As a browser reads it: it leaves out what cannot be seen, and a backslash is a slash."""
    lean = re.sub(r"[\x00-\x20]", "", address).replace("\\", "/")
    return bool(_FOREIGN.match(lean)) and not (base_url and lean.startswith(base_url))


def _sheet(file: OutputFile, base_url: str) -> Iterator[str]:
    yield from _addresses(file.data.decode("utf-8", "replace"))


def _addresses(sheet: str) -> list[str]:
    return [f"url({address})" for address in _IN_CSS.findall(sheet)]


def _script(file: OutputFile, base_url: str) -> Iterator[str]:
    source = file.data.decode("utf-8", "replace")
    if file.path.endswith(TERMS):
        # Its texts are the glossary's, which may speak of anything; it has nothing to call.
        source = _QUOTED.sub('""', source)
        yield from re.findall(r"[\w$.]*\s*[(`]", source)
    yield from _code(source)
    if re.search(r"(?<![\w$])caches\.open\(", source) and file.path != WORKER:
        yield "caches.open"


def _code(source: str) -> Iterator[str]:
    yield from (match[0] for match in _TELLING.finditer(source))
    for match in _IN_SCRIPT.finditer(source):
        if not match[1].startswith(NAMESPACES):
            yield match[1]
    for match in _STORE.finditer(source):
        key = _key(match[2] or "", source)
        if key not in STORAGE:
            yield match[0] if key is None else f"{match[0].partition('(')[0]}({key})"


def _key(argument: str, source: str) -> str | None:
    """The stored key that a call names; None where that cannot be told."""
    if literal := re.fullmatch(r"([\"'])([^\"']*)\1", argument.strip()):
        return literal[2]
    name = re.fullmatch(r"[\w$]+", argument.strip())
    held = name and re.search(_CONSTANT.format(re.escape(name[0])), source)
    return held[2] if held else None


def _manifest(file: OutputFile, base_url: str) -> Iterator[str]:
    try:
        values = [json.loads(file.data)]
    except ValueError:
        return
    while values:
        value = values.pop()
        if isinstance(value, str) and re.match(r"(?:https?:)?//", value):
            if not (base_url and value.startswith(base_url)):
                yield value
        elif isinstance(value, dict | list):
            values += value.values() if isinstance(value, dict) else value


_LOOKS: dict[str, Callable[[OutputFile, str], Iterator[str]]] = {
    "html": _page,
    "svg": _page,
    "css": _sheet,
    "mjs": _script,
    "js": _script,
    "webmanifest": _manifest,
}
