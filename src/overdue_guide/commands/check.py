"""Check the content, write nothing."""

from __future__ import annotations

import argparse

from overdue_guide.commands import console, pipeline
from overdue_guide.wording import Wording

add = pipeline.add


def run(options: argparse.Namespace, words: Wording) -> int:
    """Check, and print what is wrong."""
    from overdue_guide.build import check_only

    made, code = pipeline.told(check_only, options, words)
    if console.chatty(options):
        print(words.say("checked", seconds=sum(value for _, value in made.seconds)))
    return code
