"""Take over one file of the templates."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from overdue_guide.commands import console
from overdue_guide.wording import Wording


def add(command: argparse.ArgumentParser, words: Wording, environment: Mapping[str, str]) -> None:
    """Its arguments."""
    told = words.tables["help"]
    command.add_argument("file", metavar="FILE", nargs="?", help=told["override-file"])
    command.add_argument(
        "--templates",
        type=Path,
        default=Path("templates"),
        metavar="DIR",
        help=told["override-templates"],
    )


def run(options: argparse.Namespace, words: Wording) -> int:
    """Copy it; without a name, list what there is."""
    from overdue_guide import starters

    if options.file is None:
        console.print_lines("\n".join(starters.template_names()))
        return console.FINE
    path = starters.write_override(options.templates, options.file)
    print(words.say("override-done", path=path))
    return console.FINE
