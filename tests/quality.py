"""``python -m tests.quality``: the figures that a change may not make worse, as Markdown; 1 when one is.

Looks at the content, and at the site in ``build/``: run ``make build`` before.
"""

import gzip
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from overdue_guide import manifest
from overdue_guide.build import searchable
from overdue_guide.options import Options
from tests.browser.test_weight import HTML
from tests.test_search_ranking import AT_ONCE, CASES, ROOT, SOON, place

BUILT = ROOT / "build"
Figure = tuple[str, str, str, bool]
"""What, how much, how much it may be, and whether that holds."""


def main() -> None:
    """Print the table."""
    if not (BUILT / manifest.NAME).is_file():
        sys.exit("no site in build/: run make build")
    figures = [*_search(), *weight(BUILT)]
    rows = [
        f"| {'' if fine else '**'}{what}{'' if fine else '**'} | {now} | {bar} |"
        for what, now, bar, fine in figures
    ]
    print("\n".join(["| | Now | Bar |", "| --- | --: | --: |", *rows]))  # noqa: T201
    sys.exit(0 if all(fine for *_, fine in figures) else 1)


def _search() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        out, day = Path(folder), datetime.now(UTC).date()
        index = searchable(Options(ROOT / "content", ROOT / "templates", out / "site", day))
        places = [(place(index, case), case.get("within", 1)) for case in CASES]
    first = sum(found == 1 for found, _ in places) / len(places)
    soon = sum(0 < found <= within for found, within in places) / len(places)
    asked = f"of {len(places)} questions"
    yield f"Search, wanted page first, {asked}", f"{first:.3f}", f"≥ {AT_ONCE}", first >= AT_ONCE
    yield f"Search, wanted page high enough, {asked}", f"{soon:.3f}", f"≥ {SOON}", soon >= SOON


def weight(built: Path) -> Iterator[Figure]:
    """How heavy the pages of a built site are."""
    sizes = {
        len(gzip.compress((built / path).read_bytes(), 9)): path
        for path in manifest.read(built)
        if path.endswith(".html")
    }
    most = max(sizes)
    yield f"Heaviest page, gzip: `/{sizes[most]}`", f"{most:,}", f"≤ {HTML:,}", most <= HTML
    index = sum(path.stat().st_size for path in (built / "search").rglob("*.bin"))
    yield "Search index, bytes, of which a search fetches a few", f"{index:,}", "", True


if __name__ == "__main__":
    main()
