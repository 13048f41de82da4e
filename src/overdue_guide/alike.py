"""Which articles are most like another: by their tags, then by what they are called."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, cached_property, reduce
from operator import or_

from overdue_guide.model import Head
from overdue_guide.search.likeness import Likeness

SHOWN = 4
"""How many articles are shown as like another."""


class Alike:
    """The articles of a site, arranged to be compared."""

    def __init__(self, articles: Iterable[Head], tagged: Mapping[str, Sequence[Head]]) -> None:
        """``tagged``: the articles that have a tag, by its slug."""
        self._by_name = sorted(articles, key=lambda one: one.id)
        # A set of articles is a number with a bit for each: ten thousand are compared in no time.
        self._at = {one.path: at for at, one in enumerate(self._by_name)}
        self._tagged = {
            slug: reduce(or_, (1 << self._at[one.path] for one in found), 0)
            for slug, found in tagged.items()
        }
        # In a large site many articles have the same tags.
        self._by_tags = cache(self._sharing_most)

    def to(self, article: Head, slugs: Iterable[str]) -> tuple[Head, ...]:
        """At most four, the most alike first; ``slugs``: of the article's tags."""
        most = self._by_tags(tuple(sorted(slugs)))
        tagged = tuple(one for one in most if one.path != article.path)[:SHOWN]
        if len(tagged) == SHOWN or article.kind != "article":
            return tagged
        near = self._likeness.nearest(self._at[article.path], 2 * SHOWN)
        called = (self._by_name[at] for at in near)
        return (*tagged, *(one for one in called if one not in tagged))[:SHOWN]

    @cached_property
    def _likeness(self) -> Likeness:
        heads = (one.meta for one in self._by_name)
        return Likeness([(meta.title, meta.question, *meta.keywords) for meta in heads])

    def _sharing_most(self, slugs: tuple[str, ...]) -> tuple[Head, ...]:
        """Those that share most of the tags, by name; one more than is shown, who may be asking."""
        sharing: list[int] = []
        """At n: the articles that share more than n of the tags, a bit for each."""
        for slug in slugs:
            tagged = self._tagged.get(slug, 0)
            sharing.append(0)
            for at in range(len(sharing) - 1, 0, -1):
                sharing[at] |= sharing[at - 1] & tagged
            sharing[0] |= tagged
        best: list[Head] = []
        seen = 0
        for level in reversed(sharing):
            left = level & ~seen
            while left and len(best) <= SHOWN:
                bit = left & -left
                best.append(self._by_name[bit.bit_length() - 1])
                left ^= bit
            seen |= level
        return tuple(best)
