"""How cost grows with a site: fitted exponents, and a chart of seconds against articles as SVG."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from benchmarks.results import KINDS, Run, median, table, those

Points = Sequence[tuple[float, float]]
"""(articles, seconds)"""

_LEAST = 0.001
"""Seconds below which a time says nothing."""


def exponent(points: Points) -> float | None:
    """The slope of log seconds over log articles by least squares; None when there is none."""
    logs = [(math.log(size), math.log(took)) for size, took in points if took >= _LEAST]
    if len({size for size, _ in logs}) < 2:
        return None
    middle = [sum(column) / len(logs) for column in zip(*logs, strict=True)]
    together = sum((size - middle[0]) * (took - middle[1]) for size, took in logs)
    spread = sum((size - middle[0]) * (size - middle[0]) for size, _ in logs)
    return float(together / spread)


def points(runs: Iterable[Run], name: str, kind: str) -> Points:
    """The medians of a contender, by size."""
    found = those(runs, name=name, kind=kind)
    sizes = sorted({run.articles for run in found})
    return [(size, median(those(found, articles=size))) for size in sizes]


def contenders(runs: Sequence[Run]) -> str:
    """The exponents of all, for each kind of build."""
    names = dict.fromkeys(run.name for run in runs)
    rows = ([name, *(_power(points(runs, name, kind)) for kind in KINDS)] for name in names)
    return table([("exponent", *KINDS), *rows])


def stages(runs: Sequence[Run], kind: str) -> str:
    """Seconds of our stages at each size, and their exponents."""
    found = [run for run in those(runs, kind=kind) if run.stages]
    sizes = sorted({run.articles for run in found})
    lines = [["stage", *map(str, sizes), "exponent"]]
    for stage in dict.fromkeys(stage for run in found for stage in run.stages):
        took = []
        for size in sizes:
            known = [run.stages.get(stage, 0.0) for run in those(found, articles=size)]
            took.append((size, statistics.median(known)))
        lines.append([stage, *(f"{value:.3f}" for _, value in took), _power(took)])
    return table(lines)


def _power(measured: Points) -> str:
    found = exponent(measured)
    return "–" if found is None else f"{found:.2f}"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the chart."""

    name: str
    points: Points
    colour: str
    dashed: bool = False


_COLOURS = ("#0b4d42", "#c2410c", "#1d4ed8", "#7e22ce", "#a16207", "#be185d", "#475569")
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 860, 520, 60, 250, 20, 50


def write(path: Path, runs: Sequence[Run]) -> None:
    """Draw everybody's cold builds, and, dashed, the builds after one edit."""
    lines = []
    for at, name in enumerate(dict.fromkeys(run.name for run in runs)):
        colour = _COLOURS[at % len(_COLOURS)]
        lines.append(Line(f"{name}, cold", points(runs, name, "cold"), colour))
        lines.append(Line(f"{name}, one edit", points(runs, name, "one edit"), colour, True))
    path.write_text(chart([line for line in lines if line.points]), "utf-8")


def chart(lines: Sequence[Line]) -> str:
    """Lines on logarithmic axes, each with its name at its end."""
    every = [point for line in lines for point in line.points]
    axes = _Axes(
        _decades(size for size, _ in every), _decades(max(took, _LEAST) for _, took in every)
    )
    drawn = [*axes.drawn(), *(_path(line, axes) for line in lines), *_names(lines, axes)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" '
        'aria-label="Seconds of a build against articles" '
        'font-family="sans-serif" font-size="12">\n'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>\n'
        + "\n".join(drawn)
        + "\n</svg>\n"
    )


def _decades(values: Iterable[float]) -> tuple[int, int]:
    """The powers of ten around all values."""
    found = [math.log10(value) for value in values]
    low, high = math.floor(min(found)), math.ceil(max(found))
    return low, max(high, low + 1)


@dataclass(frozen=True, slots=True)
class _Axes:
    sizes: tuple[int, int]
    seconds: tuple[int, int]

    def x(self, size: float) -> float:
        low, high = self.sizes
        share = (math.log10(size) - low) / (high - low)
        return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)

    def y(self, seconds: float) -> float:
        low, high = self.seconds
        share = (math.log10(max(seconds, _LEAST)) - low) / (high - low)
        return round(_HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM), 1)

    def drawn(self) -> Iterable[str]:
        right, foot = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
        for power in range(self.sizes[0], self.sizes[1] + 1):
            x = self.x(10**power)
            yield f'<path d="M{x} {_TOP}V{foot}" stroke="#ddd"/>'
            yield f'<text x="{x}" y="{foot + 18}" text-anchor="middle">{10**power:,}</text>'
        for power in range(self.seconds[0], self.seconds[1] + 1):
            y = self.y(10**power)
            yield f'<path d="M{_LEFT} {y}H{right}" stroke="#ddd"/>'
            yield f'<text x="{_LEFT - 8}" y="{y + 4}" text-anchor="end">{10.0**power:g} s</text>'
        middle = (_LEFT + right) / 2
        yield f'<text x="{middle:g}" y="{foot + 40}" text-anchor="middle">articles</text>'


def _path(line: Line, axes: _Axes) -> str:
    at = [(axes.x(size), axes.y(took)) for size, took in line.points]
    dash = ' stroke-dasharray="5 4"' if line.dashed else ""
    dots = "".join(f'<circle cx="{x}" cy="{y}" r="3" fill="{line.colour}"/>' for x, y in at)
    drawn = "L".join(f"{x} {y}" for x, y in at)
    return f'<path d="M{drawn}" fill="none" stroke="{line.colour}" stroke-width="2"{dash}/>{dots}'


def _names(lines: Sequence[Line], axes: _Axes) -> Iterable[str]:
    """Names beside the chart in the order of the lines' ends, moved apart where they would meet."""
    ends = sorted((axes.y(line.points[-1][1]), line.name, line.colour) for line in lines)
    last = 0.0
    for y, name, colour in ends:
        last = max(y + 4, last + 15)
        x = _WIDTH - _RIGHT + 12
        yield f'<text x="{x}" y="{last:g}" fill="{colour}">{escape(name)}</text>'
