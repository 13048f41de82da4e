"""Which pages a site has, by kind. What a page shows is chosen by its view; how, by the theme."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from overdue_guide import (
    glossary_pages,
    law_pages,
    letter_pages,
    log_pages,
    stage_pages,
    tool_pages,
)
from overdue_guide.article_pages import article_view
from overdue_guide.checker_pages import checker_card, checker_pages, checkers_about
from overdue_guide.frame import Page, still
from overdue_guide.law_views import LinkView
from overdue_guide.library import Library, Shelf
from overdue_guide.model import Head
from overdue_guide.views import (
    ChannelsView,
    CollectionView,
    HomeView,
    NavItem,
    SearchView,
    SectionView,
    TagsView,
    TagView,
)


def pages(library: Library) -> Iterator[Page]:
    """Every page of content."""
    for pages_of in _KINDS:
        yield from pages_of(library)


def nav(library: Library) -> tuple[NavItem, ...]:
    """The sections, for the menu."""
    return tuple(NavItem(shelf.title, shelf.url, shelf.summary) for shelf in library.shelves)


def _home(library: Library) -> Iterator[Page]:
    config, index = library.site.config, library.by_id.get("index")
    summary = index.meta.summary if index else ""
    view = partial(_home_view, library)
    yield Page("home.html", "", config.title, summary or config.tagline, view)


def _home_view(library: Library) -> HomeView:
    config = library.site.config
    return HomeView(
        intro=library.intro("index"),
        stages=tuple(library.stage_view(stage) for stage in config.stages),
        popular=library.cards(library.popular or library.articles[:10]),
        sections=tuple(_section_view(library, shelf) for shelf in library.shelves),
        checkers=tuple(checker_card(checker) for checker in library.site.checkers),
    )


def _sections(library: Library) -> Iterator[Page]:
    for shelf in library.shelves:
        view = partial(_section_view, library, shelf)
        yield Page("section.html", shelf.url, shelf.title, shelf.summary, view, shelf.slug)


def _section_view(library: Library, shelf: Shelf) -> SectionView:
    cards = library.cards(shelf.articles)
    checkers = checkers_about(library, (article.id for article in shelf.articles))
    return SectionView(shelf.title, shelf.url, shelf.summary, shelf.intro, cards, checkers)


def _articles(library: Library) -> Iterator[Page]:
    for head in (*library.articles, *library.loose, *library.letters, *library.tools):
        meta, view = head.meta, partial(_own_view, library, head)
        template = _TEMPLATES.get(head.kind, "article.html")
        yield Page(
            template,
            head.url,
            meta.title,
            meta.summary,
            view,
            head.section,
            str(meta.updated or ""),
            reviewed=str(meta.reviewed or ""),
            article=head,
        )
        for alias in meta.aliases:
            target, url = LinkView(meta.title, head.url), alias.strip("/") + "/"
            yield still("redirect.html", url, meta.title, "", target, listed=False)


_TEMPLATES = {"letter": "letter.html", "tool": "tool.html"}


def _own_view(library: Library, head: Head) -> object:
    article = library.site.texts[head.path]
    if head.kind == "letter":
        return letter_pages.letter_view(library, article)
    if head.kind == "tool":
        return tool_pages.tool_view(library, article)
    return article_view(library, article)


def _stages(library: Library) -> Iterator[Page]:
    made = stage_pages.stage_pages(library)
    if made:
        said, view = library.site.config.phrases, partial(stage_pages.stages_view, library)
        yield Page("stages.html", "stage/", said.timeline, said.timeline_summary, view)
    for page in made:
        yield still("stage.html", page.stage.url, page.stage.title, page.stage.summary, page)


def _log(library: Library) -> Iterator[Page]:
    if library.site.contact_rules:
        said = library.site.config.phrases
        lead = f"{said.log_act}，自动对照规则，打印成投诉能用的证据表；只存在这台设备上"
        view = partial(log_pages.log_view, library)
        yield Page("log.html", "log/", said.log, lead, view)


def _tags(library: Library) -> Iterator[Page]:
    if library.tags:
        view: Callable[[], object] = partial(_tags_view, library)
        yield Page("tags.html", "tags/", "标签", "按标签找文章", view)
    for slug, (name, _) in library.tags.items():
        view = partial(_tag_view, library, slug)
        yield Page("tag.html", f"tags/{slug}/", name, f"关于“{name}”的文章", view)


def _tags_view(library: Library) -> TagsView:
    return TagsView(tuple(_tag_view(library, slug) for slug in library.tags))


def _tag_view(library: Library, slug: str) -> TagView:
    name, articles = library.tags[slug]
    return TagView(name, f"tags/{slug}/", library.cards(articles))


def _laws(library: Library) -> Iterator[Page]:
    for law in law_pages.law_views(library):
        yield still(
            "law.html",
            law.url,
            law.title,
            law.gist or f"《{law.name}》里本站引用的条文，用平常话写的要点",
            law,
        )
        if law.used_url:
            lead = f"哪些页面用到了《{law.name}》的哪一条"
            yield still("law_used.html", law.used_url, f"谁用到了{law.title}", lead, law)
    if library.site.laws:
        description = "本站引用的每一部法律、规章、标准和公约，各有什么效力"
        view = partial(law_pages.laws_view, library)
        yield Page("laws.html", "laws/", "法条依据", description, view)


def _glossary(library: Library) -> Iterator[Page]:
    if not library.site.terms:
        return
    view = glossary_pages.glossary_view(library)
    lead = library.site.config.phrases.terms_summary
    yield still("glossary.html", "glossary/", "术语", lead, view)
    for group in view.groups:
        yield still("glossary_group.html", group.url, f"术语：{group.title}", lead, group)
    yield still("terms.js", "glossary/terms.js", "", "", view, listed=False)


def _channels(library: Library) -> Iterator[Page]:
    channels = tuple(library.channel_view(channel) for channel in library.site.channels)
    if channels:
        urgent = tuple(channel for channel in channels if channel.urgent)
        others = tuple(channel for channel in channels if not channel.urgent)
        yield still(
            "channels.html",
            "channels/",
            "求助渠道",
            "可以打的电话、可以去的地方、多久有结果",
            ChannelsView(urgent, others),
        )


def _collections(library: Library) -> Iterator[Page]:
    for folder, pages, title, summary in (
        ("letters", library.letters, "文书", "可以照着填的书面材料"),
        ("tools", library.tools, "计算器", "在你自己的设备上算，不上传"),
    ):
        if pages:
            index = library.by_id.get(f"{folder}/index")
            title = (index.meta.title if index else "") or title
            summary = (index.meta.summary if index else "") or summary
            intro, cards = library.intro(f"{folder}/index"), library.cards(pages)
            view = CollectionView(title, summary, intro, cards)
            yield still("collection.html", f"{folder}/", title, summary, view)


def _search(library: Library) -> Iterator[Page]:
    config = library.site.config
    view = SearchView(
        popular=library.cards(library.popular or library.articles[:10]),
        sections=nav(library),
        stages=tuple(library.stage_view(stage) for stage in config.stages),
        tags=tuple(LinkView(name, f"tags/{slug}/") for slug, (name, _) in library.tags.items()),
    )
    yield still("search.html", "search/", "搜索", "在本站全部内容里搜索", view, listed=False)


_KINDS: tuple[Callable[[Library], Iterator[Page]], ...] = (
    _home,
    _sections,
    _articles,
    _stages,
    _tags,
    _laws,
    _glossary,
    _channels,
    _collections,
    checker_pages,
    _log,
    _search,
)
"""One function for each kind of page; a new kind is a new line here, a view and a template."""
