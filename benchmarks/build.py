"""Ours beside other generators, alternately, on the same articles; writes RESULTS.md, growth.svg, docs/figures.

    python -m benchmarks.build --articles 100 200 1000x3 10000x1 --alone 100000

SIZExROUNDS: each round builds cold, then with nothing changed, after an edit of one article's text,
and after a change of its title; every build is a process of its own, search index included, and all
contenders do each of these before the next. Sizes of --alone are built by ours only. Needs GNU time.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.figures.records import begun, called, known

from benchmarks import figures, growth, results
from benchmarks.flavours import write
from benchmarks.peers import PEERS, ROOT, Command, Contender, contenders
from benchmarks.results import KINDS, Changed, Run

_HERE = Path(__file__).parent
_RESULTS = _HERE / "RESULTS.md"
_TIME = "/usr/bin/time"
_TITLE = re.compile(r'^([Tt]itle: "?)(.*?)(?:（改 \d+）)?("?)$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Size:
    """How many articles, and how often each is built."""

    articles: int
    rounds: int

    @classmethod
    def of(cls, text: str) -> Size:
        """Of ``1000x3``, or ``1000``."""
        articles, _, rounds = text.partition("x")
        return cls(int(articles), int(rounds or 3))


def edit(path: Path, number: int) -> None:
    """Add a sentence to an article."""
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n第 {number} 次修改：先留证据，再要求停止联系家人。\n")


def retitle(path: Path, number: int) -> None:
    """Change an article's title."""
    text = path.read_text("utf-8")
    path.write_text(_TITLE.sub(rf"\g<1>\g<2>（改 {number}）\g<3>", text, count=1), "utf-8")


def _leave(path: Path, number: int) -> None:
    pass


CHANGES: Mapping[str, Callable[[Path, int], None]] = dict(
    zip(KINDS, (_leave, _leave, edit, retitle), strict=True)
)


def measure(found: list[Contender], size: Size, limit: int) -> Iterator[Run]:
    """Build in turn; a peer that fails, or takes more than ``limit`` seconds, is left out."""
    articles = {}
    for contender in found:
        paths = write(size.articles, contender.flavour, contender.folder)
        articles[contender.name] = paths[size.articles // 2]
    trees: dict[str, dict[str, tuple[str, int]]] = {}
    for number in range(size.rounds):
        for kind, change in CHANGES.items():
            for contender in tuple(found):
                if kind == "cold":
                    _clear(contender)
                change(articles[contender.name], number)
                try:
                    seconds, memory, stages = _build(contender, limit)
                except (OSError, subprocess.SubprocessError) as error:
                    if contender.flavour == "ours":
                        raise
                    print(f"{contender.name} is left out from now on: {error}", file=sys.stderr)
                    found.remove(contender)
                    continue
                told = None
                if number == 0:
                    before, now = trees.get(contender.name, {}), tree(contender.site)
                    trees[contender.name], told = now, changed(before, now)
                yield Run(contender.name, size.articles, kind, seconds, memory, told, stages)


def _clear(contender: Contender) -> None:
    for left in (contender.site, *contender.leftovers):
        shutil.rmtree(left, ignore_errors=True)


def _build(contender: Contender, limit: int) -> tuple[float, int, Mapping[str, float]]:
    """Wall seconds, kB of memory of the largest process, and seconds of our own stages."""
    memory, said = 0, ""
    began = time.perf_counter()
    for command in contender.commands:
        used, said = _measured(command, contender.folder, limit)
        memory = max(memory, used)
    seconds = time.perf_counter() - began
    if contender.flavour != "ours":
        return seconds, memory, {}
    report = json.loads(said)
    if report["problems"]:
        raise OSError(f"the corpus has problems: {report['problems'][0]}")
    stages = {stage: took for stage, took in report["seconds"].items() if stage != "total"}
    return seconds, memory, {**stages, "rest": seconds - sum(stages.values())}


def _measured(command: Command, folder: Path, limit: int) -> tuple[int, str]:
    words = [_TIME, "-f", "%M kB", *map(str, command)]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=limit)
    if done.returncode:
        raise OSError(f"{command[0]}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return int(re.findall(r"^(\d+) kB$", done.stderr, re.MULTILINE)[-1]), done.stdout


def tree(site: Path) -> dict[str, tuple[str, int]]:
    """Path → digest and size of every file of a site."""
    found = {}
    for path in site.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            digest = hashlib.blake2b(data, digest_size=16).hexdigest()
            found[path.relative_to(site).as_posix()] = (digest, len(data))
    return found


def changed(before: Mapping[str, tuple[str, int]], now: Mapping[str, tuple[str, int]]) -> Changed:
    """What has to be sent to a host that holds the site as it was before."""
    sizes = [size for path, (digest, size) in now.items() if before.get(path, "")[:1] != (digest,)]
    return Changed(len(sizes), sum(sizes))


def profile(contender: Contender) -> str:
    """Where the time of a cold build goes, and of one after an edit."""
    told = []
    article = next(iter(sorted(contender.folder.glob("content/*/*.md"))))
    for kind in ("cold", "one edit"):
        if kind == "cold":
            _clear(contender)
        CHANGES[kind](article, 0)
        command = [word for word in contender.commands[0] if word != "--json"]
        words = [*map(str, command), "--profile"]
        done = subprocess.run(
            words, cwd=contender.folder, check=True, capture_output=True, text=True
        )
        told.append(f"{kind}:\n\n```\n{done.stderr.strip()}\n```")
    return "\n\n".join(told)


def searching(articles: int, work: Path) -> str:
    """What ``benchmarks.search`` prints."""
    words = ["-m", "benchmarks.search", "--articles", str(articles), "--work", str(work)]
    done = subprocess.run([sys.executable, *words], cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        print(f"search was not measured: {done.stderr}", file=sys.stderr)
    return done.stdout.strip() or "Not measured in this run."


def main() -> None:
    """Run from the command line."""
    given = _arguments().parse_args()
    if not Path(_TIME).exists():
        sys.exit(f"{_TIME} is missing: install the package time")
    found = contenders(given.work, given.work / "peers", given.peers)
    versions = {one.name: one.versions for one in found}
    runs: list[Run] = []
    more: dict[str, str] = {}
    measuring = begun(called("bench", sys.argv[1:]))
    sizes = [(size, found) for size in given.articles] + [(size, found[:1]) for size in given.alone]
    for size, who in sizes:
        for run in measure(who, size, given.limit):
            runs.append(run)
            print(f"{run.articles} {run.name} {run.kind} {run.seconds:.2f} s", file=sys.stderr)
        if size in given.articles:
            more["Where our time goes"] = f"{size.articles} articles, {profile(found[0])}"
        # Whatever happens to the larger sizes, what was measured is kept.
        results.write(given.results, runs, versions, more, sys.argv[1:])
        growth.write(given.results.with_name("growth.svg"), runs)
        if given.results == _RESULTS:  # elsewhere goes what only tries whether it runs
            measuring.record(known(figures.speed(runs)))
    if given.search:
        more["Searching"] = searching(given.search, given.work)
        results.write(given.results, runs, versions, more, sys.argv[1:])
    print(given.results.read_text("utf-8"))


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.build",
        description=__doc__,
        formatter_class=argparse.RawTextHelpFormatter,
    )
    add = parser.add_argument
    default = [Size(100, 3), Size(200, 3), Size(1000, 3)]
    add("--articles", type=Size.of, nargs="+", default=default, metavar="SIZExROUNDS")
    add("--alone", type=Size.of, nargs="*", default=[], metavar="SIZExROUNDS")
    add("--peers", choices=PEERS, nargs="*", default=list(PEERS))
    add("--search", type=int, default=200, help="articles to measure search with; 0: leave it out")
    add("--limit", type=int, default=1800, help="seconds that a build may take")
    add("--work", type=Path, default=ROOT / ".cache" / "benchmarks")
    add("--results", type=Path, default=_RESULTS)
    return parser


if __name__ == "__main__":
    os.environ["NO_COLOR"] = "1"
    main()
