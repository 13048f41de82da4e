"""What a reader typed → what to look for: the words as they stand, and what else they may mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from overdue_guide.aids import Synonym
from overdue_guide.search import names, text

MOST_VARIANTS = 8
"""Synonyms tried for one query; a query needs one or two."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to read a query."""

    folded: str
    grams: tuple[str, ...]
    means: str = ""
    """The words that a synonym put in; empty for what the reader wrote."""

    @property
    def exact(self) -> bool:
        """Whether the reader wrote this, in these or in other digits."""
        return not self.means


@dataclass(frozen=True, slots=True)
class Plan:
    """All readings of a query, the literal one first."""

    variants: tuple[Variant, ...]

    @property
    def literal(self) -> Variant:
        """The query as it stands."""
        return self.variants[0]

    @property
    def wholes(self) -> tuple[tuple[str, ...], ...]:
        """What a text must contain to hold the whole query: all pieces of any exact reading."""
        exact = (text.pieces(variant.folded) for variant in self.variants if variant.exact)
        return tuple(dict.fromkeys(pieces for pieces in exact if pieces))

    @property
    def names(self) -> tuple[int, ...]:
        """Hashes of the titles and keywords that are the query itself."""
        return tuple(text.name_hash(variant.folded) for variant in self.variants if variant.exact)

    @property
    def boosts(self) -> dict[str, int]:
        """How much each gram counts: 2 when the reader wrote it, 1 when a synonym did."""
        found: dict[str, int] = {}
        for variant in self.variants:
            for gram in variant.grams:
                found[gram] = max(found.get(gram, 0), 2 if variant.exact else 1)
        return found


def read(query: str, synonyms: Sequence[tuple[str, tuple[str, ...]]]) -> Plan:
    """Plan a search. ``synonyms`` are folded, as ``fold_synonyms`` makes them."""
    folded = text.fold(query)
    # A space between Chinese and Latin may be mere typography, or part two words.
    exact = (folded, text.fold_each(query), text.numbered(folded))
    found = {other: Variant(other, text.grams(other)) for other in exact}
    for says, means in synonyms:
        if stands_in(says, folded):
            for mean in means:
                other = folded.replace(says, mean)
                found.setdefault(other, Variant(other, text.grams(other), mean))
    return Plan(tuple(found.values())[:MOST_VARIANTS])


def loosen(plan: Plan) -> Plan:
    """Look for single characters: the last resort, when no page holds a pair of the query."""
    folded = plan.literal.folded
    chars = "".join(text.runs(folded))
    return Plan((Variant(folded, tuple(dict.fromkeys(chars))),))


def fold_synonyms(synonyms: Sequence[Synonym]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each thing that borrowers say once, sorted, with everything it may mean."""
    found: dict[str, dict[str, None]] = {}
    for synonym in synonyms:
        for says in synonym.says:
            means = (text.fold(mean) for mean in synonym.means)
            found.setdefault(text.fold(says).strip(), {}).update(dict.fromkeys(means))
    return tuple((says, tuple(found[says])) for says in sorted(found) if names.first_pair(says))


def stands_in(says: str, folded: str) -> bool:
    """Whether a query holds a phrase; a Latin one only as whole words."""
    at = folded.find(says)
    while at >= 0:
        before, after = folded[at - 1 : at] if at else "", folded[at + len(says) :][:1]
        if not (_joins(before, says[0]) or _joins(says[-1], after)):
            return True
        at = folded.find(says, at + 1)
    return False


def _joins(left: str, right: str) -> bool:
    return (left + right).isascii() and left.isalnum() and right.isalnum()
