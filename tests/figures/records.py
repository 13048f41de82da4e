"""What was measured last: a few lines of JSON for each figure, committed in ``docs/figures/``.

Whoever measures begins a ``Measuring`` and records its figures when it is done. By hand, of a run elsewhere:

    python -m tests.figures.records fuzz-inputs=1000000 fuzz-broken=0 --command "make fuzz" --root ../elsewhere
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path

from tests.figures import targets

ROOT = Path(__file__).parent.parent.parent
FOLDER = ROOT / "docs" / "figures"
FOLDERS = ("src", "templates", "content", "tests")
"""Of which a figure may say that it needs them."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A value, and a word about it."""

    name: str
    value: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """A figure that was measured once: when, where, of which code, and how."""

    name: str
    value: float
    note: str
    command: str
    when: str
    """When it began, in UTC, to the minute: 2026-11-23T19:40Z."""
    machine: str
    load: float
    """Over the last five minutes of the measurement."""
    code: Mapping[str, str]
    """Folder → digest, as ``version`` tells."""

    def changed(self, code: Mapping[str, str], needs: Iterable[str]) -> tuple[str, ...]:
        """The folders that it needs and that are not what they were."""
        return tuple(one for one in needs if self.code.get(one) != code.get(one))


@dataclass(frozen=True, slots=True)
class Measuring:
    """A measurement that goes on: begun when its code was as it says."""

    command: str
    when: str
    code: Mapping[str, str]

    def record(self, figures: Iterable[Figure]) -> None:
        """Keep these figures; others of their areas stay as they are. KeyError: no such figure."""
        found: dict[str, list[Record]] = {}
        for figure in figures:
            area, _ = targets.every()[figure.name]
            kept = Record(
                **asdict(figure),
                command=self.command,
                when=self.when,
                machine=machine(),
                load=round(os.getloadavg()[1], 1),
                code=self.code,
            )
            found.setdefault(area.id, []).append(kept)
        for name, new in found.items():
            _write(FOLDER / f"{name}.json", new)


def begun(command: str, root: Path = ROOT) -> Measuring:
    """Begin to measure the code below ``root``; call it before the code can change."""
    return Measuring(command, f"{datetime.now(UTC):%Y-%m-%dT%H:%MZ}", version(root))


def called(task: str, arguments: Sequence[str]) -> str:
    """The command as one types it: ``make fuzz ARGS="--minutes 5"``."""
    return f'make {task} ARGS="{" ".join(arguments)}"' if arguments else f"make {task}"


def known(figures: Iterable[Figure]) -> list[Figure]:
    """Those that the table has: a size or a module of which nothing is asked is not kept."""
    return [figure for figure in figures if figure.name in targets.every()]


def read() -> Mapping[str, Record]:
    """Name → what was measured last."""
    rows = (row for path in sorted(FOLDER.glob("*.json")) for row in json.loads(path.read_bytes()))
    return {row["name"]: Record(**row) for row in rows}


def version(root: Path = ROOT) -> Mapping[str, str]:
    """Folder → digest of all that stands in it; what Python compiled left out."""
    return {folder: _digest(root / folder) for folder in FOLDERS}


def machine() -> str:
    """What this machine is, and its Python."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{len(os.sched_getaffinity(0))} cores ({platform.machine()}), {memory:.0f} GiB, "
        f"{platform.system()}, {platform.python_implementation()} {platform.python_version()}"
    )


def _digest(folder: Path) -> str:
    paths = sorted(
        Path(found, name)
        for found, _, names in os.walk(folder)
        for name in names
        if "__pycache__" not in found
    )
    whole = hashlib.blake2b(digest_size=8)
    for path in paths:
        # Some test sites hold links that lead in a circle, or nowhere.
        data = str(path.readlink()).encode() if path.is_symlink() else path.read_bytes()
        told = hashlib.blake2b(data).hexdigest()
        whole.update(f"{path.relative_to(folder).as_posix()}\0{told}\n".encode())
    return whole.hexdigest()


def _write(path: Path, new: Sequence[Record]) -> None:
    old = json.loads(path.read_bytes()) if path.exists() else []
    rows = {row["name"]: row for row in (*old, *map(asdict, new))}
    # One line a record: a diff shows which figures were measured again.
    lines = ",\n".join(json.dumps(rows[name], ensure_ascii=False) for name in sorted(rows))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"[\n{lines}\n]\n", "utf-8")


def _figure(text: str) -> Figure:
    """``fuzz-broken=0``; of ``citations=190/194`` the share, with both numbers as its note."""
    name, _, value = text.partition("=")
    number = Fraction(value)
    note = value.replace("/", " of ") if "/" in value else ""
    whole = number.denominator == 1 and not note
    return Figure(name, int(number) if whole else float(number), note)


def main() -> None:
    """Record what somebody read off a run."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("figures", nargs="+", type=_figure, metavar="NAME=VALUE")
    parser.add_argument("--command", required=True, help="that gave them")
    parser.add_argument("--root", type=Path, default=ROOT, help="whose code was measured")
    parser.add_argument("--when", help="it began, in UTC: 2026-11-23T19:40Z; now if left out")
    parser.add_argument("--note", default="", help="a word about all of them")
    given = parser.parse_args()
    now = begun(given.command, given.root)
    figures = [Figure(one.name, one.value, given.note or one.note) for one in given.figures]
    Measuring(now.command, given.when or now.when, now.code).record(figures)


if __name__ == "__main__":
    main()
