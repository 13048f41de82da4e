"""Pictures that stand for pages where links are shared (``og:image``); the only user of Pillow.

Home has one, and each folder that holds pages: as many as there are sections and kinds of pages,
however many articles. Drawn with the templates' own font, so they are the same on every machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from io import BytesIO

from overdue_guide.model import OutputFile, SiteConfig
from overdue_guide.recipes import Keys, Recipe
from overdue_guide.theme import Theme

FONT = "cards/font.otf"
SIZE = (1200, 630)
"""What Open Graph's readers show whole."""

_GROUND = "#0b4d42"
_MARGIN, _LARGE, _SMALL = 96, 104, 44
_LINES = 3
_SHADES = 16
"""From the ground to white; four bits a pixel keep a picture at 6 kB."""


def plan(
    wanted: Mapping[str, str], config: SiteConfig, theme: Theme, keys: Keys, own: frozenset[str]
) -> Iterator[Recipe]:
    """A picture for each name in ``wanted``, with its words on it; those in ``own`` are there."""
    ground, pens = config.colour or _GROUND, cache(lambda: Pens(theme.file(FONT)))
    for name, title in wanted.items():
        path, foot = f"cards/{name}.png", config.title if title != config.title else ""
        if path not in own:
            make = partial(_file, path, title, foot, ground, pens)
            yield Recipe(path, keys.page("card", title, foot, ground), make)


def _file(
    path: str, title: str, foot: str, ground: str, pens: Callable[[], Pens]
) -> Iterator[OutputFile]:
    yield OutputFile(path, card(title, foot, ground, pens()))


class Pens:
    """A font, large for a title and small for the line below, for any number of pictures."""

    def __init__(self, font: bytes) -> None:
        self.large, self.small = _Pen(font, _LARGE), _Pen(font, _SMALL)


class _Pen:
    def __init__(self, font: bytes, size: int) -> None:
        # Pillow loads slowly, and few builds have a picture to draw.
        from PIL import ImageFont

        self.font = ImageFont.truetype(BytesIO(font), size)
        self._missing = bytes(self.font.getmask("\uffff"))
        self._has = cache(lambda char: bytes(self.font.getmask(char)) != self._missing)

    def draws(self, text: str) -> bool:
        """Whether the font has every character: what it lacks would stand there as empty boxes."""
        return all(char == " " or self._has(char) for char in text)

    def lines(self, text: str) -> list[str]:
        """The text in lines that fit; what is too long for the picture ends in an ellipsis."""
        width = SIZE[0] - 2 * _MARGIN
        lines = [""]
        for char in text:
            if self.font.getlength(lines[-1] + char) > width:
                lines.append("")
            lines[-1] += char
        if len(lines) > _LINES:
            lines = [*lines[: _LINES - 1], lines[_LINES - 1][:-1] + "…"]
        return lines


def card(title: str, foot: str, ground: str, pens: Pens) -> bytes:
    """A PNG with a title and a smaller line; words that the font cannot draw are left out."""
    from PIL import Image, ImageDraw

    grey = Image.new("L", SIZE, 0)
    draw = ImageDraw.Draw(grey)
    draw.rectangle((0, 0, 24, SIZE[1]), fill=90)
    lines = pens.large.lines(title) if pens.large.draws(title) else []
    top = (SIZE[1] - len(lines) * _LARGE * 1.3) / 2 - 30
    for at, line in enumerate(lines):
        draw.text((_MARGIN, round(top + at * _LARGE * 1.3)), line, fill=255, font=pens.large.font)
    if pens.small.draws(foot):
        draw.text((_MARGIN, SIZE[1] - 120), foot, fill=200, font=pens.small.font)
    picture = grey.point([value * _SHADES // 256 for value in range(256)])
    picture.putpalette(_palette(ground))
    stream = BytesIO()
    picture.save(stream, "PNG", bits=4, compress_level=6)
    return stream.getvalue()


def _palette(ground: str) -> list[int]:
    dark = [int(ground[at : at + 2], 16) for at in (1, 3, 5)]
    return [
        value + (255 - value) * shade // (_SHADES - 1) for shade in range(_SHADES) for value in dark
    ]
