"""Build the site."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from overdue_guide import arguments
from overdue_guide.commands import console, pipeline, profile
from overdue_guide.wording import Wording


def add(command: argparse.ArgumentParser, words: Wording, environment: Mapping[str, str]) -> None:
    """Its arguments."""
    arguments.folders(command, words)
    arguments.pipeline(command, words, environment)
    arguments.json_flag(command, words)
    arguments.profile_flag(command, words)


def run(options: argparse.Namespace, words: Wording) -> int:
    """Build, and say what changed."""
    from overdue_guide.build import build

    watch = profile.Stopwatch()
    with pipeline.progress(options, words) as progress:
        made = build(pipeline.pipeline_options(options), progress)
    code = pipeline.tell(made, options, words)
    if options.profile:
        console.warn("\n".join(profile.lines(made, watch, words)))
    if console.chatty(options) and code == console.FINE:
        files, seconds = made.files, sum(value for _, value in made.seconds)
        counts = {"written": files.written, "kept": files.kept, "removed": files.removed}
        print(words.say("summary", pages=made.pages, seconds=seconds, **counts))
    elif console.chatty(options):
        console.warn(words.say("nothing-written", output=options.output))
    return code
