"""A new article's file: valid front matter and the headings of the house's shape."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

from overdue_guide.check import GENERATED
from overdue_guide.problems import SetupError
from overdue_guide.wording import Wording

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*")


def write_draft(
    content: Path, article: str, title: str, words: Wording, today: date | None = None
) -> Path:
    """Write ``content/<section>/<slug>.md``, its path; raises SetupError for a bad or taken name."""
    if not _NAME.fullmatch(article) or not title.strip() or article.split("/")[0] in GENERATED:
        raise SetupError("bad-slug", name=article)
    path = content / f"{article}.md"
    draft = words.tables["draft"]
    lines = [
        "---",
        # JSON strings are YAML strings, whatever the title holds.
        f"title: {json.dumps(title, ensure_ascii=False)}",
        f"summary: {json.dumps(draft['summary'], ensure_ascii=False)}",
        f"reviewed: {today or date.today()}",  # noqa: DTZ011  the author's own day
        "tags: []",
        "draft: true",
        "---",
        "",
        draft["body"],
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write("\n".join(lines))
    except FileExistsError as error:
        raise SetupError("exists", path=path) from error
    return path
