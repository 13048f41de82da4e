"""Templates in layers: a project's own files come first, those of the package stand behind them.

In goes the project's folder (or the package's own), out come the files that count: for each path
the project's where it has one. What nothing would ever use is a mistake, as is text that is not
UTF-8; both raise ``SetupError`` with file and line.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import Path

from overdue_guide import colours
from overdue_guide.problems import SetupError

_TEXTS = (".css", ".html", ".js", ".json", ".mjs", ".txt", ".webmanifest", ".xml")
_TOKENS = "styles/tokens.css"
_PUBLISHED = ("components/*.css", "styles/tools/*.css", "scripts/**/*", "icons/**/*")
"""New files that count without being named in a template."""


def packaged() -> Path:
    """The package's templates: inside it when installed, beside ``src/`` in a working copy."""
    inside = Path(__file__).parent / "templates"
    return inside if inside.is_dir() else Path(__file__).parents[2] / "templates"


class Layers:
    """Folders of templates, the first of which wins for each file."""

    def __init__(self, folder: Path) -> None:
        if not folder.is_dir():
            raise SetupError("no-templates", folder=folder)
        behind = packaged()
        whole = not behind.is_dir() or folder.resolve() == behind.resolve()
        self.folders = (folder,) if whole else (folder, behind)
        if not whole:
            _refuse_unused(folder, behind)
            _refuse_faint(folder / _TOKENS)

    def path(self, name: str) -> Path:
        """The file that counts under a name such as ``styles/tokens.css``."""
        for folder in self.folders:
            if (folder / name).is_file():
                return folder / name
        raise SetupError("template-missing", path=self.folders[0] / name)

    def text(self, name: str) -> str:
        """What it says."""
        return _text(self.path(name))

    def names(self, pattern: str) -> Iterator[str]:
        """Names of the files that fit a pattern, sorted, hidden ones left out."""
        found = {
            path.relative_to(folder).as_posix()
            for folder in self.folders
            for path in folder.glob(pattern)
            if path.is_file() and not path.name.startswith(".")
        }
        yield from sorted(found)


def _text(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise SetupError("template-encoding", path=path, line=line) from error


def _refuse_unused(folder: Path, behind: Path) -> None:
    """A file in the wrong place would be ignored without a word."""
    own = [path for path in sorted(folder.rglob("*")) if _is_text(path)]
    published = {path for pattern in _PUBLISHED for path in folder.glob(pattern)}
    named = "\n".join(_text(path) for path in own)
    for path in own:
        name = path.relative_to(folder).as_posix()
        if (behind / name).is_file() or path in published or f'"{name}"' in named:
            continue
        known = sorted(one.relative_to(behind).as_posix() for one in behind.rglob("*.*"))
        near = get_close_matches(name, known, 1, 0.6)
        if near:
            raise SetupError("template-misplaced", path=path, suggestion=near[0])
        raise SetupError("template-unused", path=path)


def _refuse_faint(tokens: Path) -> None:
    for faint in colours.faint(_text(tokens)) if tokens.is_file() else ():
        told = {"text": faint.text, "on": faint.on, "found": f"{faint.found:.1f}"}
        raise SetupError(
            "template-faint", path=tokens, line=faint.line, enough=colours.ENOUGH, **told
        )


def _is_text(path: Path) -> bool:
    return path.suffix in _TEXTS and path.is_file() and not path.name.startswith(".")
