"""The calculators' views."""

from __future__ import annotations

from dataclasses import dataclass

from overdue_guide.article_pages import article_view
from overdue_guide.library import Library
from overdue_guide.model import CheckedArticle
from overdue_guide.views import ArticleView, CollectionView


@dataclass(frozen=True, slots=True)
class ToolView:
    """A calculator: its form, and the text that says how it counts and on what that rests."""

    article: ArticleView
    calculator: str
    """Which of the templates' forms."""


def tool_view(library: Library, article: CheckedArticle) -> ToolView:
    """Everything that a calculator's page shows."""
    return ToolView(article_view(library, article), article.meta.calculator)


def tools_view(library: Library) -> CollectionView:
    """The list of calculators, with what ``tools/index.md`` says about them."""
    index = library.by_id.get("tools/index")
    return CollectionView(
        title=(index.meta.title if index else "") or "计算器",
        summary=(index.meta.summary if index else "") or "在你自己的设备上算，不上传",
        intro=library.intro("tools/index"),
        pages=library.cards(library.tools),
    )
