"""Our search beside Pagefind and MkDocs Material, over the same articles, in the same run.

    python -m benchmarks.search --articles 200 --queries 40

Peers as in ``build.py``, from their packages. Prints Markdown: seconds and memory of indexing, files and bytes,
bytes to the first result (bodies as they are sent, text gzipped, client code included, a cold browser each
time) and seconds of a warm query in Chromium, and how well random strings of the articles and the questions of
``tests/search/ranking.yml`` are answered. 1,000 and 10,000 articles take as long as the peers' builds.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml
from tests.figures.records import begun, known

from benchmarks.corpus import Sample, samples
from benchmarks.figures import searching
from benchmarks.flavours import write
from benchmarks.peers import Contender, contenders
from benchmarks.searchers import SEARCHERS, Asked, ask
from benchmarks.updates import entries, updates
from overdue_guide import documents
from overdue_guide.build import content
from overdue_guide.options import Options
from overdue_guide.search import text, update

ROOT = Path(__file__).parent.parent
DAY = date(2026, 11, 23)
_WORDS = re.compile(r"[\u4e00-\u9fff]{2,}")


@dataclass(frozen=True, slots=True)
class Indexing:
    """What it costs to index, and to write what browsers load."""

    seconds: float
    cpu: float
    memory: int
    """Peak of the process, in MB."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One way to search, measured."""

    indexing: Indexing
    sizes: Sequence[int]
    """Bytes of each file."""
    asked: Asked


def main() -> None:
    """Measure everything and print it."""
    given = _arguments()
    if given.index:
        _index(given.index)
        return
    asks = f"--articles {given.articles} --queries {given.queries}"
    measuring = begun(f"python -m benchmarks.search {asks}")
    found = contenders(given.work, given.work / "peers", given.peers)
    for contender in found:
        write(given.articles, contender.flavour, contender.folder)
        for command in contender.commands:
            _measured(command, contender.folder)
    texts = {f"{one.section}/{one.slug}/": _text(one) for one in samples(given.articles)}
    strings = substrings(list(texts.values()), given.queries)
    rows = {}
    for contender in found:
        name, make, folder = SEARCHERS[contender.flavour]
        indexing = _indexed(contender)
        sizes = [path.stat().st_size for path in _files(contender.site, folder)]
        asked = ask(make, contender.site, strings, questions())
        rows[name] = cells(Measured(indexing, sizes, asked), texts, strings)
    print(table(rows, given.articles))
    after = updates(given.work / "spool.jsonl")
    lines = [
        f"| {what} | {one.index * 1000:.1f} | {one.squeezing * 1000:.1f} | {one.files} |"
        for what, one in after.items()
    ]
    heads = ["", "| after | index, CPU ms | squeezing files | files |", "| --- | --- | --- | --- |"]
    print("\n".join([*heads, *lines]))
    ours = {head: value for head, (value, _) in rows[SEARCHERS["ours"][0]].items()}
    figures = searching(ours, after["one edit"].index, given.articles)
    measuring.record(known(figures))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--queries", type=int, default=40)
    peers = sorted(SEARCHERS.keys() - {"ours"})
    parser.add_argument("--peers", nargs="*", choices=peers, default=peers, help="none: ours alone")
    parser.add_argument("--work", type=Path, default=ROOT / ".cache" / "benchmarks")
    parser.add_argument("--index", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _text(sample: Sample) -> str:
    parts = [part for heading, texts in sample.parts for part in (heading, *texts)]
    return text.fold("\n".join([sample.title, sample.summary, *parts]))


def substrings(texts: Sequence[str], count: int) -> list[str]:
    """Random strings of two to eight characters that stand in a text; always the same ones."""
    chance = random.Random(1)
    runs = [found for whole in texts if (found := _WORDS.findall(whole))]
    strings = []
    for _ in range(count):
        run = chance.choice(chance.choice(runs))
        size = min(len(run), chance.randint(2, 8))
        begin = chance.randrange(len(run) - size + 1)
        strings.append(run[begin : begin + size])
    return strings


def questions() -> list[str]:
    """What readers ask."""
    cases = yaml.safe_load((ROOT / "tests" / "search" / "ranking.yml").read_text("utf-8"))
    return [case["query"] for case in cases if len(case["query"]) > 5]


def _indexed(contender: Contender) -> Indexing:
    """What indexing alone costs."""
    if contender.flavour == "ours":
        spool = contender.folder.parent / "spool.jsonl"
        _spool(contender.folder / "content", spool)
        for left in "index", "exported":  # of the run before, maybe of another size
            shutil.rmtree(spool.with_name(left), ignore_errors=True)
        return _measured([sys.executable, "-m", "benchmarks.search", "--index", spool], ROOT)
    if contender.flavour == "hugo":
        return _measured([*contender.commands[1]], contender.folder)
    # Material indexes while it builds: the difference to a build without search.
    settings = contender.folder / "mkdocs.yml"
    whole = _measured([*contender.commands[0]], contender.folder)
    kept = settings.read_text("utf-8")
    settings.write_text(kept.replace("[search, tags]", "[tags]"), "utf-8")
    less = _measured([*contender.commands[0], "-d", "without"], contender.folder)
    settings.write_text(kept, "utf-8")
    seconds, cpu = whole.seconds - less.seconds, whole.cpu - less.cpu
    return Indexing(max(seconds, 0.0), max(cpu, 0.0), whole.memory)


def _measured(command: Sequence[str | Path], folder: Path | None = None) -> Indexing:
    words = ["/usr/bin/time", "-f", "%e %U %S %M", *map(str, command)]
    done = subprocess.run(words, cwd=folder, check=True, capture_output=True, text=True)
    seconds, user, system, memory = done.stderr.splitlines()[-1].split()
    return Indexing(float(seconds), float(user) + float(system), int(memory) // 1024)


def _spool(folder: Path, spool: Path) -> None:
    """The documents of a content folder, one a line: what the build hands to the index."""
    site = content(Options(folder, ROOT / "templates", folder.parent / "none", DAY))
    with spool.open("w", encoding="utf-8") as file:
        for entry in documents.documents(site.checked, site.keys):
            one = entry.document()
            shown = [[part.anchor, part.heading, part.text] for part in one.passages]
            about = [one.url, one.kind, one.title, one.section, one.summary]
            row = [*about, one.stages, one.keywords, shown, one.beside]
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def _index(spool: Path) -> None:
    """Index a spool and write the files, in a process of its own."""
    made = update.update(spool.with_name("index"), entries(spool), (), {})
    for file in made.changed:
        path = spool.with_name("exported") / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)


def _files(site: Path, folder: str) -> list[Path]:
    every = (path for path in (site / folder).rglob("*") if path.is_file())
    return [path for path in every if path.suffix != ".html"]


def cells(
    row: Measured, texts: Mapping[str, str], strings: Sequence[str]
) -> Mapping[str, tuple[float, str]]:
    """Each figure of a way to search, and how it is written."""
    held = [
        [query in texts.get(url, "") for url in found]
        for query, found in zip(strings, row.asked.strings, strict=True)
    ]
    there = [min(10, sum(query in whole for whole in texts.values())) for query in strings]
    ten = [sum(found) / count for found, count in zip(held, there, strict=True) if count]
    empty = sum(not found for found in row.asked.strings)
    return {
        "index s": (row.indexing.seconds, ".2f"),
        "CPU s": (row.indexing.cpu, ".2f"),
        "peak MB": (row.indexing.memory, "d"),
        "files": (len(row.sizes), "d"),
        "MB": (sum(row.sizes) / 1e6, ".2f"),
        "first result kB": (statistics.median(row.asked.bytes) / 1000, ".1f"),
        "warm ms": (statistics.median(row.asked.seconds) * 1000, ".1f"),
        "first holds string": (sum(found[:1] == [True] for found in held) / len(held), ".2f"),
        "ten hold it": (statistics.mean(ten), ".2f"),
        "strings empty": (empty / len(held), ".2f"),
        "questions empty": (row.asked.unanswered, ".2f"),
    }


def table(found: Mapping[str, Mapping[str, tuple[float, str]]], articles: int) -> str:
    """The figures of each, by name, as Markdown."""
    heads = list(next(iter(found.values())))
    lines = [
        f"| {articles} articles | {' | '.join(heads)} |",
        "| --- " * (len(heads) + 1) + "|",
    ]
    for name, row in found.items():
        told = (format(value, form) for value, form in row.values())
        lines.append(f"| {name} | {' | '.join(told)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
