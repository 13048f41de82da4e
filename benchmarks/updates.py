"""What it costs to bring an index up to date; for ``search.py``, which spools the documents of a site.

python -m benchmarks.updates spool.jsonl
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from overdue_guide.model import Passage, SearchDocument
from overdue_guide.search import pack, update
from overdue_guide.search.parcels import Entry
from overdue_guide.structs import replace

ROUNDS = 9
"""Of each update."""
STAMPED = 5
"""Bytes of format and stamp, before what is squeezed."""


@dataclass(frozen=True, slots=True)
class Update:
    """What it costs to bring an index up to date, in seconds of processors: who else is busy does not count."""

    index: float
    squeezing: float
    """The files that changed; no part of ``index``."""
    files: int


def updates(spool: Path) -> Mapping[str, Update]:
    """What each change costs, measured in a process that does nothing else."""
    command = [sys.executable, "-m", "benchmarks.updates", str(spool)]
    done = subprocess.run(command, check=True, capture_output=True)
    return {what: Update(**one) for what, one in json.loads(done.stdout).items()}


def main() -> None:
    """Measure, and print JSON."""
    measured = _updates(Path(sys.argv[1]))
    print(json.dumps({what: asdict(one) for what, one in measured.items()}))


def _updates(spool: Path) -> Mapping[str, Update]:
    """What an edit costs, and one article more; the median of some rounds.

    As in a build, the last state and the dictionary of words are loaded before, while the content is read.
    """
    folder, rows = spool.with_name("index"), entries(spool)
    middle = len(rows) // 2
    one = rows[middle].document()
    last = replace(
        one.passages[-1], text=one.passages[-1].text + "\n先留证据，再要求停止联系家人。"
    )
    edited = replace(one, passages=(*one.passages[:-1], last))
    more = replace(one, url=one.url + "more/")
    changes = {
        "nothing": rows,
        "one edit": [*rows[:middle], Entry(one.url, "edit", lambda: edited), *rows[middle + 1 :]],
        "one article more": [*rows, Entry(more.url, "more", lambda: more)],
    }
    told = {}
    for what, site in changes.items():
        rounds = [_update(folder, rows, site) for _ in range(ROUNDS)]
        told[what] = sorted(rounds, key=lambda one: one.index)[ROUNDS // 2]
    return told


def _update(folder: Path, rows: Sequence[Entry], site: Sequence[Entry]) -> Update:
    """From one state of a site to another."""
    update.update(folder, rows, ())
    before = update.prepared(folder)
    ordered = sorted(site, key=lambda entry: entry.url)
    began = time.process_time()
    made = update.patched(folder, before, ordered, (), None)
    took = time.process_time() - began
    assert made
    made.remember()
    bodies = [pack.loosened(file.data[STAMPED:]) for file in made.export.changed]
    began = time.process_time()
    for body in bodies:
        pack.squeezed(body)
    squeezing = time.process_time() - began
    return Update(took - squeezing, squeezing, len(bodies))


def entries(spool: Path) -> list[Entry]:
    """The documents of a spool, read when they are asked for."""
    found, at = [], 0
    with spool.open("rb") as file:
        for line in file:
            row = json.loads(line)
            found.append(Entry(row[0], str(at), _Line(spool, at, len(line))))
            at += len(line)
    return found


@dataclass(frozen=True, slots=True)
class _Line:
    spool: Path
    at: int
    size: int

    def __call__(self) -> SearchDocument:
        with self.spool.open("rb") as file:
            file.seek(self.at)
            row = json.loads(file.read(self.size))
        url, kind, title, section, summary, stages, keywords, passages, beside = row
        shown = tuple(Passage(*part) for part in passages)
        return SearchDocument(
            url, kind, title, section, summary, tuple(stages), tuple(keywords), shown, beside
        )


if __name__ == "__main__":
    main()
