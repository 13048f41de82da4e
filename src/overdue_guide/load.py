"""``content/`` → ``Site`` and problems; the only reader of content."""

from __future__ import annotations

import os
import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from overdue_guide import articles, cache, checkers, config, contact_rules, laws, reference
from overdue_guide.flow import Checker
from overdue_guide.law import Law
from overdue_guide.model import Article, OutputFile, Site, SiteConfig
from overdue_guide.problems import Problem, Source, Span, suggesting

T = TypeVar("T")
Parsed = tuple[Article, tuple[Problem, ...]]
"""What one Markdown file comes to; the type of a cache entry."""

ASSETS = frozenset({".avif", ".gif", ".jpeg", ".jpg", ".pdf", ".png", ".svg", ".webp"})
MAX_BYTES = 4_000_000
"""A larger text is no article; reading it would only stall the build."""

_YAML = (
    "site.yml",
    "reference/channels.yml",
    "reference/contact-rules.yml",
    "reference/glossary.yml",
    "reference/synonyms.yml",
)
_LAWS = "reference/laws"
_CHECKS = "checks"
_LAW_ID = re.compile(r"[a-z0-9][a-z0-9-]*\Z")
"""What ``[@law-id]`` can name."""
_NOTE = re.compile(r"[A-Z][A-Z_-]+\.md\Z")
"""README.md, REVIEW.md: notes among editors, not published."""
_FILE_NAME = re.compile(r"[\w][\w.-]*\Z")
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|\Z)", re.IGNORECASE)
_WORTH_A_POOL = 150
"""Files to render below which starting worker processes costs more than it saves."""


def load(
    content: Path,
    entries: cache.Store[Parsed],
    *,
    jobs: int = 1,
    drafts: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[Site, tuple[Problem, ...]]:
    """Read and parse all content; ``progress`` is told (rendered, to render).

    Raises OSError when the content folder itself cannot be read.
    """
    texts, assets, problems = _read(content)
    settings = SiteConfig()
    if "site.yml" in texts:
        settings, wrong = _yaml("site.yml", texts, config.read)
        problems += wrong
    parsed = _parse(
        {path: text for path, text in texts.items() if path.endswith(".md")},
        entries,
        jobs,
        progress,
    )
    site = Site(
        config=settings,
        articles=tuple(article for article, _ in parsed if drafts or not article.meta.draft),
        drafts=tuple(a.path for a, _ in parsed if a.meta.draft and not drafts),
        assets=tuple(assets),
    )
    problems += [problem for _, own in parsed for problem in own]
    whole, wrong = _with_data(site, texts)
    return whole, (*problems, *wrong)


def _with_data(site: Site, texts: Mapping[str, str]) -> tuple[Site, tuple[Problem, ...]]:
    """The site with all that stands in YAML beside its articles."""
    registry, wrong = _laws(texts)
    flows, bad = _checkers(texts)
    channels, found = _optional("reference/channels.yml", texts, reference.read_channels)
    terms, more = _optional("reference/glossary.yml", texts, reference.read_terms)
    synonyms, most = _optional("reference/synonyms.yml", texts, reference.read_synonyms)
    rules, odd = _optional("reference/contact-rules.yml", texts, contact_rules.read)
    whole = replace(
        site,
        laws=registry,
        channels=channels,
        terms=terms,
        synonyms=synonyms,
        checkers=flows,
        contact_rules=rules,
    )
    return whole, (*wrong, *bad, *found, *more, *most, *odd)


def _read(content: Path) -> tuple[dict[str, str], list[OutputFile], list[Problem]]:
    """Texts by path, assets, and files that cannot be used; all in order of path."""
    texts: dict[str, str] = {}
    assets: list[OutputFile] = []
    problems: list[Problem] = []
    for path, entry in _walk(content, "", problems):
        if _NOTE.match(entry.name):
            continue
        suffix = Path(path).suffix
        if suffix.lower() not in {".md", ".yml", ".yaml"} | ASSETS or _unread(path):
            problems.append(suggesting("unknown-file", Span(path), path, _YAML, name=entry.name))
            continue
        text_file = suffix.lower() not in ASSETS
        if not _proper_name(entry.name) or (text_file and suffix != suffix.lower()):
            problems.append(Problem.at(Span(path), "bad-file-name", name=entry.name))
            continue
        data, found = _bytes(path, entry)
        problems += found
        if data is None:
            continue
        if not text_file:
            assets.append(OutputFile(path, data))
            continue
        text, found = decoded(path, data)
        problems += found
        if text is not None:
            texts[path] = text
    return texts, assets, problems


def _unread(path: str) -> bool:
    """Whether it is YAML in a place where nothing looks for it, such as a misspelt name."""
    if not path.endswith((".yml", ".yaml")):
        return False
    return path not in _YAML and posixpath.dirname(path) not in (_LAWS, _CHECKS)


def _walk(
    folder: Path, prefix: str, problems: list[Problem]
) -> Iterator[tuple[str, os.DirEntry[str]]]:
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        path = prefix + entry.name
        if entry.name.startswith((".", "_")) or entry.name.endswith("~"):
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
                problems.append(Problem.at(Span(path), "bad-file-name", name=entry.name))
            yield from _walk(Path(entry.path), f"{path}/", problems)
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
        reason = error.strerror or "cannot be read"
        return None, [Problem.at(Span(path), "unreadable-file", reason=reason)]


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
        good = data[: error.start].decode("utf-8")
        span = Source(path, good + "?").span(len(good))
        byte = f"0x{data[error.start]:02X}"
    try:
        return data.decode("gb18030"), [Problem.at(span, "bad-encoding", found="gbk")]
    except UnicodeDecodeError:
        return data.decode("utf-8", "replace"), [Problem.at(span, "bad-encoding", found=byte)]


def _parse(
    texts: Mapping[str, str],
    entries: cache.Store[Parsed],
    jobs: int,
    progress: Callable[[int, int], None],
) -> list[Parsed]:
    keys = {path: cache.digest("article", path, text) for path, text in texts.items()}
    known = {path: entries.get(key) for path, key in keys.items()}
    missing = [path for path, entry in known.items() if entry is None]
    for done, (path, entry) in enumerate(
        zip(missing, _rendered(missing, texts, jobs), strict=True), 1
    ):
        known[path] = entry
        entries.put(keys[path], entry)
        progress(done, len(missing))
    return [entry for entry in known.values() if entry is not None]


def _rendered(paths: list[str], texts: Mapping[str, str], jobs: int) -> Iterable[Parsed]:
    if jobs < 2 or len(paths) < _WORTH_A_POOL:
        return (articles.parse(path, texts[path]) for path in paths)
    return _in_processes(paths, [texts[path] for path in paths], jobs)


def _in_processes(paths: list[str], texts: list[str], jobs: int) -> Iterator[Parsed]:
    # Spawned, not forked: serve builds while its own threads run.
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(
            articles.parse, paths, texts, chunksize=max(len(paths) // (jobs * 8), 1)
        )


def _laws(texts: Mapping[str, str]) -> tuple[tuple[Law, ...], tuple[Problem, ...]]:
    registry: dict[str, Law] = {}
    problems: tuple[Problem, ...] = ()
    for path in texts:
        folder, name = posixpath.split(path)
        if folder != _LAWS or name.endswith(".md"):
            continue
        law_id = name.rpartition(".")[0]
        law, found = _yaml(path, texts, lambda source: laws.read(source, source.path))
        if not _LAW_ID.match(law_id):
            found = (Problem.at(Span(path), "bad-file-name", name=name), *found)
        if law_id in registry:
            other = registry[law_id].span.path
            clash = Problem.at(Span(path), "address-clash", url=f"/laws/{law_id}/", other=other)
            found = (clash, *found)
        registry.setdefault(law_id, replace(law, id=law_id))
        problems += found
    return tuple(registry.values()), problems


def _checkers(texts: Mapping[str, str]) -> tuple[tuple[Checker, ...], tuple[Problem, ...]]:
    found: dict[str, Checker] = {}
    problems: tuple[Problem, ...] = ()
    for path in texts:
        folder, name = posixpath.split(path)
        if folder != _CHECKS or name.endswith(".md"):
            continue
        checker, wrong = _yaml(path, texts, checkers.read)
        first = found.setdefault(checker.slug, checker)
        if first is not checker:
            clash = Problem.at(Span(path), "address-clash", url=f"/{first.url}", other=first.path)
            wrong = (clash, *wrong)
        problems += wrong
    return tuple(sorted(found.values(), key=lambda c: (c.weight, c.slug))), problems


def _optional(
    path: str,
    texts: Mapping[str, str],
    read: Callable[[Source], tuple[tuple[T, ...], tuple[Problem, ...]]],
) -> tuple[tuple[T, ...], tuple[Problem, ...]]:
    return _yaml(path, texts, read) if path in texts else ((), ())


def _yaml(
    path: str,
    texts: Mapping[str, str],
    read: Callable[[Source], tuple[T, tuple[Problem, ...]]],
) -> tuple[T, tuple[Problem, ...]]:
    source, problems = articles.normalised(path, texts[path])
    value, found = read(source)
    return value, problems + found
