"""An article's, a letter's or a stand-alone page's view."""

from __future__ import annotations

import html
import re

from overdue_guide import glossing, markup
from overdue_guide.check import review_due
from overdue_guide.checker_pages import checkers_about
from overdue_guide.law_views import LinkView
from overdue_guide.library import Library
from overdue_guide.model import CheckedArticle
from overdue_guide.resolve import root_of
from overdue_guide.views import ArticleView, ChangeView, TocItem


def article_view(library: Library, article: CheckedArticle) -> ArticleView:
    """Everything that the page shows."""
    meta, section = article.meta, article.article.section
    previous, following = library.neighbours(article)
    due = review_due(article.article)
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
        section=LinkView(library.titles[section], f"{section}/")
        if section in library.titles
        else None,
        stages=tuple(
            library.stage_view(library.stages[s]) for s in meta.stage if s in library.stages
        ),
        tags=_tag_links(library, article),
        reviewed=str(meta.reviewed or ""),
        review_by=str(due or ""),
        overdue=due is not None and due < library.site.today,
        authors=meta.authors,
        changes=tuple(
            ChangeView(str(change.day), change.note)
            for change in sorted(meta.changes, key=lambda change: change.day, reverse=True)
        ),
        related=library.cards(library.related(article)),
        checkers=checkers_about(library, (article.id,)),
        previous=link(previous),
        next=link(following),
    )


def link(article: CheckedArticle | None) -> LinkView | None:
    """A link to the article, if there is one."""
    return LinkView(article.meta.title, article.url) if article else None


def _tag_links(library: Library, article: CheckedArticle) -> tuple[LinkView, ...]:
    slugs = ((tag, markup.slug(tag)) for tag in dict.fromkeys(article.meta.tags))
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
