"""Start a guide."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from overdue_guide.commands import console
from overdue_guide.wording import Wording


def add(command: argparse.ArgumentParser, words: Wording, environment: Mapping[str, str]) -> None:
    """Its argument."""
    command.add_argument("folder", type=Path, metavar="DIR", help=words.tables["help"]["init-dir"])


def run(options: argparse.Namespace, words: Wording) -> int:
    """Write the example, and say what to do next."""
    from overdue_guide import starters

    count = starters.write_starter(options.folder)
    print(words.say("init-done", folder=options.folder, count=count))
    return console.FINE
