"""What the commands that run the pipeline share: its arguments, its progress, its problems."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from overdue_guide import arguments
from overdue_guide.commands import console, profile
from overdue_guide.wording import Wording

if TYPE_CHECKING:
    from overdue_guide.clock import Progress
    from overdue_guide.options import BuildReport, Options


def add(command: argparse.ArgumentParser, words: Wording, environment: Mapping[str, str]) -> None:
    """The arguments of a command that runs the pipeline once, and reports on it."""
    arguments.folders(command, words)
    arguments.building(command, words, environment)
    arguments.strict_flag(command, words)
    arguments.reporting(command, words)


def told(
    work: Callable[[Options, Progress], BuildReport], options: argparse.Namespace, words: Wording
) -> tuple[BuildReport, int]:
    """Run the pipeline and print its problems and, if asked, where time went; with the exit code."""
    watch = profile.Stopwatch()
    with progress(options, words) as shown:
        made = work(pipeline_options(options), shown)
    code = tell(made, options, words)
    if options.profile:
        console.warn("\n".join(profile.lines(made, watch, words)))
    return made, code


def pipeline_options(options: argparse.Namespace) -> Options:
    """The arguments as the pipeline takes them."""
    from overdue_guide.options import Options

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
    from overdue_guide import report, sources

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
        style = console.style(sys.stdout, os.environ)
        told = report.text(made.problems, words, locate, sources.line_reader(content), style)
        console.print_lines(told)
    tally = report.counts(made.problems)
    if console.chatty(options) and made.problems:
        console.warn(words.say("counted", **tally))
    failed = tally["errors"] or (options.strict and made.problems)
    return console.CONTENT if failed else console.FINE


@contextmanager
def progress(options: argparse.Namespace, words: Wording) -> Iterator[Progress]:
    """A bar that is written over and taken away, on a person's terminal only: logs stay quiet."""
    silent = options.quiet or options.json or bool(os.environ.get("CI"))
    if silent or not console.drawable(sys.stderr, os.environ):
        yield lambda stage, done, total: None
        return

    def show(stage: str, done: int, total: int) -> None:
        sys.stderr.write(f"{_CLEAR}{profile.stage(stage, words)}{_bar(done, total)}")
        sys.stderr.flush()

    try:
        yield show
    finally:
        sys.stderr.write(_CLEAR)
        sys.stderr.flush()


_CLEAR = "\r\x1b[K"
"""Back to the start of the line, and empty it (ECMA-48)."""
_BAR = 24


def _bar(done: int, total: int) -> str:
    if not total:
        return "…" if (sys.stderr.encoding or "").lower().startswith("utf") else "..."
    filled = _BAR * done // total
    return f"[{'#' * filled}{'-' * (_BAR - filled)}] {done}/{total}"
