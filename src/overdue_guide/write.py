"""Output files → the published folder, whole or not at all; the only writer of the site.

Beside the output lies a work area of ours, ``.NAME.overdue-guide/``. A build puts the files whose
bytes are new into its ``new/``. Then ``tree/``, the folder that was published before the present
one, is made equal to the new site: files that did not change are hard links, keep their time stamps
and cost no copying. At last output and tree change places in one step (renameat2 on Linux), else in
two renames. Killed at any moment, one complete site is there, under its own name or one rename away
from it, and the next build puts things right. Since what was published before is kept as the next
tree, an edit of one page among ten thousand touches a few files only.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from overdue_guide import foreign, manifest
from overdue_guide.buildlog import Written
from overdue_guide.model import OutputFile
from overdue_guide.structs import Struct
from overdue_guide.workarea import WorkArea, locked, readable

_MANY = 2000
"""Files of a site for which the next build's tree is made ready at once: an edit shall not wait."""


class Printed(Struct, frozen=True):
    """A file of the site as it was made."""

    path: str
    digest: str
    """SHA-256 of its bytes."""
    size: int
    new: bool
    """The published folder does not hold it already."""


def folders(output: Path) -> tuple[Path, Path]:
    """What is published, and what lies ready to be made equal to the next site."""
    output = output.resolve()
    return output, WorkArea(output).tree


@contextmanager
def stage(output: Path, listed: Sequence[frozenset[str]] = ()) -> Iterator[Stage]:
    """A place to put the next site together.

    ``listed``: the ``files`` of ``folders``, where they are known.

    Raises SetupError when the folder holds files of somebody else's, OSError when the machine fails;
    in both cases the old site is intact.
    """
    # A link keeps pointing where it does: the folder behind it is exchanged.
    output = output.resolve()
    area = WorkArea(output)
    with readable():
        old = manifest.read(output)
        foreign.refuse_folder(output, old)
        try:
            yield Stage(output, area, old, *(listed or map(files, folders(output))))
        finally:
            area.tidy()


@dataclass(slots=True)
class Stage:
    """The next site while it is put together."""

    output: Path
    area: WorkArea
    old: Mapping[str, str]
    """What is published: path → SHA-256."""
    present: frozenset[str]
    """Every file of the published folder, whoever put it there."""
    spare: frozenset[str]
    """Every file of the tree that will become the next site."""
    files: dict[str, tuple[str, int]] = field(default_factory=dict)
    """The next site: path → SHA-256 and size."""
    new: dict[str, int] = field(default_factory=dict)
    """Those of them that differ from what is published, with their sizes."""
    _folders: set[str] = field(default_factory=set)

    def put(self, file: OutputFile) -> Printed:
        """Take a file's bytes in; processes may do this side by side, each with its own files."""
        digest = hashlib.sha256(file.data).hexdigest()
        same = self.old.get(file.path) == digest and _holds(self.output / file.path, file.data)
        if not same:
            folder = file.path.rpartition("/")[0]
            if not self._folders:
                self.area.prepare()
            if folder not in self._folders:
                _make_folder(self.area.new, folder)
                self._folders.add(folder)
            (self.area.new / file.path).write_bytes(file.data)
        return Printed(file.path, digest, len(file.data), not same)

    def add(self, printed: Iterable[Printed]) -> dict[str, tuple[str, int]]:
        """Make files that were put in part of the next site; path → SHA-256 and size."""
        added = {}
        for one in printed:
            added[one.path] = (one.digest, one.size)
            self.new.pop(one.path, None)
            if one.new:
                self.new[one.path] = one.size
        self.files.update(added)
        return added

    def has(self, files: Mapping[str, tuple[str, int]]) -> bool:
        """Whether all these files are published."""
        return all(
            self.old.get(path) == digest and path in self.present
            for path, (digest, _) in files.items()
        )

    def keep(self, files: Mapping[str, tuple[str, int]]) -> None:
        """Make files that are published part of the next site, too."""
        self.files.update(files)

    def read(self, path: str) -> bytes:
        """A file of the next site."""
        return ((self.area.new if path in self.new else self.output) / path).read_bytes()

    def publish(self) -> Written:
        """Make the output hold exactly the files of the next site, and any that are not ours."""
        digests = {path: digest for path, (digest, _) in self.files.items()}
        removed = self.old.keys() - digests.keys()
        kept = len(digests) - len(self.new)
        report = Written(len(self.new), kept, len(removed), sum(self.new.values()))
        if self.old and not self.new and not removed:
            return report
        foreign.refuse_clashes(self.output, self._foreign(), {manifest.NAME, *digests})
        self.put(OutputFile(manifest.NAME, manifest.text(digests)))
        if self.present:
            self._fill(digests)
            self.area.swap(self.area.tree)
        else:
            self.area.swap(self.area.new)
            if len(digests) > _MANY:
                self._copy(digests)
        return report

    def _foreign(self) -> frozenset[str]:
        return self.present - self.old.keys() - {manifest.NAME}

    def _fill(self, digests: Mapping[str, str]) -> None:
        """Make the tree equal to the new site; its manifest goes first and comes last."""
        tree, had = self.area.tree, manifest.read(self.area.tree)
        if not had:
            self.area.discard("tree")
            tree.mkdir()
        with suppress(OSError):
            shutil.copymode(self.output, tree)
        (tree / manifest.NAME).unlink(missing_ok=True)
        held = self.spare - {manifest.NAME} if had else frozenset()
        for path in held - digests.keys():
            if not path.endswith("/"):
                (tree / path).unlink()
            _remove_empty(tree, path)
        strange = self._foreign()
        wanted = {p for p, of in digests.items() if p not in held or had.get(p) != of}
        _link_into(tree, sorted(strange | wanted - self.new.keys()), self.output)
        foreign.keep_folders(self.output, tree, strange, digests)
        for path in sorted(self.new):
            _make_folder(tree, path.rpartition("/")[0])
            (self.area.new / path).replace(tree / path)
        (self.area.new / manifest.NAME).replace(tree / manifest.NAME)

    def _copy(self, digests: Mapping[str, str]) -> None:
        """Make a tree for the next build; that one makes it anew if this is cut short."""
        from concurrent.futures import ThreadPoolExecutor  # a large site's first build alone does

        self.area.discard("tree")
        self.area.tree.mkdir()
        paths, middle = sorted(digests), len(digests) // 2
        # Making folders and links is the system's work, which leaves Python's lock alone.
        with ThreadPoolExecutor(2) as pool:
            halves = paths[:middle], paths[middle:]
            for _ in pool.map(lambda half: _link_into(self.area.tree, half, self.output), halves):
                pass
        _link_into(self.area.tree, [manifest.NAME], self.output)


def remove(output: Path) -> None:
    """Remove a build of ours; raises SetupError when the folder is not one."""
    output = output.resolve()
    with locked(output):
        area = WorkArea(output)
        old = manifest.read(output)
        foreign.refuse_folder(output, old)
        if old:
            # Cut short, this leaves a folder that is ours, but not the one the log knows.
            (output / manifest.NAME).touch()
        for path in (*old, manifest.NAME):
            (output / path).unlink(missing_ok=True)
            _remove_empty(output, path)
        area.remove()


def files(folder: Path) -> frozenset[str]:
    """Every file below a folder, by its path with forward slashes; none when there is no folder.

    An empty folder counts as a file whose path ends with a slash.
    """
    found: set[str] = set()
    waiting = [("", os.fspath(folder))]
    while waiting:
        prefix, path = waiting.pop()
        with suppress(FileNotFoundError), os.scandir(path) as entries:
            some = list(entries)
            if prefix and not some:
                found.add(prefix)
            for entry in some:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append((f"{prefix}{entry.name}/", entry.path))
                else:
                    found.add(prefix + entry.name)
    return frozenset(found)


def _link_into(tree: Path, paths: Iterable[str], source: Path) -> None:
    top, origin, made = os.fspath(tree), os.fspath(source), set[str]()
    for path in paths:
        folder = path.rpartition("/")[0]
        if folder not in made:
            _make_folder(tree, folder)
            made.add(folder)
        if path.endswith("/"):
            continue
        one, other = f"{origin}/{path}", f"{top}/{path}"
        if _linked(one, other):
            continue
        # Never write through a link: the file behind it is published.
        with suppress(FileNotFoundError):
            os.unlink(other)  # noqa: PTH108  ten thousand Paths take a while
        if not _linked(one, other):  # a file system without hard links
            shutil.copy2(one, other, follow_symlinks=False)


def _linked(origin: str, target: str) -> bool:
    try:
        os.link(origin, target, follow_symlinks=False)
    except OSError:
        return False
    return True


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _make_folder(tree: Path, folder: str) -> None:
    (tree / folder).mkdir(parents=True, exist_ok=True)


def _remove_empty(tree: Path, path: str) -> None:
    """Remove the folders above a file that was removed, as far as they are empty."""
    folder = tree / path.rpartition("/")[0]
    with suppress(OSError):
        while folder != tree:
            folder.rmdir()
            folder = folder.parent
