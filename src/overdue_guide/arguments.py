"""Arguments that several commands take, and the types of their values."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

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


def folders(command: argparse.ArgumentParser, words: Wording) -> None:
    """Where things lie."""
    add, told = command.add_argument, words.tables["help"]
    add("--content", type=Path, default=Path("content"), metavar="DIR", help=told["content"])
    add("--templates", type=Path, default=_templates(), metavar="DIR", help=told["templates"])
    add("--output", type=Path, default=Path("build"), metavar="DIR", help=told["output"])
    add("--cache", type=Path, default=Path(".cache"), metavar="DIR", help=told["cache"])


def _templates() -> Path:
    """Those of the working directory, else those that lie beside this package."""
    here, ours = Path("templates"), Path(__file__).parents[2] / "templates"
    return here if here.is_dir() or not ours.is_dir() else ours


def pipeline(
    command: argparse.ArgumentParser, words: Wording, environment: Mapping[str, str]
) -> None:
    """How to build and how to report."""
    add, told = command.add_argument, words.tables["help"]
    jobs = number(words, 1, 256)
    add("--no-cache", action="store_true", help=told["no-cache"])
    add("--base-url", type=_address(words), default="", metavar="URL", help=told["base-url"])
    add("--jobs", type=jobs, default=_cpus(), metavar="N", help=told["jobs"])
    add("--drafts", action="store_true", help=told["drafts"])
    # A string, so that argparse reports a wrong SOURCE_DATE_EPOCH like a wrong --today.
    add(
        "--today",
        type=_day(words),
        default=_default_day(environment),
        metavar="YYYY-MM-DD",
        help=told["today"],
    )
    add("--strict", action="store_true", help=told["strict"])
    add("--format", choices=FORMATS, default="text", help=told["format"])
    add("-q", "--quiet", action="store_true", help=told["quiet"])
    add("-v", "--verbose", action="store_true", help=told["verbose"])


def _default_day(environment: Mapping[str, str]) -> str:
    """The day of SOURCE_DATE_EPOCH in UTC (reproducible-builds.org), else today here."""
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now().astimezone().date().isoformat()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return epoch


def _cpus() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on macOS and Windows
        return os.cpu_count() or 1


def _day(words: Wording) -> Callable[[str], date]:
    def day(value: str) -> date:
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
        if value and not re.fullmatch(r"https?://[^\s/?#]+[^\s?#]*", value):
            raise argparse.ArgumentTypeError(words.say("bad-base-url", value=value))
        return value

    return address


def json_flag(command: argparse.ArgumentParser, words: Wording) -> None:
    """``--json``."""
    told = words.tables["help"]
    command.add_argument("--json", action="store_true", help=told["json"])
