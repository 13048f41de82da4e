"""Small content folders for tests, written file by file."""

import io
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from overdue_guide import cli
from overdue_guide.build import check_only
from overdue_guide.options import BuildReport, Options

TEMPLATES = Path(__file__).parent.parent / "templates"
TODAY = date(2026, 11, 23)
HEAD = "---\ntitle: 题\nsummary: 要点\nreviewed: 2026-11-01\n---\n"
CIVIL_CODE = """title: 中华人民共和国民法典
short: [民法典]
issuer: 全国人民代表大会
effective: 2021-01-01
force: statute
provisions:
  "1033": {gist: 私生活安宁。}
  "1034": {gist: 个人信息。}
"""

Files = Mapping[str, str | bytes]


def write(folder: Path, files: Files) -> Path:
    """Write a content folder; its path."""
    for name, data in files.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    (folder / "content").mkdir(exist_ok=True)
    return folder / "content"


def options(folder: Path, **changes: object) -> Options:
    """Options that work on the content written below a folder."""
    values: dict[str, object] = {
        "content": folder / "content",
        "templates": TEMPLATES,
        "output": folder / "site",
        "today": TODAY,
    }
    return Options(**{**values, **changes})  # type: ignore[arg-type]


def check(folder: Path, files: Files, **changes: object) -> BuildReport:
    """What checking these files finds."""
    write(folder, files)
    return check_only(options(folder, **changes))


def found(report: BuildReport) -> list[tuple[str, int, str]]:
    """(path, line, rule) of every problem, in the order of the report."""
    return [(p.span.path, p.span.line, p.rule) for p, _ in report.problems]


@dataclass(frozen=True)
class Said:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str


def run(*arguments: str | Path) -> Said:
    """Run one command in this process."""
    with redirect_stdout(io.StringIO()) as out, redirect_stderr(io.StringIO()) as err:
        try:
            code = cli.main([str(argument) for argument in arguments])
        except SystemExit as left:  # argparse
            code = int(left.code or 0)
    return Said(code, out.getvalue(), err.getvalue())
