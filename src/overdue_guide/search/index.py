"""The index: made from documents, kept in the cache, asked through Whoosh.

``search`` gives the same results in the same order as the search page: ``rank.mjs`` is this module's
ordering in JavaScript.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from whoosh.query import And, Or, Term
from whoosh.searching import Searcher

from overdue_guide.aids import Synonym
from overdue_guide.model import SearchDocument
from overdue_guide.search import codec, guess, names, query, scoring, storage, text
from overdue_guide.search.excerpt import Sought, choose, contains
from overdue_guide.search.postings import Postings, count
from overdue_guide.search.query import Plan
from overdue_guide.search.sounds import Sounds, collect

BLOCK, BLOCKS = int(text.RULES["block"]), int(text.RULES["blocks"])
"""How many texts are searched for the whole query at a time, and how often at most."""
NAMED, WHOLE, ALL, MEANT, SOME = 4, 3, 2, 1, 0
"""Tiers: title or keyword is the query; text holds it; all grams; all grams of a synonym; some grams."""


@dataclass(frozen=True)
class Index:
    """A searchable site. Documents lie in canonical order, which numbers them."""

    documents: tuple[SearchDocument, ...]
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
    tier: int
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


@dataclass(frozen=True, slots=True)
class Ranked:
    """A document's place."""

    tier: int
    score: int
    doc: int


def create(documents: Sequence[SearchDocument], synonyms: Sequence[Synonym], folder: Path) -> Index:
    """Index the documents, or take the index in ``folder`` if it is of these very documents."""
    ordered = tuple(sorted(documents, key=lambda document: document.url))
    folded = query.fold_synonyms(synonyms)
    digest = storage.digest(ordered, folded)
    kept = open_index(folder)
    if kept and kept.digest == digest:
        return kept
    made = storage.Stored(ordered, folded, count(ordered), digest)
    storage.write(made, folder)
    return _ready(made)


def open_index(folder: Path) -> Index | None:
    """The index that ``create`` left in ``folder``; None if there is none that this version made."""
    stored = storage.read(folder)
    return _ready(stored) if stored else None


def search(index: Index, wanted: str, *, limit: int = 10) -> tuple[Result, ...]:
    """The best pages for a query, best first."""
    return answer(index, wanted, limit=limit).results


def answer(index: Index, wanted: str, *, limit: int = 10, exact: bool = False) -> Answer:
    """Search, and say what was searched; ``exact`` refuses synonyms and guesses."""
    plan = query.read(wanted, () if exact else index.synonyms)
    ranked = rank(index, plan)
    guessed = ""
    if not exact and (not ranked or ranked[0].tier == SOME):
        other, better, guessed = _guessed(index, plan)
        if better:
            plan, ranked = other, better
    if not ranked:
        plan = query.loosen(plan)
        ranked = rank(index, plan)
    sought = Sought(worth(index, plan), plan.wholes)
    results = tuple(_result(index, place, sought) for place in ranked[:limit])
    meant = tuple(dict.fromkeys(v.means for v in plan.variants if v.means))
    return Answer(results, len(ranked), meant, guessed)


def _guessed(index: Index, plan: Plan) -> tuple[Plan, list[Ranked], str]:
    """What was perhaps meant by a query that no page holds; nothing ranked if there is no guess."""
    known = {gram for gram in plan.boosts if index.postings.find(gram) >= 0}
    guessed = guess.guess(plan.literal.folded, known.__contains__, index.sounds)
    other = query.read(guessed, index.synonyms)
    ranked = rank(index, other) if guessed else []
    return other, ranked, guessed if ranked else ""


def related(index: Index, url: str, *, limit: int = 5) -> tuple[Result, ...]:
    """The pages most like a page, by the grams of its title and headings; for ``related`` and listings."""
    document = next(one for one in index.documents if one.url == url)
    words = " ".join([document.title, *(passage.heading for passage in document.passages)])
    plan = query.read(words, ())
    places = [place for place in rank(index, plan) if index.documents[place.doc].url != url]
    places.sort(key=lambda place: (-place.score, place.doc))
    sought = Sought(worth(index, plan), ())
    return tuple(_result(index, place, sought) for place in places[:limit])


def rank(index: Index, plan: Plan) -> list[Ranked]:
    """All documents that hold a gram of the query, in final order."""
    boosts = plan.boosts
    if not boosts:
        return []
    terms = [Term(codec.FIELD, gram, boost=float(boost)) for gram, boost in boosts.items()]
    scores = {doc: int(score) for score, doc in index.searcher.search(Or(terms), limit=None).top_n}
    tiers = _tiers(index, plan)
    places = [Ranked(tiers.get(doc, SOME), score, doc) for doc, score in scores.items()]
    places.sort(key=lambda place: (-place.tier, -place.score, place.doc))
    return _whole_first(index, plan.wholes, places)


def worth(index: Index, plan: Plan) -> dict[str, int]:
    """What each known gram of the query is worth when a passage is chosen."""
    found = {}
    for gram, boost in plan.boosts.items():
        at = index.postings.find(gram)
        if at >= 0:
            rarity = scoring.rarity(len(index.documents), index.postings.frequency(gram))
            found[gram] = boost * rarity * (8 + int(index.postings.wordness[at]))
    return found


def _tiers(index: Index, plan: Plan) -> dict[int, int]:
    found: dict[int, int] = {}
    for variant in reversed(plan.variants):
        every = And([Term(codec.FIELD, gram) for gram in variant.grams])
        tier = ALL if variant.exact else MEANT
        if variant.grams:
            found.update((doc, max(tier, found.get(doc, 0))) for doc in every.docs(index.searcher))
    for name in plan.names:
        for gram in plan.boosts:
            found.update((doc, NAMED) for doc in index.names.get((gram, name), ()))
    return found


def _whole_first(
    index: Index, wholes: Sequence[Sequence[str]], places: list[Ranked]
) -> list[Ranked]:
    """Read the first texts that hold all grams; those that hold the query itself come first."""
    first = sum(place.tier > ALL for place in places)
    last = first + sum(place.tier == ALL for place in places)
    for start in range(first, min(last, first + BLOCK * BLOCKS), BLOCK):
        block = places[start : min(start + BLOCK, last)]
        whole = [p for p in block if contains(index.documents[p.doc], wholes)]
        if whole:
            rest = [place for place in [*places[first:start], *block] if place not in whole]
            moved = [Ranked(WHOLE, place.score, place.doc) for place in whole]
            return [*places[:first], *moved, *rest, *places[start + len(block) :]]
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


def _ready(stored: storage.Stored) -> Index:
    norms = scoring.norms(stored.postings.lengths)
    marks = scoring.marks(stored.documents, stored.postings.lengths)
    return Index(
        stored.documents,
        stored.synonyms,
        stored.postings,
        marks,
        tuple(norms),
        names.table(stored.documents),
        stored.digest,
        codec.searcher(stored.postings, marks, norms),
    )
