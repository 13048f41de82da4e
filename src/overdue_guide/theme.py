"""The templates folder → rendered pages and assets; the only user of jinja2, rcssmin and rjsmin.

Templates choose and arrange; what they show is in their view. A field that a view lacks, or a
mistake in a template, raises ``SetupError`` with the template's file and line.
"""

from __future__ import annotations

import hashlib
import sys
import traceback
from collections.abc import Callable, Hashable, MutableMapping
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import rcssmin
import rjsmin
from jinja2 import (
    Environment,
    FileSystemBytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    select_autoescape,
)
from jinja2.bccache import Bucket

from overdue_guide import scripts
from overdue_guide.layers import Layers
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
own, for home and for the pages of tools."""

_FRAGMENTS = 1000
"""Parts of pages that are kept for the next page: a few for each section and depth of folders."""


def _mistake(path: Path | str, line: int, message: str) -> SetupError:
    """A template that cannot be rendered."""
    return SetupError("template", reason=f"{path}:{line}: {message}")


class _Compiled(FileSystemBytecodeCache):
    """Compiled templates, where Python keeps this module compiled.

    Not in the site's cache, which may come from elsewhere and must not be able to run code: whoever
    can write here can change the program anyway.
    """

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template, where Python may keep modules, too."""
        if not sys.dont_write_bytecode:
            with suppress(OSError):  # a package that somebody else installed
                super().dump_bytecode(bucket)


class _Environment(Environment):
    """Templates as they were when each was first asked for."""

    def __init__(self, layers: Layers) -> None:
        super().__init__(
            loader=FileSystemLoader(layers.folders),
            autoescape=select_autoescape(("html", "xml", "webmanifest")),
            undefined=StrictUndefined,
            bytecode_cache=_Compiled(str(Path(__file__).parent / "__pycache__")),
            # A page asks for a dozen templates; looking whether a file is newer takes longer than
            # all else of it, and each build has a theme of its own.
            auto_reload=False,
            cache_size=-1,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        # An address may hold Chinese; feeds and sitemaps want it percent-encoded.
        self.filters["iri_to_uri"] = lambda url: quote(url, safe="/:#?=&%~+,;@!$'()*")
        self.globals["once"] = lru_cache(maxsize=_FRAGMENTS, typed=True)(_once)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """In one dict: Jinja's own chain of two is slow, and every import goes through it."""
        return {**self.globals, **(d or {})}


def _once(macro: Callable[..., str], *given: Hashable) -> str:
    """What a macro makes of values that many pages share: nothing else decides it."""
    return macro(*given)


class Theme:
    """A templates folder, with the package's behind it, read once."""

    def __init__(self, folder: Path) -> None:
        self._layers = Layers(folder)
        self._environment = _Environment(self._layers)
        self._files = _assets(self._layers)
        self.assets = f"assets/{_digest(self._files)}/"
        """Where styles and scripts are published; changes with their content."""

    def render(self, template: str, **context: object) -> str:
        """The template filled with its view; raises SetupError for a mistake in it."""
        try:
            return self._environment.get_template(template).render(context)
        except TemplateSyntaxError as error:
            raise _mistake(
                str(error.filename or template), error.lineno, error.message or ""
            ) from error
        except Exception as error:
            # Whatever a template does wrong (an unknown field, adding text to a number) is its
            # author's to mend; what goes wrong elsewhere is ours, and keeps its traceback.
            place = _place(error, self._layers.folders)
            if place is None and not isinstance(error, TemplateError | UnicodeDecodeError):
                raise
            path, line = place or (self._layers.path(template), 1)
            raise _mistake(path, line, str(error)) from error

    def compile(self) -> None:
        """Compile every page, so that no build has to."""
        for name in self._environment.list_templates(("html", "xml")):
            self._environment.get_template(name)

    def channel_block(self, channel: ChannelView, root: str) -> str:
        """The HTML of a help channel in the middle of a text."""
        return self.render("channel_block.html", channel=channel, root=root).strip()

    def script(self, path: str) -> str:
        """A script that is published elsewhere or within another, without its comments."""
        return str(rjsmin.jsmin(self._layers.text(path)))

    def file(self, path: str) -> bytes:
        """A file of the templates that is neither rendered nor published."""
        return self._layers.path(path).read_bytes()

    def asset_files(self) -> tuple[OutputFile, ...]:
        """Styles, scripts and icons, as they are published."""
        return tuple(OutputFile(self.assets + path, data) for path, data in self._files)


def _assets(layers: Layers) -> tuple[tuple[str, bytes], ...]:
    styles = [name for pattern in _STYLES for name in layers.names(pattern)]
    sheet = "\n".join(layers.text(name) for name in styles)
    files = [("site.css", rcssmin.cssmin(sheet).encode())]
    for name in layers.names("styles/tools/*.css"):
        files.append((name.removeprefix("styles/"), rcssmin.cssmin(layers.text(name)).encode()))
    modules = {name: layers.text(name) for name in layers.names("scripts/**/*.mjs")}
    for name, source in sorted(scripts.joined(modules).items()):
        # Without comments: readers on slow networks pay for every byte.
        files.append((name.removeprefix("scripts/"), str(rjsmin.jsmin(source)).encode()))
    for pattern in ("scripts/**/*", "icons/**/*"):
        others = (name for name in layers.names(pattern) if name not in modules)
        files += [(n.removeprefix("scripts/"), layers.path(n).read_bytes()) for n in others]
    return tuple(files)


def _digest(files: tuple[tuple[str, bytes], ...]) -> str:
    state = hashlib.sha256()
    for path, data in files:
        state.update(f"{path}\0{len(data)}\0".encode())
        state.update(data)
    return state.hexdigest()[:10]


def _place(error: Exception, folders: tuple[Path, ...]) -> tuple[str, int] | None:
    """The innermost line of a template in the error's traceback: an undefined field has no other."""
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        if any(Path(frame.filename).is_relative_to(folder) for folder in folders):
            return frame.filename, frame.lineno or 1
    return None
