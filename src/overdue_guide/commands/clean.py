"""Remove what builds made."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from overdue_guide import arguments
from overdue_guide.commands import console
from overdue_guide.wording import Wording


def add(command: argparse.ArgumentParser, words: Wording, environment: Mapping[str, str]) -> None:
    """Its arguments."""
    arguments.folders(command, words, ("output", "cache"))


def run(options: argparse.Namespace, words: Wording) -> int:
    """Remove the site and the cache, if they are ours."""
    from overdue_guide import cache, write

    write.remove(options.output)
    cache.remove(options.cache)
    print(words.say("cleaned", folders=f"{options.output}, {options.cache}"))
    return console.FINE
