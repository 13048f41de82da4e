"""The whole pipeline on one screen: look → load → check → plan → index and render → write.

Looking, and what is done when nothing changed, stand here; the stages after it in ``making``.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from overdue_guide import ahead, buildlog, cache, inventory, manifest, workers
from overdue_guide.buildlog import Inputs, Log, Outcome, Written
from overdue_guide.clock import Clock, Progress
from overdue_guide.layers import Layers
from overdue_guide.options import BuildReport, Graded, Options
from overdue_guide.problems import SetupError, Severity
from overdue_guide.workarea import locked

if TYPE_CHECKING:
    from overdue_guide.making import Content
    from overdue_guide.model import CheckedSite
    from overdue_guide.search.index import Index
    from overdue_guide.workers import Partner


def build(options: Options, progress: Progress = lambda stage, done, total: None) -> BuildReport:
    """Build the whole site, or write nothing and say why.

    Raises OSError when the machine fails, SetupError when the set-up is wrong.
    """
    clock = Clock(progress)
    if options.output.resolve().is_relative_to(options.content.resolve()):
        raise SetupError("output-in-content", output=options.output, content=options.content)
    with _memory(options) as memory, locked(options.output):
        place = memory / f"log-{inventory.digest(os.fsencode(options.output.resolve()))}"
        talk = ahead.talk(options.output, memory / "search")
        # Begun before it is known whether there is anything to do: an edit waits for it in the end.
        with workers.beside(talk, alone=options.jobs < 2 or not place.exists()) as partner:
            with clock.stage("look"):
                inputs = _look(options)
                outcome = buildlog.recalled(place, inputs, options.digest)
            if outcome:
                return _report(outcome, Written(kept=outcome.files), clock)
            return _built(options, clock, memory, inputs, place, partner)


def _built(
    options: Options, clock: Clock, memory: Path, inputs: Inputs, place: Path, partner: Partner
) -> BuildReport:
    with clock.stage("look"):
        log = buildlog.read(place)
        same = buildlog.unchanged(log, inputs, options.digest)
        if same:
            outcome = buildlog.write(place, same, log, inputs)
            return _report(outcome, Written(kept=outcome.files), clock)
    with clock.stage("import"):
        from overdue_guide import making

    site = making.checked(options, clock, memory, inputs, log, partner.get_ready)
    if _failing(site.problems, strict=options.strict):
        return _refused(site, clock)
    made, written = making.published(options, clock, memory, site, log, partner)
    with clock.stage("write"):
        outcome = buildlog.write(place, made, log, inputs)
    return _report(outcome, written, clock)


def check_only(
    options: Options, progress: Progress = lambda stage, done, total: None
) -> BuildReport:
    """Everything that ``build`` checks, without indexing or writing."""
    clock = Clock(progress)
    return _refused(content(options, clock), clock)


def searchable(options: Options) -> Index:
    """The index of the content as it is now."""
    from overdue_guide import documents
    from overdue_guide.search import index, update

    site = content(options)
    entries = documents.documents(site.checked, site.keys)
    with _memory(options) as memory:
        update.update(memory / "search", entries, site.checked.synonyms)
        found = index.open_index(memory / "search")
    if found is None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(options.cache))
    return found


def checked_site(options: Options) -> CheckedSite:
    """The content after checking, whatever is wrong with it: what ``impact`` reads."""
    return content(options).checked


def content(options: Options, clock: Clock | None = None) -> Content:
    """Checked content, without a site to be made of it."""
    from overdue_guide import making

    clock = clock or Clock(lambda stage, done, total: None)
    with _memory(options) as memory:
        return making.checked(options, clock, memory, _look(options), Log())


def _look(options: Options) -> Inputs:
    if not options.content.is_dir():
        raise SetupError("no-content", folder=options.content)
    layers = Layers(options.templates).folders
    return buildlog.look(options.content, layers, options.output / manifest.NAME)


@contextmanager
def _memory(options: Options) -> Iterator[Path]:
    """The folder for what is remembered: for ever, or for the length of one build."""
    if options.cache is None:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder)
    else:
        cache.prepare(options.cache)
        yield options.cache


def _failing(problems: Graded, *, strict: bool) -> bool:
    return any(strict or severity is Severity.ERROR for _, severity in problems)


def _refused(site: Content, clock: Clock) -> BuildReport:
    """A report without a site."""
    base_url = site.checked.config.base_url
    return BuildReport(base_url, problems=site.problems, seconds=clock.told, slowest=clock.slowest)


def _report(outcome: Outcome, written: Written, clock: Clock) -> BuildReport:
    told = clock.told, clock.slowest
    return BuildReport(outcome.base_url, outcome.pages, written, outcome.problems, *told)
