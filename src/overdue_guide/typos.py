"""A command or option that does not exist: said at once, with the nearest that does."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches

from overdue_guide.problems import SetupError

Parsers = Mapping[str, argparse.ArgumentParser]
"""Command → its parser."""


def refuse_mistyped(typed: Sequence[str], top: argparse.ArgumentParser, commands: Parsers) -> None:
    """Raise SetupError for the first word that is no command, or ``--option`` that is none."""
    at = next((i for i, word in enumerate(typed) if not word.startswith("-")), len(typed))
    if at < len(typed) and typed[at] not in commands:
        raise _unknown("command", typed[at], commands)
    parser = commands[typed[at]] if at < len(typed) else top
    known = parser._option_string_actions
    for word in typed[at + 1 :] if at < len(typed) else typed:
        name = word.partition("=")[0]
        if word == "--":
            break
        if name.startswith("--") and not any(option.startswith(name) for option in known):
            raise _unknown("option", name, known, command=parser.prog)


def _unknown(kind: str, name: str, known: Iterable[str], **values: object) -> SetupError:
    # Hyphens in front are no likeness: --host is not --jobs.
    words = {one.lstrip("-"): one for one in sorted(known)}
    near = get_close_matches(name.lstrip("-"), words, 1, 0.6)
    if near:
        return SetupError(f"no-such-{kind}", name=name, suggestion=words[near[0]], **values)
    return SetupError(f"unknown-{kind}", name=name, **values)
