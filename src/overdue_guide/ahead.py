"""What the end of a build takes, got ready while its beginning still reads the content."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from overdue_guide.structs import Struct

if TYPE_CHECKING:
    from overdue_guide.aids import Synonym
    from overdue_guide.model import SearchDocument
    from overdue_guide.search.parcels import Entry
    from overdue_guide.workers import Partner, Talk

_MOST = 100
"""Documents that are worth sending to another process."""


class Question(Struct, frozen=True):
    """What there is to be indexed; texts are sent when they are asked for."""

    urls: Sequence[str]
    digests: Sequence[str]
    synonyms: Sequence[Synonym]
    held: Mapping[str, str]
    """The files of the index that are published: path → SHA-256."""


def talk(output: Path, index: Path) -> Talk:
    """Get ready what a site and an index are made with; in turn, as they are asked for.

    Says what lies in the folders of ``write``, which documents it wants to read, the ``Export`` that
    comes of them, and that it remembers it. None instead: who asks does better without.
    """
    # Loaded here, beside what the other side loads; what is said waits until it is heard.
    from overdue_guide import write
    from overdue_guide.search import update
    from overdue_guide.search.parcels import Entry

    before = update.prepared(index)
    asked: Question = yield [write.files(folder) for folder in write.folders(output)]
    pairs = zip(asked.urls, asked.digests, strict=True)
    entries = [Entry(url, digest, _unasked) for url, digest in pairs]
    wanted = update.wanted(before, entries)
    if len(wanted) > _MOST:
        yield None
        return
    texts = yield wanted
    for number, text in zip(wanted, texts, strict=True):
        one = entries[number]
        entries[number] = Entry(one.url, one.digest, partial(_sent, text))
    made = update.patched(index, before, entries, asked.synonyms, asked.held)
    yield made and made.export
    if made:
        made.remember()
        yield True


def asked(partner: Partner, question: Question, entries: Sequence[Entry]) -> bool:
    """Have an index of these entries brought up to date; whether its ``Export`` can be heard.

    Not when most is new: who has all texts does that better.
    """
    partner.tell(question)
    wanted = partner.hear()
    if wanted is not None:
        partner.tell([entries[number].document() for number in wanted])
    return wanted is not None


def _unasked() -> NoReturn:
    raise AssertionError("only what was asked for is read")


def _sent(document: SearchDocument) -> SearchDocument:
    return document
