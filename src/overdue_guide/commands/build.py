"""Build the site."""

from __future__ import annotations

import argparse

from overdue_guide.commands import console, pipeline
from overdue_guide.wording import Wording

add = pipeline.add


def run(options: argparse.Namespace, words: Wording) -> int:
    """Build, and say what changed."""
    from overdue_guide.build import build

    made, code = pipeline.told(build, options, words)
    if console.chatty(options) and code == console.FINE:
        files, seconds = made.files, sum(value for _, value in made.seconds)
        counts = {"written": files.written, "kept": files.kept, "removed": files.removed}
        print(words.say("summary", pages=made.pages, seconds=seconds, **counts))
    elif console.chatty(options):
        console.warn(words.say("nothing-written", output=options.output))
    return code
