"""Small sites, builds of them on an unkind machine, and what must be true of a folder after."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from hashlib import sha256
from pathlib import Path

from overdue_guide import manifest, workarea
from overdue_guide.model import OutputFile
from overdue_guide.write import stage
from tests.content import CIVIL_CODE, HEAD, TEMPLATES, write
from tests.torture.server import Outcome, Wish

FOREIGN = {"CNAME": b"guide.example", "contact/kept/by/hand.txt": b"mine"}
"""Files of somebody else in a published folder."""


class Machine:
    """A process that runs builds, each in a process of its own to which it may be unkind."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def run(self, wish: Wish) -> Outcome:
        """How it ended."""
        self.begin(wish)
        return self.end()

    def begin(self, wish: Wish) -> None:
        """Do not wait for it."""
        assert self._process.stdin
        self._process.stdin.write(json.dumps(asdict(wish)) + "\n")
        self._process.stdin.flush()

    def end(self) -> Outcome:
        """How what was begun ended."""
        assert self._process.stdout
        return Outcome(**json.loads(self._process.stdout.readline()))

    def publish(self, files: Mapping[str, bytes], output: Path, **changes: object) -> Outcome:
        """Let ``write`` publish these files."""
        encoded = {path: b64encode(data).decode() for path, data in files.items()}
        values: dict[str, object] = {"below": str(output.parent), **changes}
        return self.run(Wish(publish=encoded, output=str(output), **values))  # type: ignore[arg-type]


@contextmanager
def started() -> Iterator[Machine]:
    """A machine that stops at the end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.torture.server"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment(),
    )
    with process:
        yield Machine(process)
        assert process.stdin
        process.stdin.close()


def environment() -> dict[str, str]:
    """What a build may know of the machine: an English one, whose modules lie where ours do."""
    known = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    return {**known, "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}


def arguments(folder: Path, *more: str) -> tuple[str, ...]:
    """Of a build of ``folder/content`` into ``folder/public/site``."""
    places = ("content", "output", "cache")
    named = [part for name in places for part in (f"--{name}", str(place(folder, name)))]
    return ("build", *named, "--templates", str(TEMPLATES), "--today", "2026-11-23", *more)


def place(folder: Path, name: str) -> Path:
    """Where a build of the folder has its content, output or cache."""
    return folder / {"output": "public/site"}.get(name, name)


def command(folder: Path, *more: str) -> list[str]:
    """The same for a process."""
    return [sys.executable, "-m", "overdue_guide", *arguments(folder, *more)]


def write_content(folder: Path, articles: int = 3) -> Path:
    """A site with some of everything; its content folder."""
    files: dict[str, str | bytes] = {
        "site.yml": "title: 指南\nbase_url: https://example.org/guide/\n",
        "about.md": "---\ntitle: 关于\n---\n正文\n",
        "contact/p.png": b"picture",
        "reference/laws/civil-code.yml": CIVIL_CODE,
        "reference/glossary.yml": "- {term: 逾期, meaning: 到期没还。}\n",
    }
    pages = {f"contact/n{at}.md": article(f"第{at}篇") for at in range(articles)}
    return write(folder, {**files, **pages})


def article(title: str, text: str = "催收不能骚扰家人。") -> str:
    """A page of its own words."""
    return (
        HEAD.replace("题", title) + f"{text}[@civil-code:1034]\n\n## {title}说什么\n\n{title}。\n"
    )


def publish(site: Mapping[str, bytes], output: Path) -> None:
    """Let ``write`` publish these files on a kind machine."""
    files = [OutputFile(path, data) for path, data in site.items()]
    with workarea.locked(output), stage(output) as made:
        made.add([made.put(file) for file in files])
        made.publish()


def edit(folder: Path, edited: bool) -> None:
    """Change an article, and take or give another one."""
    write(folder, {"contact/n1.md": article("第1篇", "新说法。" if edited else "旧说法。")})
    if edited:
        (folder / "content" / "contact" / "n2.md").unlink(missing_ok=True)
    else:
        write(folder, {"contact/n2.md": article("第2篇")})


def built(machine: Machine, folder: Path, **changes: object) -> Outcome:
    """A build, on a machine that is unkind below the folder."""
    values: dict[str, object] = {"below": str(folder), **changes}
    return machine.run(Wish(arguments(folder), **values))  # type: ignore[arg-type]


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder; nothing when there is no folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def listed(files: Mapping[str, bytes]) -> dict[str, str]:
    """What a manifest says that there is."""
    return {str(k): str(v) for k, v in json.loads(files[manifest.NAME])["files"].items()}


def whole(folder: Path, foreign: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """The files of the one complete build in the folder, besides the foreign ones, which are there."""
    files = tree(folder)
    for path, data in (foreign or {}).items():
        assert files.pop(path, None) == data, f"{path} was lost"
    digests = {
        path: sha256(data).hexdigest() for path, data in files.items() if path != manifest.NAME
    }
    assert digests == listed(files)
    return files


def published(output: Path, foreign: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same without its manifest."""
    files = whole(output, foreign)
    del files[manifest.NAME]
    return files


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """Paths of files that are not the same in both; short, unlike the files."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
