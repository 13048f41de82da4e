"""``python -m overdue_guide``."""

from overdue_guide.cli import program

if __name__ == "__main__":
    program()
