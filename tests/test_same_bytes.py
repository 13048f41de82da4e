"""Same input, same bytes: whatever the machine, its settings and the build before."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

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


def built(folder: Path, place: Place) -> Path:
    """The golden site, built in a process of its own at this place; built twice if need be."""
    content, site = folder / "content", folder / "site"
    content.mkdir(parents=True)
    files = sorted((path for path in CONTENT.rglob("*") if path.is_file()), reverse=place.backwards)
    for path in files:
        target = content / path.relative_to(CONTENT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    command = [sys.executable, "-m", "overdue_guide", "build", "--today", "2026-11-23", "--quiet"]
    folders = ["--content", content, "--output", site, "--cache", folder / "cache"]
    known = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    done = subprocess.run(
        [*command, *map(str, folders), "--templates", str(TEMPLATES), *place.arguments],
        cwd=folder,
        env={**known, **place.environment},
        umask=place.umask,
        capture_output=True,
    )
    assert 0 == done.returncode, done.stderr
    return site


def files(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(site.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("places")
    return {place.name: built(folder / str(n), place) for n, place in enumerate(PLACES)}


@pytest.mark.parametrize("place", [place.name for place in PLACES[1:]])
def test_every_place_makes_the_same_files(sites: dict[str, Path], place: str) -> None:
    ours, theirs = files(sites["ours"]), files(sites[place])
    assert len(ours) > 100
    assert [] == sorted(
        path for path in ours.keys() | theirs.keys() if ours.get(path) != theirs.get(path)
    )


@pytest.mark.parametrize("place", [place.name for place in PLACES])
def test_a_web_server_may_read_them_and_nobody_else_may_write(
    sites: dict[str, Path], place: str
) -> None:
    site = sites[place]
    modes = {
        (path.is_dir(), oct(path.stat().st_mode & 0o7777)) for path in (site, *site.rglob("*"))
    }
    assert {(True, "0o755"), (False, "0o644")} == modes


def test_names_of_files_are_utf_8_or_nothing_is_built(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    command = [sys.executable, "-m", "overdue_guide", "build", "--no-cache"]
    known = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    done = subprocess.run(
        command,
        cwd=tmp_path,
        env={**known, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
    )
    assert 2 == done.returncode
    assert b"PYTHONUTF8=1" in done.stderr
    assert ["content"] == [path.name for path in tmp_path.iterdir()]
