"""A page before rendering, and what its frame (title, root, editions) shows of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from overdue_guide import policy, structured
from overdue_guide.editions import LANGUAGES, SIMPLIFIED, editions
from overdue_guide.law_views import LinkView
from overdue_guide.model import Head, SiteConfig
from overdue_guide.resolve import root_of
from overdue_guide.structs import Struct, replace
from overdue_guide.views import PageView, PlaceView

HOME_CARD = "home"


class Page(Struct, frozen=True):
    """One page before rendering."""

    template: str
    url: str
    """Below the root; a folder's address ends in a slash."""
    title: str
    description: str
    view: Callable[[], object] = lambda: None
    """Made when the page is rendered, which most are not after an edit."""
    section: str = ""
    updated: str = ""
    listed: bool = True
    """In the sitemap."""
    reviewed: str = ""
    """When it was last held against the law; ``updated`` is that day or a later correction's."""
    article: Head | None = None
    """Whose text it shows; it then depends on that text and on what stands around it."""

    @property
    def path(self) -> str:
        """The file it becomes."""
        return f"{self.url}index.html" if not self.url or self.url.endswith("/") else self.url

    @property
    def first(self) -> bool:
        """Whether it lies right below the root (``laws/``), as the first page of each kind does."""
        return self.url.find("/") == len(self.url) - 1 > 0


class Places:
    """Where pages lie: what stands above each, and whose picture it is shown with elsewhere."""

    def __init__(self, pages: Iterable[Page], title: str) -> None:
        titles = {page.url: page.title for page in pages if page.template != "redirect.html"}
        self._titles = {url: name for url, name in titles.items() if url.endswith("/")}
        tops = {url.partition("/")[0] for url in self._titles if url.count("/") > 1}
        self.cards = {
            HOME_CARD: title,
            **{name: titles[f"{name}/"] for name in sorted(tops) if f"{name}/" in titles},
        }
        """Picture → what is written on it: home, and each folder that holds pages."""

    def trail(self, url: str) -> tuple[LinkView, ...]:
        """The pages above an address, home and the page itself left out."""
        parts = url.rstrip("/").split("/")[:-1]
        above = ("/".join(parts[: at + 1]) + "/" for at in range(len(parts)))
        return tuple(LinkView(self._titles[u], u) for u in above if u in self._titles)

    def card(self, url: str) -> str:
        """The address of the picture that stands for a page."""
        top = url.partition("/")[0]
        return f"cards/{top if top in self.cards else HOME_CARD}.png"


def head(
    page: Page,
    view: object,
    config: SiteConfig,
    places: Places,
    *,
    both: bool,
    shown: str = SIMPLIFIED,
) -> PageView:
    """What its frame shows of a page; ``both``: it has a twin; ``shown``: the edition's folder."""
    base = config.base_url
    # A host shows 404.html at any address, so its links cannot be relative.
    root = urlsplit(base).path if page.url == "404.html" else root_of(page.url)
    shell = PageView(
        url=page.url,
        root=root,
        title=page.title,
        description=page.description,
        canonical=base + shown + page.url,
        policy=policy.page(page.url),
        section=page.section,
        place=_place(page, root),
        home=root_of(shown + page.url) if shown else root,
        editions=editions(base, page.url, shown) if both else (),
        trail=places.trail(page.url),
        card=base + places.card(page.url),
    )
    if not page.path.endswith(".html"):
        return shell
    data = structured.data(
        view,
        shell,
        config,
        home=base + shown,
        language=LANGUAGES[shown] if shown else config.language,
        reviewed=page.reviewed,
        updated=page.updated,
    )
    return replace(shell, data=data)


def _place(page: Page, root: str) -> PlaceView:
    folder, slash, _ = page.url.partition("/")
    entry = page.first or page.url == f"{page.section}/"
    return PlaceView(root, folder + slash, page.url if entry else "", page.section)


def still(
    template: str,
    url: str,
    title: str,
    lead: str,
    view: object,
    *,
    listed: bool = True,
) -> Page:
    """A page whose view is there already, or costs nothing to make."""
    return Page(template, url, title, lead, lambda: view, listed=listed)
