"""How a query was read and why a result stands where it does, for editors who tune words.

What they can change: ``synonyms.yml``, and the titles and ``keywords`` of articles.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from overdue_guide.search import index, query, scoring, text
from overdue_guide.search.index import Index, Result
from overdue_guide.search.postings import IN_KEYWORD, IN_TITLE, TIMES


@dataclass(frozen=True, slots=True)
class Part:
    """What one gram adds to a result's score."""

    gram: str
    documents: int
    """How many hold it."""
    wordness: int
    """0–15: how often it is a word."""
    boost: int
    """2 when the reader wrote it, 1 when a synonym did."""
    times: int
    """Weighted occurrences in this page."""
    in_title: bool
    in_keyword: bool
    adds: int


@dataclass(frozen=True, slots=True)
class Explained:
    """A result and its reasons."""

    result: Result
    parts: tuple[Part, ...]
    """Heaviest first; what they add makes the score."""
    lacks: tuple[str, ...]
    """Grams of the query that the page has not, though others have."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What became of a query."""

    read: str
    """The query as it is compared, or what was searched instead."""
    guess: str
    """What was searched instead; empty when what was written was."""
    others: tuple[str, ...]
    """Other words offered."""
    synonyms: tuple[tuple[str, tuple[str, ...]], ...]
    """What was said, and what else was looked for because of it."""
    unknown: tuple[str, ...]
    """Grams that no page holds."""
    documents: int
    results: tuple[Explained, ...]


def explain(found: Index, wanted: str, *, limit: int = 5) -> Explanation:
    """How a query was read, and why its first results come first."""
    answer = index.answer(found, wanted, limit=limit)
    plan = query.read(answer.guess or wanted, found.synonyms)
    read = plan.literal.folded
    strange = tuple(gram for gram in text.grams(read) if found.postings.find(gram) < 0)
    numbers = {url: n for n, url in enumerate(found.urls)}
    results = (_explained(found, plan, one, numbers[one.url]) for one in answer.results)
    said = ((says, means) for says, means in found.synonyms if query.stands_in(says, read))
    return Explanation(
        read,
        answer.guess,
        answer.others,
        tuple(said),
        strange,
        len(found.urls),
        tuple(results),
    )


def _explained(found: Index, plan: query.Plan, result: Result, doc: int) -> Explained:
    parts = tuple(sorted(_parts(found, plan, doc), key=lambda part: (-part.adds, part.gram)))
    has = {part.gram for part in parts}
    written = text.grams(plan.literal.folded)
    lacks = (gram for gram in written if gram not in has and found.postings.find(gram) >= 0)
    return Explained(result, parts, tuple(lacks))


def _parts(found: Index, plan: query.Plan, doc: int) -> Iterator[Part]:
    postings = found.postings
    for gram, boost in plan.boosts.items():
        at = postings.find(gram)
        if at < 0:
            continue
        span = slice(int(postings.starts[at]), int(postings.starts[at + 1]))
        place = int(postings.docs[span].searchsorted(doc))
        if place < span.stop - span.start and int(postings.docs[span.start + place]) == doc:
            adds = scoring.contributions(postings, at, found.marks, found.norms)[place]
            weight = int(postings.weights[span.start + place])
            yield Part(
                gram,
                span.stop - span.start,
                int(postings.wordness[at]),
                boost,
                weight & TIMES,
                bool(weight & IN_TITLE),
                bool(weight & IN_KEYWORD),
                boost * int(adds),
            )
