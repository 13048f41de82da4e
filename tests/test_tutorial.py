"""docs/tutorial.md as a newcomer follows it: from the wheel, in a clean folder, to the letter.

Blocks of ``sh`` are run, ``markdown`` is written to the file named before it, ``diff`` is applied
to it. A block of ``text`` is what the commands before it must have said, line by line, with ``…``
for anything; they must have failed when it counts errors, and else not.
"""

import os
import re
import signal
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

import pytest

from overdue_guide import __version__

ROOT = Path(__file__).parent.parent
FENCE = re.compile(r"^```(sh|text|markdown|diff)\n(.*?)^```$", re.M | re.S)
NAMED = re.compile(r"`([\w.-]+(?:/[\w.-]+)+\.\w+)`")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"]
    command += ["--no-build-isolation", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, timeout=120)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the wheel depends on, as an index would give it, without this project."""
    folder = tmp_path_factory.mktemp("packages")
    ours = re.compile(r"_?overdue_guide|pip|setuptools|hatchling|__pycache__")
    for path in sorted(Path(pytest.__file__).parent.parent.iterdir()):
        if not ours.match(path.name):
            (folder / path.name).symlink_to(path)
    return folder


def environment(packages: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
    pip = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    day = {"SOURCE_DATE_EPOCH": "1795392000", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    day["PYTHONUNBUFFERED"] = "1"  # what is said comes in the order of a terminal
    return {**kept, **pip, **day, "PYTHONPATH": str(packages)}


@dataclass(slots=True)
class Newcomer:
    """Somebody at a terminal: where they are, and what the last commands said."""

    folder: Path
    home: Path
    environment: dict[str, str]
    said: str = ""
    code: int = 0

    def run(self, commands: str) -> None:
        venv = self.home / ".venv" / "bin" / "activate"
        script = f"if [ -f {venv} ]; then . {venv}; fi\nset -e\n{commands}\npwd > {self.home}/.at\n"
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=120,
        )
        self.said, self.code = done.stdout, done.returncode
        if self.code == 0:
            self.folder = Path((self.home / ".at").read_text().strip())

    def look(self) -> None:
        """Preview the site, open its home page, and stop."""
        program = self.home / ".venv" / "bin" / "overdue-guide"
        with subprocess.Popen(
            [program, "serve", "--port", "0"],
            cwd=self.folder,
            env=self.environment,
            stderr=subprocess.PIPE,
            text=True,
        ) as server:
            assert server.stderr
            lines = iter(server.stderr.readline, "")
            found = next(m for line in lines if (m := re.search(r"http://\S+/", line)))
            with urlopen(found[0]) as page:
                self.said = page.read().decode()
            server.send_signal(signal.SIGINT)

    def change(self, name: str, diff: str) -> None:
        """Replace each run of ``-`` lines by the ``+`` lines below it."""
        text = (self.folder / name).read_text("utf-8")
        pieces = re.findall(r"((?:^-.*\n)+)((?:^\+.*\n)+)", diff, re.M)
        assert diff == "".join(removed + added for removed, added in pieces)
        for removed, added in pieces:
            before = re.sub("^-", "", removed, flags=re.M).rstrip("\n")
            after = re.sub(r"^\+", "", added, flags=re.M).rstrip("\n")
            assert 1 == text.count(before), f"{name}: {before}"
            text = text.replace(before, after)
        (self.folder / name).write_text(text, "utf-8")

    def heard(self, expected: str) -> None:
        """Each line of what was expected, in order, among the lines that were said."""
        lines = iter(self.said.splitlines())
        for pattern in expected.splitlines():
            wanted = ".*".join(map(re.escape, pattern.split("…")))
            assert any(re.search(wanted, line) for line in lines), f"{pattern}\n{self.said}"


def steps(text: str) -> Iterator[tuple[str, str, str, str]]:
    """(kind, body, file named just before, what is said next)"""
    blocks = list(FENCE.finditer(text))
    for at, block in enumerate(blocks):
        named = NAMED.findall(text[: block.start()])
        follows = blocks[at + 1 : at + 2]
        heard = follows[0][2] if follows and follows[0][1] == "text" else ""
        yield block[1], block[2], named[-1] if named else "", heard


def test_a_newcomer_reaches_the_end(wheel: Path, packages: Path, tmp_path: Path) -> None:
    (tmp_path / wheel.name).symlink_to(wheel)
    who = Newcomer(tmp_path, tmp_path, environment(packages))
    for kind, body, name, heard in steps((ROOT / "docs" / "tutorial.md").read_text("utf-8")):
        if body == "overdue-guide serve\n":
            who.look()
            assert "押金指南" in who.said
        elif kind == "sh":
            who.run(body)
            assert ("errors: 1" in heard) == (who.code == 1), who.said
        elif kind == "markdown":
            (who.folder / name).write_text(body, "utf-8")
        elif kind == "diff":
            who.change(name, body)
        else:
            who.heard(body)
    built = who.folder / "build"
    foot = (built / "living" / "lost-key" / "index.html").read_text("utf-8")
    assert "本站由租客写给租客" in foot
    assert "https://you.example/deposits/living/lost-key/" in foot
    assert '<meta name="theme-color" content="#1f4f8b">' in foot


def test_the_wheel_holds_what_its_commands_need(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    assert {
        "overdue_guide/templates/base.html",
        "overdue_guide/templates/styles/tokens.css",
        "overdue_guide/templates/icons/icon-192.png",
        "overdue_guide/starter/.gitignore",
        "overdue_guide/starter/.github/workflows/guide.yml",
        "overdue_guide/starter/content/site.yml",
        "overdue_guide/messages/zh.toml",
        "overdue_guide/search/data/pinyin.txt",
        "overdue_guide/preview/reload.mjs",
        "overdue_guide/py.typed",
        f"overdue_guide-{__version__}.data/data/share/man/man1/overdue-guide.1",
    } <= names
    foreign = [
        name for name in names if not re.match(r"overdue_guide(-[\d.]+\.(dist-info|data))?/", name)
    ]
    assert [] == foreign
