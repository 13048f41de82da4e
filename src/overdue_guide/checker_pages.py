"""The checkers' pages: the list, each question and each outcome at an address of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from overdue_guide import routes
from overdue_guide.checker_views import (
    AnsweredView,
    CheckersView,
    ChoiceView,
    OutcomeView,
    QuestionView,
    ReasonView,
    StepView,
    TrailView,
)
from overdue_guide.flow import Checker, Outcome, Question, Reason, Reference, Step, Verdict
from overdue_guide.frame import Page, still
from overdue_guide.law_views import LinkView
from overdue_guide.library import Library
from overdue_guide.resolve import cited_by
from overdue_guide.reviews import Review, checker_due, review
from overdue_guide.views import CardView

VERDICTS: Mapping[Verdict, tuple[str, str]] = {
    "safety": ("先保证安全", "danger"),
    "fraud": ("很像骗局", "danger"),
    "unlawful": ("涉嫌违法", "danger"),
    "doubtful": ("可能违规", "warning"),
    "lawful": ("目前看不出违规", "note"),
    "act": ("先做这件事", "note"),
    "unclear": ("还不能判断", "note"),
}
"""Verdict → what it is called, and how loud it is."""


def checker_pages(library: Library) -> Iterator[Page]:
    """Every page of every checker, and the list of them."""
    checkers = library.site.checkers
    if checkers:
        said = library.site.config.phrases
        shown = CheckersView(tuple(checker_card(checker) for checker in checkers))
        yield still("checkers.html", "check/", said.checks, said.checks_summary, shown)
    for checker in checkers:
        yield from _pages(library, checker)


def checker_card(checker: Checker) -> CardView:
    """A checker in a list."""
    reviewed = str(checker.reviewed or "")
    return CardView(checker.title, checker.url, checker.summary, "自查", reviewed)


def checkers_about(library: Library, articles: Iterable[str]) -> tuple[CardView, ...]:
    """The checkers that name one of these articles as related."""
    ids = set(articles)
    return tuple(
        checker_card(checker)
        for checker in library.site.checkers
        if any(page.name in ids for page in checker.related)
    )


def _pages(library: Library, checker: Checker) -> Iterator[Page]:
    paths, reviewed = _Paths(checker), str(checker.reviewed or "")
    first = checker.questions[0]
    for question in checker.questions:
        title = checker.title if question is first else f"{question.asks} – {checker.title}"
        day = reviewed if question is first else ""
        yield Page(
            "checker_question.html",
            paths.url(question.id),
            title,
            checker.summary,
            partial(_question, library, checker, question, paths),
            updated=day,
            reviewed=day,
            # The others mean nothing to a reader who did not answer what leads to them.
            listed=question is first,
        )
    for outcome in checker.outcomes:
        title, url = f"{outcome.title} – {checker.title}", paths.url(outcome.id)
        view = partial(_outcome, library, checker, outcome, paths)
        yield Page("checker_outcome.html", url, title, outcome.means, view, listed=False)


class _Paths:
    """Where each step of a checker lies, in the flow and on the site."""

    def __init__(self, checker: Checker) -> None:
        self.checker = checker
        self._start = checker.questions[0].id
        self._least = routes.reached(checker, self._start)
        self._most = routes.farthest(checker)
        self._ahead = routes.ahead(checker)

    def url(self, step: str) -> str:
        """A step's address; the first question's is the checker's own."""
        return self.checker.url if step == self._start else f"{self.checker.url}{step}/"

    def trail(self, step: str) -> TrailView:
        """What came before a step, and what follows."""
        before = dict.fromkeys(question for question, _ in routes.into(self.checker, step))
        least, most = self._least.get(step, 0), self._most.get(step, 0)
        return TrailView(
            checker=LinkView(self.checker.title, self.checker.url),
            answered=tuple(
                AnsweredView(question.asks, answer.says, self.url(question.id))
                for question, answer in routes.only_way(self.checker, step)
            ),
            back=tuple(LinkView(question.asks, self.url(question.id)) for question in before),
            number=most + 1 if least == most else 0,
            ahead=self._ahead.get(step, 0),
        )


def _question(
    library: Library, checker: Checker, question: Question, paths: _Paths
) -> QuestionView:
    known = {stop.id for stop in checker.stops}
    first = question is checker.questions[0]
    return QuestionView(
        trail=paths.trail(question.id),
        first=first,
        summary=checker.summary,
        reviewed=str(checker.reviewed or ""),
        overdue=_overdue(library, checker),
        review_by=_review_by(checker),
        asks=question.asks,
        help=question.help,
        choices=tuple(
            ChoiceView(answer.says, answer.note, paths.url(answer.to.name))
            for answer in question.answers
            if answer.to.name in known
        ),
        related=_related(library, checker) if first else (),
    )


def _outcome(library: Library, checker: Checker, outcome: Outcome, paths: _Paths) -> OutcomeView:
    verdict, tone = VERDICTS[outcome.verdict]
    reasons = tuple(_reason(library, reason) for reason in outcome.reasons)
    shown = {cite.key: cite for reason in reasons for cite in reason.cites}
    return OutcomeView(
        trail=paths.trail(outcome.id),
        verdict=verdict,
        tone=tone,
        title=outcome.title,
        means=outcome.means,
        sure=outcome.sure,
        reasons=reasons,
        steps=tuple(_step(library, step) for step in outcome.steps),
        keep=outcome.keep,
        citations=tuple(shown.values()),
        reviewed=str(checker.reviewed or ""),
        overdue=_overdue(library, checker),
        review_by=_review_by(checker),
        related=_related(library, checker),
    )


def _reason(library: Library, reason: Reason) -> ReasonView:
    found = cited_by(reason.cites, library.registry)
    return ReasonView(reason.says, tuple(library.citation_view(cite) for cite in found))


def _step(library: Library, step: Step) -> StepView:
    article = library.by_id.get(_name(step.see))
    channels = {channel.id: channel for channel in library.site.channels}
    channel = channels.get(_name(step.channel))
    return StepView(
        does=step.does,
        see=LinkView(article.meta.title, article.url) if article else None,
        channel=library.channel_view(channel) if channel else None,
        # A channel of everyone's is named by its number: 12378 银行保险消费者投诉维权热线.
        dials=channel is not None and channel.name.startswith(channel.phone or "-"),
    )


def _name(reference: Reference | None) -> str:
    return reference.name if reference else ""


def _related(library: Library, checker: Checker) -> tuple[CardView, ...]:
    named = (library.by_id.get(page.name) for page in checker.related)
    return library.cards(article for article in named if article)


def _review_by(checker: Checker) -> str:
    return str(checker_due(checker) or "")


def _overdue(library: Library, checker: Checker) -> bool:
    return review(checker_due(checker), library.site.today) in (Review.DUE, Review.LAPSED)
