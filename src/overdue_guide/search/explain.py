"""Why a result stands where it does, for editors who tune ``synonyms.yml`` and ``keywords``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from overdue_guide.search import index, query, scoring
from overdue_guide.search.index import Index

TIERS = {
    index.NAMED: "标题或关键词就是查询",
    index.WHOLE: "正文里有整个查询",
    index.ALL: "每个字对都有",
    index.MEANT: "有同义词的每个字对",
    index.SOME: "有一部分字对",
}


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
    adds: int


@dataclass(frozen=True, slots=True)
class Explained:
    """A result and its reasons."""

    url: str
    title: str
    tier: str
    score: int
    """The sum of what the parts add."""
    parts: tuple[Part, ...]
    """Heaviest first."""


def explain(found: Index, wanted: str, *, limit: int = 5) -> tuple[Explained, ...]:
    """Why the first results of a query come first; of what was guessed when there is a guess."""
    answer = index.answer(found, wanted, limit=limit)
    plan = query.read(answer.guess or wanted, found.synonyms)
    numbers = {document.url: n for n, document in enumerate(found.documents)}
    explained = []
    for result in answer.results:
        parts = sorted(_parts(found, plan, numbers[result.url]), key=lambda part: -part.adds)
        tier = TIERS[result.tier]
        explained.append(Explained(result.url, result.title, tier, result.score, tuple(parts)))
    return tuple(explained)


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
            wordness = int(postings.wordness[at])
            yield Part(gram, span.stop - span.start, wordness, boost, boost * int(adds))
