"""The postings as a Whoosh segment: Whoosh's codec extension point over arrays in memory.

Whoosh's own files hold pickles, so opening a folder that someone else wrote would run their code.
Here Whoosh opens no file: its reader, queries, matchers and searcher work on :class:`Postings`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import fields, formats, scoring
from whoosh.codec import base
from whoosh.matching import ListMatcher
from whoosh.reading import SegmentReader, TermInfo, TermNotFound
from whoosh.searching import Searcher

from overdue_guide.search.postings import Postings, gram_of
from overdue_guide.search.scoring import contributions

FIELD = "grams"


def searcher(postings: Postings, marks: NDArray[np.uint8], norms: list[int]) -> Searcher:
    """Whoosh's searcher over the postings."""
    schema = fields.Schema(**{FIELD: Grams()})
    codec = ArrayCodec(postings)
    reader = SegmentReader(None, schema, ArraySegment(len(marks)), codec=codec)
    return Searcher(reader, weighting=Contributions(postings, marks, norms))


class Grams(fields.FieldType):  # type: ignore[misc]
    """The one field: frequencies of grams, counted in bulk and never document by document."""

    indexed = True

    def __init__(self) -> None:
        super().__init__(formats.Frequency(), None, scorable=True)

    def to_bytes(self, value: str | bytes) -> bytes:
        """UTF-8, as Whoosh keeps every term."""
        return value if isinstance(value, bytes) else value.encode()

    def from_bytes(self, data: bytes) -> str:
        """The gram again."""
        return data.decode()


class ArraySegment(base.Segment):  # type: ignore[misc]
    """All documents, none deleted."""

    compound = False

    def __init__(self, size: int) -> None:
        self._size = size
        super().__init__("search")

    def doc_count_all(self) -> int:
        """How many documents there are."""
        return self._size

    def is_compound(self) -> bool:
        """There is no file."""
        return False


class ArrayCodec(base.Codec):  # type: ignore[misc]
    """Gives Whoosh its readers."""

    def __init__(self, postings: Postings) -> None:
        self.postings = postings

    def terms_reader(self, storage: None, segment: ArraySegment) -> ArrayTerms:
        """The terms and their postings."""
        return ArrayTerms(self.postings)

    def per_document_reader(self, storage: None, segment: ArraySegment) -> ArrayDocuments:
        """The documents' lengths."""
        return ArrayDocuments(self.postings.lengths)


class ArrayDocuments(base.PerDocumentReader):  # type: ignore[misc]
    """Lengths; nothing is stored here, the index keeps its documents itself."""

    def __init__(self, lengths: NDArray[np.int64]) -> None:
        self._lengths = lengths

    def close(self) -> None:
        """Nothing is open."""

    def doc_count(self) -> int:
        """All documents."""
        return len(self._lengths)

    doc_count_all = doc_count

    def has_deletions(self) -> bool:
        """Never: a changed site is a new index."""
        return False

    def is_deleted(self, docnum: int) -> bool:
        """Never."""
        return False

    def deleted_docs(self) -> frozenset[int]:
        """None."""
        return frozenset()

    def doc_field_length(self, docnum: int, fieldname: str, default: int = 0) -> int:
        """Weighted number of pairs."""
        return int(self._lengths[docnum])

    def field_length(self, fieldname: str) -> int:
        """Sum over all documents."""
        return int(self._lengths.sum())

    def min_field_length(self, fieldname: str) -> int:
        """The shortest document."""
        return int(self._lengths.min(initial=0))

    def max_field_length(self, fieldname: str) -> int:
        """The longest document."""
        return int(self._lengths.max(initial=0))


class ArrayTerms(base.TermsReader):  # type: ignore[misc]
    """Terms and matchers over the arrays."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings

    def close(self) -> None:
        """Nothing is open."""

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        return self._postings.find(term[1].decode()) >= 0

    def indexed_field_names(self) -> list[str]:
        """The one field."""
        return [FIELD]

    def terms(self) -> Iterator[tuple[str, bytes]]:
        """All grams, sorted by code point, which is the order of their UTF-8."""
        return ((FIELD, gram_of(int(code)).encode()) for code in self._postings.terms)

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        """All grams from a prefix on."""
        return (term for term in self.terms() if term[1] >= prefix)

    def term_info(self, fieldname: str, tbytes: bytes) -> TermInfo:
        """Frequencies of a gram."""
        at = self._at(tbytes)
        span = slice(int(self._postings.starts[at]), int(self._postings.starts[at + 1]))
        weights, docs = self._postings.weights[span], self._postings.docs[span]
        return TermInfo(
            weight=float(weights.sum()),
            df=len(docs),
            maxweight=float(weights.max()),
            minid=int(docs[0]),
            maxid=int(docs[-1]),
        )

    def frequency(self, fieldname: str, tbytes: bytes) -> float:
        """Weighted occurrences of a gram in all documents."""
        return float(self.term_info(fieldname, tbytes).weight())

    def doc_frequency(self, fieldname: str, tbytes: bytes) -> int:
        """Number of documents that hold a gram."""
        return self._postings.frequency(tbytes.decode())

    def matcher(self, fieldname: str, tbytes: bytes, format_: Any, scorer: Any = None) -> Matcher:
        """The documents of a gram; scored when Whoosh asks for scores."""
        at = self._at(tbytes)
        span = slice(int(self._postings.starts[at]), int(self._postings.starts[at + 1]))
        weights = self._postings.weights[span] if scorer is None else scorer.weights
        return Matcher(
            self._postings.docs[span].tolist(),
            weights.tolist(),
            format=format_,
            term=(fieldname, tbytes),
        )

    def _at(self, tbytes: bytes) -> int:
        at = self._postings.find(tbytes.decode())
        if at < 0:
            raise TermNotFound(f"No term {tbytes!r}")
        return at


class Matcher(ListMatcher):  # type: ignore[misc]
    """A list of documents whose weights already are their scores."""

    _i: int

    def skip_to(self, id: int) -> None:
        """Go to the first document from ``id`` on."""
        self._i = bisect_left(self._ids, id, self._i)

    def score(self) -> float:
        """The contribution to the present document."""
        return float(self._weights[self._i])


class Contributions(scoring.WeightingModel):  # type: ignore[misc]
    """Our whole-number BM25F as Whoosh's weighting."""

    def __init__(self, postings: Postings, marks: NDArray[np.uint8], norms: list[int]) -> None:
        self._postings, self._marks, self._norms = postings, marks, norms

    def scorer(self, searcher: Searcher, fieldname: str, text: bytes, qf: int = 1) -> Scorer:
        """All contributions of a gram at once."""
        at = self._postings.find(text.decode())
        return Scorer(contributions(self._postings, at, self._marks, self._norms))


class Scorer(scoring.BaseScorer):  # type: ignore[misc]
    """Carries the contributions to the matcher."""

    def __init__(self, weights: NDArray[np.int64]) -> None:
        self.weights = weights
