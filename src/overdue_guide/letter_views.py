"""What the templates of letters get: the paper, and the fields that fill its blanks."""

from __future__ import annotations

from overdue_guide.law_views import CitationView
from overdue_guide.structs import Struct
from overdue_guide.views import ArticleView


class DeadlineView(Struct, frozen=True):
    """A last day that the page computes."""

    start: str
    """The field with the day from which the days count."""
    start_label: str
    days: int
    cites: tuple[CitationView, ...]
    """What sets the number of days."""


class FieldView(Struct, frozen=True):
    """A blank as the reader fills it in."""

    id: str
    label: str
    kind: str
    """text, lines, date, money, phone"""
    hint: str
    autocomplete: str
    """What of the reader's own the browser may offer: ``name``, ``tel``, or ``off``."""
    deadline: DeadlineView | None


class LetterView(Struct, frozen=True):
    """A letter: advice, the paper, more advice."""

    article: ArticleView
    before: str
    """HTML of what stands before the letter itself."""
    paper: str
    """HTML of the letter itself."""
    after: str
    """HTML of how to use it."""
    fields: tuple[FieldView, ...]
