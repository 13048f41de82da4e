"""``targets.toml`` → what is measured and what it should be: the one place where a target stands."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("targets.toml")


@dataclass(frozen=True, slots=True)
class Target:
    """One figure, and what it should be."""

    name: str
    what: str
    unit: str
    """Of the value: "share" (0 to 1), "s", "ms", "bytes", "kB", "MB", "×", or empty for a number of things."""
    command: str
    """Gives it; empty: nothing does yet."""
    needs: tuple[str, ...]
    """Folders; when one of them changes, what was measured is a figure of before."""
    least: float | None = None
    most: float | None = None
    held: float | None = None
    """What our own tests hold it to, where that is stricter."""
    issue: int | None = None
    """That set the target."""

    def reached(self, value: float) -> bool | None:
        """Whether a value is as it should be; None where nothing is asked."""
        if self.least is None and self.most is None:
            return None
        return (self.least is None or value >= self.least) and (
            self.most is None or value <= self.most
        )

    def strict(self) -> Target:
        """With what our own tests hold it to as its target."""
        if self.held is None:
            return self
        return replace(
            self,
            least=None if self.least is None else self.held,
            most=None if self.most is None else self.held,
        )


@dataclass(frozen=True, slots=True)
class Area:
    """Figures that are told together."""

    id: str
    title: str
    about: str
    targets: tuple[Target, ...]


@cache
def areas() -> tuple[Area, ...]:
    """All of them, in the order of the table."""
    return parsed(TABLE.read_text("utf-8"))


def parsed(text: str) -> tuple[Area, ...]:
    """The areas of a table in TOML."""
    return tuple(
        Area(area["id"], area["title"], area["about"], tuple(_targets(area)))
        for area in tomllib.loads(text)["area"]
    )


def every() -> Mapping[str, tuple[Area, Target]]:
    """Name → area and target."""
    return {target.name: (area, target) for area in areas() for target in area.targets}


def bar(name: str) -> float:
    """The number to which our own tests hold a figure."""
    target = every()[name][1].strict()
    number = target.most if target.least is None else target.least
    assert number is not None, name
    return number


def _targets(area: Mapping[str, Any]) -> Iterator[Target]:
    for figure in area["figures"]:
        common = {key: area[key] for key in ("command", "needs")}
        values = {**common, **figure}
        table = next((one for one in values.values() if isinstance(one, dict)), {})
        for key in values.pop("each", table) or [""]:
            yield _target(values, str(key))


def _target(values: Mapping[str, Any], key: str) -> Target:
    shown = f"{int(key):,}" if key.isdecimal() else key
    named = {"name": key, "what": shown, "command": key}
    filled = {
        field: value.replace("{}", named[field]) if field in named else value
        for field, value in values.items()
    }
    for field in ("least", "most"):
        if isinstance(values.get(field), dict):
            filled[field] = values[field][key]
    return Target(**{**filled, "needs": tuple(values["needs"])})
