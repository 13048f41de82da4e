"""The command line's grammar: arguments in, ``argparse.Namespace`` out."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from overdue_guide import __version__
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


def parser(words: Wording, environment: Mapping[str, str]) -> argparse.ArgumentParser:
    """The parser, with help texts from the catalogue."""
    told = words.tables["help"]
    top = argparse.ArgumentParser("overdue-guide", description=told["program"])
    top.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in (
        "build",
        "check",
        "serve",
        "search",
        "new",
        "impact",
        "explain",
        "schema",
        "clean",
    ):
        command = commands.add_parser(name, help=told[name], description=told[name])
        if name not in ("explain", "schema"):
            _folders(command, told)
        if name in ("build", "check", "serve", "search", "impact"):
            _pipeline(command, words, environment)
        _OWN[name](command, words)
    return top


def _folders(command: argparse.ArgumentParser, told: Mapping[str, str]) -> None:
    add = command.add_argument
    add("--content", type=Path, default=Path("content"), metavar="DIR", help=told["content"])
    add("--templates", type=Path, default=_templates(), metavar="DIR", help=told["templates"])
    add("--output", type=Path, default=Path("build"), metavar="DIR", help=told["output"])
    add("--cache", type=Path, default=Path(".cache"), metavar="DIR", help=told["cache"])


def _templates() -> Path:
    """Those of the working directory, else those that lie beside this package."""
    here, ours = Path("templates"), Path(__file__).parents[2] / "templates"
    return here if here.is_dir() or not ours.is_dir() else ours


def _pipeline(
    command: argparse.ArgumentParser, words: Wording, environment: Mapping[str, str]
) -> None:
    add, told = command.add_argument, words.tables["help"]
    jobs = _number(words, 1, 256)
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


def _number(words: Wording, low: int, high: int) -> Callable[[str], int]:
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


def _json(command: argparse.ArgumentParser, words: Wording) -> None:
    told = words.tables["help"]
    command.add_argument("--json", action="store_true", help=told["json"])


def _serve(command: argparse.ArgumentParser, words: Wording) -> None:
    told = words.tables["help"]
    command.add_argument("--host", default="127.0.0.1", help=told["host"])
    command.add_argument("--port", type=_number(words, 0, 65535), default=8000, help=told["port"])


def _search(command: argparse.ArgumentParser, words: Wording) -> None:
    told = words.tables["help"]
    command.add_argument("query", metavar="QUERY", help=told["query"])
    command.add_argument(
        "--limit", type=_number(words, 1, 1000), default=10, metavar="N", help=told["limit"]
    )
    command.add_argument("--explain", action="store_true", help=told["explain-rank"])
    _json(command, words)


def _new(command: argparse.ArgumentParser, words: Wording) -> None:
    told = words.tables["help"]
    command.add_argument("article", metavar="SECTION/SLUG", help=told["article"])
    command.add_argument("--title", required=True, help=told["title"])


def _impact(command: argparse.ArgumentParser, words: Wording) -> None:
    told = words.tables["help"]
    command.add_argument("law", metavar="PROVISION-OR-LAW", help=told["law"])
    _json(command, words)


def _explain(command: argparse.ArgumentParser, words: Wording) -> None:
    told = words.tables["help"]
    command.add_argument("rule", metavar="RULE", help=told["rule"])


def _schema(command: argparse.ArgumentParser, words: Wording) -> None:
    told = words.tables["help"]
    command.add_argument(
        "kind", nargs="?", choices=SCHEMAS, default="front-matter", help=told["kind"]
    )


def _nothing(command: argparse.ArgumentParser, words: Wording) -> None:
    pass


_OWN = {
    "build": _json,
    "check": _json,
    "serve": _serve,
    "search": _search,
    "new": _new,
    "impact": _impact,
    "explain": _explain,
    "schema": _schema,
    "clean": _nothing,
}
