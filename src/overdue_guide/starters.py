"""Files to begin with: a whole new guide, or one file of the templates.

The example in ``starter/`` is small and true (租房押金), so that everything a guide can hold is seen at work.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from overdue_guide import __version__
from overdue_guide.layers import packaged
from overdue_guide.problems import SetupError

_EXAMPLE = Path(__file__).parent / "starter"
_RELEASE = b"v0.0.0"
"""Stands in the example for the release that made the guide."""


def write_starter(folder: Path) -> int:
    """Copy the example into a new or empty folder; how many files.

    Raises SetupError when the folder holds anything but ``.git``.
    """
    foreign = sorted(path.name for path in _entries(folder) if path.name != ".git")
    if foreign:
        raise SetupError("init-not-empty", folder=folder, example=foreign[0])
    count = 0
    for source in sorted(path for path in _EXAMPLE.rglob("*") if path.is_file()):
        target = folder / source.relative_to(_EXAMPLE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(source.read_bytes().replace(_RELEASE, f"v{__version__}".encode()))
        count += 1
    return count


def template_names() -> list[str]:
    """Every file of the package's templates, as ``write_override`` takes them."""
    files = (path for path in packaged().rglob("*") if path.is_file())
    return sorted(path.relative_to(packaged()).as_posix() for path in files)


def write_override(folder: Path, name: str) -> Path:
    """Copy a file of the package's templates into the project's own, its path there.

    Raises SetupError when there is no such file, or the project has its own already.
    """
    known = template_names()
    if name not in known:
        near = get_close_matches(name, known, 3, 0.5)
        raise SetupError("no-such-template", name=name, near=", ".join(near or known))
    target = folder / name
    if target.exists():
        raise SetupError("exists", path=target)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes((packaged() / name).read_bytes())
    return target


def _entries(folder: Path) -> Iterator[Path]:
    return folder.iterdir() if folder.exists() else iter(())
