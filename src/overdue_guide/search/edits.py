"""A query with one character wrong, missing or too many → what the texts that were found have there.

Needs no table: who types 紧急联人 gets pages on 紧急联系人 by what is right, and those pages say what is
missing. ``edits.mjs`` does the same in the browser, on texts that it shows anyway.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from enum import IntEnum

from overdue_guide.search import text

PAGES = 5
"""Pages whose texts are looked at."""
LONGEST = 24
"""Characters of a query that is looked at; a longer one is a sentence."""
BESIDE = 2
"""Characters on each side of the edit that a text must have too, as far as the query has them."""
LEAST = 3
"""Characters beside the edit that a text must have in all, or all others of a shorter query."""


class Edit(IntEnum):
    """What is done to a query, the surest first."""

    IN = 0
    """A character is put in between two that stand there."""
    END = 1
    """One is put at an end."""
    OUT = 2
    """One is left out."""


def near(folded: str, known: Callable[[str], bool], texts: Sequence[str]) -> tuple[str, ...]:
    """Queries one edit away that stand in folded texts, the most frequent first; of doubtful ones one."""
    found: Counter[tuple[Edit, str]] = Counter()
    for match in text.RUN.finditer(folded) if len(folded) <= LONGEST else ():
        for (edit, run), times in _of_run(match[0], known, texts).items():
            found[edit, folded[: match.start()] + run + folded[match.end() :]] += times
    order = sorted(found, key=lambda one: (one[0], -found[one], one[1]))
    sure = [query for edit, query in order if edit is Edit.IN]
    return tuple(sure or [query for _, query in order[:1]])


def _of_run(
    run: str, known: Callable[[str], bool], texts: Sequence[str]
) -> Counter[tuple[Edit, str]]:
    """The edit and the run with it, and how often the texts have it."""
    strange = [i for i in range(len(run) - 1) if not known(run[i : i + 2])]
    found: Counter[tuple[Edit, str]] = Counter()
    # One slip breaks a pair or two neighbouring ones; more strange pairs are a text of their own.
    if len(run) < LEAST or not strange or strange[1:] not in ([], [strange[0] + 1]):
        return found
    for start, end, gap in _places(strange):
        left = run[max(0, start - (BESIDE if end < len(run) else LEAST)) : start]
        right = run[end : end + (BESIDE if start else LEAST)]
        if len(left + right) < min(LEAST, len(run) - 1):
            continue
        # A run holds no marks, and so nothing that a pattern could take for an order.
        pattern = left + (f"({text.CHARACTER})" if gap else "()") + right
        put = Edit.IN if left and right else Edit.END
        edit = put if gap else Edit.OUT
        for char in re.findall(pattern, "\n".join(texts)):
            if char != run[start:end]:
                found[edit, run[:start] + char + run[end:]] += 1
    return found


def _places(strange: Sequence[int]) -> Iterator[tuple[int, int, bool]]:
    """Where to cut and whether to look for a character: wrong, too many, missing."""
    between = strange[0] + 1
    for char in (between,) if len(strange) > 1 else (between - 1, between):
        yield char, char + 1, True
        yield char, char + 1, False
    if len(strange) == 1:
        yield between, between, True
