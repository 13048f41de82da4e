"""A published folder → how it differs from the build that its manifest lists; reads, never writes."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from overdue_guide import manifest
from overdue_guide.problems import SetupError

_HOSTS = frozenset({"CNAME", ".nojekyll"})
"""Files at the top that a host wants beside a site; a repository's own begin with ``.git``."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a folder differs from its manifest; all paths below the folder, sorted."""

    files: int
    """How many the manifest lists."""
    missing: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    """Other bytes than were built, or no plain file."""
    foreign: tuple[str, ...] = ()
    """There, but not of the build."""

    @property
    def whole(self) -> bool:
        """Whether the folder holds the build and nothing else."""
        return not (self.missing or self.changed or self.foreign)

    def as_json(self) -> dict[str, object]:
        """The verdict for machines."""
        return {"whole": self.whole, **asdict(self)}


def verify(folder: Path) -> Verdict:
    """Hold a folder against its manifest.

    Raises SetupError when it has no manifest that can be read, OSError when the machine fails.
    """
    if not folder.is_dir():
        raise SetupError("no-such-folder", folder=folder)
    listed = manifest.read(folder)
    if not listed:
        raise SetupError("no-manifest", manifest=folder / manifest.NAME)
    return _compared(folder, listed)


def _compared(folder: Path, listed: Mapping[str, str]) -> Verdict:
    found = dict(_walk(folder, ""))
    return Verdict(
        files=len(listed),
        missing=tuple(sorted(set(listed) - set(found))),
        changed=tuple(
            path for path in sorted(set(listed) & set(found)) if not _is(found[path], listed[path])
        ),
        foreign=tuple(sorted(set(found) - set(listed) - {manifest.NAME})),
    )


def _walk(folder: Path, prefix: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Everything but folders; a link is not followed, wherever it leads."""
    with os.scandir(folder) as entries:
        for entry in entries:
            path = prefix + entry.name
            if not prefix and (entry.name in _HOSTS or entry.name.startswith(".git")):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(Path(entry.path), f"{path}/")
            else:
                yield path, entry


def _is(entry: os.DirEntry[str], digest: str) -> bool:
    if not entry.is_file(follow_symlinks=False):
        return False
    with Path(entry.path).open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == digest
