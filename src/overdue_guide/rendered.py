"""What a Markdown body becomes before the rest of the site is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from overdue_guide.law import Citation
from overdue_guide.problems import Span


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Link:
    """The address of a link or image, as the author wrote it."""

    target: str
    """``../contact/address-book.md#heading`` or ``https://…``."""
    span: Span


@dataclass(frozen=True, slots=True)
class ChannelUse:
    """A help channel shown in the text."""

    channel: str
    span: Span


@dataclass(frozen=True, slots=True)
class BlankUse:
    """A letter's blank where the text has it."""

    blank: str
    span: Span


@dataclass(frozen=True, slots=True)
class Reliance:
    """A provision as one article cites it, wherever in its text."""

    law: str
    key: str
    written: bool
    """《民法典》第…条, to be found by its name."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that only the rest of the site can tell right from wrong."""

    kind: Literal["quote", "number", "term"]
    """Words of a law in 「」; a telephone number; a term of law that the text does not explain."""
    words: str
    span: Span
    cites: tuple[Citation, ...] = ()
    """What is cited beside a quote."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A Markdown body after rendering; references stand in it as numbered marks (see markup)."""

    html: str
    headings: tuple[Heading, ...] = ()
    anchors: tuple[str, ...] = ()
    """Every id of the HTML, in order of the text."""
    links: tuple[Link, ...] = ()
    citations: tuple[tuple[Citation, ...], ...] = ()
    """One entry for each mark; ``[@a:1;@b:2]`` is one mark with two citations."""
    channels: tuple[ChannelUse, ...] = ()
    blanks: tuple[BlankUse, ...] = ()
    mentions: tuple[Mention, ...] = ()
