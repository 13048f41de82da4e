"""The templates folder → rendered pages and assets; the only user of jinja2, rcssmin and rjsmin.

Templates choose and arrange; what they show is in their view. A field that a view lacks, or a
mistake in a template, raises ``SetupError`` with the template's file and line.
"""

from __future__ import annotations

import hashlib
import traceback
from pathlib import Path
from urllib.parse import quote

import rcssmin
import rjsmin
from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    select_autoescape,
)

from overdue_guide.model import OutputFile
from overdue_guide.problems import SetupError
from overdue_guide.views import ChannelView

_STYLES = (
    "styles/tokens.css",
    "styles/layout.css",
    "styles/prose.css",
    "components/*.css",
    "styles/print.css",
)
"""In this order, into one file: print rules must come last. ``styles/tools/`` are files of their
own, which only the page of a tool loads."""


def template_mistake(path: str, line: int, message: str) -> SetupError:
    """A template that cannot be rendered."""
    return SetupError("template", reason=f"{path}:{line}: {message}")


class Theme:
    """A templates folder, read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        if not folder.is_dir():
            raise template_mistake(str(folder), 1, "no such folder")
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=select_autoescape(("html", "xml", "webmanifest")),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        # An address may hold Chinese; feeds and sitemaps want it percent-encoded.
        self._environment.filters["iri_to_uri"] = lambda url: quote(url, safe="/:#?=&%~+,;@!$'()*")
        self._files = _assets(folder)
        self.assets = f"assets/{_digest(self._files)}/"
        """Where styles and scripts are published; changes with their content."""

    def render(self, template: str, **context: object) -> str:
        """The template filled with its view; raises SetupError for a mistake in it."""
        try:
            return self._environment.get_template(template).render(context)
        except TemplateSyntaxError as error:
            raise template_mistake(
                str(error.filename or template), error.lineno, error.message or ""
            ) from error
        except TemplateError as error:
            path, line = _place(error, self.folder, template)
            raise template_mistake(path, line, str(error)) from error

    def channel_block(self, channel: ChannelView, root: str) -> str:
        """The HTML of a help channel in the middle of a text."""
        return self.render("channel_block.html", channel=channel, root=root).strip()

    def script(self, path: str) -> str:
        """A script that is published elsewhere or within another, without its comments."""
        return str(rjsmin.jsmin((self.folder / path).read_text("utf-8")))

    def asset_files(self) -> tuple[OutputFile, ...]:
        """Styles, scripts and icons, as they are published."""
        return tuple(OutputFile(self.assets + path, data) for path, data in self._files)


def _assets(folder: Path) -> tuple[tuple[str, bytes], ...]:
    styles = [path for pattern in _STYLES for path in sorted(folder.glob(pattern))]
    sheet = "\n".join(path.read_text("utf-8") for path in styles)
    files = [("site.css", rcssmin.cssmin(sheet).encode())]
    for path in sorted((folder / "styles" / "tools").glob("*.css")):
        files.append((f"tools/{path.name}", rcssmin.cssmin(path.read_text("utf-8")).encode()))
    for top, base in (("scripts", folder / "scripts"), ("icons", folder)):
        for path in sorted((folder / top).rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                files.append((path.relative_to(base).as_posix(), _lean(path)))
    return tuple(files)


def _lean(path: Path) -> bytes:
    """A script without its comments: readers on slow networks pay for every byte."""
    if path.suffix == ".mjs":
        return str(rjsmin.jsmin(path.read_text("utf-8"))).encode()
    return path.read_bytes()


def _digest(files: tuple[tuple[str, bytes], ...]) -> str:
    state = hashlib.sha256()
    for path, data in files:
        state.update(f"{path}\0{len(data)}\0".encode())
        state.update(data)
    return state.hexdigest()[:10]


def _place(error: TemplateError, folder: Path, template: str) -> tuple[str, int]:
    """The innermost line of a template in the error's traceback: an undefined field has no other."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if Path(frame.filename).is_relative_to(folder):
            return frame.filename, frame.lineno or 1
    return str(folder / template), 1
