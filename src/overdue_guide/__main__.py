"""``python -m overdue_guide``."""

import sys

from overdue_guide.cli import main

if __name__ == "__main__":
    sys.exit(main())
