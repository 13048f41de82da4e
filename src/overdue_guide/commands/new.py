"""Start an article."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from overdue_guide import arguments
from overdue_guide.commands import console
from overdue_guide.wording import Wording


def add(command: argparse.ArgumentParser, words: Wording, environment: Mapping[str, str]) -> None:
    """Its arguments."""
    arguments.folders(command, words)
    told = words.tables["help"]
    command.add_argument("article", metavar="SECTION/SLUG", help=told["article"])
    command.add_argument("--title", required=True, help=told["title"])


def run(options: argparse.Namespace, words: Wording) -> int:
    """Write a draft."""
    from overdue_guide import drafts

    path = drafts.write_draft(options.content, options.article, options.title, words)
    print(words.say("created", path=path))
    return console.FINE
