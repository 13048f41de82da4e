"""The index: made from documents, kept in the cache, asked through Whoosh.

``search`` gives the same results in the same order as the search page: ``rank.mjs`` is this module's
ordering in JavaScript.
"""

from __future__ import annotations

import errno
import itertools
import os
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh.query import And, Or, Term
from whoosh.searching import Searcher

from overdue_guide.aids import Synonym
from overdue_guide.model import SearchDocument
from overdue_guide.search import codec, edits, names, octaves, query, stored, text, update
from overdue_guide.search.excerpt import Sought, beside, choose, contains, shown
from overdue_guide.search.meaning import OTHERS, Reading, settle
from overdue_guide.search.postings import Postings
from overdue_guide.search.query import Plan
from overdue_guide.search.sounds import Sounds, collect

BLOCK, BLOCKS = int(text.RULES["block"]), int(text.RULES["blocks"])
"""How many texts are searched for the whole query at a time, and how often at most."""


class Tier(IntEnum):
    """How well a page fits the query. The two highest stand above all others; among these the score decides.

    Numbers are those of ``rank.mjs``; the words that editors read are in ``messages/``, under ``tier-…``.
    """

    SOME = 0
    """It has some grams of the query."""
    MEANT = 1
    """All grams of a synonym."""
    ALL = 2
    """All grams, scattered."""
    WHOLE = 3
    """Its text holds the query, or what stands beside its text if no text does."""
    NAMED = 4
    """Its title or a keyword is the query."""


@dataclass(frozen=True)
class Index:
    """A searchable site. Documents lie in canonical order, which numbers them."""

    documents: Sequence[SearchDocument]
    urls: Sequence[str]
    """Of the documents."""
    synonyms: tuple[tuple[str, tuple[str, ...]], ...]
    """Folded."""
    postings: Postings
    marks: NDArray[np.uint8]
    norms: tuple[int, ...]
    names: dict[names.Key, tuple[int, ...]]
    """Title or keyword → documents so named."""
    digest: str
    searcher: Searcher

    @cached_property
    def sounds(self) -> Sounds:
        """Pairs by sound, for guesses; worked out when first asked for."""
        return collect(self.postings)


@dataclass(frozen=True, slots=True)
class Found:
    """The passage of a page that answers."""

    url: str
    heading: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Result:
    """A page that was found."""

    url: str
    title: str
    kind: str
    section: str
    stages: tuple[str, ...]
    score: int
    tier: Tier
    passage: Found

    def as_json(self) -> dict[str, object]:
        """As ``overdue-guide search --json`` prints it; addresses begin at the site's root."""
        return {
            "url": f"/{self.url}",
            "title": self.title,
            "section": self.section,
            "score": self.score,
            "kind": self.kind,
            "stages": list(self.stages),
            "passage": {
                "url": f"/{self.passage.url}",
                "heading": self.passage.heading,
                "excerpt": self.passage.excerpt,
            },
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """All that a search says."""

    results: tuple[Result, ...]
    count: int
    """Pages found, shown or not."""
    meant: tuple[str, ...] = ()
    """Words that were searched besides what was written: 也搜索了…"""
    guess: str = ""
    """What was searched instead, because nothing held what was written: 您是不是想找…"""
    others: tuple[str, ...] = ()
    """What was perhaps meant too: offered, not searched."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document's place."""

    tier: Tier
    score: int
    doc: int


def create(documents: Sequence[SearchDocument], synonyms: Sequence[Synonym], folder: Path) -> Index:
    """Index the documents, or take the index in ``folder`` as far as it is of these very documents."""
    folder.mkdir(parents=True, exist_ok=True)
    update.update(folder, stored.entries(documents), synonyms)
    made = open_index(folder)
    if made is None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(folder))
    return made


def open_index(folder: Path) -> Index | None:
    """The index that the last update left in ``folder``; None if there is none that this version made."""
    found = stored.read(folder)
    return _ready(found) if found else None


def search(index: Index, wanted: str, *, limit: int = 10) -> tuple[Result, ...]:
    """The best pages for a query, best first."""
    return answer(index, wanted, limit=limit).results


def answer(index: Index, wanted: str, *, limit: int = 10, exact: bool = False) -> Answer:
    """Search, and say what was searched; ``exact`` refuses synonyms and guesses."""
    plan = query.read(wanted, () if exact else index.synonyms)
    ranked = rank(index, plan)
    chosen: str = ""
    others: tuple[str, ...] = ()
    if not exact and _best(ranked) in (Tier.SOME, Tier.ALL):
        chosen, others = _meant(index, plan, ranked)
        if chosen:
            plan = query.read(chosen, index.synonyms)
            ranked = rank(index, plan)
    if not ranked:
        plan = query.loosen(plan)
        ranked = rank(index, plan)
    sought = Sought(worth(index, plan), plan.wholes)
    results = tuple(_result(index, place, sought) for place in ranked[:limit])
    meant = tuple(dict.fromkeys(v.means for v in plan.variants if v.means))
    return Answer(results, len(ranked), meant, chosen, others)


def _best(ranked: Sequence[Ranked]) -> Tier:
    """The highest tier."""
    return max((place.tier for place in ranked), default=Tier.SOME)


def _meant(index: Index, plan: Plan, ranked: Sequence[Ranked]) -> tuple[str, tuple[str, ...]]:
    """What is searched instead of words that no page holds, if anything, and what is offered."""

    def find(words: str) -> Reading:
        places = rank(index, query.read(words, index.synonyms))
        return _reading(words, places)

    known = {gram for gram in plan.boosts if index.postings.find(gram) >= 0}.__contains__
    written = _reading(plan.literal.folded, ranked)
    chosen, others = settle(written, known, index.sounds, find)
    if chosen:
        return chosen.words, others
    texts = [shown(index.documents[place.doc]) for place in ranked[: edits.PAGES]]
    words = (*others, *edits.near(written.words, known, texts))
    return "", tuple(dict.fromkeys(words))[:OTHERS]


def _reading(words: str, ranked: Sequence[Ranked]) -> Reading:
    best, top = _best(ranked), max((place.score for place in ranked), default=0)
    return Reading(words, best >= Tier.WHOLE, best >= Tier.ALL, top)


def rank(index: Index, plan: Plan) -> list[Ranked]:
    """All documents that hold a gram of the query, in final order."""
    boosts = plan.boosts
    if not boosts:
        return []
    terms = [Term(codec.FIELD, gram, boost=float(boost)) for gram, boost in boosts.items()]
    scores = {doc: int(score) for score, doc in index.searcher.search(Or(terms), limit=None).top_n}
    tiers = _tiers(index, plan)
    places = [Ranked(tiers.get(doc, Tier.SOME), score, doc) for doc, score in scores.items()]
    places.sort(key=lambda place: (place.tier is not Tier.NAMED, -place.score, place.doc))
    return _whole_first(index, plan.wholes, places)


def worth(index: Index, plan: Plan) -> dict[str, int]:
    """What each known gram of the query is worth when a passage is chosen."""
    found = {}
    for gram, boost in plan.boosts.items():
        at = index.postings.find(gram)
        if at >= 0:
            rarity = octaves.rarity(len(index.documents), index.postings.frequency(gram))
            found[gram] = boost * rarity * (8 + int(index.postings.wordness[at]))
    return found


def _tiers(index: Index, plan: Plan) -> dict[int, Tier]:
    found: dict[int, Tier] = {}
    for variant in reversed(plan.variants):
        every = And([Term(codec.FIELD, gram) for gram in variant.grams])
        tier = Tier.ALL if variant.exact else Tier.MEANT
        if variant.grams:
            docs = every.docs(index.searcher)
            found.update((doc, max(tier, found.get(doc, Tier.SOME))) for doc in docs)
    for name in plan.names:
        for gram in plan.boosts:
            found.update((doc, Tier.NAMED) for doc in index.names.get((gram, name), ()))
    return found


def _whole_first(
    index: Index, wholes: Sequence[Sequence[str]], places: list[Ranked]
) -> list[Ranked]:
    """Read the best texts that hold all grams; those that hold the query itself come before the rest.

    If there is none, those come first beside which it stands.
    """
    named = [place for place in places if place.tier is Tier.NAMED]
    perhaps = [place for place in places if place.tier is Tier.ALL]
    starts = range(0, min(len(perhaps), BLOCK * BLOCKS), BLOCK)
    for holds, start in itertools.product((contains, beside), starts):
        block = perhaps[start : start + BLOCK]
        whole = [p for p in block if holds(index.documents[p.doc], wholes)]
        if whole:
            moved = [Ranked(Tier.WHOLE, place.score, place.doc) for place in whole]
            rest = [p for p in places[len(named) :] if p not in whole]
            return [*named, *moved, *rest]
    return places


def _result(index: Index, place: Ranked, sought: Sought) -> Result:
    document = index.documents[place.doc]
    passage, excerpt = choose(document, sought)
    url = document.url + (f"#{passage.anchor}" if passage.anchor else "")
    return Result(
        document.url,
        document.title,
        document.kind,
        document.section,
        document.stages,
        place.score,
        place.tier,
        Found(url, passage.heading, excerpt),
    )


def _ready(found: stored.Stored) -> Index:
    return Index(
        found.documents,
        found.urls,
        found.synonyms,
        found.postings,
        found.marks,
        found.norms,
        found.names,
        found.digest,
        codec.searcher(found.postings, found.marks, list(found.norms)),
    )
