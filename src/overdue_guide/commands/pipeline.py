"""What the commands that run the pipeline share: its options, its progress, its problems."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from overdue_guide.commands import console
from overdue_guide.wording import Wording

if TYPE_CHECKING:
    from overdue_guide.build import BuildReport, Options


def pipeline_options(options: argparse.Namespace) -> Options:
    """The arguments as the pipeline takes them."""
    from overdue_guide.build import Options

    return Options(
        content=options.content,
        templates=options.templates,
        output=options.output,
        today=options.today,
        cache=None if options.no_cache else options.cache,
        base_url=options.base_url,
        jobs=options.jobs,
        drafts=options.drafts,
        strict=options.strict,
    )


def tell(made: BuildReport, options: argparse.Namespace, words: Wording) -> int:
    """Print the problems in the format asked for; the exit code they mean."""
    from overdue_guide import report

    content: Path = options.content

    def locate(path: str) -> str:
        return (content / path).as_posix()

    if options.json:
        console.print_json(report.build_json(made, locate))
    elif options.format in report.VALUES:
        console.print_json(report.VALUES[options.format](made.problems, locate))
    elif options.format in report.LINES:
        console.print_lines(report.LINES[options.format](made.problems, locate))
    else:
        console.print_lines(report.text(made.problems, words, locate, _line_reader(content)))
    tally = report.counts(made.problems)
    if console.chatty(options) and made.problems:
        console.warn(words.say("counted", **tally))
    if options.verbose:
        for stage, seconds in made.seconds:
            console.warn(f"{stage:8}{seconds:8.3f} s")
    failed = tally["errors"] or (options.strict and made.problems)
    return console.CONTENT if failed else console.FINE


def _line_reader(content: Path) -> Callable[[str, int], str]:
    lines: dict[str, list[str]] = {}

    def read_line(path: str, line: int) -> str:
        if path not in lines:
            lines[path] = _text(content / path).split("\n")
        return lines[path][line - 1].rstrip("\r") if line <= len(lines[path]) else ""

    return read_line


def _text(path: Path) -> str:
    """A source text, to be quoted; empty when it is none, lies elsewhere or cannot be read."""
    from overdue_guide.load import decoded

    try:
        if path.is_symlink() or not path.is_file():
            return ""
        text, _ = decoded(path.name, path.read_bytes())
        return (text or "").removeprefix("\ufeff")
    except (OSError, ValueError):
        return ""


def progress(options: argparse.Namespace) -> Callable[[str, int, int], None]:
    """A line that is written over, on a terminal only: CI logs stay quiet."""
    if not sys.stderr.isatty() or options.quiet or options.json:
        return lambda stage, done, total: None

    def show(stage: str, done: int, total: int) -> None:
        count = f" {done}/{total}" if total else ""
        sys.stderr.write(f"\r\x1b[K{stage}{count}" + ("\r\x1b[K" if stage == "write" else ""))
        sys.stderr.flush()

    return show
