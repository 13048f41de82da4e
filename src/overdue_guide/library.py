"""A checked site arranged for look-up: sections in order, tags, neighbours, who cites what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache, cached_property

from overdue_guide import glossing, markup, resolve
from overdue_guide.aids import Channel
from overdue_guide.alike import Alike
from overdue_guide.flow import Checker
from overdue_guide.guidance import Stage
from overdue_guide.law import Law, Provision, ResolvedCitation
from overdue_guide.law_views import CitationView, LinkView
from overdue_guide.laws import FORCES, Registry, Standing, standing
from overdue_guide.model import CheckedSite, Head
from overdue_guide.resolve import citation_key
from overdue_guide.structs import Struct
from overdue_guide.views import CardView, ChannelView, StageView


class Shelf(Struct, frozen=True):
    """A section with its articles in order."""

    slug: str
    title: str
    summary: str
    intro: str
    articles: tuple[Head, ...]

    @property
    def url(self) -> str:
        """Its address: ``contact/``."""
        return f"{self.slug}/"


class Library:
    """Look-ups over a checked site; made once a build."""

    def __init__(self, site: CheckedSite) -> None:
        self.site = site
        self._cards: dict[str, CardView] = {}
        self._citations: dict[str, CitationView] = {}
        self._related: dict[str, tuple[Head, ...]] = {}
        self.tag_slug = cache(markup.slug)
        """A tag as its address names it: ten thousand articles share a few hundred tags."""
        self.registry = Registry(site.laws, site.today)
        self.by_id = {article.id: article for article in site.articles}
        self.articles = tuple(_in_order(a for a in site.articles if a.kind == "article"))
        self.letters = tuple(_in_order(a for a in site.articles if a.kind == "letter"))
        self.tools = tuple(_in_order(a for a in site.articles if a.kind == "tool"))
        self.glossary = glossing.glossary(site.terms)
        self.loose = tuple(_in_order(a for a in site.articles if a.kind == "page"))
        self.stages = {stage.id: stage for stage in site.config.stages}
        self.shelves = _shelves(site, self.articles, self.by_id)
        self.titles = {shelf.slug: shelf.title for shelf in self.shelves}
        self.tags = _tags(self.articles, self.tag_slug)
        self._alike = Alike(self.articles, {slug: found for slug, (_, found) in self.tags.items()})
        self._neighbours = {
            article.path: (before, after)
            for shelf in self.shelves
            for before, article, after in zip(
                (None, *shelf.articles), shelf.articles, (*shelf.articles[1:], None), strict=False
            )
        }

    @cached_property
    def cited_by(self) -> dict[str, tuple[Head, ...]]:
        """``civil-code:1034`` → the pages that rely on it, in order of address."""
        users: dict[str, list[Head]] = defaultdict(list)
        for article in sorted(self.site.articles, key=lambda a: a.url):
            for citation in resolve.relied_on(article.relies_on, self.registry):
                users[citation_key(citation)].append(article)
        return {key: tuple(found) for key, found in users.items()}

    @cached_property
    def checked_by(self) -> dict[str, tuple[Checker, ...]]:
        """``civil-code:1034`` → the checkers that rely on it."""
        return _checked_by(self.site, self.registry)

    @cached_property
    def guided_by(self) -> dict[str, tuple[LinkView, ...]]:
        """``civil-code:1034`` → the stages and the rules of the contact log that rely on it."""
        return _guided_by(self.site, self.registry)

    @property
    def popular(self) -> tuple[Head, ...]:
        """Those that the site names as asked most often."""
        named = (self.by_id.get(name) for name in self.site.config.popular)
        return tuple(article for article in named if article)

    def intro(self, name: str) -> str:
        """The text of the page that introduces a list: ``letters/index``; empty without one."""
        head = self.by_id.get(name)
        return self.site.texts[head.path].html if head else ""

    def card(self, article: Head) -> CardView:
        """The article in a list; the same card in each."""
        known = self._cards.get(article.path)
        if known is None:
            meta, stages = article.meta, self.stages
            known = self._cards[article.path] = CardView(
                title=meta.title,
                url=article.url,
                summary=meta.summary,
                section=self.titles.get(article.section, ""),
                reviewed=str(meta.reviewed or ""),
                stages=tuple(stages[name].title for name in meta.stage if name in stages),
            )
        return known

    def cards(self, articles: Iterable[Head]) -> tuple[CardView, ...]:
        """The articles in a list."""
        return tuple(self.card(article) for article in articles)

    def related(self, article: Head) -> tuple[Head, ...]:
        """Those that the author named; else those most like it."""
        if article.path not in self._related:
            named = [self.by_id[name] for name in article.meta.related if name in self.by_id]
            slugs = map(self.tag_slug, dict.fromkeys(article.meta.tags))
            self._related[article.path] = tuple(named) or self._alike.to(article, slugs)
        return self._related[article.path]

    def neighbours(self, article: Head) -> tuple[Head | None, Head | None]:
        """The previous and the next article of its section."""
        return self._neighbours.get(article.path, (None, None))

    def stage_view(self, stage: Stage) -> StageView:
        """A stage with its address."""
        return StageView(stage.id, stage.title, stage.summary, stage.url)

    def channel_view(self, channel: Channel) -> ChannelView:
        """A channel as templates show it."""
        return channel_view(channel, resolve.cited_by(channel.cites, self.registry))

    def citation_view(self, citation: ResolvedCitation) -> CitationView:
        """A provision as an article's end and its preview show it; the same for each article."""
        key = citation_key(citation)
        if key not in self._citations:
            self._citations[key] = self._citation_view(key, citation)
        return self._citations[key]

    def _citation_view(self, key: str, citation: ResolvedCitation) -> CitationView:
        law, provision = citation.law, citation.provision
        force, state = FORCES[law.force], standing(law, provision, self.site.today)
        return CitationView(
            key=key,
            label=citation.label,
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


def _in_order(articles: Iterable[Head]) -> list[Head]:
    return sorted(articles, key=lambda a: (a.section, a.meta.weight, a.url))


def _shelves(
    site: CheckedSite, articles: Iterable[Head], by_id: dict[str, Head]
) -> tuple[Shelf, ...]:
    """Sections that have articles: those of site.yml in its order, then the rest by name."""
    filled: dict[str, list[Head]] = defaultdict(list)
    for article in articles:
        filled[article.section].append(article)
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
                intro=site.texts[index.path].html if index else "",
                articles=tuple(filled[slug]),
            )
        )
    return tuple(shelves)


def _tags(
    articles: Iterable[Head], slug: Callable[[str], str]
) -> dict[str, tuple[str, tuple[Head, ...]]]:
    """Slug → (tag as first written, its articles), most used first, then by slug."""
    names: dict[str, str] = {}
    tagged: dict[str, list[Head]] = defaultdict(list)
    for article in articles:
        for tag in dict.fromkeys(article.meta.tags):
            names.setdefault(slug(tag), tag)
            tagged[slug(tag)].append(article)
    order = sorted(tagged, key=lambda slug: (-len(tagged[slug]), slug))
    return {slug: (names[slug], tuple(tagged[slug])) for slug in order}


def _checked_by(site: CheckedSite, registry: Registry) -> dict[str, tuple[Checker, ...]]:
    users: dict[str, list[Checker]] = defaultdict(list)
    for checker in site.checkers:
        cited = resolve.cited_by(checker.cites, registry)
        for key in dict.fromkeys(citation_key(citation) for citation in cited):
            users[key].append(checker)
    return {key: tuple(found) for key, found in users.items()}


def _guided_by(site: CheckedSite, registry: Registry) -> dict[str, tuple[LinkView, ...]]:
    pages = [(stage.cites, stage.title, stage.url) for stage in site.config.stages]
    log = site.config.phrases.log
    pages += [(rule.cites, f"{log}：{rule.title}", rule.url) for rule in site.contact_rules]
    users: dict[str, list[LinkView]] = defaultdict(list)
    for cites, title, url in pages:
        for key in dict.fromkeys(citation_key(one) for one in resolve.cited_by(cites, registry)):
            users[key].append(LinkView(title, url))
    return {key: tuple(found) for key, found in users.items()}
