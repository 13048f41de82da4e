"""The broken sites: one folder for each rule, with the exact report that it must give."""

import io
from contextlib import chdir, redirect_stdout
from pathlib import Path

from overdue_guide import cli

ROOT = Path(__file__).parent / "sites" / "broken"
FARM = ROOT.parent / "seo"
"""A site with an article such as content farms write on this subject, full of their sins."""
TEMPLATES = Path(__file__).parent.parent / "templates"


def folders() -> list[Path]:
    """Every broken site, by rule."""
    return sorted(path for path in ROOT.iterdir() if path.is_dir())


def check(site: Path, *arguments: str) -> tuple[int, str]:
    """Exit code and standard output of ``overdue-guide check`` in a site's folder."""
    command = ["check", "--content", "content", "--templates", str(TEMPLATES), "--no-cache"]
    with chdir(site), redirect_stdout(io.StringIO()) as said:
        code = cli.main([*command, "--today", "2026-11-23", "--quiet", *arguments])
    return code, said.getvalue()


def write_expected() -> None:
    """Keep what every site reports now as expected."""
    for site in (*folders(), FARM):
        (site / "expected.txt").write_text(check(site)[1], "utf-8")
