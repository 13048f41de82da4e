"""Hold a published folder against its manifest."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from overdue_guide import arguments
from overdue_guide.commands import console
from overdue_guide.wording import Wording


def add(command: argparse.ArgumentParser, words: Wording, environment: Mapping[str, str]) -> None:
    """Its arguments."""
    told = words.tables["help"]
    command.add_argument(
        "folder", nargs="?", type=Path, default=Path("build"), metavar="DIR", help=told["published"]
    )
    arguments.json_flag(command, words)


def run(options: argparse.Namespace, words: Wording) -> int:
    """Tell which files are missing, changed or foreign; code 1 when any is."""
    from overdue_guide.verify import verify

    verdict = verify(options.folder)
    if options.json:
        console.print_json(verdict.as_json())
    elif verdict.whole:
        print(words.say("whole", files=verdict.files))
    else:
        for state in ("missing", "changed", "foreign"):
            for path in getattr(verdict, state):
                print(words.say(f"file-{state}", path=path))
    return console.FINE if verdict.whole else console.CONTENT
