"""``python -m tests.golden``: rewrite the expected files of tests/sites; read the diff."""

import os
import tempfile
from pathlib import Path

from tests import broken_sites, golden_site


def main() -> None:
    """Rewrite everything that is compared with a file."""
    os.environ["LC_ALL"] = "C.UTF-8"
    broken_sites.write_expected()
    with tempfile.TemporaryDirectory() as folder:
        golden_site.write_expected(Path(folder))


if __name__ == "__main__":
    main()
