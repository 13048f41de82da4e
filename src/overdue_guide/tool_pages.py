"""The calculators' views."""

from __future__ import annotations

from overdue_guide.article_pages import article_view
from overdue_guide.library import Library
from overdue_guide.model import CheckedArticle
from overdue_guide.structs import Struct
from overdue_guide.views import ArticleView


class ToolView(Struct, frozen=True):
    """A calculator: its form, and the text that says how it counts and on what that rests."""

    article: ArticleView
    calculator: str
    """Which of the templates' forms."""


def tool_view(library: Library, article: CheckedArticle) -> ToolView:
    """Everything that a calculator's page shows."""
    return ToolView(article_view(library, article), article.meta.calculator)
