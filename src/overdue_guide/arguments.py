"""Arguments that several commands take, and the types of their values."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from overdue_guide.layers import packaged
from overdue_guide.problems import SetupError
from overdue_guide.wording import Wording

FORMATS = ("text", "json", "github", "sarif", "junit", "markdown")
SCHEMAS = (
    "front-matter",
    "site",
    "law",
    "check",
    "channels",
    "glossary",
    "synonyms",
    "contact-rules",
)


def folders(
    command: argparse.ArgumentParser,
    words: Wording,
    names: Sequence[str] = ("content", "templates", "output", "cache"),
) -> None:
    """Where things lie: those that the command asks about, and the usual place of the others."""
    usual = {
        "content": Path("content"),
        "templates": _templates(),
        "output": Path("build"),
        "cache": Path(".cache"),
    }
    command.set_defaults(**usual)
    for name in names:
        told = words.tables["help"][name]
        command.add_argument(f"--{name}", type=Path, default=usual[name], metavar="DIR", help=told)


def _templates() -> Path:
    """The project's own, which stand before the package's; without them, the package's."""
    own = Path("templates")
    return own if own.is_dir() else packaged()


def reporting(command: argparse.ArgumentParser, words: Wording) -> None:
    """How to tell what was found."""
    add, told = command.add_argument, words.tables["help"]
    add("--format", choices=FORMATS, default="text", help=told["format"])
    add("-q", "--quiet", action="store_true", help=told["quiet"])
    json_flag(command, words)
    add("--profile", action="store_true", help=told["profile"])


def strict_flag(command: argparse.ArgumentParser, words: Wording) -> None:
    """``--strict``."""
    told = words.tables["help"]
    command.add_argument("--strict", action="store_true", help=told["strict"])


def asking(
    command: argparse.ArgumentParser, words: Wording, environment: Mapping[str, str]
) -> None:
    """What a command needs that reads the content, and writes no site."""
    folders(command, words, ("content", "cache"))
    _reading(command, words, environment)
    command.set_defaults(base_url="", jobs=_cpus(), strict=False)


def building(
    command: argparse.ArgumentParser, words: Wording, environment: Mapping[str, str]
) -> None:
    """How to build."""
    add, told = command.add_argument, words.tables["help"]
    jobs = number(words, 1, 256)
    add("--base-url", type=_address(words), default="", metavar="URL", help=told["base-url"])
    add("--jobs", type=jobs, default=_cpus(), metavar="N", help=told["jobs"])
    _reading(command, words, environment)


def _reading(
    command: argparse.ArgumentParser, words: Wording, environment: Mapping[str, str]
) -> None:
    add, told = command.add_argument, words.tables["help"]
    add("--no-cache", action="store_true", help=told["no-cache"])
    add("--drafts", action="store_true", help=told["drafts"])
    # A string, so that a wrong SOURCE_DATE_EPOCH is noticed only where a day is needed.
    add(
        "--today",
        type=_day(words),
        default=_default_day(environment),
        metavar="YYYY-MM-DD",
        help=told["today"],
    )


_EPOCH = "SOURCE_DATE_EPOCH="


def _default_day(environment: Mapping[str, str]) -> str:
    """The day of SOURCE_DATE_EPOCH in UTC (reproducible-builds.org), else today here."""
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now().astimezone().date().isoformat()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return f"{_EPOCH}{epoch}"


def _cpus() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


def _day(words: Wording) -> Callable[[str], date]:
    def day(value: str) -> date:
        if value.startswith(_EPOCH):
            raise SetupError("bad-epoch", value=value.removeprefix(_EPOCH))
        try:
            # fromisoformat alone would also take 20261123 and 2026-W48-1.
            return date.fromisoformat(value if len(value) == 10 else "")
        except ValueError as error:
            raise argparse.ArgumentTypeError(words.say("bad-today", value=value)) from error

    return day


def number(words: Wording, low: int, high: int) -> Callable[[str], int]:
    """The type of a whole number from ``low`` to ``high``."""

    def number(value: str) -> int:
        if value.isdecimal() and low <= int(value) <= high:
            return int(value)
        told = words.say("bad-number", value=value, low=low, high=high)
        raise argparse.ArgumentTypeError(told)

    return number


def _address(words: Wording) -> Callable[[str], str]:
    def address(value: str) -> str:
        if not value:
            return value
        found = re.fullmatch(r"([a-z]+://)?([\w.:-]+(?:/[^\s?#]*)?)([?#].*)?", value)
        if not found or found[1] not in (None, "http://", "https://"):
            raise argparse.ArgumentTypeError(words.say("bad-base-url", value=value))
        local = found[2].startswith(("localhost", "127.0.0.1"))
        near = (found[1] or ("http://" if local else "https://")) + found[2]
        if near != value:
            key = "bad-base-url-rest" if found[1] else "bad-base-url-scheme"
            raise argparse.ArgumentTypeError(words.say(key, value=value, suggestion=near))
        return value

    return address


def json_flag(command: argparse.ArgumentParser, words: Wording) -> None:
    """``--json``."""
    told = words.tables["help"]
    command.add_argument("--json", action="store_true", help=told["json"])
