"""What a build is asked to do, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from overdue_guide import cache
from overdue_guide.buildlog import Written
from overdue_guide.clock import Times
from overdue_guide.problems import Problem, Severity
from overdue_guide.structs import Struct

Graded = tuple[tuple[Problem, Severity], ...]


@dataclass(frozen=True, slots=True)
class Options:
    """What a build works on; everything it needs from outside."""

    content: Path
    templates: Path
    output: Path
    today: date
    cache: Path | None = None
    """None: nothing is remembered between builds."""
    base_url: str = ""
    """Empty: that of site.yml."""
    jobs: int = 1
    drafts: bool = False
    strict: bool = False
    """Warnings fail, too."""
    download: bool = True
    """A small site is offered as one file, too, which takes time after each edit."""

    @property
    def digest(self) -> str:
        """Of what changes the site."""
        return cache.digest_of((self.pages_digest, self.download))

    @property
    def pages_digest(self) -> str:
        """Of what may change any page."""
        return cache.digest_of((self.base_url, self.drafts, self.today))


class BuildReport(Struct, frozen=True):
    """What a build did, or why it did nothing."""

    base_url: str = ""
    pages: int = 0
    files: Written = Written()
    problems: Graded = ()
    seconds: Times = ()
    """(stage, seconds)"""
    slowest: tuple[tuple[str, Times], ...] = ()
    """(stage, the articles or pages that took longest in it)"""
