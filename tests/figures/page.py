"""Targets and records → ``docs/REPORT.md``: what should be, what was measured, what falls short first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from string import ascii_uppercase

from tests.figures.records import Record
from tests.figures.targets import Area, Target

HEAD = """# What was measured

<!-- Made by `make report` of docs/figures/*.json, which the campaigns write, and tests/figures/targets.toml. -->

Every figure beside its target and the issue that set it. `make report` measures the quick ones anew and reads what the last run of each long campaign left; the command in a row gives it again."""

Rows = Sequence["Row"]


@dataclass(frozen=True, slots=True)
class Row:
    """A figure as it is told."""

    area: Area
    target: Target
    record: Record | None
    """None: it was not measured."""
    changed: tuple[str, ...]
    """Folders that it needs and that changed since."""

    @property
    def short(self) -> bool:
        """Whether it is measured, and not as it should be."""
        return self.record is not None and self.target.reached(self.record.value) is False


def rows(
    areas: Iterable[Area], records: Mapping[str, Record], code: Mapping[str, str]
) -> list[Row]:
    """Every figure of the table, for a tree whose folders have these digests."""
    found = []
    for area in areas:
        for target in area.targets:
            record = records.get(target.name)
            changed = record.changed(code, target.needs) if record else ()
            found.append(Row(area, target, record, changed))
    return found


def page(found: Rows) -> str:
    """The whole page as Markdown."""
    machines = sorted({row.record.machine for row in found if row.record})
    letters = dict(zip(machines, ascii_uppercase, strict=False))
    parts = [HEAD, *_lists(found), "## Machines", _machines(letters)]
    for area in dict.fromkeys(row.area for row in found):
        told = [row for row in found if row.area == area]
        parts += [f"## {area.title}", area.about, table(told, letters)]
    return "\n\n".join(parts) + "\n"


def table(found: Rows, letters: Mapping[str, str]) -> str:
    """Some figures, each in a row; ``letters``: machine → what it is called."""
    lines = [
        "| Measure | Target | Result | | Command | Measured (UTC) |",
        "| --- | --: | --: | --- | --- | --- |",
    ]
    for row in found:
        command = row.record.command if row.record else row.target.command
        cells = (
            row.target.what,
            wanted(row.target),
            result(row),
            verdict(row),
            f"`{command}`" if command else "none yet",
            _measured(row, letters),
        )
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def wanted(target: Target) -> str:
    """The target, and who set it: ``≥ 85 % (issue 4; held to 93 %)``."""
    words = []
    if target.least is not None:
        # There is no more than all, and no less than nothing.
        sign = "" if target.unit == "share" and target.least == 1 else "≥ "
        words.append(f"{sign}{shown(target.least, target.unit)}")
    if target.most is not None:
        words.append(f"{'≤ ' if target.most else ''}{shown(target.most, target.unit)}")
    notes = []
    if target.issue:
        notes.append(f"issue {target.issue}")
    if target.held is not None:
        notes.append(f"held to {shown(target.held, target.unit)}")
    return " ".join([*words, f"({'; '.join(notes)})"] if notes else words)


def result(row: Row) -> str:
    """What was measured, with a word about it."""
    if not row.record:
        return ""
    value = shown(row.record.value, row.target.unit)
    return f"{value} ({row.record.note})" if row.record.note else value


def verdict(row: Row) -> str:
    """Whether it is as it should be."""
    if not row.record:
        return "not measured"
    reached = row.target.reached(row.record.value)
    return {None: "", True: "met", False: "**falls short**"}[reached]


def shown(value: float, unit: str) -> str:
    """A value with its unit; shares as per cent."""
    if unit == "share":
        return f"{100 * value:.2f}".rstrip("0").rstrip(".") + " %"
    number = f"{value:,}" if float(value).is_integer() else f"{value:,.2f}"
    return f"{number.removesuffix('.0')}{'' if unit in ('', '×') else ' '}{unit}"


def _measured(row: Row, letters: Mapping[str, str]) -> str:
    if not row.record:
        return ""
    before = f"; before {_folders(row.changed)} changed" if row.changed else ""
    when = row.record.when.replace("T", " ").removesuffix("Z")
    return f"{when}, {letters[row.record.machine]}, load {row.record.load}{before}"


def _folders(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}/`" for name in names)


def _lists(found: Rows) -> Iterator[str]:
    short = [row for row in found if row.short]
    yield "## Falls short"
    yield "\n".join(_short(row) for row in short) or "Nothing that was measured."
    missing = [row for row in found if not row.record]
    if missing:
        yield "## Not measured"
        yield "\n".join(_by_area(missing))
    old = [row for row in found if row.changed]
    if old:
        yield "## Measured before the present code"
        yield "\n".join(_by_area(old))


def _short(row: Row) -> str:
    before = f", before {_folders(row.changed)} changed" if row.changed else ""
    return f"- {_link(row.area)}: {row.target.what}: {result(row)}, target {wanted(row.target)}{before}"


def _by_area(found: Rows) -> Iterator[str]:
    """One line an area: all of it, or what of it."""
    for area in dict.fromkeys(row.area for row in found):
        told = [row.target.what for row in found if row.area == area]
        yield f"- {_link(area)}: {'; '.join(told) if len(told) < len(area.targets) else 'all'}"


def _link(area: Area) -> str:
    return f"[{area.title}](#{_anchor(area.title)})"


def _anchor(title: str) -> str:
    return re.sub("[^a-z ]", "", title.lower()).replace(" ", "-")


def _machines(letters: Mapping[str, str]) -> str:
    return "\n".join(f"- {letter}: {name}" for name, letter in letters.items()) or "None yet."
