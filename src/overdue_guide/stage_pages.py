"""The stages' pages: a timeline of all, and for each what to do and who may do what."""

from __future__ import annotations

from collections.abc import Iterable

from overdue_guide.flow import Reference
from overdue_guide.guidance import Sentence, Stage
from overdue_guide.law_views import CitationView, LinkView
from overdue_guide.library import Library
from overdue_guide.resolve import cited_by
from overdue_guide.stage_views import (
    SentenceView,
    StagePageView,
    StageRowView,
    StagesView,
    StopView,
    TimelineView,
)

_STEP = 45
"""Between two stages on the drawn timeline."""
_ABOVE, _BELOW = 18, 72
"""Where names stand, by turns: side by side they would not fit on a phone."""


def stage_pages(library: Library) -> tuple[StagePageView, ...]:
    """Each stage's own page."""
    stages = library.site.config.stages
    return tuple(_page(library, stages, at) for at in range(len(stages)))


def stages_view(library: Library) -> StagesView:
    """The list of all stages."""
    stages = library.site.config.stages
    return StagesView(
        timeline=_timeline(stages, None),
        by_days=tuple(_row(library, stage) for stage in stages if stage.days),
        steps=tuple(_row(library, stage) for stage in stages if not stage.days),
        counts_days=any(stage.days for stage in stages),
    )


def _page(library: Library, stages: tuple[Stage, ...], at: int) -> StagePageView:
    stage = stages[at]
    said = {
        key: tuple(_sentence(library, one) for one in sentences)
        for key, sentences in (
            ("this_week", stage.this_week),
            ("may", stage.may),
            ("may_not", stage.may_not),
            ("next", stage.next),
        )
    }
    return StagePageView(
        stage=library.stage_view(stage),
        timeline=_timeline(stages, at),
        this_week=said["this_week"],
        may=said["may"],
        may_not=said["may_not"],
        next=said["next"],
        own=library.cards(a for a in library.articles if stage.id in a.meta.stage),
        always=library.cards(a for a in library.articles if not a.meta.stage),
        before=library.stage_view(stages[at - 1]) if at else None,
        after=library.stage_view(stages[at + 1]) if at + 1 < len(stages) else None,
        citations=_once(cite for group in said.values() for one in group for cite in one.cites),
    )


def _once(citations: Iterable[CitationView]) -> tuple[CitationView, ...]:
    return tuple({cite.key: cite for cite in citations}.values())


def _row(library: Library, stage: Stage) -> StageRowView:
    return StageRowView(
        stage=library.stage_view(stage),
        days=stage.days,
        first=_sentence(library, stage.this_week[0]) if stage.this_week else None,
        number=sum(stage.id in article.meta.stage for article in library.articles),
    )


def _sentence(library: Library, sentence: Sentence) -> SentenceView:
    found = cited_by(sentence.cites, library.registry)
    cites = tuple(library.citation_view(cite) for cite in found)
    return SentenceView(sentence.says, cites, _link(library, sentence.see))


def _link(library: Library, see: Reference | None) -> LinkView | None:
    article = library.by_id.get(see.name) if see else None
    return LinkView(article.meta.title, article.url) if article else None


def _timeline(stages: tuple[Stage, ...], now: int | None) -> TimelineView:
    places = [_STEP * at + _STEP // 2 + 8 for at in range(len(stages))]
    stops = tuple(
        StopView(
            x=places[at],
            label=stage.short,
            label_y=_BELOW if at % 2 else _ABOVE,
            before=places[at - 1] if at else None,
            certain=stage.days is not None,
            state=_state(at, now, certain=stage.days is not None),
        )
        for at, stage in enumerate(stages)
    )
    here = "" if now is None else f"，现在是“{stages[now].short}”"
    names = "、".join(stage.short for stage in stages)
    return TimelineView(_STEP * len(stages) + 16, f"时间线：{names}{here}", stops)


def _state(at: int, now: int | None, *, certain: bool) -> str:
    """Only what comes with time alone is known to lie behind the reader."""
    if at == now:
        return "now"
    return "past" if now is not None and at < now and certain else "later"
