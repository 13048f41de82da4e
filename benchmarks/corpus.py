"""A corpus of any size for timing site generators, made from this repository's own articles.

Paragraphs of ``content/`` are recombined with a fixed seed: the same number of articles always gives
the same bytes. Each article has 1,500 to 2,300 characters, four headings, three tags of forty, and
two links to others; every tenth has a table. ``flavours`` writes it in each generator's own form.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CONTENT = Path(__file__).parent.parent / "content"
SECTIONS = ("stages", "contact", "coping", "negotiate", "complain", "credit", "court", "special")
TAGS = tuple(f"标签{number}" for number in range(40))
_MARKUP = re.compile(
    r"\[\[.*?\]\]|（\[@[^\]]*\]）|\[@[^\]]*\]|\[([^\]]*)\]\([^)]*\)|[*_`|<>#\[\]{}]"
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One article of the corpus."""

    section: str
    slug: str
    title: str
    summary: str
    tags: tuple[str, ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    """(heading, paragraphs)"""
    links: tuple[int, int]
    table: bool


def paragraphs() -> list[str]:
    """Plain paragraphs of this repository's articles, in order of file."""
    found = []
    for path in sorted(CONTENT.glob("*/*.md")):
        body = path.read_text("utf-8").split("\n---\n", 1)[-1]
        for line in body.split("\n"):
            text = _MARKUP.sub(lambda match: match[1] or "", line).strip(" -0123456789.")
            if len(text) > 20:
                found.append(text)
    return found


def samples(count: int) -> list[Sample]:
    """The corpus; the first articles of a larger one are those of a smaller one, but for links."""
    pool = paragraphs()
    return [_sample(number, count, pool) for number in range(count)]


def _sample(number: int, count: int, pool: Sequence[str]) -> Sample:
    chance = random.Random(number)
    chosen: list[str] = []
    wanted = chance.randint(1500, 2300)
    while sum(map(len, chosen)) < wanted:
        chosen.append(chance.choice(pool))
    quarter = max(len(chosen) // 4, 1)
    pieces = [tuple(chosen[at : at + quarter]) for at in range(0, quarter * 4, quarter)]
    heads = [f"{piece[0][:12]}（{at}）" for at, piece in enumerate(pieces, 1) if piece]
    return Sample(
        section=SECTIONS[number % len(SECTIONS)],
        slug=f"a{number:06d}",
        title=f"{chosen[0][:18]}（{number}）",
        summary=chosen[-1][:80],
        tags=tuple(chance.sample(TAGS, 3)),
        parts=tuple(zip(heads, pieces, strict=False)),
        links=((number * 7 + 1) % count, (number * 13 + 5) % count),
        table=number % 10 == 0,
    )
