"""How wide a terminal, or an editor with a font of fixed width, shows a text."""

from __future__ import annotations

import unicodedata


def width(text: str) -> int:
    """The cells that a text takes: two for a Chinese character, none for an accent.

    Source: Unicode Standard Annex #11, "East Asian Width".
    """
    return sum(map(_cells, text))


def blank(text: str) -> str:
    """Blanks as wide as the text; below a Chinese character stands one that any font makes as wide."""
    return "".join(("", " ", "\u3000")[_cells(char)] for char in text)


def _cells(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1
