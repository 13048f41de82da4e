"""A letter's view: which part of the text is the letter itself, and what fills its blanks."""

from __future__ import annotations

import re

from overdue_guide.article_pages import article_view
from overdue_guide.heads import Blank
from overdue_guide.letter_views import DeadlineView, FieldView, LetterView
from overdue_guide.library import Library
from overdue_guide.model import CheckedArticle
from overdue_guide.resolve import cited_by

_PAPER = re.compile(r'<h2 id="范本"[^>]*>.*?</h2>(.*?)(?=<h2\b|\Z)', re.DOTALL)

_OWN = {"name": "name", "phone": "tel", "address": "address-line1"}
"""Blanks for what is the reader's own → HTML's name for it, which browsers can offer to fill in."""


def letter_view(library: Library, article: CheckedArticle) -> LetterView:
    """Everything that a letter's page shows."""
    view = article_view(library, article)
    before, paper, after = _parts(view.html)
    labels = {blank.id: blank.label for blank in article.meta.blanks}
    fields = tuple(_field(library, blank, labels) for blank in article.meta.blanks)
    return LetterView(view, before, paper, after, fields)


def _parts(body: str) -> tuple[str, str, str]:
    """Before, letter, after: what stands under 范本 is the letter itself, or else all."""
    found = _PAPER.search(body)
    if found is None:
        return "", body, ""
    return body[: found.start()], found[1], body[found.end() :]


def _field(library: Library, blank: Blank, labels: dict[str, str]) -> FieldView:
    deadline = blank.deadline
    return FieldView(
        id=blank.id,
        label=blank.label,
        kind=blank.kind,
        hint=blank.hint,
        autocomplete=_OWN.get(blank.id, "off"),
        deadline=DeadlineView(
            start=deadline.start,
            start_label=labels.get(deadline.start, ""),
            days=deadline.days,
            cites=tuple(map(library.citation_view, cited_by(deadline.cites, library.registry))),
        )
        if deadline
        else None,
    )
