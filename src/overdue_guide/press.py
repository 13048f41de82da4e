"""Recipes and an index → the files of the next site: what did not change is kept, the rest made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from overdue_guide import ahead, buildlog, manifest, privacy, workers
from overdue_guide.aids import Synonym
from overdue_guide.buildlog import Files, Log, Made
from overdue_guide.clock import Clock
from overdue_guide.model import OutputFile
from overdue_guide.recipes import Recipe
from overdue_guide.search.parcels import Entry, Export
from overdue_guide.structs import replace
from overdue_guide.workers import Partner
from overdue_guide.write import Printed, Stage

if TYPE_CHECKING:
    from overdue_guide.search.changes import Batch
    from overdue_guide.search.update import Begun

_INDEX = "search/"

_WORTH_A_POOL = 100
"""Recipes below which starting worker processes costs more than it saves."""

_Printing = tuple[list[Printed], tuple[str, ...]]
"""The files of a recipe, and what in them would give a reader away."""


@dataclass(slots=True)
class Press:
    """One build's making of files; ``before`` is the log of the build before."""

    stage: Stage
    base_url: str
    before: Log
    partner: Partner
    clock: Clock
    _pages: dict[str, Made] = field(default_factory=dict)
    _search: Files = field(default_factory=dict)
    _todo: list[Recipe] = field(default_factory=list)
    _made: Iterator[tuple[Any, float]] = field(default_factory=lambda: iter(()))
    """First the batches of the index, if it is made here; then what is to be printed."""
    _leaks: list[str] = field(default_factory=list)
    _here: Callable[..., Export] = field(init=False)
    _batches: Sequence[Callable[[], tuple[Batch, list[Printed]]]] = ()
    _fragments: dict[str, Printed] = field(default_factory=dict)
    """Files of the index that were put in where their documents were read."""
    _begun: Begun | None = None
    _export: Export | None = None
    _remembering: bool = False

    @contextmanager
    def started(self, planned: Iterable[Recipe], jobs: int) -> Iterator[None]:
        """Keep what is published as its recipe says; other processes begin to make the rest."""
        with self.clock.stage("plan"):  # recipes come one by one
            for recipe in planned:
                made = self.before.pages.get(recipe.name)
                if made and made.key == recipe.key and self.stage.has(made.files):
                    self.stage.keep(made.files)
                    self._pages[recipe.name] = made
                else:
                    self._todo.append(recipe)
        print_ = partial(_follow, self.stage, self.base_url)
        work: list[Callable[[], Any]] = list(self._batches)
        work += [partial(print_, recipe) for recipe in self._todo]
        first = len(self._batches)
        with workers.spread(_do, work, jobs, _WORTH_A_POOL, heavy=first) as self._made:
            yield

    def ask(self, entries: Sequence[Entry], synonyms: Sequence[Synonym], folder: Path) -> None:
        """Have the index in a folder brought up to date, by the partner if most is as it was."""
        held = {
            path: digest
            for path, digest in self.stage.old.items()
            if path.startswith(_INDEX) and path in self.stage.present
        }
        urls, digests = [entry.url for entry in entries], [entry.digest for entry in entries]
        question = ahead.Question(urls, digests, synonyms, held)
        self._here = partial(_updated, folder, entries, synonyms, held)
        if not ahead.asked(self.partner, question, entries):
            self._begin(folder, entries)

    def _begin(self, folder: Path, entries: Sequence[Entry]) -> None:
        # Only now: after an edit it is the partner that needs it.
        from overdue_guide.search import changes, export, update

        self._begun = update.begin(folder, entries)
        stamp = export.numbering(self._begun.change.urls)
        some = changes.batches(self._begun.change.fresh)
        self._batches = [partial(_read_batch, self.stage, stamp, entries, batch) for batch in some]

    def index(self) -> None:
        """Do what the partner does not, while other processes render."""
        if self._begun:
            batches = self._arriving()
            self._export = self._here(replace(self._begun, batches=batches))
            for _ in batches:  # what a damaged index left unread; pages come after it
                pass

    def _arriving(self) -> Iterator[Batch]:
        for (batch, printed), _ in islice(self._made, len(self._batches)):
            self._fragments.update((one.path, one) for one in printed)
            yield batch

    def indexed(self) -> str:
        """Wait for the index; its version."""
        export = self._export or self._heard() or self._here()
        kept = {
            path: self._size(path, digest)
            for path, digest in export.unchanged.items()
            if path not in self._fragments
        }
        self.stage.keep(kept)
        printed = chain(self._fragments.values(), map(self.stage.put, export.changed))
        self._search = kept | self.stage.add(printed)
        return export.version

    def _heard(self) -> Export | None:
        export: Export | None = self.partner.hear()
        if export is not None:
            self.partner.tell(export.version)
            self._remembering = True
        return export

    def _size(self, path: str, digest: str) -> tuple[str, int]:
        known = self.before.search.get(path, ("", 0))
        size = known[1] if known[0] == digest else (self.stage.output / path).stat().st_size
        return digest, size

    def finish(self) -> None:
        """Wait for what was started; raises SetupError when a page would give a reader away."""
        done = zip(self._todo, self._made, strict=True)
        for at, (recipe, ((printed, leaks), seconds)) in enumerate(done, 1):
            self.clock.took("render", recipe.name or "index.html", seconds)
            self._pages[recipe.name] = Made(recipe.key, self.stage.add(printed), recipe.around)
            self._leaks += leaks
            self.clock.progress("render", at, len(self._todo))
        privacy.refuse(self._leaks)

    def add(self, files: Iterable[OutputFile]) -> None:
        """Files that depend on all others, and are made each time."""
        for file in files:
            self.stage.add([self.stage.put(file)])
            self._leaks += _leaks(file, self.base_url)
        privacy.refuse(self._leaks)

    def log(self, site: Log) -> Log:
        """What the next build is to know, when all of it is kept; ``site``: of the content."""
        if self._remembering:
            self.partner.hear()
        return replace(
            site,
            manifest=buildlog.stamp(self.stage.output / manifest.NAME),
            pages=self._pages,
            search=self._search,
            files=len(self.stage.files),
        )


def _do(what: Callable[[], Any]) -> Any:
    return what()


def _read_batch(
    stage: Stage, stamp: bytes, entries: Sequence[Entry], numbers: Sequence[int]
) -> tuple[Batch, list[Printed]]:
    from overdue_guide.search import changes

    batch = changes.read(entries, numbers)
    printed = [stage.put(file) for file in changes.files(batch, stamp)]
    return replace(batch, there={one.path: one.digest for one in printed}), printed


def _updated(
    folder: Path,
    entries: Sequence[Entry],
    synonyms: Sequence[Synonym],
    held: Mapping[str, str],
    begun: Begun | None = None,
) -> Export:
    from overdue_guide.search.update import update

    return update(folder, entries, synonyms, held, begun)


def _follow(stage: Stage, base_url: str, recipe: Recipe) -> _Printing:
    printed, leaks = [], []
    for file in recipe.make():
        printed.append(stage.put(file))
        leaks += _leaks(file, base_url)
    return printed, tuple(leaks)


def _leaks(file: OutputFile, base_url: str) -> list[str]:
    return [f"{file.path}: {what}" for what in privacy.leaks(file, base_url)]
