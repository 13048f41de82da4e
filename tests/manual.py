"""The man page, made of the parser: docs/overdue-guide.1 (roff, man macros; man-pages(7)).

It goes with the wheel to ``share/man/man1``.
"""

import argparse
import re
from collections.abc import Iterator, Mapping, Sequence

from overdue_guide import __version__

_EXIT = (
    ("0", "Fine."),
    ("1", "The content has problems."),
    ("2", "Wrong usage or set-up."),
    ("3", "The machine failed: disk, port, permission."),
    ("130", "Interrupted."),
)
_ENVIRONMENT = (
    (
        "SOURCE_DATE_EPOCH",
        "Seconds since 1970: the day whose law counts, where --today is not given.",
    ),
    ("NO_COLOR", "When set and not empty, nothing is coloured."),
    ("FORCE_COLOR", "When set and not empty, problems are coloured in files and pipes, too."),
    ("LC_ALL, LC_MESSAGES, LANG", "The language of messages: Chinese for zh, else English."),
)


def page(
    top: argparse.ArgumentParser,
    commands: Mapping[str, argparse.ArgumentParser],
    shared: Mapping[str, Sequence[argparse.Action]],
) -> str:
    """The page; ``shared`` are options of several commands, told once."""
    lines = [
        f'.TH OVERDUE-GUIDE 1 "" "overdue-guide {__version__}" "User Commands"',
        *_section("NAME", r"overdue-guide \- build and check a guide: a searchable, static site"),
        *_section("SYNOPSIS", r"\fBoverdue-guide\fR \fICOMMAND\fR [\fIOPTIONS\fR]"),
        *_section("DESCRIPTION", _text(f"{top.description}.")),
        ".SH COMMANDS",
        *(line for name, one in commands.items() for line in _command(name, one, shared)),
        ".SH OPTIONS OF SEVERAL COMMANDS",
        *(line for actions in shared.values() for line in _option(actions[0])),
        ".SH EXIT STATUS",
        *(line for code, means in _EXIT for line in _tagged(code, _text(means))),
        ".SH ENVIRONMENT",
        *(line for name, does in _ENVIRONMENT for line in _tagged(name, _text(does))),
        ".SH FILES",
        *_tagged("content/", "What is written: articles, laws, letters, site.yml."),
        *_tagged("templates/", "The project's own templates, before those of the program."),
        *_tagged("build/", "The finished site."),
        *_tagged(".cache/", "What earlier builds found out; may be removed at any time."),
    ]
    return "\n".join(lines) + "\n"


def _section(name: str, text: str) -> list[str]:
    return [f".SH {name}", text]


def _command(
    name: str,
    parser: argparse.ArgumentParser,
    shared: Mapping[str, Sequence[argparse.Action]],
) -> Iterator[str]:
    told = {id(action) for actions in shared.values() for action in actions}
    own = [one for one in parser._actions if one.dest != "help" and id(one) not in told]
    yield f".SS {_text(name)}"
    yield _text(f"{parser.description}.")
    for action in own:
        yield from _option(action)
    yield ".PP"
    yield ".nf"
    yield from (_text(line) for line in str(parser.epilog).splitlines()[1:])
    yield ".fi"


def _option(action: argparse.Action) -> Iterator[str]:
    takes = "" if action.nargs == 0 else str(action.metavar or action.dest.upper())
    names = [f"{option} {takes}".strip() for option in action.option_strings] or [takes]
    text = str(action.help) % {"default": action.default}
    choices = f": {', '.join(map(str, action.choices))}" if action.choices else ""
    yield from _tagged(", ".join(names), _text(f"{text}{choices}."))


def _tagged(tag: str, text: str) -> Iterator[str]:
    yield ".TP"
    yield rf"\fB{_text(tag)}\fR"
    yield text


def _text(text: str) -> str:
    """The text with no mark of roff's own; a hyphen stays one when copied."""
    plain = text.replace("\\", r"\(rs").replace("-", r"\-")
    plain = "".join(char if ord(char) < 128 else rf"\[u{ord(char):04X}]" for char in plain)
    return re.sub(r"^([.'])", r"\\&\1", plain, flags=re.M)
