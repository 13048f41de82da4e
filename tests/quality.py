"""``python -m tests.quality``: the figures that a change may not make worse, as Markdown; 1 when one is.

Looks at the content, and at the site in ``build/``: run ``make build`` before.
"""

import sys
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from overdue_guide import manifest
from tests.figures import page, quick, targets
from tests.figures.records import ROOT, Figure

BUILT = ROOT / "build"


def main() -> None:
    """Print the table."""
    if not (BUILT / manifest.NAME).is_file():
        sys.exit("no site in build/: run make build")
    told, fine = judged([*quick.search(datetime.now(UTC).date()), *quick.weight(BUILT)])
    print(told)  # noqa: T201
    sys.exit(0 if fine else 1)


def judged(figures: Iterable[Figure]) -> tuple[str, bool]:
    """The figures beside what our own tests hold them to, and whether all are as they should be."""
    lines, fine = ["| | Now | Bar |", "| --- | --: | --: |"], True
    for figure in figures:
        target = targets.every()[figure.name][1].strict()
        reached = target.reached(figure.value)
        mark = "**" if reached is False else ""
        now = page.shown(figure.value, target.unit)
        note = f" ({figure.note})" if figure.note else ""
        bar = page.wanted(replace(target, held=None, issue=None))
        lines.append(f"| {mark}{target.what}{mark} | {now}{note} | {bar} |")
        fine = fine and reached is not False
    return "\n".join(lines), fine


if __name__ == "__main__":
    main()
