"""The gate on a site's weight lets pass what is light, and nothing else."""

import json
import random
from pathlib import Path

from overdue_guide import manifest
from tests import quality
from tests.browser.test_weight import HTML


def heaviest(folder: Path, *sizes: int) -> quality.Figure:
    chance = random.Random(1)
    folder.mkdir()
    names = [f"{at}.html" for at in range(len(sizes))]
    for name, size in zip(names, sizes, strict=True):
        (folder / name).write_bytes(chance.randbytes(size))
    listed = {"files": dict.fromkeys(names, "0" * 64)}
    (folder / manifest.NAME).write_text(json.dumps(listed), "utf-8")
    return next(quality.weight(folder))


def test_the_heaviest_page_decides(tmp_path: Path) -> None:
    # What is random cannot be compressed: a page weighs what it measures, and a little more.
    what, _, bar, fine = heaviest(tmp_path / "light", 10, HTML - 100, 20)
    assert ("Heaviest page, gzip: `/1.html`", f"≤ {HTML:,}", True) == (what, bar, fine)
    assert not heaviest(tmp_path / "heavy", 10, HTML, 20)[3]
