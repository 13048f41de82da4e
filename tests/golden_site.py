"""The golden site: how it is built, and which part of each file is compared.

``make golden`` writes the expected files anew; a reviewer reads their diff. Only what stands in
``<main>`` is compared, so that a change of the frame does not touch every file.
"""

import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from overdue_guide.build import build
from overdue_guide.options import Options

ROOT = Path(__file__).parent
CONTENT = ROOT / "sites" / "golden" / "content"
EXPECTED = ROOT / "sites" / "golden" / "expected"
TEMPLATES = ROOT.parent / "templates"
TODAY = date(2026, 11, 23)

_MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
_ASSETS = re.compile(r"assets/[0-9a-f]{10}/")


def options(folder: Path, **changes: object) -> Options:
    """Options that build the golden site below a folder."""
    values: dict[str, object] = {
        "content": CONTENT,
        "templates": TEMPLATES,
        "output": folder / "site",
        "today": TODAY,
        "cache": folder / "cache",
    }
    return Options(**{**values, **changes})  # type: ignore[arg-type]


def compared(site: Path) -> Mapping[str, str]:
    """Path → text to compare, for every page and listing of a built site."""
    texts = {}
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.suffix not in (".html", ".xml", ".txt", ".webmanifest"):
            continue
        text = _ASSETS.sub("assets/DIGEST/", path.read_text("utf-8"))
        main = _MAIN.search(text)
        texts[name] = (main[0] if main and path.suffix == ".html" else text).strip() + "\n"
    return texts


def write_expected(folder: Path) -> None:
    """Build the golden site and keep what it holds as expected."""
    build(options(folder))
    shutil.rmtree(EXPECTED, ignore_errors=True)
    for name, text in compared(folder / "site").items():
        target = EXPECTED / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
