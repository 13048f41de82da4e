"""The built site → ``offline.zip``, which reads and works when opened from a disk.

Links to folders lead to their ``index.html``, modules become classic scripts, and the search index
becomes a script, because a page from a disk may load nothing else. Same site, same bytes.
"""

from __future__ import annotations

import base64
import io
import json
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import unquote

from overdue_guide import bundle
from overdue_guide.model import OutputFile
from overdue_guide.theme import Theme

NAME = "offline.zip"
FOLDER = "overdue-guide/"
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
_WHEN = (1980, 1, 1, 0, 0, 0)
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


def archive(files: Sequence[OutputFile], theme: Theme, title: str, base_url: str) -> OutputFile:
    """The whole site in one file."""
    entries = dict(_entries(files, theme, base_url))
    entries["README.txt"] = _README.format(title=title, base_url=base_url).encode("utf-8-sig")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for path in sorted(entries):
            info = zipfile.ZipInfo(FOLDER + path, _WHEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system, info.external_attr = 3, 0o100644 << 16
            made.writestr(info, entries[path])
    return OutputFile(NAME, stream.getvalue())


def _entries(
    files: Sequence[OutputFile], theme: Theme, base_url: str
) -> Iterator[tuple[str, bytes]]:
    pages = {file.path: file.data.decode() for file in files if file.path.endswith(".html")}
    modules = {file.path: file.data.decode() for file in files if file.path.endswith(".mjs")}
    parts = {file.path: file.data for file in files if file.path.endswith(".bin")}
    others = {f.path for f in files} - {*pages, *modules, *parts, "manifest.webmanifest"}
    others = {path for path in others if not APART.fullmatch(path)}
    known = {path for path in (*pages, *others) if not APART.fullmatch(path)}
    entries: set[str] = set()
    for path, text in pages.items():
        if not APART.fullmatch(path):
            yield path, _page(path, text, known, base_url, entries).encode()
    for entry in sorted(entries):
        yield _classic(entry), _script(entry, modules, theme).encode()
    yield INDEX_SCRIPT, _index(parts, theme).encode()
    yield from ((file.path, file.data) for file in files if file.path in others)


def _page(path: str, text: str, known: set[str], base_url: str, entries: set[str]) -> str:
    """A page whose links and scripts work from a disk; adds its modules to ``entries``."""
    folder = posixpath.dirname(path)

    def link(match: re.Match[str]) -> str:
        return match[1] + _link(match[2], folder, known, base_url) + match[3]

    def script(match: re.Match[str]) -> str:
        entry = posixpath.normpath(posixpath.join(folder, match[1]))
        entries.add(entry)
        index = f'<script defer src="{_up(folder)}{INDEX_SCRIPT}"></script>\n'
        before = index if entry.endswith("search/main.mjs") else ""
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
