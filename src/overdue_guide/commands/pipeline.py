"""What the commands that run the pipeline share: its options, its progress, its problems."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from overdue_guide.commands import console, profile
from overdue_guide.wording import Wording

if TYPE_CHECKING:
    from overdue_guide.options import BuildReport, Options


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
    if options.verbose:
        for stage, seconds in made.seconds:
            console.warn(f"{profile.stage(stage, words)}{seconds:8.3f} s")
    failed = tally["errors"] or (options.strict and made.problems)
    return console.CONTENT if failed else console.FINE


Progress = Callable[[str, int, int], None]
"""(stage, done, of how many)"""


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
