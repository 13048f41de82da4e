"""The built site → what keeps it readable without a network: ``sw.js``, its list, a download.

The worker's text is ``templates/offline/sw.js``; the build only puts a few constants before it.
The list (``offline.json``) names each file with its digest, so an update fetches what changed.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping

from overdue_guide import download
from overdue_guide.buildlog import Log
from overdue_guide.model import OutputFile, SiteConfig
from overdue_guide.theme import Theme
from overdue_guide.write import Stage
from overdue_guide.zipping import Part

PAGE = "offline/index.html"
MADE = ("sw.js", "offline.json", download.NAME)
MOST_BYTES, MOST_FILES = 16_000_000, 3_000
"""Of a site that is kept whole, before compression; of a larger one only what was visited. A second
edition does not count: it is kept for those who read it."""

_EDITION = re.compile(r"zh-[a-z]+/")


def files(
    stage: Stage, theme: Theme, config: SiteConfig, search: str, log: Log, jobs: int
) -> Iterator[OutputFile]:
    """The worker and its list; the download where the site's page promises one.

    ``search``: the index's version; ``log``: of the build that made what is published.
    """
    site = dict(stage.files)
    kept = {path: of for path, of in site.items() if not download.APART.fullmatch(path)}
    digests = {_address(path): digest[:10] for path, (digest, _) in kept.items()}
    worker = theme.script("offline/sw.js")
    version = _version(digests, worker)
    sizes = [size for path, (_, size) in kept.items() if not _EDITION.match(path)]
    whole = len(sizes) <= MOST_FILES and sum(sizes) <= MOST_BYTES
    constants = {
        "VERSION": version,
        "SEARCH": search,
        "WHOLE": whole,
        "SHELL": _shell(digests),
        "EDITIONS": sorted({found[0] for path in digests if (found := _EDITION.match(path))}),
    }
    values = ",\n".join(f"{name}={_json(value)}" for name, value in constants.items())
    yield OutputFile("sw.js", f"const {values};\n{worker}\n".encode())
    if whole:
        listed = {"version": version, "search": search, "files": digests}
        yield OutputFile("offline.json", f"{_json(listed)}\n".encode())
    if PAGE in site and f'"../{download.NAME}"'.encode() in stage.read(PAGE):
        made = download.Site(sorted(site), stage.read, config.base_url, config.title)
        same = _same(stage, site) if log.pages and log.base_url == config.base_url else {}
        yield download.archive(made, theme, same, jobs)


def _same(stage: Stage, site: Mapping[str, tuple[str, int]]) -> Mapping[str, Part]:
    """What the published download has of this one; nothing if it is not what was published."""
    try:
        archive = (stage.output / download.NAME).read_bytes()
    except OSError:
        return {}
    if hashlib.sha256(archive).hexdigest() != stage.old.get(download.NAME):
        return {}
    now = {path: digest for path, (digest, _) in site.items()}
    before = {path: digest for path, digest in stage.old.items() if path not in MADE}
    return download.kept(archive, before, now)


def _address(path: str) -> str:
    """Below the root, as links have it."""
    folder, _, name = path.rpartition("/")
    if name != "index.html":
        return path
    return f"{folder}/" if folder else ""


def _shell(digests: Mapping[str, str]) -> list[str]:
    """What every page needs, home, and the page that stands in for those not kept."""
    common = re.compile(r"assets/[^/]+/(?:[^/]+\.(?:css|mjs)|tools/home\.css)|offline/|")
    return sorted(path for path in digests if common.fullmatch(path))


def _version(digests: Mapping[str, str], worker: str) -> str:
    state = hashlib.sha256(worker.encode())
    for path in sorted(digests):
        state.update(f"{path}\0{digests[path]}\0".encode())
    return state.hexdigest()[:12]


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
