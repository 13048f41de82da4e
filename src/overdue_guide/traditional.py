"""Rendered pages and scripts → the same in traditional characters; the only user of opencc.

Words change, addresses do not: a page of this edition has the path, the anchors and the form names
of its twin below ``zh-hant/``, so one index serves both, and a place can be shared across them.
What has no twin (styles, feeds, the index) is linked where it lies, one folder further up.
"""

from __future__ import annotations

import hashlib
import html
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from importlib.resources import files
from posixpath import normpath
from urllib.parse import unquote

import opencc

from overdue_guide.editions import TRADITIONAL
from overdue_guide.model import OutputFile
from overdue_guide.resolve import root_of

_TAG = re.compile("(<[^>]*>)")
_WORDS = re.compile(
    r'(\s(?:title|aria-label|alt|placeholder|content|label|data-[a-z-]+)=")([^"]*)(")'
)
_LINK = re.compile(r'(\s(?:href|src|action)=")([^"#?]+)([^"]*")')
_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)
_SPOKEN = re.compile(
    r"(?<=[=(,:!&|?;{}\[\n])/(?![/*])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/"
    "|[\u2018-\u201d\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+"
)
"""A regular expression of a script, or Chinese."""
_CHINESE = re.compile("[\u2018-\u201d\u3400-\u9fff]")
_QUOTES = (("“", "「"), ("”", "」"), ("‘", "『"), ("’", "』"))
_KEPT = 20_000
"""Texts that are converted once: menus, and what the pages of a small site share."""


class Words:
    """Simplified → traditional."""

    def __init__(self) -> None:
        tables = tomllib.loads(
            files("overdue_guide").joinpath("traditional.toml").read_text("utf-8")
        )
        self._converter = opencc.OpenCC("s2tw")
        self._characters, self._terms = tables["characters"], tables["terms"]
        self._character = _any_of(self._characters)
        self._term = re.compile(f"《[^》]*》|「[^」]*」|{_any_of(self._terms).pattern}")
        self._converted = lru_cache(_KEPT)(self._convert)

    def convert(self, text: str) -> str:
        """A text in traditional characters, with the quotation marks and words used there."""
        return text if text.isascii() else self._converted(text)

    def _convert(self, text: str) -> str:
        if not _CHINESE.search(text):
            return text
        # Terms first: names of laws and quoted provisions still stand in their own brackets.
        worded = self._term.sub(lambda m: self._terms.get(m[0], m[0]), text)
        converted = self._converter.convert(worded)
        known = self._character.sub(lambda m: self._characters[m[0]], converted)
        for old, new in _QUOTES:
            known = known.replace(old, new)
        return known


@cache
def words() -> Words:
    """The converter; a process needs one."""
    return Words()


class Edition:
    """The traditional edition of one build."""

    def __init__(self, urls: Iterable[str], assets: Iterable[OutputFile]) -> None:
        self._urls = frozenset(urls)
        self._plain = frozenset(u for u in self._urls if "%" not in u and "&" not in u)
        """Those that are written in a link as they are."""
        scripts = tuple(_scripts(assets))
        # As deep as the others: a script may know the root from its own address.
        folder = f"assets/{_digest(scripts)}/"
        self._scripts = {file.path: folder + file.path.split("/", 2)[2] for file in scripts}
        self.scripts = tuple(OutputFile(self._scripts[file.path], file.data) for file in scripts)
        """Scripts that say their words in traditional characters."""

    def page(self, text: str, url: str) -> str:
        """A rendered page as it stands below ``zh-hant/``; what is marked zh-Hans stays."""
        pieces, keep, root = _TAG.split(text), False, root_of(url)
        for at, piece in enumerate(pieces):
            if at % 2 == 0:
                if not keep and not piece.isascii():
                    pieces[at] = words().convert(piece)
                continue
            keep = ' lang="zh-Hans"' in piece
            if '="' in piece and not keep:
                worded, links = _worded(piece)
                pieces[at] = worded if self._stay(links, root) else self._linked(worded, url)
        return "".join(pieces)

    def _stay(self, links: Iterable[str], root: str) -> bool:
        """Whether it is clear at first sight that links lead to pages with a twin, as most do."""
        return all(link.startswith(root) and link[len(root) :] in self._plain for link in links)

    def _linked(self, tag: str, url: str) -> str:
        return _LINK.sub(lambda m: m[1] + self._address(m[2], url) + m[3], tag)

    def _address(self, link: str, url: str) -> str:
        """A relative link to what has no twin here → one that leaves this edition."""
        if _OUTSIDE.match(link):
            return link
        folder = url.rpartition("/")[0]
        slash = "/" if link.endswith(("/", ".")) else ""
        target = normpath(f"{folder}/{html.unescape(link)}".lstrip("/")) + slash
        target = "" if target == "./" else target
        if unquote(target) in self._urls:
            return link
        return root_of(TRADITIONAL + url) + html.escape(self._scripts.get(target, target))


@lru_cache(_KEPT)
def _worded(tag: str) -> tuple[str, tuple[str, ...]]:
    """A tag with its words converted, and its links, which this edition may have to change."""
    worded = _WORDS.sub(lambda m: m[1] + words().convert(m[2]) + m[3], tag)
    # A link that names its language already knows its edition.
    links = [] if " hreflang=" in worded else _LINK.findall(worded)
    return worded, tuple(link for _, link, _ in links)


def _scripts(assets: Iterable[OutputFile]) -> Iterator[OutputFile]:
    """All of them: those that say nothing are imported by those that do, by relative addresses."""
    for file in assets:
        if file.path.endswith(".mjs"):
            text = file.data.decode()
            spoken = _SPOKEN.sub(_said, text)
            yield OutputFile(file.path, spoken.encode())


def _said(found: re.Match[str]) -> str:
    # A pattern is compared with what readers type, in either kind of characters.
    return found[0] if "/" in found[0] else words().convert(found[0])


def _any_of(table: Mapping[str, str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(table, key=len, reverse=True))))


def _digest(scripts: Iterable[OutputFile]) -> str:
    state = hashlib.sha256()
    for file in scripts:
        state.update(f"{file.path}\0{len(file.data)}\0".encode())
        state.update(file.data)
    return state.hexdigest()[:10]
