"""The whole pipeline on one screen: load → check → index → render → write."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from overdue_guide import cache, config, documents, load, offline, pages, write
from overdue_guide.check import check
from overdue_guide.library import channel_view
from overdue_guide.model import CheckedSite, OutputFile
from overdue_guide.problems import Problem, SetupError, Severity, graded, severities
from overdue_guide.theme import Theme
from overdue_guide.write import Written

if TYPE_CHECKING:
    from overdue_guide.search.index import Index

Progress = Callable[[str, int, int], None]
"""(stage, done, of how many)"""


@dataclass(frozen=True, slots=True)
class Options:
    """What a build works on; everything it needs from outside."""

    content: Path
    templates: Path
    output: Path
    today: date
    cache: Path | None = None
    """None: nothing is remembered between builds."""
    base_url: str = ""
    """Empty: that of site.yml."""
    jobs: int = 1
    drafts: bool = False
    strict: bool = False
    """Warnings fail, too."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did, or why it did nothing."""

    base_url: str = ""
    pages: int = 0
    files: Written = field(default_factory=Written)
    problems: tuple[tuple[Problem, Severity], ...] = ()
    seconds: tuple[tuple[str, float], ...] = ()


@dataclass(slots=True)
class _Clock:
    """Seconds each stage took."""

    progress: Progress
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self.progress(name, 0, 0)
        began = time.perf_counter()
        yield
        self.seconds[name] = time.perf_counter() - began


def build(options: Options, progress: Progress = lambda stage, done, total: None) -> BuildReport:
    """Build the whole site, or write nothing and say why.

    Raises OSError when the machine fails, SetupError when the set-up is wrong.
    """
    # numpy and Whoosh load slowly, and checking needs neither.
    from overdue_guide.search import export, index

    clock = _Clock(progress)
    if options.output.resolve().is_relative_to(options.content.resolve()):
        raise SetupError("output-in-content", output=options.output, content=options.content)
    theme = Theme(options.templates)
    checked, problems = _checked(options, theme, clock)
    if _failing(problems, strict=options.strict):
        return _report(checked, problems, clock)
    with clock.stage("index"), _index_folder(options) as folder:
        found = index.create(documents.documents(checked), checked.synonyms, folder)
        shards = export.files(found)
    with clock.stage("render"):
        rendered = tuple(pages.render(checked, theme))
        site = (*rendered, *theme.asset_files(), *shards)
    with clock.stage("offline"):
        kept = tuple(offline.files(site, theme, checked.config, export.version(shards)))
        files = (*site, *kept, *checked.assets)
    with clock.stage("write"):
        written = write.publish(files, options.output)
    return _report(checked, problems, clock, rendered, written)


def check_only(
    options: Options, progress: Progress = lambda stage, done, total: None
) -> BuildReport:
    """Everything that ``build`` checks, without indexing or writing."""
    clock = _Clock(progress)
    checked, problems = _checked(options, Theme(options.templates), clock)
    return _report(checked, problems, clock)


def searchable(options: Options) -> Index:
    """The index of the content as it is now: the last build's where that still fits."""
    from overdue_guide.search import index

    clock = _Clock(lambda stage, done, total: None)
    checked, _ = _checked(options, Theme(options.templates), clock)
    with _index_folder(options) as folder:
        return index.create(documents.documents(checked), checked.synonyms, folder)


def checked_site(options: Options) -> CheckedSite:
    """The content after checking, whatever is wrong with it: what ``impact`` reads."""
    clock = _Clock(lambda stage, done, total: None)
    return _checked(options, Theme(options.templates), clock)[0]


Graded = tuple[tuple[Problem, Severity], ...]


def _checked(options: Options, theme: Theme, clock: _Clock) -> tuple[CheckedSite, Graded]:
    if not options.content.is_dir():
        raise SetupError("no-content", folder=options.content)
    if options.cache:
        cache.prepare(options.cache)
    entries: cache.Store[load.Parsed] = cache.Store(
        options.cache and options.cache / "articles", load.Parsed
    )
    with clock.stage("load"):
        site, problems = load.load(
            options.content,
            entries,
            jobs=options.jobs,
            drafts=options.drafts,
            progress=lambda done, total: clock.progress("load", done, total),
        )
        entries.prune()
    if options.base_url:
        site = config.with_base_url(site, options.base_url)
    with clock.stage("check"):
        checked, more = check(
            site,
            today=options.today,
            channel_block=lambda channel, cites, root: theme.channel_block(
                channel_view(channel, cites), root
            ),
        )
    return checked, graded((*problems, *more), severities(dict(site.config.rules)))


@contextmanager
def _index_folder(options: Options) -> Iterator[Path]:
    if options.cache is None:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)
    else:
        yield options.cache / "search"


def _failing(problems: Graded, *, strict: bool) -> bool:
    return any(strict or severity is Severity.ERROR for _, severity in problems)


def _report(
    site: CheckedSite,
    problems: Graded,
    clock: _Clock,
    rendered: tuple[OutputFile, ...] = (),
    written: Written = Written(),  # noqa: B008  frozen
) -> BuildReport:
    return BuildReport(
        base_url=site.config.base_url,
        pages=sum(file.path.endswith(".html") for file in rendered),
        files=written,
        problems=problems,
        seconds=tuple(clock.seconds.items()),
    )
