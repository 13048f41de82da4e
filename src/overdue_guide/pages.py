"""``CheckedSite`` → views → rendered pages. What a page shows is chosen here; how, by the theme."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from overdue_guide import (
    frame,
    glossary_pages,
    law_pages,
    letter_pages,
    listings,
    log_pages,
    stage_pages,
    tool_pages,
)
from overdue_guide.article_pages import article_view
from overdue_guide.checker_pages import checker_card, checker_pages, checkers_about
from overdue_guide.editions import LANGUAGES, TRADITIONAL
from overdue_guide.frame import Page
from overdue_guide.law_views import LinkView
from overdue_guide.library import Library, Shelf
from overdue_guide.model import CheckedSite, OutputFile
from overdue_guide.theme import Theme
from overdue_guide.views import (
    ChannelsView,
    HomeView,
    NavItem,
    OfflineView,
    SearchView,
    SectionView,
    SiteView,
    TagsView,
    TagView,
)

SMALL_SITE = 1000
"""Pages of a site that can be downloaded as one zip."""


def render(site: CheckedSite, theme: Theme) -> Iterator[OutputFile]:
    """Every page of the site, and the files that list pages."""
    library = Library(site)
    shell = _shell(library, theme)
    pages = [page for pages_of in _KINDS for page in pages_of(library)]
    offline = OfflineView(download=len(pages) <= SMALL_SITE)
    pages.append(Page("offline.html", "offline/", "离线使用", "没有网络也能看本站", offline))
    listed = ((page.url, page.updated) for page in pages if page.listed)
    sitemap = listings.sitemap_view(site.config, listed)
    # An old address leads to one page, whatever the characters.
    twins = [p for p in pages if p.template != "redirect.html"] if site.config.traditional else []
    mirrored = {page.url for page in twins}
    pages += [
        Page("feed.xml", "feed.xml", site.config.title, "", listings.feed_view(library)),
        Page("sitemap.xml", "sitemap.xml", "", "", sitemap),
        Page("robots.txt", "robots.txt", "", ""),
        Page("manifest.webmanifest", "manifest.webmanifest", "", ""),
        Page("opensearch.xml", "opensearch.xml", "", ""),
        Page("404.html", "404.html", "没有找到这一页", ""),
    ]
    for page in pages:
        top = frame.head(page, site.config, both=page.url in mirrored)
        text = theme.render(page.template, site=shell, page=top, view=page.view)
        yield OutputFile(page.path, text.encode())
    if twins:
        yield from _traditional(twins, site, shell, theme)


def _traditional(
    pages: list[Page], site: CheckedSite, shell: SiteView, theme: Theme
) -> Iterator[OutputFile]:
    # OpenCC loads its dictionaries, which only this edition needs.
    from overdue_guide.traditional import Edition

    edition = Edition((page.url for page in pages), theme.asset_files())
    shell = replace(shell, language=LANGUAGES[TRADITIONAL])
    for page in pages:
        top = frame.head(page, site.config, both=True, shown=TRADITIONAL)
        text = theme.render(page.template, site=shell, page=top, view=page.view)
        yield OutputFile(TRADITIONAL + page.path, edition.page(text, page.url).encode())
    yield from edition.scripts


def _shell(library: Library, theme: Theme) -> SiteView:
    site = library.site
    channels = {channel.id: channel for channel in site.channels}
    return SiteView(
        title=site.config.title,
        tagline=site.config.tagline,
        language=site.config.language,
        base_url=site.config.base_url,
        nav=_nav(library),
        help=tuple(library.channel_view(channels[c]) for c in site.config.help if c in channels),
        assets=theme.assets,
        has_glossary=bool(site.terms),
        has_channels=bool(site.channels),
        has_laws=bool(site.laws),
        has_letters=bool(library.letters),
        has_tools=bool(library.tools),
        has_checkers=bool(site.checkers),
        has_log=bool(site.contact_rules),
        has_tags=bool(library.tags),
    )


def _nav(library: Library) -> tuple[NavItem, ...]:
    return tuple(NavItem(shelf.title, shelf.url, shelf.summary) for shelf in library.shelves)


def _home(library: Library) -> Iterator[Page]:
    config, index = library.site.config, library.home
    popular = [library.by_id[name] for name in config.popular if name in library.by_id]
    view = HomeView(
        intro=index.html if index else "",
        stages=tuple(library.stage_view(stage) for stage in config.stages),
        popular=library.cards(popular or library.articles[:10]),
        sections=tuple(_section_view(library, shelf) for shelf in library.shelves),
        checkers=tuple(checker_card(checker) for checker in library.site.checkers),
    )
    summary = index.meta.summary if index else ""
    yield Page("home.html", "", config.title, summary or config.tagline, view)


def _sections(library: Library) -> Iterator[Page]:
    for shelf in library.shelves:
        view = _section_view(library, shelf)
        yield Page("section.html", shelf.url, shelf.title, shelf.summary, view, shelf.slug)


def _section_view(library: Library, shelf: Shelf) -> SectionView:
    cards = library.cards(shelf.articles)
    checkers = checkers_about(library, (article.id for article in shelf.articles))
    return SectionView(shelf.title, shelf.url, shelf.summary, shelf.intro, cards, checkers)


def _articles(library: Library) -> Iterator[Page]:
    for article in (*library.articles, *library.loose, *library.letters, *library.tools):
        meta, kind = article.meta, article.article.kind
        section, updated = article.article.section, str(meta.updated or "")
        view: object = article_view(library, article)
        template = "article.html"
        if kind == "letter":
            view, template = letter_pages.letter_view(library, article), "letter.html"
        if kind == "tool":
            view, template = tool_pages.tool_view(library, article), "tool.html"
        yield Page(template, article.url, meta.title, meta.summary, view, section, updated)
        for alias in meta.aliases:
            target, url = LinkView(meta.title, article.url), alias.strip("/") + "/"
            yield Page("redirect.html", url, meta.title, "", target, listed=False)


def _stages(library: Library) -> Iterator[Page]:
    pages = stage_pages.stage_pages(library)
    if pages:
        lead = "逾期以后一步一步会怎样，对方能做什么，这周做什么"
        yield Page("stages.html", "stage/", "逾期时间线", lead, stage_pages.stages_view(library))
    for view in pages:
        yield Page("stage.html", view.stage.url, view.stage.title, view.stage.summary, view)


def _log(library: Library) -> Iterator[Page]:
    if library.site.contact_rules:
        lead = "记下每次催收，自动对照规则，打印成投诉能用的证据表；只存在这台设备上"
        yield Page("log.html", "log/", "催收记录本", lead, log_pages.log_view(library))


def _tags(library: Library) -> Iterator[Page]:
    tags = tuple(
        TagView(name, f"tags/{slug}/", library.cards(articles))
        for slug, (name, articles) in library.tags.items()
    )
    if tags:
        yield Page("tags.html", "tags/", "标签", "按标签找文章", TagsView(tags))
    for tag in tags:
        yield Page("tag.html", tag.url, tag.title, f"关于“{tag.title}”的文章", tag)


def _laws(library: Library) -> Iterator[Page]:
    for law in law_pages.law_views(library):
        yield Page(
            "law.html",
            law.url,
            law.title,
            law.gist or f"《{law.name}》中与欠款、催收有关的条文要点",
            law,
        )
        if law.used_url:
            lead = f"哪些页面用到了《{law.name}》的哪一条"
            yield Page("law_used.html", law.used_url, f"谁用到了{law.title}", lead, law)
    if library.site.laws:
        description = "本站引用的每一部法律、规章、标准和公约，各有什么效力"
        yield Page("laws.html", "laws/", "法律依据", description, law_pages.laws_view(library))


def _glossary(library: Library) -> Iterator[Page]:
    if not library.site.terms:
        return
    view = glossary_pages.glossary_view(library)
    lead = "法律用语、放款机构用语和网上俗称，用大白话解释"
    yield Page("glossary.html", "glossary/", "术语", lead, view)
    for group in view.groups:
        yield Page("glossary_group.html", group.url, f"术语：{group.title}", lead, group)
    yield Page("terms.js", "glossary/terms.js", "", "", view, listed=False)


def _channels(library: Library) -> Iterator[Page]:
    channels = tuple(library.channel_view(channel) for channel in library.site.channels)
    if channels:
        urgent = tuple(channel for channel in channels if channel.urgent)
        others = tuple(channel for channel in channels if not channel.urgent)
        yield Page(
            "channels.html",
            "channels/",
            "求助渠道",
            "可以打的电话、可以去的地方、多久有结果",
            ChannelsView(urgent, others),
        )


def _letters(library: Library) -> Iterator[Page]:
    if library.letters:
        view = letter_pages.letters_view(library)
        yield Page("collection.html", "letters/", view.title, view.summary, view)


def _tools(library: Library) -> Iterator[Page]:
    if library.tools:
        view = tool_pages.tools_view(library)
        yield Page("collection.html", "tools/", view.title, view.summary, view)


def _checkers(library: Library) -> Iterator[Page]:
    for made in checker_pages(library):
        about = (made.title, made.description, made.view)
        yield Page(made.template, made.url, *about, updated=made.updated, listed=made.listed)


def _search(library: Library) -> Iterator[Page]:
    config = library.site.config
    popular = [library.by_id[name] for name in config.popular if name in library.by_id]
    view = SearchView(
        popular=library.cards(popular or library.articles[:10]),
        sections=_nav(library),
        stages=tuple(library.stage_view(stage) for stage in config.stages),
        tags=tuple(LinkView(name, f"tags/{slug}/") for slug, (name, _) in library.tags.items()),
    )
    yield Page("search.html", "search/", "搜索", "在本站全部内容里搜索", view, listed=False)


_KINDS: tuple[Callable[[Library], Iterator[Page]], ...] = (
    _home,
    _sections,
    _articles,
    _stages,
    _tags,
    _laws,
    _glossary,
    _channels,
    _letters,
    _tools,
    _checkers,
    _log,
    _search,
)
"""One function for each kind of page; a new kind is a new line here, a view and a template."""
