"""Check the content, write nothing."""

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
    """Check, and print what is wrong."""
    from overdue_guide.build import check_only

    watch = profile.Stopwatch()
    with pipeline.progress(options, words) as progress:
        made = check_only(pipeline.pipeline_options(options), progress)
    code = pipeline.tell(made, options, words)
    if options.profile:
        console.warn("\n".join(profile.lines(made, watch, words)))
    if console.chatty(options):
        print(words.say("checked", seconds=sum(value for _, value in made.seconds)))
    return code
