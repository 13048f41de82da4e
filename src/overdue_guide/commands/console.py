"""What every command prints with, and the exit codes."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping
from typing import TextIO

FINE, CONTENT, USAGE, MACHINE, INTERRUPTED = 0, 1, 2, 3, 130


def chatty(options: argparse.Namespace) -> bool:
    """Whether a summary for people belongs on the terminal."""
    return not (options.json or options.quiet or options.format != "text")


def print_json(value: object) -> None:
    """A value for machines, on standard output."""
    print(json.dumps(value, ensure_ascii=False, indent=2))


def print_lines(text: str) -> None:
    """A text that may be empty: then no line at all."""
    if text:
        print(text)


def warn(text: str) -> None:
    """A line for people, on standard error."""
    print(text, file=sys.stderr)


_CODES = {"place": "1", "error": "31", "warning": "33", "hint": "36"}
"""Select Graphic Rendition (ECMA-48): bold, red, yellow, cyan."""


def style(stream: TextIO, environment: Mapping[str, str]) -> Callable[[str, str], str]:
    """(kind, text) → the text, coloured where a person sees it.

    NO_COLOR (no-color.org) is obeyed first, then FORCE_COLOR (force-color.org), then whether the
    stream is a terminal that knows colours.
    """
    if environment.get("NO_COLOR"):
        coloured = False
    else:
        coloured = bool(environment.get("FORCE_COLOR")) or drawable(stream, environment)
    if not coloured:
        return lambda kind, text: text
    return lambda kind, text: f"\x1b[{_CODES[kind]}m{text}\x1b[m" if text else text


def drawable(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Whether a line can be written over there."""
    return stream.isatty() and environment.get("TERM") != "dumb"
