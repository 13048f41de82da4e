"""What is remembered of each Markdown file: a small part that every build reads, and a large one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from overdue_guide import articles, cache, reading
from overdue_guide.model import Head
from overdue_guide.problems import QUIET, Problem
from overdue_guide.rendered import Rendered
from overdue_guide.structs import Struct


class Outline(Struct, frozen=True):
    """The small part of what one Markdown file comes to."""

    head: Head
    problems: tuple[Problem, ...]
    quiet: bool
    """Whether its ``Text`` knows of more."""
    head_digest: str
    anchors_digest: str
    """Of what links into its text can name."""


class Text(Struct, frozen=True):
    """The large part."""

    body: Rendered
    quiet: tuple[Problem, ...]
    """What breaks rules that are off unless a site turns them on; a text may break them often."""


Entries = cache.Packs[Outline, Text]


class Parsed(Struct, frozen=True):
    """One article: what came of it, and the digest of everything that this depends on."""

    key: str
    outline: Outline


class Bodies(Mapping[str, Rendered]):
    """The text of each article by its path, read from the cache when it is asked for."""

    def __init__(self, entries: Entries, keys: Mapping[str, str], content: Path) -> None:
        self._entries = entries
        self._keys = keys
        self._content = content

    def __getitem__(self, path: str) -> Rendered:
        return self._text(path).body

    def quiet(self, path: str) -> tuple[Problem, ...]:
        """What breaks rules that are off unless a site turns them on."""
        return self._text(path).quiet

    def _text(self, path: str) -> Text:
        try:
            return self._entries.large(self._keys[path])
        except KeyError:
            if path not in self._keys:
                raise
        # The cache was damaged between reading its small parts and this large one.
        text, _ = reading.decoded(path, (self._content / path).read_bytes())
        return parsed(path, text or "")[1]

    def __iter__(self) -> Iterator[str]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)


def open_entries(folder: Path) -> Entries:
    """What earlier builds parsed."""
    return cache.Packs(folder, Outline, Text)


def key_of(path: str, of_bytes: str) -> str:
    """The digest of all that an article's parts depend on; ``of_bytes``: that of its file."""
    return cache.digest("article", path, of_bytes)


def parsed(path: str, text: str) -> tuple[Outline, Text]:
    """Both parts of one file."""
    article, problems = articles.parse(path, text)
    loud = tuple(problem for problem in problems if problem.rule not in QUIET)
    quiet = tuple(problem for problem in problems if problem.rule in QUIET)
    head, anchors = article.head, sorted(article.body.anchors)
    outline = Outline(head, loud, bool(quiet), cache.digest_of(head), cache.digest_of(anchors))
    return outline, Text(article.body, quiet)
