"""The built site → ``offline.zip``, which reads and works when opened from a disk.

Links to folders lead to their ``index.html``, modules become classic scripts, and the search index
becomes a script, because a page from a disk may load nothing else. Same site, same bytes.
"""

from __future__ import annotations

import base64
import json
import posixpath
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from types import MappingProxyType
from urllib.parse import unquote

from overdue_guide import bundle, workers, zipping
from overdue_guide.model import OutputFile
from overdue_guide.structs import Struct
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

_WORTH_A_POOL = 200
"""Files below which starting worker processes costs more than it saves."""
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


class Site(Struct, frozen=True):
    """The built site."""

    paths: Sequence[str]
    """Of all its files, in order."""
    read: Callable[[str], bytes]
    base_url: str
    title: str


def archive(
    site: Site, theme: Theme, kept: Mapping[str, Part] = MappingProxyType({}), jobs: int = 1
) -> OutputFile:
    """The whole site in one file; ``kept``: parts that an earlier one had, whose files are not read."""
    modules = {path: site.read(path).decode() for path in site.paths if path.endswith(".mjs")}
    entries, known = bundle.entries(modules), linked(site.paths)
    made: dict[str, Callable[[], Part]] = {
        README: partial(_readme, site),
        INDEX_SCRIPT: partial(_index, site, theme),
    }
    for entry in entries:
        made[_classic(entry)] = partial(_script, entry, modules, theme)
    for path in sorted(known):
        if FOLDER + path not in kept:
            made[path] = partial(_file, path, site, known, entries)
    with workers.spread(_do, list(made.values()), jobs, _WORTH_A_POOL) as parts:
        new = {FOLDER + path: part for path, (part, _) in zip(made, parts, strict=True)}
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


def _do(what: Callable[[], Part]) -> Part:
    return what()


def _readme(site: Site) -> Part:
    text = _README.format(title=site.title, base_url=site.base_url)
    return zipping.part(text.encode("utf-8-sig"))


def _file(path: str, site: Site, known: set[str], entries: Sequence[str]) -> Part:
    data = site.read(path)
    if path.endswith(".html"):
        data = _page(path, data.decode(), known, entries, site.base_url).encode()
    return zipping.part(data)


def _page(path: str, text: str, known: set[str], entries: Sequence[str], base_url: str) -> str:
    """A page whose links and scripts work from a disk; raises NotBundled."""
    folder = posixpath.dirname(path)

    def link(match: re.Match[str]) -> str:
        return match[1] + _link(match[2], folder, known, base_url) + match[3]

    def script(match: re.Match[str]) -> str:
        if posixpath.normpath(posixpath.join(folder, match[1])) not in entries:
            raise bundle.NotBundled(f"{path}: {match[1]} is a part of another script")
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


def _script(entry: str, modules: Mapping[str, str], theme: Theme) -> Part:
    links = theme.script("offline/file.js") + "\n" if entry.endswith("/main.mjs") else ""
    return zipping.part((links + bundle.bundle(entry, modules)).encode())


def _index(site: Site, theme: Theme) -> Part:
    names = {
        path.removeprefix("search/"): base64.b64encode(site.read(path)).decode()
        for path in site.paths
        if path.endswith(".bin")
    }
    files = json.dumps(names, separators=(",", ":"))
    text = f"const FILES={files};\n{theme.script('offline/search.js')}"
    return zipping.part(text.encode(), squeezed=True)
