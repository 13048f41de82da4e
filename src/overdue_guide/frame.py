"""A page before rendering, and what its frame (title, root, editions) shows of it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from overdue_guide.editions import SIMPLIFIED, editions
from overdue_guide.model import SiteConfig
from overdue_guide.resolve import root_of
from overdue_guide.views import PageView


@dataclass(frozen=True, slots=True)
class Page:
    """One page before rendering."""

    template: str
    url: str
    """Below the root; a folder's address ends in a slash."""
    title: str
    description: str
    view: object = None
    section: str = ""
    updated: str = ""
    listed: bool = True
    """In the sitemap."""

    @property
    def path(self) -> str:
        """The file it becomes."""
        return f"{self.url}index.html" if not self.url or self.url.endswith("/") else self.url


def head(page: Page, config: SiteConfig, *, both: bool, shown: str = SIMPLIFIED) -> PageView:
    """What its frame shows of a page; ``both``: it has a twin; ``shown``: the edition's folder."""
    base = config.base_url
    # A host shows 404.html at any address, so its links cannot be relative.
    root = urlsplit(base).path if page.url == "404.html" else root_of(page.url)
    return PageView(
        url=page.url,
        root=root,
        title=page.title,
        description=page.description,
        canonical=base + shown + page.url,
        section=page.section,
        home=root_of(shown + page.url) if shown else root,
        editions=editions(base, page.url, shown) if both else (),
    )
