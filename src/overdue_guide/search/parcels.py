"""What passes between an index and those who have it made; loads nothing that making it takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from overdue_guide.model import OutputFile, SearchDocument
from overdue_guide.structs import Struct


class Entry(Struct, frozen=True):
    """A document that is only made when it has to be read."""

    url: str
    digest: str
    """Of what is in it: the same one, the same document."""
    document: Callable[[], SearchDocument]


class Export(Struct, frozen=True):
    """The files of the browser's index, of which those that the caller has are only named."""

    version: str
    """Another one whenever a file is another."""
    changed: tuple[OutputFile, ...]
    """By path, the manifest last."""
    unchanged: Mapping[str, str]
    """Path → SHA-256."""
