"""Same input, same bytes: whatever the machine, its settings and the build before."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.places import PLACES, built, differing, files, laid


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("places")
    found = {}
    for number, place in enumerate(PLACES):
        laid(folder / str(number), place)
        found[place.name] = built(folder / str(number), place)
    return found


@pytest.mark.parametrize("place", [place.name for place in PLACES[1:]])
def test_every_place_makes_the_same_files(sites: dict[str, Path], place: str) -> None:
    ours, theirs = files(sites["ours"]), files(sites[place])
    assert len(ours) > 100
    assert [] == differing(ours, theirs)


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
