"""A checked site arranged for look-up: sections in order, tags, neighbours, who cites what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from overdue_guide import glossing, markup, resolve
from overdue_guide.aids import Channel
from overdue_guide.flow import Checker
from overdue_guide.guidance import Stage
from overdue_guide.law import Law, Provision, ResolvedCitation
from overdue_guide.law_views import CitationView, LinkView
from overdue_guide.laws import FORCES, Registry, Standing, standing
from overdue_guide.model import CheckedArticle, CheckedSite
from overdue_guide.resolve import citation_key
from overdue_guide.views import CardView, ChannelView, StageView


@dataclass(frozen=True, slots=True)
class Shelf:
    """A section with its articles in order."""

    slug: str
    title: str
    summary: str
    intro: str
    articles: tuple[CheckedArticle, ...]

    @property
    def url(self) -> str:
        """Its address: ``contact/``."""
        return f"{self.slug}/"


class Library:
    """Look-ups over a checked site; made once a build."""

    def __init__(self, site: CheckedSite) -> None:
        self.site = site
        self.registry = Registry(site.laws, site.today)
        self.by_id = {article.id: article for article in site.articles}
        self.articles = tuple(_in_order(a for a in site.articles if a.article.kind == "article"))
        self.letters = tuple(_in_order(a for a in site.articles if a.article.kind == "letter"))
        self.tools = tuple(_in_order(a for a in site.articles if a.article.kind == "tool"))
        self.glossary = glossing.glossary(site.terms)
        self.loose = tuple(_in_order(a for a in site.articles if a.article.kind == "page"))
        self.home = self.by_id.get("index")
        self.stages = {stage.id: stage for stage in site.config.stages}
        self.shelves = _shelves(site, self.articles, self.by_id)
        self.titles = {shelf.slug: shelf.title for shelf in self.shelves}
        self.tags = _tags(self.articles)
        self.cited_by = _cited_by(site.articles)
        self.checked_by = _checked_by(site, self.registry)
        self.guided_by = _guided_by(site, self.registry)
        self._neighbours = {
            article.id: (before, after)
            for shelf in self.shelves
            for before, article, after in zip(
                (None, *shelf.articles), shelf.articles, (*shelf.articles[1:], None), strict=False
            )
        }

    def card(self, article: CheckedArticle) -> CardView:
        """The article in a list."""
        return CardView(
            title=article.meta.title,
            url=article.url,
            summary=article.meta.summary,
            section=self.titles.get(article.article.section, ""),
            reviewed=str(article.meta.reviewed or ""),
            stages=tuple(self.stages[s].title for s in article.meta.stage if s in self.stages),
        )

    def cards(self, articles: Iterable[CheckedArticle]) -> tuple[CardView, ...]:
        """The articles in a list."""
        return tuple(self.card(article) for article in articles)

    def related(self, article: CheckedArticle) -> tuple[CheckedArticle, ...]:
        """Those that the author named; else the most alike by tags, at most four."""
        named = [self.by_id[name] for name in article.meta.related if name in self.by_id]
        if named:
            return tuple(named)
        shared: dict[str, int] = defaultdict(int)
        for tag in article.meta.tags:
            for other in self.tags.get(markup.slug(tag), ("", ()))[1]:
                shared[other.id] += 1
        shared.pop(article.id, None)
        best = sorted(shared, key=lambda name: (-shared[name], name))[:4]
        return tuple(self.by_id[name] for name in best)

    def neighbours(
        self, article: CheckedArticle
    ) -> tuple[CheckedArticle | None, CheckedArticle | None]:
        """The previous and the next article of its section."""
        return self._neighbours.get(article.id, (None, None))

    def stage_view(self, stage: Stage) -> StageView:
        """A stage with its address."""
        return StageView(stage.id, stage.title, stage.summary, f"stage/{stage.id}/")

    def channel_view(self, channel: Channel) -> ChannelView:
        """A channel as templates show it."""
        return channel_view(channel, resolve.cited_by(channel.cites, self.registry))

    def citation_view(self, citation: ResolvedCitation) -> CitationView:
        """A provision as an article's end and its preview show it."""
        law, provision = citation.law, citation.provision
        force, state = FORCES[law.force], standing(law, provision, self.site.today)
        return CitationView(
            key=citation_key(citation),
            label=citation.label,
            law_title=law.title,
            gist=provision.gist if provision else law.gist,
            force=force.label,
            force_meaning=force.meaning,
            binding=force.binding,
            status=state.value,
            in_force=state is Standing.IN_FORCE,
            sureness=sureness(law, provision),
            url=citation.url,
            official_name=law.official_name,
            official_url=law.official_url,
        )


def channel_view(channel: Channel, cites: Iterable[ResolvedCitation]) -> ChannelView:
    """A channel as templates show it, with the provisions that set its deadline."""
    return ChannelView(
        id=channel.id,
        name=channel.name,
        phone=channel.phone,
        web=channel.web,
        handles=channel.handles,
        not_for=channel.not_for,
        before=channel.before,
        deadline=channel.deadline,
        where=channel.where,
        checked=str(channel.checked or ""),
        source=channel.source,
        note=channel.note,
        urgent=channel.urgent,
        cites=tuple(LinkView(cite.label, cite.url) for cite in cites),
    )


def sureness(law: Law, provision: Provision | None) -> str:
    """What a reader must know about how sure our wording is; empty when it rests on the full text."""
    if law.unverified or (provision and provision.unverified):
        return "据公开报道，未见正式文本"
    if provision and provision.quoted:
        return "据媒体引述的原文，未对照正式文本"
    return ""


def _in_order(articles: Iterable[CheckedArticle]) -> list[CheckedArticle]:
    return sorted(articles, key=lambda a: (a.article.section, a.meta.weight, a.url))


def _shelves(
    site: CheckedSite, articles: Iterable[CheckedArticle], by_id: dict[str, CheckedArticle]
) -> tuple[Shelf, ...]:
    """Sections that have articles: those of site.yml in its order, then the rest by name."""
    filled: dict[str, list[CheckedArticle]] = defaultdict(list)
    for article in articles:
        filled[article.article.section].append(article)
    named = {section.slug: section for section in site.config.sections}
    order = [slug for slug in named if slug in filled] + sorted(set(filled) - set(named))
    shelves = []
    for slug in order:
        index, section = by_id.get(f"{slug}/index"), named.get(slug)
        meta = index.meta if index else None
        shelves.append(
            Shelf(
                slug=slug,
                title=(section.title if section else "") or (meta.title if meta else "") or slug,
                summary=(section.summary if section else "") or (meta.summary if meta else ""),
                intro=index.html if index else "",
                articles=tuple(filled[slug]),
            )
        )
    return tuple(shelves)


def _tags(articles: Iterable[CheckedArticle]) -> dict[str, tuple[str, tuple[CheckedArticle, ...]]]:
    """Slug → (tag as first written, its articles), most used first, then by slug."""
    names: dict[str, str] = {}
    tagged: dict[str, list[CheckedArticle]] = defaultdict(list)
    for article in articles:
        for tag in dict.fromkeys(article.meta.tags):
            names.setdefault(markup.slug(tag), tag)
            tagged[markup.slug(tag)].append(article)
    order = sorted(tagged, key=lambda slug: (-len(tagged[slug]), slug))
    return {slug: (names[slug], tuple(tagged[slug])) for slug in order}


def _cited_by(articles: Iterable[CheckedArticle]) -> dict[str, tuple[CheckedArticle, ...]]:
    """``civil-code:1034`` → the pages that rely on it, in order of address."""
    users: dict[str, list[CheckedArticle]] = defaultdict(list)
    for article in sorted(articles, key=lambda a: a.url):
        for citation in article.citations:
            users[citation_key(citation)].append(article)
    return {key: tuple(found) for key, found in users.items()}


def _checked_by(site: CheckedSite, registry: Registry) -> dict[str, tuple[Checker, ...]]:
    """``civil-code:1034`` → the checkers that rely on it."""
    users: dict[str, list[Checker]] = defaultdict(list)
    for checker in site.checkers:
        cited = resolve.cited_by(checker.cites, registry)
        for key in dict.fromkeys(citation_key(citation) for citation in cited):
            users[key].append(checker)
    return {key: tuple(found) for key, found in users.items()}


def _guided_by(site: CheckedSite, registry: Registry) -> dict[str, tuple[LinkView, ...]]:
    """``civil-code:1034`` → the stages and the rules of the contact log that rely on it."""
    pages = [(stage.cites, stage.title, f"stage/{stage.id}/") for stage in site.config.stages]
    pages += [
        (rule.cites, f"催收记录本：{rule.title}", f"log/#rule-{rule.id}")
        for rule in site.contact_rules
    ]
    users: dict[str, list[LinkView]] = defaultdict(list)
    for cites, title, url in pages:
        for key in dict.fromkeys(citation_key(one) for one in resolve.cited_by(cites, registry)):
            users[key].append(LinkView(title, url))
    return {key: tuple(found) for key, found in users.items()}
