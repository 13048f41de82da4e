"""The built site → ``offline.zip``, which reads and works when opened from a disk.

Links to folders lead to their ``index.html``, modules become classic scripts, and the search index
becomes a script, because a page from a disk may load nothing else. Same site, same bytes.
"""

from __future__ import annotations

import base64
import json
import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from types import MappingProxyType
from urllib.parse import unquote

from overdue_guide import bundle, zipping
from overdue_guide.model import OutputFile
from overdue_guide.theme import Theme
from overdue_guide.zipping import Part

NAME = "offline.zip"
FOLDER = "overdue-guide/"
README = "README.txt"
INDEX_SCRIPT = "search/files.js"

APART = re.compile(
    r"404\.html|_headers|(?:robots|llms)\.txt|(?:sitemap|opensearch)\.xml|\.well-known/.*|cards/.*"
    r"|(?:.*/)?(?:feed|changes)\.(?:xml|json)"
)
"""Files that no reader opens without a network."""

_LINK = re.compile(r'(<(?:a|form|link|img|script)\b[^>]*?\s(?:href|src|action)=")([^"]*)(")')
_REFRESH = re.compile(r'(<meta http-equiv="refresh" content="\d+; ?url=)([^"]*)(")')
_HEAD_ONLY = re.compile(r'<link rel="(?:manifest|search|alternate|modulepreload|preload)"[^>]*>\n?')
_MODULE = re.compile(r'<script type="module" src="([^"]*)"></script>')
_README = """{title} 离线版
================

解压整个文件夹以后，用浏览器打开 index.html。不用联网。
请先解压再打开：直接在压缩包里点开，页面之间的链接会失效。

能用：全部文章和工具、法条依据、搜索页。
不能用：输入时的搜索建议（到搜索页去搜）、自动更新。
你写在本站工具里的内容只存在这台设备的浏览器里。有的浏览器会让同一台设备上
别的本地网页也能读到它们；不放心的话，写完导出，再清空。

法律会变。每一页都写着法律复核的日期；最新的内容在 {base_url}
"""


def archive(
    files: Sequence[OutputFile],
    theme: Theme,
    title: str,
    base_url: str,
    kept: Mapping[str, Part] = MappingProxyType({}),
) -> OutputFile:
    """The whole site in one file; ``kept``: parts that an earlier one had, by name."""
    made = dict(_entries(files, theme, base_url, kept))
    made[README] = _README.format(title=title, base_url=base_url).encode("utf-8-sig")
    # zlib leaves Python's lock alone, so two cores squeeze at once.
    with ThreadPoolExecutor(2) as pool:
        parts = zip(made, pool.map(zipping.part, made.values()), strict=True)
        new = {FOLDER + path: part for path, part in parts}
    return OutputFile(NAME, zipping.write({**kept, **new}))


def kept(archive: bytes, before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, Part]:
    """The parts of an archive of the site as it was ``before`` that it has ``now``, too.

    Both are path → digest. All pages may be others when a link leads to another file.
    """
    if linked(before) != linked(now):
        return {}
    same = {FOLDER + path for path in linked(now) if before[path] == now[path]}
    return {name: part for name, part in zipping.read(archive).items() if name in same}


def linked(paths: Iterable[str]) -> set[str]:
    """The files of a site that links within the archive lead to."""
    apart = (".mjs", ".bin")
    return {
        path
        for path in paths
        if not path.endswith(apart) and path != "manifest.webmanifest" and not APART.fullmatch(path)
    }


def _entries(
    files: Sequence[OutputFile], theme: Theme, base_url: str, kept: Mapping[str, Part]
) -> Iterator[tuple[str, bytes]]:
    pages = {file.path: file.data.decode() for file in files if file.path.endswith(".html")}
    modules = {file.path: file.data.decode() for file in files if file.path.endswith(".mjs")}
    parts = {file.path: file.data for file in files if file.path.endswith(".bin")}
    known = linked(file.path for file in files)
    entries: set[str] = set()
    for path in sorted(known & pages.keys()):
        entries.update(_modules(path, pages[path]))
        if FOLDER + path not in kept:
            yield path, _page(path, pages[path], known, base_url).encode()
    for entry in sorted(entries):
        yield _classic(entry), _script(entry, modules, theme).encode()
    yield INDEX_SCRIPT, _index(parts, theme).encode()
    for file in files:
        if file.path in known and file.path not in pages and FOLDER + file.path not in kept:
            yield file.path, file.data


def _modules(path: str, text: str) -> Iterator[str]:
    folder = posixpath.dirname(path)
    for match in _MODULE.finditer(text):
        yield posixpath.normpath(posixpath.join(folder, match[1]))


def _page(path: str, text: str, known: set[str], base_url: str) -> str:
    """A page whose links and scripts work from a disk."""
    folder = posixpath.dirname(path)

    def link(match: re.Match[str]) -> str:
        return match[1] + _link(match[2], folder, known, base_url) + match[3]

    def script(match: re.Match[str]) -> str:
        index = f'<script defer src="{_up(folder)}{INDEX_SCRIPT}"></script>\n'
        before = index if match[1].endswith("/search/main.mjs") else ""
        return f'{before}<script defer src="{_classic(match[1])}"></script>'

    text = _HEAD_ONLY.sub("", text)
    return _REFRESH.sub(link, _MODULE.sub(script, _LINK.sub(link, text)))


def _link(address: str, folder: str, known: set[str], base_url: str) -> str:
    """The address from a disk; on the web where the download has no such file."""
    path, mark, rest = _parted(address)
    if not path or re.match(r"[a-z][a-z0-9+.-]*:|/", path, re.IGNORECASE):
        return address
    target = posixpath.normpath(posixpath.join(folder, unquote(path)))
    target = "" if target == "." else target
    if path.endswith(("/", ".")):
        inside = posixpath.join(target, "index.html")
        return f"{path.rstrip('/')}/index.html{mark}{rest}" if inside in known else address
    if target in known or target.endswith(".mjs"):
        return address
    return f"{base_url}{target}{mark}{rest}"


def _parted(address: str) -> tuple[str, str, str]:
    at = min((i for i in (address.find("?"), address.find("#")) if i >= 0), default=len(address))
    return address[:at], address[at : at + 1], address[at + 1 :]


def _up(folder: str) -> str:
    return "../" * (folder.count("/") + 1) if folder else "./"


def _classic(module: str) -> str:
    return module.removesuffix(".mjs") + ".js"


def _script(entry: str, modules: Mapping[str, str], theme: Theme) -> str:
    links = theme.script("offline/file.js") + "\n" if entry.endswith("/main.mjs") else ""
    return links + bundle.bundle(entry, modules)


def _index(parts: Mapping[str, bytes], theme: Theme) -> str:
    names = {
        path.removeprefix("search/"): base64.b64encode(parts[path]).decode()
        for path in sorted(parts)
    }
    files = json.dumps(names, separators=(",", ":"))
    return f"const FILES={files};\n{theme.script('offline/search.js')}"
