"""The command line: words in, exit codes out.

Exit codes: 0 fine, 1 the content has problems, 2 wrong usage or configuration, 3 the machine
failed, 130 interrupted.
"""

from __future__ import annotations

import argparse
import errno
import gc
import io
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import NoReturn

from overdue_guide import __version__, typos
from overdue_guide.commands import COMMANDS, completion
from overdue_guide.commands.console import FINE, INTERRUPTED, MACHINE, USAGE, warn
from overdue_guide.problems import SetupError
from overdue_guide.wording import Wording, language_of, wording


def program() -> NoReturn:
    """One command as a process of its own.

    Ten thousand articles are a million objects: looking for cycles among them while they are read,
    and taking them apart at the end, would take longer than an edit.
    """
    gc.set_threshold(1_000_000, 50, 100)
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # nobody reads it any more
            stream.flush()
    os._exit(code)


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
    return _parsers(words, environment)[0]


def _parsers(
    words: Wording, environment: Mapping[str, str]
) -> tuple[argparse.ArgumentParser, typos.Parsers]:
    told, examples = words.tables["help"], words.tables["examples"]
    top = argparse.ArgumentParser("overdue-guide", description=told["program"])
    top.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in COMMANDS.items():
        shown = "\n".join(f"  {line}" for line in examples.get(name, "").strip().splitlines())
        one = commands.add_parser(
            name,
            help=told[name],
            description=told[name],
            epilog=f"{told['examples']}:\n{shown}",
            formatter_class=_Help,
        )
        command.add(one, words, environment)
    return top, commands.choices


class _Help(argparse.RawDescriptionHelpFormatter):
    """Examples keep their lines; the description, one sentence, is filled as usual."""

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        if "\n" in text:
            return super()._fill_text(text, width, indent)
        return argparse.HelpFormatter._fill_text(self, text, width, indent)


def _run(argv: Sequence[str] | None, words: Wording) -> int:
    typed = sys.argv[1:] if argv is None else list(argv)
    top, commands = _parsers(words, os.environ)
    if completion.asked(os.environ):
        completion.complete(top, commands)
    if not typed:
        top.print_help(sys.stderr)
        return USAGE
    try:
        if sys.getfilesystemencoding() != "utf-8":
            raise SetupError("no-utf-8", encoding=sys.getfilesystemencoding())
        typos.refuse_mistyped(typed, top, commands)
        options = top.parse_args(typed)
        return COMMANDS[options.command].run(options, words)
    except SetupError as error:
        warn(words.say(error.key, **error.values))
        return USAGE
    except BrokenPipeError:  # piped into head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        code = errno.errorcode.get(error.errno or 0, "")
        advice = words.tables["machine"].get(code, "")
        reason = f"{place}{error.strerror or error}" + (f"; {advice}" if advice else "")
        warn(words.say("failed", reason=reason))
        return MACHINE


if __name__ == "__main__":
    program()
