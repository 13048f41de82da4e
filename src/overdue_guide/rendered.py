"""What a Markdown body becomes before the rest of the site is known."""

from __future__ import annotations

from typing import Literal

from overdue_guide.law import Citation
from overdue_guide.problems import Span
from overdue_guide.structs import Struct


class Heading(Struct, frozen=True):
    """A heading of the text."""

    level: int
    text: str
    anchor: str


class Link(Struct, frozen=True):
    """The address of a link or image, as the author wrote it."""

    target: str
    """``../contact/address-book.md#heading`` or ``https://…``."""
    span: Span


class ChannelUse(Struct, frozen=True):
    """A help channel shown in the text."""

    channel: str
    span: Span


class BlankUse(Struct, frozen=True):
    """A letter's blank where the text has it."""

    blank: str
    span: Span


class Reliance(Struct, frozen=True):
    """A provision as one article cites it, wherever in its text."""

    law: str
    key: str
    written: bool
    """《民法典》第…条, to be found by its name."""


class Mention(Struct, frozen=True):
    """Words that only the rest of the site can tell right from wrong."""

    kind: Literal["quote", "number", "term"]
    """Words of a law in 「」; a telephone number; a term of law that the text does not explain."""
    words: str
    span: Span
    cites: tuple[Citation, ...] = ()
    """What is cited beside a quote."""


class Rendered(Struct, frozen=True):
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
