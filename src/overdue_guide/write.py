"""Output files → the published folder, whole or not at all; the only writer of the site.

The new site is put together beside the old one: files that did not change are hard links to the old
ones, so that they keep their time stamps and cost no copying. Then the two folders change places in
one step where the system can do that (renameat2 on Linux), else in two renames. Killed at any
moment, one complete site is there, under its own name or one rename away from it, and the next
build cleans up.
"""

from __future__ import annotations

import ctypes
import errno
import hashlib
import json
import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from overdue_guide.model import OutputFile
from overdue_guide.problems import SetupError

MANIFEST = "build-manifest.json"
"""Lists every file of a build with its SHA-256; also the mark that a folder is ours."""

_RENAME_EXCHANGE = 2
_AT_FDCWD = -100


@dataclass(frozen=True, slots=True)
class Written:
    """What writing did to the output folder."""

    written: int = 0
    kept: int = 0
    removed: int = 0


def publish(files: Iterable[OutputFile], output: Path) -> Written:
    """Make ``output`` hold exactly these files, and any that are not ours beside them.

    Raises SetupError when the folder holds files of somebody else's, OSError when the machine fails;
    in both cases the old site is intact.
    """
    # A link keeps pointing where it does: the folder behind it is exchanged.
    output = output.resolve()
    wanted = {file.path: file.data for file in files}
    digests = {path: hashlib.sha256(wanted[path]).hexdigest() for path in sorted(wanted)}
    wanted[MANIFEST] = _manifest(digests)
    _recover(output)
    old = manifest_of(output)
    _refuse_foreign(output, old)
    kept = {path for path, data in wanted.items() if _holds(output / path, data)}
    removed = set(old) - set(digests)
    report = Written(len(wanted) - len(kept), len(kept), len(removed))
    if not report.written and not report.removed:
        return report
    staged = _beside(output, "new")
    try:
        _stage(wanted, kept, output, staged)
        _carry_over(output, staged, ours={*old, *wanted})
        _swap(staged, output)
    except BaseException:
        shutil.rmtree(staged, ignore_errors=True)
        raise
    return report


def manifest_of(output: Path) -> Mapping[str, str]:
    """Path → SHA-256 of the build in a folder; empty when no build of ours made it."""
    try:
        manifest = json.loads((output / MANIFEST).read_text("utf-8"))
        listed = {str(path): str(digest) for path, digest in manifest["files"].items()}
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return {}
    # A manifest made by somebody else must not lead us out of the folder.
    return {path: digest for path, digest in listed.items() if _inside(path)}


def _inside(path: str) -> bool:
    return not path.startswith("/") and not {"", ".", ".."} & set(path.split("/"))


def remove(output: Path) -> None:
    """Remove a build of ours; raises SetupError when the folder is not one."""
    output = output.resolve()
    _recover(output)
    old = manifest_of(output)
    _refuse_foreign(output, old)
    for path in (*old, MANIFEST):
        (output / path).unlink(missing_ok=True)
    for folder in sorted((p for p in output.rglob("*") if p.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()


def _manifest(digests: Mapping[str, str]) -> bytes:
    text = json.dumps({"version": 1, "files": digests}, indent=0, ensure_ascii=False)
    return (text + "\n").encode()


def _beside(output: Path, what: str) -> Path:
    return output.parent / f".{output.name}.{what}"


def _recover(output: Path) -> None:
    """Undo what a killed build left: an old site not yet replaced, a new one not yet finished."""
    aside = _beside(output, "old")
    if aside.exists() and not output.exists():
        aside.rename(output)
    shutil.rmtree(aside, ignore_errors=True)
    shutil.rmtree(_beside(output, "new"), ignore_errors=True)


def _refuse_foreign(output: Path, old: Mapping[str, str]) -> None:
    if old or not output.exists():
        return
    if not output.is_dir():
        raise SetupError("foreign-folder", folder=output, example=output.name)
    # A kept-empty folder in a repository holds .gitkeep or .gitignore.
    strangers = sorted(e.name for e in output.iterdir() if not e.name.startswith(".git"))
    if strangers:
        raise SetupError("foreign-folder", folder=output, example=strangers[0])


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _stage(wanted: Mapping[str, bytes], kept: set[str], output: Path, staged: Path) -> None:
    staged.mkdir(parents=True)
    if output.exists():
        shutil.copymode(output, staged)
    made = {""}
    for path, data in wanted.items():
        folder = path.rpartition("/")[0]
        if folder not in made:
            (staged / folder).mkdir(parents=True, exist_ok=True)
            made.add(folder)
        if path in kept:
            _link(output / path, staged / path)
        else:
            (staged / path).write_bytes(data)


def _carry_over(output: Path, staged: Path, ours: set[str]) -> None:
    """Files that are not ours go along: a CNAME, a .git."""
    if not output.exists():
        return
    for folder, names, files in os.walk(output):
        inside = Path(folder).relative_to(output)
        for name in files:
            path = (inside / name).as_posix()
            if path not in ours:
                (staged / inside).mkdir(parents=True, exist_ok=True)
                _link(Path(folder) / name, staged / path)
        names.sort()


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # a file system without hard links
        shutil.copy2(source, target, follow_symlinks=False)


def _swap(staged: Path, output: Path) -> None:
    aside = _beside(output, "old")
    if not output.exists():
        staged.rename(output)
    elif _exchange(staged, output):
        staged.rename(aside)
    else:
        output.rename(aside)
        staged.rename(output)
    shutil.rmtree(aside, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step; False where the system cannot (see renameat2(2))."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    names = (os.fsencode(one), os.fsencode(other))
    if rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
        return True
    code = ctypes.get_errno()
    if code in (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP):
        return False
    raise OSError(code, os.strerror(code), str(other))
