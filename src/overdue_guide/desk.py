"""The editor's desk of ``serve``: problems, drafts, what is due for review, the way into each page.

Checked site and problems in, plain data for ``preview/desk.mjs`` out. None of it is ever published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from overdue_guide import articles, report, sources
from overdue_guide.model import CheckedSite
from overdue_guide.problems import Problem, Severity
from overdue_guide.reading import article_files
from overdue_guide.reviews import Review, article_due, channel_due, checker_due, review
from overdue_guide.wording import Wording

_QUOTED = 200
"""Characters of a source line that are shown beside its problem."""


def problem_rows(
    problems: tuple[tuple[Problem, Severity], ...], content: Path, words: Wording
) -> list[dict[str, Any]]:
    """Each problem as the overlay shows it: in the editor's language, with its line and a way there."""
    read_line = sources.line_reader(content)

    def locate(path: str) -> str:
        return (content / path).as_posix()

    return [
        {
            **report.row(problem, severity, words, locate),
            "source": read_line(problem.span.path, problem.span.line)[:_QUOTED],
            "end": problem.span.end_column,
            "url": page_of(problem.span.path),
            "editor": sources.editor_link(
                content / problem.span.path, problem.span.line, problem.span.column
            ),
        }
        for problem, severity in problems
    ]


def page_of(path: str) -> str:
    """The address below the site's root of the page that a source file is for; empty when of many."""
    folder, _, name = path.rpartition("/")
    stem = name.rpartition(".")[0]
    if path.endswith(".md"):
        return (
            ""
            if stem == "index" and not folder
            else f"{folder}/"
            if stem == "index"
            else f"{path[:-3]}/"
        )
    if folder == "checks":
        return f"check/{stem}/"
    return f"laws/{stem}/" if folder == "reference/laws" else ""


def desk(site: CheckedSite, content: Path) -> dict[str, Any]:
    """Drafts, what must be reviewed (most urgent first) and every page, by section."""
    rows = list(_pages(site, content))
    due = [*(row for row in rows if row["state"] != Review.CURRENT.value), *_others(site, content)]
    return {
        "today": site.today.isoformat(),
        "drafts": [row for row in rows if row["draft"]],
        "due": sorted((row for row in due if not row.get("draft")), key=lambda row: row["due"]),
        "pages": [row for row in rows if not row["draft"]],
    }


def _pages(site: CheckedSite, content: Path) -> Iterator[dict[str, Any]]:
    titles = {section.slug: section.title for section in site.config.sections}
    for article in site.articles:
        row = _row(
            article.path, article.meta.title or article.id, article_due(article.meta), site.today
        )
        row["section"] = titles.get(article.section, article.section)
        row["url"], row["draft"] = article.url, article.meta.draft
        row["editor"] = sources.editor_link(content / article.path)
        yield row


def _others(site: CheckedSite, content: Path) -> Iterator[dict[str, Any]]:
    """Checkers and help channels whose review comes near or is past."""
    for checker in site.checkers:
        row = _row(checker.path, checker.title, checker_due(checker), site.today)
        row["url"], row["editor"] = checker.url, sources.editor_link(content / checker.path)
        if row["state"] != Review.CURRENT.value:
            yield row
    for channel in site.channels:
        span = channel.span
        row = _row(span.path, channel.name, channel_due(channel), site.today)
        row["url"] = channel.url
        row["editor"] = sources.editor_link(content / span.path, span.line, span.column)
        if row["state"] != Review.CURRENT.value:
            yield row


def _row(path: str, title: str, due: date | None, today: date) -> dict[str, Any]:
    return {
        "path": path,
        "title": title,
        "due": due.isoformat() if due else "",
        "state": review(due, today).value,
    }


@dataclass(slots=True)
class Edits:
    """What the articles said when they were last looked at; finds the heading that was edited."""

    content: Path
    texts: dict[str, str] = field(default_factory=dict)

    def remember(self) -> None:
        """Look at every article."""
        self.texts = {
            path: sources.text(self.content / path) for path in article_files(self.content)
        }

    def place(self, files: list[Path]) -> Mapping[str, str] | None:
        """Page and anchor of the first difference in the first article among files that were saved."""
        root = self.content.absolute()
        inside = (file.absolute() for file in sorted(files))
        paths = [file.relative_to(root).as_posix() for file in inside if file.is_relative_to(root)]
        found = None
        for path in (path for path in paths if path.endswith(".md")):
            before, after = self.texts.get(path), sources.text(self.content / path)
            self.texts[path] = after
            if before != after and after and found is None:
                found = {"url": page_of(path), "anchor": edited_anchor(path, before or "", after)}
        return found


def edited_anchor(path: str, before: str, after: str) -> str:
    """The anchor of the heading above the first line that differs; empty above the first heading."""
    old, new = before.split("\n"), after.split("\n")
    same = next(
        (at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
        min(len(old), len(new)),
    )
    # The headings up to that line are numbered as in the whole text, so their anchors are the same.
    article, _ = articles.parse(path, "\n".join(new[: same + 1]) + "\n")
    return article.body.headings[-1].anchor if article.body.headings else ""
