"""A page's facts as schema.org JSON-LD, for search engines and other programs.

Only what the page itself says: who wrote and reviewed it (the site, as an organisation), when, where
it lies, and which question it answers. The text goes into a ``<script>`` that holds data, which no
browser runs; what could end that element or a line of JavaScript is written as an escape.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from urllib.parse import quote

from overdue_guide import markup
from overdue_guide.law_views import LinkView
from overdue_guide.model import SiteConfig
from overdue_guide.views import ArticleView, HomeView, PageView

Node = Mapping[str, object]
"""A node of schema.org's graph; it lives no longer than it takes to write it out."""

_ASKS = re.compile("[？?]|(?:吗|呢|么|怎么办)$")
_RISKY = re.compile("[<>&\u2028\u2029]")
"""What ends a script, begins a comment in one, or ends a line in JavaScript but not in JSON."""
_IN_ADDRESS = "/:#?=&%~+,;@!$'()*"
_WRITTEN = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def data(
    view: object,
    page: PageView,
    config: SiteConfig,
    *,
    home: str,
    language: str,
    reviewed: str,
    updated: str,
) -> str:
    """The JSON-LD of a page; ``home``: the site's address in the edition that is shown."""
    publisher = {"@type": "Organization", "name": config.title, "url": config.base_url}
    about: dict[str, object] = {
        "@type": "WebPage",
        "@id": encoded(page.canonical),
        "url": encoded(page.canonical),
        "name": page.title,
        "description": page.description,
        "inLanguage": language,
    }
    if reviewed:
        about |= {"lastReviewed": reviewed, "reviewedBy": publisher}
    if page.url:
        about["breadcrumb"] = _crumbs(home, page.trail, page)
    nodes: list[Node] = [about]
    if isinstance(view, HomeView):
        nodes.append(_site(config, home, language, publisher))
    if isinstance(view, ArticleView) and view.kind == "article":
        if _ASKS.search(page.title):
            about |= {"@type": "FAQPage", "mainEntity": [_question(page.title, view.answer)]}
        nodes.append(_article(page, publisher, view.authors, updated))
    return _text({"@context": "https://schema.org", "@graph": nodes})


def encoded(address: str) -> str:
    """An address in ASCII; the traditional edition must not touch the Chinese in it."""
    return address if address.isascii() else quote(address, safe=_IN_ADDRESS)


def _crumbs(home: str, trail: Iterable[LinkView], page: PageView) -> Node:
    places = [("首页", home), *((link.title, home + link.url) for link in trail)]
    places.append((page.title, page.canonical))
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": at, "name": name, "item": encoded(url)}
            for at, (name, url) in enumerate(places, 1)
        ],
    }


def _site(config: SiteConfig, home: str, language: str, publisher: Node) -> Node:
    return {
        "@type": "WebSite",
        "url": home,
        "name": config.title,
        "description": config.tagline or config.title,
        "inLanguage": language,
        "publisher": publisher,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{home}search/?q={{q}}"},
            "query-input": "required name=q",
        },
    }


def _question(title: str, answer: str) -> Node:
    says = {"@type": "Answer", "text": markup.plain(answer)}
    return {"@type": "Question", "name": title, "acceptedAnswer": says}


def _article(page: PageView, publisher: Node, authors: Iterable[str], updated: str) -> Node:
    people = [{"@type": "Person", "name": name} for name in authors]
    article: Node = {
        "@type": "Article",
        "headline": page.title,
        "image": page.card,
        "author": people or publisher,
        "publisher": publisher,
        "mainEntityOfPage": encoded(page.canonical),
    }
    return {**article, "dateModified": updated} if updated else article


def _text(value: Node) -> str:
    return _RISKY.sub(lambda found: f"\\u{ord(found[0]):04x}", _WRITTEN(value))
