"""The gate on a site's weight lets pass what is light, and nothing else."""

import json
import random
from pathlib import Path

from overdue_guide import manifest
from tests import quality
from tests.figures import quick
from tests.figures.targets import bar


def judged(folder: Path, *sizes: int) -> tuple[str, bool]:
    chance = random.Random(1)
    folder.mkdir()
    names = [f"{at}.html" for at in range(len(sizes))]
    for name, size in zip(names, sizes, strict=True):
        (folder / name).write_bytes(chance.randbytes(size))
    listed = {"files": dict.fromkeys(names, "0" * 64)}
    (folder / manifest.NAME).write_text(json.dumps(listed), "utf-8")
    return quality.judged(quick.weight(folder))


def test_the_heaviest_page_decides(tmp_path: Path) -> None:
    # What is random cannot be compressed: a page weighs what it measures, and a little more.
    most = int(bar("weight-page"))
    told, fine = judged(tmp_path / "light", 10, most - 100, 20)
    assert fine
    assert f" (`/1.html`) | ≤ {most:,} bytes |" in told
    told, fine = judged(tmp_path / "heavy", 10, most, 20)
    assert not fine
    assert "| **HTML of the heaviest page** |" in told
