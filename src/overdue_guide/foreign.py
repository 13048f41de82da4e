"""What somebody else put into the published folder: it stays, or nothing is published at all."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE, S_IRWXU

from overdue_guide.problems import SetupError


def refuse_folder(output: Path, ours: Mapping[str, str]) -> None:
    """Raise SetupError unless the folder holds a build of ``ours``, or nothing, and can be renamed."""
    if os.path.ismount(output):
        raise SetupError("output-is-mount", output=output)
    if ours or not output.exists():
        return
    if not output.is_dir():
        raise SetupError("foreign-folder", folder=output, example=output.name)
    # A kept-empty folder in a repository holds .gitkeep or .gitignore.
    strangers = sorted(e.name for e in output.iterdir() if not e.name.startswith(".git"))
    if strangers:
        raise SetupError("foreign-folder", folder=output, example=strangers[0])


def refuse_clashes(output: Path, foreign: Iterable[str], ours: Collection[str]) -> None:
    """Raise SetupError when one of our files or folders would take the place of a foreign one."""
    folders = folders_of(ours)
    for path in sorted(foreign):
        if path in ours or path in folders or not folders_of([path]).isdisjoint(ours):
            raise SetupError("foreign-file", path=output / path)


def keep_folders(output: Path, tree: Path, foreign: Iterable[str], ours: Collection[str]) -> None:
    """Give foreign folders of the tree the owner and mode that they have in the output."""
    for folder in sorted(folders_of(foreign) - folders_of(ours)):
        stat, made = (output / folder).stat(), tree / folder
        if hasattr(os, "chown"):
            with suppress(OSError):
                os.chown(made, stat.st_uid, stat.st_gid)
        with suppress(OSError):
            # In a folder that we may not write to, nothing could be taken away again.
            made.chmod(S_IMODE(stat.st_mode) | S_IRWXU)


def folders_of(paths: Iterable[str]) -> set[str]:
    """Every folder above these paths, without the top one; of ``a/b/``, which is one, ``a``, too."""
    found: set[str] = set()
    for path in paths:
        folder = path.rpartition("/")[0]
        while folder and folder not in found:
            found.add(folder)
            folder = folder.rpartition("/")[0]
    return found
