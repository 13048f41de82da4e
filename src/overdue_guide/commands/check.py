"""Check the content, write nothing."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from overdue_guide import arguments
from overdue_guide.commands import console, pipeline
from overdue_guide.wording import Wording


def add(command: argparse.ArgumentParser, words: Wording, environment: Mapping[str, str]) -> None:
    """Its arguments."""
    arguments.folders(command, words)
    arguments.pipeline(command, words, environment)
    arguments.json_flag(command, words)


def run(options: argparse.Namespace, words: Wording) -> int:
    """Check, and print what is wrong."""
    from overdue_guide.build import check_only

    made = check_only(pipeline.pipeline_options(options), pipeline.progress(options))
    code = pipeline.tell(made, options, words)
    if console.chatty(options):
        print(words.say("checked", seconds=sum(value for _, value in made.seconds)))
    return code
