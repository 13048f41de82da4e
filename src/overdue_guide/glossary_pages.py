"""The glossary's views: one page while it is small, one for each group of terms when it is not."""

from __future__ import annotations

import re
from collections import defaultdict

from overdue_guide import markup
from overdue_guide.aids import Term
from overdue_guide.article_pages import link
from overdue_guide.glossary_views import GlossaryView, GroupView, TermView
from overdue_guide.law_views import LinkView
from overdue_guide.library import Library
from overdue_guide.resolve import cited_by

_OTHERS = "其他"
_OPENING = re.compile(r".{12,}?[。！？]")
"""A sentence, or two where the first only says whose word it is."""


def glossary_view(library: Library) -> GlossaryView:
    """All terms, and their groups where the editors made some."""
    terms = library.site.terms
    grouped = any(term.group for term in terms)
    groups: defaultdict[str, list[TermView]] = defaultdict(list)
    for term in terms:
        name = (term.group or _OTHERS) if grouped else ""
        groups[name].append(_term(library, term, name))
    views = tuple(
        GroupView(name, _url(name), tuple(found)) for name, found in groups.items() if name
    )
    return GlossaryView(tuple(term for found in groups.values() for term in found), views)


def _url(group: str) -> str:
    return f"glossary/{markup.slug(group)}/" if group else "glossary/"


def _term(library: Library, term: Term, group: str) -> TermView:
    first, anchor = _OPENING.match(term.meaning), markup.slug(term.term)
    see = library.by_id.get(term.see)
    return TermView(
        anchor=anchor,
        term=term.term,
        aka=term.aka,
        meaning=term.meaning,
        short=first[0] if first else term.meaning,
        cites=tuple(
            LinkView(cite.label, cite.url) for cite in cited_by(term.cites, library.registry)
        ),
        see=link(see),
        url=f"{_url(group)}#{anchor}",
    )
