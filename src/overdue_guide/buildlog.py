"""What the last build saw and made: so that the next one does only what is new.

The log lies in the cache and is never trusted further than it proves: it belongs to one output, one
set of options and one version of the code, and to the very manifest that it left in the output.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from stat import S_ISREG

from overdue_guide import cache, inventory
from overdue_guide.inventory import Seen, Stamp
from overdue_guide.problems import Problem, Severity
from overdue_guide.structs import Struct, replace

Files = dict[str, tuple[str, int]]
"""Path → SHA-256 and size."""


class Inputs(Struct, frozen=True):
    """Every file that a build depends on, before any of them is read."""

    folders: Mapping[Path, Mapping[str, Stamp]]
    """Content first, then the layers of templates."""
    manifest: Stamp
    """Of the manifest in the output."""


class Written(Struct, frozen=True):
    """What writing did to the output folder."""

    written: int = 0
    kept: int = 0
    removed: int = 0
    bytes: int = 0
    """Of the files that were written."""


class Made(Struct, frozen=True):
    """A recipe that was followed, and the files that came of it."""

    key: str
    files: Files
    around: str = ""
    """Of an article: the digest of what its page shows around its text."""


class Log(Struct, frozen=True):
    """A finished build."""

    options: str = ""
    """Digest of those that change the site."""
    folders: tuple[dict[str, Seen], ...] = ()
    """Content, and the layers of templates."""
    manifest: Stamp = inventory.UNSURE
    named: str = ""
    """Digest of all that references can name."""
    articles: Mapping[str, tuple[str, tuple[Problem, ...]]] = {}
    """Path → its key, and what it referred to and did not find."""
    heads: str = ""
    """Digest of all that pages other than its own may know of a Markdown file."""
    pages: Mapping[str, Made] = {}
    search: Mapping[str, tuple[str, int]] = {}
    base_url: str = ""
    files: int = 0
    problems: tuple[tuple[Problem, Severity], ...] = ()

    @property
    def page_count(self) -> int:
        """Pages of the site."""
        return sum(path.endswith(".html") for one in self.pages.values() for path in one.files)


class Outcome(Struct, frozen=True):
    """What a build had to say: all that is needed when nothing has changed since."""

    proof: str
    """Digest of its options and of the stamps of all that it read and left."""
    base_url: str
    pages: int
    files: int
    problems: tuple[tuple[Problem, Severity], ...]


def look(content: Path, templates: Sequence[Path], manifest: Path) -> Inputs:
    """The stamps of everything as it is now; raises OSError when a folder cannot be read."""
    now = time.time_ns()
    folders = (content, *templates)
    found = {folder: inventory.stamps(folder, now) for folder in folders}
    return Inputs(found, stamp(manifest))


def stamp(path: Path) -> Stamp:
    """The stamp of one file that only a build changes; all zero when there is none."""
    try:
        stat = path.stat()
    except OSError:
        return inventory.UNSURE
    return stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size, stat.st_ino, stat.st_mode


def read(path: Path) -> Log:
    """The log of the last build; an empty one when there is none that this version left."""
    found = cache.read(path, Log)
    return found if isinstance(found, Log) else Log()


def write(path: Path, log: Log, before: Log, inputs: Inputs) -> Outcome:
    """Remember a build, unless it is the one that is remembered; what it had to say."""
    if log is not before:
        cache.write(path, log)
    proof = _proof(replace(inputs, manifest=log.manifest), log.options)
    outcome = Outcome(proof, log.base_url, log.page_count, log.files, log.problems)
    cache.write(_outcome(path), outcome)
    return outcome


def recalled(path: Path, inputs: Inputs, options: str) -> Outcome | None:
    """What the last build had to say, if stamps alone prove that the next one would say the same.

    The log itself holds a line for every file, and takes a tenth of a second to read for 10,000.
    """
    found = cache.read(_outcome(path), Outcome)
    proof = _proof(inputs, options)
    return found if isinstance(found, Outcome) and proof and proof == found.proof else None


def _outcome(path: Path) -> Path:
    return path.with_name(f"{path.name}.outcome")


def _proof(inputs: Inputs, options: str) -> str:
    """Empty when a stamp proves nothing."""
    stamps = (inputs.manifest, *(of for found in inputs.folders.values() for of in found.values()))
    if not all(map(inventory.sure, stamps)):
        return ""
    return cache.digest_of((options, inputs.manifest, tuple(inputs.folders.values())))


def unchanged(log: Log, inputs: Inputs, options: str) -> Log | None:
    """The log as it is to be remembered, when a build would make the very same site again.

    Files whose stamps prove nothing are read.
    """
    if log.options != options or inputs.manifest != log.manifest or not log.manifest[0]:
        return None
    if len(log.folders) != len(inputs.folders):
        return None
    doubtful = False
    for (folder, stamps), known in zip(inputs.folders.items(), log.folders, strict=True):
        read = inventory.changed(folder, stamps, known)
        if read is None or any(known[path].digest != digest for path, digest in read.items()):
            return None
        doubtful |= bool(read)
    if not doubtful:
        return log
    folders = zip(inputs.folders.items(), log.folders, strict=True)
    return replace(
        log,
        folders=tuple(
            {path: Seen(of, known[path].digest) for path, of in stamps.items()}
            for (_, stamps), known in folders
        ),
    )


def seen(folder: Path, stamps: Mapping[str, Stamp], digests: Mapping[str, str]) -> dict[str, Seen]:
    """What is to be remembered of a folder; a file without a digest is read now."""
    found = {}
    for path, of in stamps.items():
        digest = digests.get(path)
        if digest is None:
            digest = ""
            if S_ISREG(of[4]):
                with suppress(OSError):
                    digest = inventory.digest((folder / path).read_bytes())
        found[path] = Seen(of, digest)
    return found


def layers(inputs: Inputs, log: Log) -> tuple[dict[str, Seen], ...]:
    """What is to be remembered of the templates, to be called before they are used.

    Those whose stamps prove them unchanged are not read.
    """
    made = []
    for at, (folder, stamps) in list(enumerate(inputs.folders.items()))[1:]:
        before = log.folders[at] if at < len(log.folders) else {}
        known = {
            path: one.digest
            for path, one in before.items()
            if one.stamp == stamps.get(path) and inventory.sure(one.stamp)
        }
        made.append(seen(folder, stamps, known))
    return tuple(made)


def remembered(
    log: Log, named: str, keys: Mapping[str, str]
) -> Callable[[str], tuple[Problem, ...] | None]:
    """An article's problems with references, where neither it nor what they can name has changed."""

    def of(path: str) -> tuple[Problem, ...] | None:
        key, problems = log.articles.get(path, ("", ()))
        return problems if log.named == named and key == keys[path] else None

    return of
