"""``content/`` → texts and assets: which files are used, which are refused, and why."""

from __future__ import annotations

import os
import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from overdue_guide import inventory
from overdue_guide.drawings import mistakes
from overdue_guide.inventory import Seen, Stamp
from overdue_guide.meant import file_name
from overdue_guide.model import ASSETS, OutputFile
from overdue_guide.problems import Problem, Source, Span

MAX_BYTES = 4_000_000
"""A larger text is no article; reading it would only stall the build."""

_MOST_FOLDERS = 20
"""In one another; a guide has two. Beyond, even the path's length may break something."""

_YAML = (
    "site.yml",
    "reference/channels.yml",
    "reference/contact-rules.yml",
    "reference/glossary.yml",
    "reference/synonyms.yml",
)
_TEXTS = ("txt", "markdown", "mdown", "mdx")
"""Endings that an editor gives an article by mistake; some systems hide them."""
LAWS = "reference/laws"
CHECKS = "checks"
_LEFT_OUT = re.compile(r"[._]|(?s:.*)~\Z|[A-Z][A-Z_-]+\.md\Z")
"""Hidden files, copies that editors keep, and notes among editors such as README.md."""
_FILE_NAME = re.compile(r"[\w][\w.-]*\Z")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|\Z)", re.IGNORECASE)


@dataclass(slots=True)
class Files:
    """What a content folder holds; everything in order of path."""

    texts: dict[str, str] = field(default_factory=dict)
    """Those that were read."""
    digests: dict[str, str] = field(default_factory=dict)
    """Of the bytes of every text that is sound, read or not."""
    articles: list[str] = field(default_factory=list)
    """Paths of Markdown files, read or not."""
    assets: list[OutputFile] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(
    content: Path,
    stamps: Mapping[str, Stamp],
    seen: Mapping[str, Seen],
    known: Callable[[str, str], bool],
) -> Files:
    """Read the folder, but for articles that are as they were ``seen`` and are ``known``.

    ``known`` is asked with a path and the digest of its bytes. Raises OSError when the folder itself
    cannot be read.
    """
    files = Files()
    for path, entry in _walk(content, "", files.problems):
        before = seen.get(path)
        # Only sound texts with proper names are ever known.
        same = before and inventory.sure(before.stamp) and stamps.get(path) == before.stamp
        if before and same and known(path, before.digest):
            files.digests[path] = before.digest
            files.articles.append(path)
        else:
            _file(path, entry, files)
    return files


def _file(path: str, entry: os.DirEntry[str], files: Files) -> None:
    suffix, problems = posixpath.splitext(path)[1], files.problems
    if suffix.lower() not in {".md", ".yml", ".yaml"} | ASSETS or _unread(path):
        problems.append(_unknown(path))
        return
    text_file = suffix.lower() not in ASSETS
    if not _proper_name(entry.name) or (text_file and suffix != suffix.lower()):
        problems.append(_bad_name(path, entry.name))
        return
    data, found = _bytes(path, entry)
    problems += found
    if data is None:
        return
    if not text_file:
        files.assets.append(OutputFile(path, data))
        problems += mistakes(path, data) if suffix.lower() == ".svg" else ()
        return
    text, found = decoded(path, data)
    problems += found
    if text is None:
        return
    files.texts[path] = text
    if not found:
        files.digests[path] = inventory.digest(data)
    if suffix == ".md":
        files.articles.append(path)


def article_files(content: Path) -> tuple[str, ...]:
    """Paths of the Markdown files below the content folder, notes left out: what ``fmt`` formats."""
    return tuple(path for path, _ in _walk(content, "", []) if path.endswith(".md"))


def _bad_name(path: str, name: str) -> Problem:
    near = file_name(name)
    told = {"suggestion": near} if near else {}
    return Problem.at(Span(path), "bad-file-name", name=name, **told)


def _unknown(path: str) -> Problem:
    stems = {Path(known).stem: known for known in _YAML if path.endswith((".yml", ".yaml"))}
    near = get_close_matches(Path(path).stem, stems, 1, 0.7)
    stem, _, suffix = posixpath.basename(path).rpartition(".")
    if suffix in _TEXTS and not near:
        told = {"suggestion": f"{stem.removesuffix('.md')}.md"}
    else:
        told = {"suggestion": stems[near[0]]} if near else {}
    return Problem.at(Span(path), "unknown-file", name=posixpath.basename(path), **told)


def _unread(path: str) -> bool:
    """Whether nothing looks for such a file there: YAML of a misspelt name, an article among data."""
    if not path.endswith((".yml", ".yaml")):
        return path.endswith(".md") and path.startswith(("reference/", f"{CHECKS}/"))
    return path not in _YAML and posixpath.dirname(path) not in (LAWS, CHECKS)


def _walk(
    folder: Path, prefix: str, problems: list[Problem]
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        if not prefix:
            raise
        problems.append(_unreadable(prefix.rstrip("/"), error))
        return
    for entry in entries:
        path = prefix + entry.name
        if _LEFT_OUT.match(entry.name):
            continue
        try:
            path.encode()
        except UnicodeEncodeError:  # bytes that are no UTF-8
            shown = path.encode("utf-8", "replace").decode()
            problems.append(Problem.at(Span(shown), "bad-file-name", name=shown))
            continue
        # A link could lead out of the content folder, or round in a circle.
        if entry.is_symlink():
            problems.append(Problem.at(Span(path), "unreadable-file", reason="symlink"))
        elif entry.is_dir():
            if not _proper_name(entry.name):
                problems.append(_bad_name(path, entry.name))
            if path.count("/") < _MOST_FOLDERS:
                yield from _walk(Path(entry.path), f"{path}/", problems)
            else:
                problems.append(Problem.at(Span(path), "unreadable-file", reason="too-deep"))
        elif entry.is_file():
            yield path, entry
        else:
            problems.append(Problem.at(Span(path), "unreadable-file", reason="special"))


def _proper_name(name: str) -> bool:
    return (
        _FILE_NAME.match(name) is not None
        and _RESERVED.match(name) is None
        and unicodedata.is_normalized("NFC", name)
        and len(name.encode()) <= 200
    )


def _bytes(path: str, entry: os.DirEntry[str]) -> tuple[bytes | None, list[Problem]]:
    try:
        if entry.stat().st_size > MAX_BYTES:
            return None, [Problem.at(Span(path), "unreadable-file", reason="too-large")]
        return Path(entry.path).read_bytes(), []
    except OSError as error:
        return None, [_unreadable(path, error)]


def _unreadable(path: str, error: OSError) -> Problem:
    reason = error.strerror or "cannot be read"
    return Problem.at(Span(path), "unreadable-file", reason=reason)


def decoded(path: str, data: bytes) -> tuple[str | None, list[Problem]]:
    """The text; in another encoding as far as it can be read, so that its mistakes show, too."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        found = Problem.at(Span(path), "bad-encoding", found="utf-16")
        return data.decode("utf-16", "replace"), [found]
    if data.count(0) > len(data) // 100:
        return None, [Problem.at(Span(path), "bad-encoding", found="binary")]
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        # As an editor counts: without a mark before the text, and any line end as one.
        good = data[: error.start].decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        span = Source(path, good + "?").span(len(good))
        byte = f"0x{data[error.start]:02X}"
    try:
        return data.decode("gb18030"), [Problem.at(span, "bad-encoding", found="gbk")]
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace"), [Problem.at(span, "bad-encoding", found=byte)]
