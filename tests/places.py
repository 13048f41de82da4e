"""Machines that differ in what must not matter, and what a build makes on each of them."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.golden_site import CONTENT, TEMPLATES


@dataclass(frozen=True)
class Place:
    """How one machine differs from another."""

    name: str
    environment: Mapping[str, str] = field(default_factory=dict)
    arguments: tuple[str, ...] = ()
    umask: int = 0o022
    backwards: bool = False
    """Whether its folders list the last file first."""


PLACES = (
    Place("ours", {"PYTHONHASHSEED": "0", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"}),
    Place(
        "another seed, in Samoa", {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Apia"}, ("--jobs", "3")
    ),
    Place("a careful Turkish one", {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}, umask=0o077),
    Place("no UTF-8, no cache", {"LC_ALL": "C"}, ("--no-cache",), umask=0o000),
    Place("backwards", {"PYTHONHASHSEED": "7", "LC_ALL": "zh_CN.GB18030"}, backwards=True),
)


def laid(folder: Path, place: Place, content: Path = CONTENT) -> None:
    """Put a copy of the content into ``folder``, file by file in this place's order."""
    files = sorted((path for path in content.rglob("*") if path.is_file()), reverse=place.backwards)
    for path in files:
        target = folder / "content" / path.relative_to(content)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def built(folder: Path, place: Place, *more: str, today: str = "2026-11-23") -> Path:
    """What was laid there, built in a process of its own at this place; ``more``: arguments."""
    command = [sys.executable, "-m", "overdue_guide", "build", "--today", today, "--quiet"]
    site = folder / "site"
    folders = ["--content", folder / "content", "--output", site, "--cache", folder / "cache"]
    known = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    done = subprocess.run(
        [*command, *map(str, folders), "--templates", str(TEMPLATES), *place.arguments, *more],
        cwd=folder,
        env={**known, **place.environment},
        umask=place.umask,
        capture_output=True,
    )
    assert 0 == done.returncode, done.stderr
    return site


def files(site: Path) -> dict[str, str]:
    """Path → SHA-256 of every file of a site."""
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


def differing(ours: Mapping[str, str], theirs: Mapping[str, str]) -> list[str]:
    """The paths of which not both have the same bytes."""
    return sorted(
        path for path in ours.keys() | theirs.keys() if ours.get(path) != theirs.get(path)
    )
