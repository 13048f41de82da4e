"""An article's, a letter's or a stand-alone page's view."""

from __future__ import annotations

import html
import re

from overdue_guide import glossing, markup
from overdue_guide.checker_pages import checkers_about
from overdue_guide.law_views import LinkView
from overdue_guide.library import Library
from overdue_guide.model import CheckedArticle, Head
from overdue_guide.resolve import root_of
from overdue_guide.reviews import Review, article_due, review
from overdue_guide.structs import Struct
from overdue_guide.views import ArticleView, CardView, ChangeView, StageView, TocItem


class Surroundings(Struct, frozen=True):
    """What an article's page shows that is not in its own file: it changes with other articles."""

    section: LinkView | None
    stages: tuple[StageView, ...]
    tags: tuple[LinkView, ...]
    related: tuple[CardView, ...]
    checkers: tuple[CardView, ...]
    previous: LinkView | None
    next: LinkView | None


def surroundings(library: Library, head: Head) -> Surroundings:
    """Everything around the article's own text."""
    section, (previous, following) = head.section, library.neighbours(head)
    titled = section in library.titles
    return Surroundings(
        section=LinkView(library.titles[section], f"{section}/") if titled else None,
        stages=tuple(
            library.stage_view(library.stages[s]) for s in head.meta.stage if s in library.stages
        ),
        tags=_tag_links(library, head),
        related=library.cards(library.related(head)),
        checkers=checkers_about(library, (head.id,)),
        previous=link(previous),
        next=link(following),
    )


def article_view(library: Library, article: CheckedArticle) -> ArticleView:
    """Everything that the page shows."""
    meta, around = article.meta, surroundings(library, article.article)
    due = article_due(meta)
    answer, body = _answer(article)
    if (
        article.article.kind != "letter"
    ):  # a letter's words are the reader's, to be copied as they are
        answer, body = glossing.glossed((answer, body), library.glossary, root_of(article.url))
    return ArticleView(
        kind=article.article.kind,
        title=meta.title,
        summary=meta.summary,
        answer=answer,
        html=body,
        toc=tuple(
            TocItem(h.level, h.text, h.anchor) for h in markup.headings(article.html) if h.level < 4
        ),
        citations=tuple(library.citation_view(citation) for citation in article.citations),
        section=around.section,
        stages=around.stages,
        tags=around.tags,
        reviewed=str(meta.reviewed or ""),
        review_by=str(due or ""),
        overdue=review(due, library.site.today) in (Review.DUE, Review.LAPSED),
        authors=meta.authors,
        changes=tuple(
            ChangeView(str(change.day), change.note)
            for change in sorted(meta.changes, key=lambda change: change.day, reverse=True)
        ),
        related=around.related,
        checkers=around.checkers,
        previous=around.previous,
        next=around.next,
    )


def link(article: Head | None) -> LinkView | None:
    """A link to the article, if there is one."""
    return LinkView(article.meta.title, article.url) if article else None


def _tag_links(library: Library, article: Head) -> tuple[LinkView, ...]:
    slugs = ((tag, library.tag_slug(tag)) for tag in dict.fromkeys(article.meta.tags))
    return tuple(LinkView(tag, f"tags/{slug}/") for tag, slug in slugs if slug in library.tags)


_OPENING = re.compile(r"\s*<p>(.*?)</p>\s*", re.DOTALL)


def _answer(article: CheckedArticle) -> tuple[str, str]:
    """The answer's HTML and the rest of the body.

    A text that opens by saying what its summary says answers by itself; saying it twice would push
    everything else off a phone's first screen.
    """
    summary, opening = article.meta.summary, _OPENING.match(article.html)
    if opening and _alike(summary, markup.plain(opening[1])):
        return opening[1], article.html[opening.end() :]
    return html.escape(summary), article.html


def _alike(summary: str, opening: str) -> bool:
    """Whether a short opening shares a quarter of the summary's pairs of characters.

    Unrelated Chinese texts share under a tenth; two wordings of one answer a quarter and more.
    """
    pairs = {summary[at : at + 2] for at in range(len(summary) - 1)}
    shared = sum(pair in opening for pair in pairs)
    return len(opening) <= 200 and 0 < len(pairs) <= 4 * shared
