"""Whether the laws that a site cites are known, and in force on the day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from overdue_guide.citations import Name, label
from overdue_guide.law import Citation, ResolvedCitation
from overdue_guide.laws import Registry, Standing, last_day, standing
from overdue_guide.model import Site
from overdue_guide.problems import Problem, suggesting
from overdue_guide.reviews import AHEAD


def law_problems(site: Site, registry: Registry) -> Iterator[Problem]:
    """Every wrong successor, and what is wrong with the citations of reference data."""
    yield from _successors(site, registry)
    yield from citation_problems(_citations(site), registry)


def _successors(site: Site, registry: Registry) -> Iterator[Problem]:
    for law in site.laws:
        if law.successor and law.successor not in registry.laws:
            known = set(registry.laws)
            span = law.successor_span or law.span
            yield suggesting("unknown-law", span, law.successor, known, law=law.successor)
        for provision in law.provisions:
            law_id, _, key = provision.successor.partition(":")
            if provision.successor and registry.find(Name(law_id, key)) is None:
                yield Problem.at(provision.span, "unknown-provision", law=law_id, key=_shown(key))


def _citations(site: Site) -> Iterator[Citation]:
    for channel in site.channels:
        yield from channel.cites
    for term in site.terms:
        yield from term.cites
    for checker in site.checkers:
        yield from checker.cites
    for rule in site.contact_rules:
        yield from rule.cites
    for stage in site.config.stages:
        yield from stage.cites


def citation_problems(citations: Iterable[Citation], registry: Registry) -> Iterator[Problem]:
    """Every citation that names nothing, or nothing in force."""
    for citation in citations:
        name = Name(citation.law, citation.key, citation.historical)
        problem = (
            _written(citation, name, registry)
            if citation.written
            else _marked(citation, name, registry)
        )
        if problem:
            yield problem


def _marked(citation: Citation, name: Name, registry: Registry) -> Problem | None:
    found = registry.find(name)
    if found:
        return None if citation.historical else _not_in_force(citation, found, registry)
    law = registry.law(name)
    near = registry.suggestion(name)
    extra = {"suggestion": near} if near else {}
    if law is None:
        return Problem.at(citation.span, "unknown-law", law=citation.law, **extra)
    return Problem.at(
        citation.span, "unknown-provision", law=law.name, key=_shown(citation.key), **extra
    )


def _written(citation: Citation, name: Name, registry: Registry) -> Problem | None:
    found = registry.find_written(name)
    if found is None:
        return Problem.at(citation.span, "unlisted-law", law=citation.law)
    if isinstance(found, ResolvedCitation):
        return _not_in_force(citation, found, registry)
    if standing(found, None, registry.today) is not Standing.IN_FORCE:
        return _not_in_force(citation, ResolvedCitation(found, None), registry)
    older = registry.older(name)
    successor = older.provision.successor if older and older.provision else ""
    extra = {"suggestion": successor} if successor else {}
    return Problem.at(
        citation.span, "unknown-provision", law=found.name, key=_shown(citation.key), **extra
    )


def _not_in_force(
    citation: Citation, found: ResolvedCitation, registry: Registry
) -> Problem | None:
    state = standing(found.law, found.provision, registry.today)
    if state is Standing.IN_FORCE:
        return _ending(citation, found, registry)
    since = {
        Standing.NOT_YET: (found.provision.effective if found.provision else "")
        or found.law.effective,
        Standing.REPEALED: found.law.repealed.replace("true", ""),
        Standing.EXPIRED: found.law.expires,
        Standing.DRAFT: "",
    }[state]
    return Problem.at(
        citation.span,
        "law-not-in-force",
        law=found.label,
        state=state.name.lower().replace("_", "-"),
        since=since,
        **_successor(found),
    )


def _ending(citation: Citation, found: ResolvedCitation, registry: Registry) -> Problem | None:
    """What is in force today, and will not be in a month: on that day the build would fail."""
    last = last_day(found.law)
    if last is None or last - registry.today > AHEAD:
        return None
    return Problem.at(
        citation.span,
        "law-ending",
        law=found.label,
        date=last.isoformat(),
        **_successor(found),
    )


def _successor(found: ResolvedCitation) -> dict[str, str]:
    successor = (found.provision.successor if found.provision else "") or found.law.successor
    return {"suggestion": successor} if successor else {}


def _shown(key: str) -> str:
    """第1034条 rather than 1034; names such as ``hours`` as they are."""
    return label(key) or key
