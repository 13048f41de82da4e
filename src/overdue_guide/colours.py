"""One colour of ``site.yml`` → the colours that depend on it, by day and by night; and what is faint.

The rest of the palette is ``templates/styles/tokens.css``; the grounds below are its. Contrast is
that of WCAG 2.2 (relative luminance, 1 to 21); text needs 4.5.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator

from overdue_guide.structs import Struct

ENOUGH = 4.5
"""What WCAG 2.2 asks for text, level AA."""

_WHITE, _BLACK = "#ffffff", "#000000"
_GROUND, _DARK_PAPER = "#f3f6f4", "#151e1b"


_TEXT_ON = (
    ("ink", "ground"),
    ("ink", "paper"),
    ("ink", "brand-tint"),
    ("ink", "note"),
    ("ink", "warn"),
    ("ink", "danger"),
    ("ink", "mark"),
    ("ink-soft", "ground"),
    ("ink-soft", "paper"),
    ("link", "ground"),
    ("link", "paper"),
    ("link", "brand-tint"),
    ("link-visited", "ground"),
    ("link-visited", "paper"),
    ("on-brand", "brand"),
    ("on-action", "action"),
    ("on-action", "action-deep"),
    ("on-exit", "exit"),
)
"""Properties of ``tokens.css``: what is written on what."""
_PROPERTY = re.compile(r"--([a-z-]+)\s*:\s*#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\s*(?=[;}])")


class Faint(Struct, frozen=True):
    """Text of a style sheet that cannot be read on its ground."""

    line: int
    text: str
    on: str
    found: float


def faint(sheet: str) -> Iterator[Faint]:
    """What ``tokens.css`` would make unreadable, by day, and by night where it says otherwise."""
    day, mark, night = sheet.partition("prefers-color-scheme: dark")
    light = _named(day, 1)
    schemes = [light, {**light, **_named(night, day.count("\n") + 1)}] if mark else [light]
    for known in schemes:
        for text, on in _TEXT_ON:
            if text in known and on in known:
                found = contrast(known[text][0], known[on][0])
                if found < ENOUGH:
                    yield Faint(max(known[text][1], known[on][1]), text, on, found)


def _named(sheet: str, first: int) -> dict[str, tuple[str, int]]:
    """Property → its colour as ``#rrggbb``, and its line; ``first`` is that of the sheet."""
    named = {}
    for match in _PROPERTY.finditer(sheet):
        digits = match[2] if len(match[2]) == 6 else "".join(char * 2 for char in match[2])
        named[match[1]] = f"#{digits.lower()}", first + sheet.count("\n", 0, match.start())
    return named


def contrast(one: str, other: str) -> float:
    """The contrast of two colours written ``#rrggbb``."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def weakest(colour: str) -> float:
    """The least contrast of text in or on the colour: white on it, it on the page and on its tint."""
    return min(contrast(colour, on) for on in (_WHITE, _GROUND, _tint(colour)))


def darkened(colour: str) -> str:
    """The colour itself, or as much darker as it needs to be read."""
    for share in range(21):
        darker = _mixed(_BLACK, colour, share / 20)
        if weakest(darker) >= ENOUGH:
            return darker
    return _BLACK


def stylesheet(colour: str) -> str:
    """Custom properties for the screen; paper stays black on white."""
    pale = _lightened(colour)
    day = {
        "brand": colour,
        "brand-tint": _tint(colour),
        "action": colour,
        "action-deep": _mixed(_BLACK, colour, 0.25),
        "link": colour,
    }
    night = {
        "brand": _mixed(_BLACK, colour, 0.15),
        "brand-tint": _night_tint(colour),
        "action": pale,
        "action-deep": _mixed(_WHITE, pale, 0.4),
        "on-action": _mixed(_BLACK, colour, 0.75),
        "link": pale,
    }
    return (
        f"@media screen{{:root{{{_properties(day)}}}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{_properties(night)}}}}}\n"
    )


def address(colour: str) -> str:
    """Where the stylesheet is published; changes with what it says. Empty for no colour."""
    if not colour:
        return ""
    digest = hashlib.sha256(stylesheet(colour).encode()).hexdigest()[:10]
    return f"assets/{digest}/colours.css"


def _properties(values: dict[str, str]) -> str:
    return ";".join(f"--{name}:{value}" for name, value in values.items())


def _tint(colour: str) -> str:
    return _mixed(colour, _WHITE, 0.12)


def _night_tint(colour: str) -> str:
    return _mixed(colour, _DARK_PAPER, 0.3)


def _lightened(colour: str) -> str:
    """Light enough to be read at night, on the page and on the tint."""
    for share in range(21):
        lighter = _mixed(_WHITE, colour, share / 20)
        if min(contrast(lighter, on) for on in (_DARK_PAPER, _night_tint(colour))) >= 7:
            return lighter
    return _WHITE


def _mixed(one: str, other: str, share: float) -> str:
    """So much of one colour in another."""
    parts = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in parts)


def _luminance(colour: str) -> float:
    values = [channel / 255 for channel in _channels(colour)]
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue
