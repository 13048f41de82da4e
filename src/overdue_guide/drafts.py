"""A new article's file: valid front matter, the headings of the house's shape, marks where words are missing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from overdue_guide.check_addresses import GENERATED
from overdue_guide.formatting.body import STEPS
from overdue_guide.formatting.whole import formatted
from overdue_guide.problems import SetupError
from overdue_guide.proposals import Proposals
from overdue_guide.slips import GAP
from overdue_guide.wording import Wording

_LONGEST = 30
"""Characters of a gist that a draft quotes."""
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Draft:
    """What an editor says of an article that is not there yet."""

    article: str
    """section/slug"""
    title: str
    question: str = ""
    risk: str = ""
    proposed: Proposals = field(default_factory=Proposals)


def proper(article: str) -> bool:
    """Whether it is section/slug, and not a place that the generator fills itself."""
    return bool(_NAME.fullmatch(article)) and article.split("/")[0] not in GENERATED


def write_draft(content: Path, draft: Draft, words: Wording, today: date) -> Path:
    """Write ``content/<section>/<slug>.md``, its path; raises SetupError for a bad or taken name."""
    if not proper(draft.article) or not draft.title.strip():
        raise SetupError("bad-slug", name=draft.article)
    path = content / f"{draft.article}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            lines = [*_head(draft, words, today), "", *_body(draft, words)]
            file.write(formatted(f"{draft.article}.md", "\n".join(lines), STEPS))
    except FileExistsError as error:
        raise SetupError("exists", path=path) from error
    return path


def _head(draft: Draft, words: Wording, today: date) -> Iterator[str]:
    yield "---"
    yield f"title: {_quoted(draft.title)}"
    yield f"summary: {_quoted(_gap(words.tables['draft']['summary']))}"
    if draft.question:
        yield f"question: {_quoted(draft.question)}"
    yield f"tags: [{', '.join(map(_quoted, draft.proposed.tags))}]"
    yield f"reviewed: {today.isoformat()}"
    if draft.risk:
        yield f"risk: {draft.risk}"
    if draft.proposed.related:
        yield f"related: [{', '.join(draft.proposed.related)}]"
    yield "draft: true"
    yield "---"


def _body(draft: Draft, words: Wording) -> Iterator[str]:
    told = words.tables["draft"]
    yield _gap(told["summary"])
    for heading, about in told["parts"].items():
        yield f"\n## {heading}\n"
        if heading == next(iter(told["parts"])) and draft.proposed.provisions:
            yield _gap(told["provisions"]) + "\n"
            yield from (_provision(key, gist) for key, gist in draft.proposed.provisions)
        else:
            yield _gap(about)
    yield ""


def _provision(key: str, gist: str) -> str:
    # As much of the gist as tells what it is about: the words of the article are the editor's own.
    about = re.split("[。；，]", gist)[0][:_LONGEST]
    return f"- {_gap(f'[@{key}]（{about}……）')}"


def _gap(about: str) -> str:
    return f"{GAP}：{about}〕"


def _quoted(text: str) -> str:
    # JSON strings are YAML strings, whatever the text holds.
    return json.dumps(text, ensure_ascii=False)
