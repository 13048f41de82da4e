"""``CheckedSite`` → recipes of every page, each in its editions; rendered when they are made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING

from overdue_guide import cache, cards, colours, feeds, frame, listings, page_kinds, policy
from overdue_guide.article_pages import surroundings
from overdue_guide.editions import LANGUAGES, TRADITIONAL
from overdue_guide.frame import Page, Places, still
from overdue_guide.library import Library
from overdue_guide.model import CheckedSite, Head, OutputFile, SiteConfig
from overdue_guide.recipes import Keys, Recipe
from overdue_guide.structs import replace
from overdue_guide.theme import Theme
from overdue_guide.views import OfflineView, SiteView

if TYPE_CHECKING:
    from overdue_guide.traditional import Edition

SMALL_SITE = 1000
"""Pages of a site that can be downloaded as one zip."""


def plan(site: CheckedSite, theme: Theme, keys: Keys, *, download: bool) -> Iterator[Recipe]:
    """Everything of the site but its search, ready to be made.

    ``download``: a small site is offered as one file.
    """
    library = Library(site)
    pages = list(page_kinds.pages(library))
    shell = _shell(library, theme, pages)
    keys = replace(keys, common=keys.page(cache.digest_of(shell)))
    offline = OfflineView(download=download and len(pages) <= SMALL_SITE)
    pages.append(still("offline.html", "offline/", "离线使用", "没有网络也能看本站", offline))
    places = Places(pages, site.config.title)
    # An old address leads to one page, whatever the characters.
    twins = [p for p in pages if p.template != "redirect.html"] if site.config.traditional else []
    pages += [
        *feeds.feeds(library),
        *listings.listings(library, pages),
        Page("404.html", "404.html", "没有找到这一页", ""),
    ]
    renderer = _Renderer(site.config, shell, theme, places, frozenset(page.url for page in twins))
    mirrored = cache.digest(*sorted(renderer.mirrored))
    for page in pages:
        make = partial(renderer.files, page)
        if page.article:
            around = keys.around.get(page.url) or _around(library, places, page.article)
            # A page's twin knows which pages have twins, too.
            others = mirrored if page.url in renderer.mirrored else ""
            key = keys.page(keys.texts[page.article.path], around, others)
            yield Recipe(page.url, key, make, around)
        else:
            # Besides, the page about reading offline knows of the download.
            yield Recipe(page.url, keys.page(keys.heads, str(offline.download)), make)
    own = frozenset(asset.path for asset in site.assets)
    yield from cards.plan(places.cards, site.config, theme, keys, own)
    yield Recipe("styles and scripts", keys.page("theme", mirrored), renderer.assets)
    for asset in site.assets:
        yield Recipe(
            f"file {asset.path}", keys.page(cache.digest(asset.data)), partial(_as_is, asset)
        )


def _around(library: Library, places: Places, head: Head) -> str:
    shown = surroundings(library, head), places.trail(head.url), places.card(head.url)
    return cache.digest_of(shown)


def _as_is(file: OutputFile) -> Iterator[OutputFile]:
    yield file


class _Renderer:
    """Renders pages, each in its editions."""

    def __init__(
        self,
        config: SiteConfig,
        shell: SiteView,
        theme: Theme,
        places: Places,
        mirrored: frozenset[str],
    ) -> None:
        self.config = config
        self.shell = shell
        self.theme = theme
        self.places = places
        self.mirrored = mirrored

    def files(self, page: Page) -> Iterator[OutputFile]:
        """The page, and its twin in traditional characters if it has one."""
        view, both = page.view(), page.url in self.mirrored
        top = frame.head(page, view, self.config, self.places, both=both)
        text = self.theme.render(page.template, site=self.shell, page=top, view=view)
        yield OutputFile(page.path, text.encode())
        if both:
            top = frame.head(page, view, self.config, self.places, both=True, shown=TRADITIONAL)
            text = self.theme.render(page.template, site=self._twin, page=top, view=view)
            yield OutputFile(TRADITIONAL + page.path, self._edition.page(text, page.url).encode())

    def assets(self) -> Iterator[OutputFile]:
        """Styles, scripts and icons, and what a host is told of them all."""
        yield from self.theme.asset_files()
        if self.shell.colours:
            sheet = colours.stylesheet(self.shell.colour)
            yield OutputFile(self.shell.colours, sheet.encode())
        if self.mirrored:
            yield from self._edition.scripts
        yield policy.headers_file(traditional=self.config.traditional)

    @cached_property
    def _twin(self) -> SiteView:
        return replace(self.shell, language=LANGUAGES[TRADITIONAL])

    @cached_property
    def _edition(self) -> Edition:
        # OpenCC loads its dictionaries, which only this edition needs.
        from overdue_guide.traditional import Edition

        return Edition(self.mirrored, self.theme.asset_files())


def _shell(library: Library, theme: Theme, pages: Iterable[Page]) -> SiteView:
    site = library.site
    channels = {channel.id: channel for channel in site.channels}
    return SiteView(
        title=site.config.title,
        tagline=site.config.tagline,
        language=site.config.language,
        base_url=site.config.base_url,
        nav=page_kinds.nav(library),
        help=tuple(library.channel_view(channels[c]) for c in site.config.help if c in channels),
        assets=theme.assets,
        has=tuple(sorted(one.url for one in pages if one.first and one.listed and not one.article)),
        phrases=site.config.phrases,
        colour=site.config.colour,
        colours=colours.address(site.config.colour),
    )
