"""``content/`` → ``Site`` and problems: every file parsed, or taken from the cache."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from overdue_guide import (
    articles,
    cache,
    checkers,
    config,
    contact_rules,
    laws,
    outlines,
    reading,
    reference,
    workers,
)
from overdue_guide.flow import Checker
from overdue_guide.inventory import Seen, Stamp
from overdue_guide.law import Law
from overdue_guide.model import Site, SiteConfig
from overdue_guide.outlines import Bodies, Entries, Parsed, key_of
from overdue_guide.problems import QUIET, Problem, Severity, Source, Span
from overdue_guide.reading import CHECKS, LAWS, Files
from overdue_guide.structs import Struct, replace

T = TypeVar("T")

_LAW_ID = re.compile(r"[a-z0-9][a-z0-9-]*\Z")
"""What ``[@law-id]`` can name."""
_WORTH_A_POOL = 60
"""Files to render below which starting worker processes costs more than it saves."""
_BATCH_BYTES = 32_000_000
"""Of rendered articles that wait in memory before they are written to the cache."""


class Loaded(Struct, frozen=True):
    """All content, and what shows next time that it did not change."""

    site: Site
    problems: tuple[Problem, ...]
    articles: Mapping[str, Parsed]
    """By path; drafts, too."""
    digests: Mapping[str, str]
    """Of the bytes of every sound text, by path."""


def load(
    content: Path,
    entries: Entries,
    *,
    stamps: Mapping[str, Stamp] = MappingProxyType({}),
    seen: Mapping[str, Seen] = MappingProxyType({}),
    jobs: int = 1,
    drafts: bool = False,
    progress: Callable[[int, int], None] = lambda done, total: None,
    took: Callable[[str, float], None] = lambda path, seconds: None,
    meanwhile: Callable[[], None] = lambda: None,
) -> Loaded:
    """Read and parse all content.

    ``progress`` is told (rendered, to render), ``took`` what each article took; ``meanwhile`` is done
    while other processes parse.

    A file whose stamp is that of ``seen`` is not read again. Raises OSError when the content folder
    itself cannot be read.
    """
    files, keys = _files(content, entries, stamps, seen)
    settings, problems = SiteConfig(), files.problems
    if "site.yml" in files.texts:
        settings, wrong = _yaml("site.yml", files.texts, config.read)
        problems += wrong
    parsed = _parse(files, keys, entries, jobs, progress, took, meanwhile)
    bodies = Bodies(entries, {path: one.key for path, one in parsed.items()}, content)
    heads = [one.outline.head for one in parsed.values()]
    site = Site(
        config=settings,
        articles=tuple(head for head in heads if drafts or not head.meta.draft),
        bodies=bodies,
        assets=tuple(files.assets),
        drafts=tuple(head.path for head in heads if head.meta.draft and not drafts),
    )
    problems += _wrong(parsed, bodies, settings)
    whole, wrong = _with_data(site, files.texts)
    return Loaded(whole, (*problems, *wrong), parsed, files.digests)


def _files(
    content: Path, entries: Entries, stamps: Mapping[str, Stamp], seen: Mapping[str, Seen]
) -> tuple[Files, dict[str, str]]:
    """What the folder holds, and the key of each article."""
    keys: dict[str, str] = {}

    def known(path: str, of_bytes: str) -> bool:
        keys[path] = key_of(path, of_bytes)
        return keys[path] in entries

    files = reading.read(content, stamps, seen, known)
    for path in files.articles:
        if path in files.texts:
            # A text that was repaired while decoding has no digest: it depends on how it was.
            of_bytes = files.digests.get(path) or f"repaired {cache.digest(files.texts[path])}"
            keys[path] = key_of(path, of_bytes)
    return files, keys


def _wrong(parsed: Mapping[str, Parsed], bodies: Bodies, settings: SiteConfig) -> Iterator[Problem]:
    loud = any(rule in QUIET and grade is not Severity.OFF for rule, grade in settings.rules)
    for path, one in parsed.items():
        yield from one.outline.problems
        if loud and one.outline.quiet:
            yield from bodies.quiet(path)


def _parse(
    files: Files,
    keys: Mapping[str, str],
    entries: Entries,
    jobs: int,
    progress: Callable[[int, int], None],
    took: Callable[[str, float], None],
    meanwhile: Callable[[], None],
) -> dict[str, Parsed]:
    """Every article in order of path."""
    known, missing = {}, []
    for path in files.articles:
        outline = entries.small(keys[path])
        if outline is None:
            missing.append(path)
        else:
            known[path] = Parsed(keys[path], outline)
    work = [(path, keys[path], files.texts[path]) for path in missing]
    waiting: list[cache.Made] = []
    heavy = 0
    with workers.spread(_made, work, jobs, _WORTH_A_POOL) as results:
        meanwhile()
        for done, (made, seconds) in enumerate(results, 1):
            took(missing[done - 1], seconds)
            waiting.append(made)
            heavy += len(made.large)
            progress(done, len(missing))
            if done == len(missing) or heavy > _BATCH_BYTES:
                entries.add(waiting)
                waiting.clear()
                heavy = 0
    for path in missing:
        outline = entries.small(keys[path])
        assert outline is not None, "what was just added is there"
        known[path] = Parsed(keys[path], outline)
    return {path: known[path] for path in files.articles}


def _made(work: tuple[str, str, str]) -> cache.Made:
    path, key, text = work
    return cache.made(key, *outlines.parsed(path, text))


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


def _laws(texts: Mapping[str, str]) -> tuple[tuple[Law, ...], tuple[Problem, ...]]:
    registry: dict[str, Law] = {}
    problems: tuple[Problem, ...] = ()
    for path in texts:
        folder, name = posixpath.split(path)
        if folder != LAWS or name.endswith(".md"):
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
        if folder != CHECKS or name.endswith(".md"):
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
