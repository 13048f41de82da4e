"""Measured builds → RESULTS.md: medians, ratios to ours, what an edit changes, how cost grows."""

from __future__ import annotations

import os
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tests.figures.records import called, machine

KINDS = ("cold", "nothing changed", "one edit", "changed title")


@dataclass(frozen=True, slots=True)
class Changed:
    """Files of a site that a build made or changed, and their bytes."""

    files: int
    bytes: int


@dataclass(frozen=True, slots=True)
class Run:
    """One build."""

    name: str
    articles: int
    kind: str
    """One of ``KINDS``."""
    seconds: float
    memory: int
    """kB, of the largest process."""
    changed: Changed | None = None
    """None: not looked at in this round."""
    stages: Mapping[str, float] = field(default_factory=dict)
    """Seconds of each stage, where they are known."""


def median(runs: Iterable[Run]) -> float:
    """The median seconds of some builds."""
    return statistics.median(run.seconds for run in runs)


def those(runs: Iterable[Run], **values: object) -> list[Run]:
    """The builds of which all these are true."""
    return [run for run in runs if all(getattr(run, key) == value for key, value in values.items())]


def table(lines: Iterable[Sequence[str]]) -> str:
    """Rows, the first of which is the head, as Markdown."""
    head, *rows = ([*line] for line in lines)
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *rows))


def costs(runs: Sequence[Run]) -> str:
    """Builds of one size: seconds, each with its ratio to ours, and memory."""
    names = list(dict.fromkeys(run.name for run in runs))
    ours = names[0]
    head = [f"{runs[0].articles} articles", *KINDS, "largest process"]
    lines = [head]
    for name in names:
        cells = [name]
        for kind in KINDS:
            found, own = (those(runs, name=who, kind=kind) for who in (name, ours))
            took = median(found) if found else 0.0
            cells.append(f"{took:.2f} s ({took / median(own):.1f}×)" if found else "failed")
        memory = max(run.memory for run in those(runs, name=name))
        lines.append([*cells, f"{memory / 1024:.0f} MB"])
    return table(lines)


def outputs(runs: Sequence[Run]) -> str:
    """Builds of one size: the site, and what has to be sent to its host after each change."""
    head = [f"{runs[0].articles} articles", "whole site", *(f"after {kind}" for kind in KINDS[1:])]
    lines = [head]
    for name in dict.fromkeys(run.name for run in runs):
        told = {run.kind: run.changed for run in those(runs, name=name) if run.changed}
        cells = (told.get(kind) for kind in KINDS)
        lines.append([name, *(_changed(one) if one else "failed" for one in cells)])
    return table(lines)


def _changed(one: Changed) -> str:
    return f"{one.files} files, {one.bytes / 1e6:.2f} MB" if one.files else "nothing"


def write(
    path: Path,
    runs: Sequence[Run],
    versions: Mapping[str, str],
    more: Mapping[str, str],
    arguments: Sequence[str],
) -> None:
    """Write the whole report; ``more``: heading → Markdown of what others measured."""
    from benchmarks import growth

    sizes = sorted({run.articles for run in runs})
    parts = [
        "# How long a build takes",
        "<!-- Written by `make bench`. -->",
        _setting(runs, arguments),
        table([("", "version"), *versions.items()]),
        "## Seconds and memory",
        "Medians, search index included; in brackets, how many times ours. Every build is a new "
        "process; contenders take turns. Peers are given the smallest templates that do the work.",
        *(costs(those(runs, articles=size)) for size in sizes),
        "## Output",
        "The files that a cold build makes, and those whose bytes a rebuild changes.",
        *(outputs(those(runs, articles=size)) for size in sizes),
        "## How cost grows",
        "Exponents are slopes of log seconds over log articles by least squares: 1 grows with the "
        "site, 0 not at all.",
        "![Seconds against articles](growth.svg)",
        growth.contenders(runs),
        *(
            f"Ours, {kind}, seconds by stage; pages are rendered by other "
            "processes while “index” runs; “rest” is Python, its start, and what has no stage:\n\n"
            + growth.stages(runs, kind)
            for kind in ("cold", "one edit")
        ),
        *(part for heading, text in more.items() for part in (f"## {heading}", text)),
    ]
    path.write_text("\n\n".join(part for part in parts if part) + "\n", "utf-8")


def _setting(runs: Sequence[Run], arguments: Sequence[str]) -> str:
    rounds = {
        size: len(those(runs, articles=size, name=runs[0].name, kind="cold"))
        for size in sorted({run.articles for run in runs})
    }
    told = ", ".join(f"{size} articles {count}×" for size, count in rounds.items())
    return (
        f"{datetime.now(UTC).date()}, {machine()}, "
        f"load when it ended {os.getloadavg()[1]:.1f}; `{called('bench', arguments)}`: {told}."
    )
