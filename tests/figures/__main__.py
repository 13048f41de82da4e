"""``make report``: measure what is quick, read what the campaigns left, write ``docs/REPORT.md``."""

import argparse
from datetime import UTC, datetime

from tests.figures import page, quick, records, targets


def main() -> None:
    """Do it, and tell what falls short."""
    parser = argparse.ArgumentParser("make report", description=__doc__)
    parser.add_argument("--read", action="store_true", help="measure nothing, write the page anew")
    if not parser.parse_args().read:
        measuring = records.begun("make report")
        measuring.record(quick.everything(datetime.now(UTC).date()))
    found = page.rows(targets.areas(), records.read(), records.version())
    written = records.ROOT / "docs" / "REPORT.md"
    written.write_text(page.page(found), "utf-8")
    for row in found:
        if row.short:
            print(f"{row.target.what}: {page.result(row)}, target {page.wanted(row.target)}")  # noqa: T201


if __name__ == "__main__":
    main()
