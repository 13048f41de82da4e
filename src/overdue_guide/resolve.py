"""An article's marks → final HTML, with every citation, channel and address in place."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from overdue_guide import markup
from overdue_guide.aids import Channel
from overdue_guide.citations import Name
from overdue_guide.heads import Blank, FrontMatter
from overdue_guide.law import Citation, ResolvedCitation
from overdue_guide.laws import FORCES, Registry
from overdue_guide.model import Article, CheckedArticle, Head, Site
from overdue_guide.rendered import Reliance

_FORCE = re.compile(r'<span class="citation__force">.*?</span>')

ChannelBlock = Callable[[Channel, tuple[ResolvedCitation, ...], str], str]
"""(channel, what sets its deadline, root) → HTML of the block."""


class Texts(Mapping[str, CheckedArticle]):
    """Each article by its path, resolved when it is asked for: a build needs few of many."""

    def __init__(self, site: Site, registry: Registry, channel_block: ChannelBlock) -> None:
        self._site = site
        self._registry = registry
        self._render = channel_block
        self._blocks: dict[tuple[str, str], str] = {}
        self._heads = {head.path: head for head in site.articles}
        self._channels = {channel.id: channel for channel in site.channels}

    def __getitem__(self, path: str) -> CheckedArticle:
        article = with_body(self._heads[path], self._site)
        return resolved(article, self._channels, self._registry, self._block)

    def _block(self, channel: Channel, root: str) -> str:
        """The HTML of a channel's block, the same in every article of one depth."""
        key = channel.id, root
        if key not in self._blocks:
            cited = cited_by(channel.cites, self._registry)
            self._blocks[key] = self._render(channel, cited, root)
        return self._blocks[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._heads)

    def __len__(self) -> int:
        return len(self._heads)


def with_body(head: Head, site: Site) -> Article:
    """The article with its text."""
    return Article(
        head.path,
        head.kind,
        head.section,
        head.slug,
        head.meta,
        head.relies_on,
        site.bodies[head.path],
    )


def resolved(
    article: Article,
    channels: Mapping[str, Channel],
    registry: Registry,
    channel_block: Callable[[Channel, str], str],
) -> CheckedArticle:
    """The article with final HTML; a reference that finds nothing is left as plain text."""
    root = root_of(article.url)
    blanks = {blank.id: blank for blank in article.meta.blanks}
    cited: dict[str, ResolvedCitation] = {}
    blocks: list[str] = []

    def citation(number: int) -> str:
        marks = article.body.citations
        if number >= len(marks):  # forged with &#2;
            return ""
        shown = (_citation(one, registry, root, cited) for one in marks[number])
        return _joined(marks[number], shown)

    def channel(number: int) -> str:
        uses = article.body.channels
        found = channels.get(uses[number].channel) if number < len(uses) else None
        blocks.append(channel_block(found, root) if found else "")
        return blocks[-1]

    def blank(number: int) -> str:
        uses = article.body.blanks
        return _blank(uses[number].blank, blanks) if number < len(uses) else ""

    final = markup.resolve(
        article.body.html,
        reference=lambda target: address(article, target),
        citation=citation,
        mention=lambda number: _mention(citation(number)),
        channel=channel,
        blank=blank,
    )
    for one in _deadlines(article.meta, registry):
        cited.setdefault(citation_key(one), one)
    return CheckedArticle(article, final, tuple(filter(None, blocks)), tuple(cited.values()))


def _deadlines(meta: FrontMatter, registry: Registry) -> tuple[ResolvedCitation, ...]:
    """What sets an article's deadlines."""
    return cited_by((one for due in meta.deadlines for one in due.cites), registry)


def cited_by(citations: Iterable[Citation], registry: Registry) -> tuple[ResolvedCitation, ...]:
    """The citations of reference data that the registry knows."""
    found = (registry.find(Name(one.law, one.key)) for one in citations)
    return tuple(one for one in found if one)


def relied_on(named: Iterable[Reliance], registry: Registry) -> tuple[ResolvedCitation, ...]:
    """The provisions that a head names and the registry knows, each once."""
    found: dict[str, ResolvedCitation] = {}
    for one in named:
        name = Name(one.law, one.key)
        hit = registry.find_written(name) if one.written else registry.find(name)
        if isinstance(hit, ResolvedCitation):
            found.setdefault(citation_key(hit), hit)
    return tuple(found.values())


def root_of(url: str) -> str:
    """From a page to the site's root: ``../../`` for ``contact/address-book/``, ``./`` for home."""
    return "../" * url.count("/") or "./"


def address(article: Article, target: str) -> str:
    """A link as its author wrote it → as the page needs it.

    ``../contact/x.md#a`` in ``stages/y.md`` → ``../../contact/x/#a``; other addresses stay.
    """
    path, hash_mark, anchor = target.partition("#")
    if ":" in path.partition("/")[0] or path.startswith("/") or not path:
        return target
    resolved_path = posixpath.normpath(posixpath.join(posixpath.dirname(article.path), path))
    if resolved_path.startswith(".."):
        return target
    if resolved_path.endswith(".md"):
        resolved_path = url_of(resolved_path)
    elif path.endswith("/"):  # a page that no file is behind
        resolved_path += "/"
    return root_of(article.url) + resolved_path + hash_mark + anchor


def url_of(path: str) -> str:
    """The address of a Markdown file's page."""
    name = path.removesuffix(".md")
    if name == "index":
        return ""
    return name.removesuffix("/index") + "/"


def _blank(name: str, blanks: Mapping[str, Blank]) -> str:
    """The blank's name where the reader's words will stand; several lines want room on paper."""
    if name not in blanks:
        return html.escape("{{" + name + "}}")
    many = " blank--lines" if blanks[name].kind == "lines" else ""
    shown, label = html.escape(name), html.escape(blanks[name].label)
    return f'<span class="blank{many}" data-blank="{shown}">{label}</span>'


def _joined(mark: tuple[Citation, ...], shown: Iterable[str]) -> str:
    """The citations of one mark in a row, with what the author wrote between them."""
    leads = ("" if at == 0 else one.lead if one.written else "、" for at, one in enumerate(mark))
    return "".join(html.escape(lead) + text for lead, text in zip(leads, shown, strict=True))


def _citation(
    citation: Citation, registry: Registry, root: str, cited: dict[str, ResolvedCitation]
) -> str:
    name = Name(citation.law, citation.key)
    found = registry.find_written(name) if citation.written else registry.find(name)
    if not isinstance(found, ResolvedCitation):
        return html.escape(citation.text or f"[@{citation.law}:{citation.key}]")
    key = citation_key(found)
    cited.setdefault(key, ResolvedCitation(found.law, found.provision, citation.historical))
    text = citation.text or found.label
    badge = _badge(found)
    soft = " citation--soft" if badge else ""
    link = f'<a class="citation{soft}" href="{root}{found.url}" data-cite="{key}">{html.escape(text)}</a>'
    return link + (f'<span class="citation__force">{badge}</span>' if badge else "")


def _mention(citation: str) -> str:
    """A citation's name without its link and badge, for a place where no link may stand."""
    return markup.NO_TAG.sub("", _FORCE.sub("", citation))


def citation_key(citation: ResolvedCitation) -> str:
    """``civil-code:1034``, or the law-id alone."""
    provision = citation.provision
    return f"{citation.law.id}:{provision.key}" if provision else citation.law.id


def _badge(found: ResolvedCitation) -> str:
    """What a reader must know before trusting the rule: that it does not bind, or is hearsay."""
    force = FORCES[found.law.force]
    words = [] if force.binding else [force.label]
    if found.law.unverified or (found.provision and found.provision.unverified):
        words.append("据报道")
    return "·".join(words)
