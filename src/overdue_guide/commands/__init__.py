"""The commands, one module each: ``add`` declares the arguments, ``run`` does the work."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Protocol

from overdue_guide.commands import (
    build,
    check,
    clean,
    completion,
    explain,
    export,
    fmt,
    impact,
    init,
    new,
    override,
    schema,
    search,
    serve,
    verify,
)
from overdue_guide.wording import Wording


class Command(Protocol):
    """What a module of this package has."""

    def add(
        self,
        command: argparse.ArgumentParser,
        words: Wording,
        environment: Mapping[str, str],
        /,
    ) -> None:
        """Declare the arguments."""

    def run(self, options: argparse.Namespace, words: Wording, /) -> int:
        """Do it; the exit code."""


COMMANDS: Mapping[str, Command] = {
    "build": build,
    "check": check,
    "serve": serve,
    "search": search,
    "init": init,
    "new": new,
    "override": override,
    "fmt": fmt,
    "impact": impact,
    "explain": explain,
    "schema": schema,
    "verify": verify,
    "export": export,
    "completion": completion,
    "clean": clean,
}
"""In the order of the help text. What a command needs is imported when it runs: start-up stays short."""
