"""What every command prints with, and the exit codes."""

from __future__ import annotations

import argparse
import json
import sys

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
