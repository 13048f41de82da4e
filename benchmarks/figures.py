"""Measured builds and searches → the figures of ``tests/figures/targets.toml`` that they give."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tests.figures.records import Figure

from benchmarks.results import Run, median, those

PEER = "Hugo + Pagefind"
"""Beside which the targets are set."""
_RATIOS = {"cold": "cold", "edit": "one edit", "title": "changed title"}


def speed(runs: Sequence[Run]) -> Iterator[Figure]:
    """Of builds, ours the first of them."""
    ours = runs[0].name
    for size in sorted({run.articles for run in runs}):
        found = those(runs, articles=size)
        own = those(found, name=ours)
        for name, kind in _RATIOS.items():
            theirs = those(found, name=PEER, kind=kind)
            if theirs:
                told = (median(theirs), median(those(own, kind=kind)))
                seconds = f"{told[0]:.2f} s, ours {told[1]:.2f} s"
                yield Figure(f"speed-{name}-{size}", round(told[0] / told[1], 2), seconds)
        yield Figure(f"speed-nothing-{size}", _seconds(own, "nothing changed"))
        yield Figure(f"speed-alone-{size}", _seconds(own, "cold"))
        memory = round(max(run.memory for run in own) / 1024)
        yield Figure(f"speed-memory-{size}", memory)
        yield Figure(f"speed-alone-memory-{size}", memory)
        changed = next(run.changed for run in those(own, kind="one edit") if run.changed)
        yield Figure(f"speed-files-{size}", changed.files)
        yield Figure(f"speed-bytes-{size}", changed.bytes)


def searching(cells: Mapping[str, float], update: float, articles: int) -> Iterator[Figure]:
    """Of what ``benchmarks.search`` says of ours; ``update``: seconds of processors after one edit."""
    values = {
        "index": cells["index s"],
        "update": update * 1000,
        "memory": cells["peak MB"],
        "bytes": cells["first result kB"],
        "time": cells["warm ms"],
        "held": cells["first holds string"],
        "empty": cells["strings empty"],
    }
    for name, value in values.items():
        yield Figure(f"searching-{name}-{articles}", round(value, 4))


def _seconds(runs: Sequence[Run], kind: str) -> float:
    return round(median(those(runs, kind=kind)), 3)
