"""What a new article may need, by its title: tags, related articles and provisions of its neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from overdue_guide.law import ResolvedCitation
from overdue_guide.laws import Standing, standing
from overdue_guide.model import CheckedArticle, CheckedSite
from overdue_guide.resolve import citation_key
from overdue_guide.search import index
from overdue_guide.search.index import Index

_NEIGHBOURS = 5
"""Pages found by the title that are looked at."""
_TAGS, _RELATED, _PROVISIONS = 3, 3, 4
"""At most so many of each: an editor takes out what does not fit faster than what is too much."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """All of it known to the site, so that a draft with it checks."""

    tags: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    provisions: tuple[tuple[str, str], ...] = ()
    """(``civil-code:1033``, its gist)"""


def proposals(site: CheckedSite, found: Index, title: str) -> Proposals:
    """The tags, articles and provisions in force that pages found by the title have most in common."""
    near = list(_neighbours(site, found, title))
    tags: Counter[str] = Counter()
    cited: Counter[str] = Counter()
    gists: dict[str, str] = {}
    for rank, article in enumerate(near):
        weight = _NEIGHBOURS - rank
        tags.update(dict.fromkeys(article.meta.tags, weight))
        for citation in article.citations:
            gist = _gist(citation, site)
            if gist:
                gists[citation_key(citation)] = gist
                cited[citation_key(citation)] += weight
    return Proposals(
        tags=tuple(tag for tag, _ in tags.most_common(_TAGS)),
        related=tuple(article.article.id for article in near[:_RELATED]),
        provisions=tuple((key, gists[key]) for key, _ in cited.most_common(_PROVISIONS)),
    )


def _neighbours(site: CheckedSite, found: Index, title: str) -> Iterator[CheckedArticle]:
    pages = {head.url: head for head in site.articles if head.kind == "article"}
    for result in index.search(found, title, limit=_NEIGHBOURS * 2)[: _NEIGHBOURS * 2]:
        if result.url in pages:
            yield site.texts[pages[result.url].path]


def _gist(citation: ResolvedCitation, site: CheckedSite) -> str:
    """The gist of a provision that counts today and whose text was seen; else nothing."""
    provision = citation.provision
    if provision is None or provision.unverified:
        return ""
    state = standing(citation.law, provision, site.today)
    return provision.gist if state is Standing.IN_FORCE else ""
