"""The command line: words in, exit codes out.

Exit codes: 0 fine, 1 the content has problems, 2 wrong usage or configuration, 3 the machine
failed, 130 interrupted.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Mapping, Sequence

from overdue_guide import __version__
from overdue_guide.commands import COMMANDS
from overdue_guide.commands.console import FINE, INTERRUPTED, MACHINE, USAGE, warn
from overdue_guide.problems import SetupError
from overdue_guide.wording import Wording, language_of, wording


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal or pipe that knows no Chinese
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run(argv, wording(language_of(os.environ)))
    except KeyboardInterrupt:
        return INTERRUPTED


def parser(words: Wording, environment: Mapping[str, str]) -> argparse.ArgumentParser:
    """The parser, with help texts from the catalogue."""
    told = words.tables["help"]
    top = argparse.ArgumentParser("overdue-guide", description=told["program"])
    top.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        command.add(
            commands.add_parser(name, help=told[name], description=told[name]), words, environment
        )
    return top


def _run(argv: Sequence[str] | None, words: Wording) -> int:
    options = parser(words, os.environ).parse_args(argv)
    try:
        return COMMANDS[options.command].run(options, words)
    except SetupError as error:
        warn(words.say(error.key, **error.values))
        return USAGE
    except BrokenPipeError:  # piped into head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        warn(words.say("failed", reason=f"{place}{error.strerror or error}"))
        return MACHINE


if __name__ == "__main__":
    sys.exit(main())
