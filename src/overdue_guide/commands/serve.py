"""Serve the site while it is being written."""

from __future__ import annotations

import argparse
import errno
from collections.abc import Mapping

from overdue_guide import arguments
from overdue_guide.commands import console, pipeline
from overdue_guide.wording import Wording


def add(command: argparse.ArgumentParser, words: Wording, environment: Mapping[str, str]) -> None:
    """Its arguments."""
    arguments.folders(command, words)
    arguments.building(command, words, environment)
    arguments.strict_flag(command, words)
    told = words.tables["help"]
    command.add_argument("--host", default="127.0.0.1", help=told["host"])
    command.add_argument(
        "--port", type=arguments.number(words, 0, 65535), default=8000, help=told["port"]
    )


def run(options: argparse.Namespace, words: Wording) -> int:
    """Serve until interrupted."""
    from overdue_guide import serve

    def say(key: str, **values: object) -> None:
        console.warn(words.say(key, **values))

    try:
        serve.serve(pipeline.pipeline_options(options), options.host, options.port, words, say)
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        say("port-taken", port=options.port, other=options.port + 1)
        return console.MACHINE
    return console.FINE
