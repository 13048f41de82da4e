"""What cites a law or provision: the list to work through on the day it changes."""

from __future__ import annotations

import re
from dataclasses import dataclass

from overdue_guide.citations import WRITTEN, Name, parse_written
from overdue_guide.law import Citation, Law, ResolvedCitation
from overdue_guide.laws import Registry
from overdue_guide.model import CheckedSite
from overdue_guide.resolve import citation_key


@dataclass(frozen=True, slots=True)
class User:
    """A page that relies on it."""

    path: str
    line: int
    """Of the first such citation."""
    title: str
    url: str
    cites: tuple[str, ...]
    """Each provision once: 《民法典》第1033条."""


@dataclass(frozen=True, slots=True)
class Impact:
    """Everything that relies on a law or provision."""

    name: str
    id: str
    users: tuple[User, ...]

    def as_json(self, content: str) -> dict[str, object]:
        """What ``impact --json`` prints."""
        return {
            "id": self.id,
            "name": self.name,
            "users": [
                {
                    "path": f"{content}/{user.path}",
                    "line": user.line,
                    "title": user.title,
                    "url": user.url,
                    "cites": list(user.cites),
                }
                for user in self.users
            ],
        }


def impact(site: CheckedSite, asked: str) -> Impact | None:
    """What relies on what is asked for, in any form that ``_named`` reads; None when unknown."""
    registry = Registry(site.laws, site.today)
    target = _named(asked, registry)
    if target is None:
        return None
    users = [
        *_articles(site, registry, target),
        *_checkers(site, registry, target),
        *_reference(site, registry, target),
        *_laws(site, target),
    ]
    return Impact(target.label, citation_key(target), tuple(users))


def _named(asked: str, registry: Registry) -> ResolvedCitation | None:
    """What ``civil-code:1033``, ``civil-code-1033``, 民法典 or 《民法典》第1033条 names."""
    bare = re.sub(r"^\[@|\]$|[《》\s]", "", asked).replace("：", ":")
    law, _, key = bare.partition(":")
    name = Name(law, key)
    match = WRITTEN.fullmatch(re.sub(r"\A(.+?)(第[^第]+条.*)\Z", r"《\1》\2", bare))
    if match:
        name = next(iter(parse_written(match)), name)
    found = registry.find(name) or registry.find_written(name)
    # Of a law that lacks the key, nothing is asked for.
    if isinstance(found, Law):
        return None if name.key else ResolvedCitation(found, None)
    return found


def names(law: Law) -> tuple[str, ...]:
    """What ``impact`` may be asked for about a law."""
    return (law.id, *law.short, *(f"{law.id}:{provision.key}" for provision in law.provisions))


def _articles(site: CheckedSite, registry: Registry, target: ResolvedCitation) -> list[User]:
    users = []
    for head in site.articles:
        cites = site.texts[head.path].article.cites
        found = _matching(list(cites), registry, target)
        if found:
            line = min(citation.span.line for citation in found)
            path, title = head.path, head.meta.title
            users.append(User(path, line, title, head.url, _labels(found, registry)))
    return users


def _checkers(site: CheckedSite, registry: Registry, target: ResolvedCitation) -> list[User]:
    users = []
    for checker in site.checkers:
        found = _matching(list(checker.cites), registry, target)
        if found:
            line = min(citation.span.line for citation in found)
            labels = _labels(found, registry)
            users.append(User(checker.path, line, checker.title, checker.url, labels))
    return users


def _reference(site: CheckedSite, registry: Registry, target: ResolvedCitation) -> list[User]:
    stages = site.config.stages
    rows = [
        *((c.cites, c.span, c.name, c.url) for c in site.channels),
        *((t.cites, t.span, t.term, "glossary/") for t in site.terms),
        *((r.cites, r.span, r.title, r.url) for r in site.contact_rules),
        *((s.cites, s.cites[0].span, s.title, s.url) for s in stages if s.cites),
    ]
    users = []
    for cites, span, title, url in rows:
        found = _matching(list(cites), registry, target)
        if found:
            line = min(citation.span.line for citation in found)
            users.append(User(span.path, line, title, url, _labels(found, registry)))
    return users


def _laws(site: CheckedSite, target: ResolvedCitation) -> list[User]:
    """Laws of the registry that name it as what replaced them."""
    users = []
    for law in site.laws:
        heirs = {law.successor, *(provision.successor for provision in law.provisions)}
        law_ids = {heir.partition(":")[0] for heir in heirs}
        if citation_key(target) in (heirs if target.provision else law_ids):
            span = law.successor_span or law.span
            users.append(User(span.path, span.line, law.title, law.url, (target.label,)))
    return users


def _matching(
    cited: list[Citation], registry: Registry, target: ResolvedCitation
) -> list[Citation]:
    """Those that name the provision; or, when a whole law is asked for, any of its provisions."""
    return [citation for citation in cited if _hits(_resolve(citation, registry), target)]


def _hits(found: ResolvedCitation | None, target: ResolvedCitation) -> bool:
    if found is None or found.law.id != target.law.id:
        return False
    return target.provision is None or found.provision == target.provision


def _labels(found: list[Citation], registry: Registry) -> tuple[str, ...]:
    resolved = (_resolve(citation, registry) for citation in found)
    return tuple(dict.fromkeys(one.label for one in resolved if one))


def _resolve(citation: Citation, registry: Registry) -> ResolvedCitation | None:
    name = Name(citation.law, citation.key)
    found = registry.find_written(name) if citation.written else registry.find(name)
    return found if isinstance(found, ResolvedCitation) else None
