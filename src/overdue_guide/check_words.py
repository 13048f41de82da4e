"""What the wording of a text needs the whole site for: quotations, numbers, links, terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from overdue_guide.citations import Name
from overdue_guide.law import Citation, Law, ResolvedCitation
from overdue_guide.laws import Registry
from overdue_guide.model import Article, Site
from overdue_guide.problems import Problem, Span
from overdue_guide.proofread import numbers, quoted
from overdue_guide.rendered import Mention

_ELLIPSIS = re.compile("…+")
_HOST = re.compile(r"(?:https?:)?//(?:[^/?#@]*@)?([^/?#:]+)", re.IGNORECASE)
_SPACE = re.compile(r"[\s\u3000]")


def word_problems(site: Site, registry: Registry) -> Iterator[Problem]:
    """What is wrong with the wording of reference data."""
    found = []
    for text, cites, span in _sentences(site):
        found += [Mention("quote", words, span, tuple(cites)) for words in quoted(text)]
        found += [Mention("number", number, span) for _, number in numbers(text)]
    yield from mention_problems(found, site, registry)


def mention_problems(
    mentions: Iterable[Mention], site: Site, registry: Registry
) -> Iterator[Problem]:
    """Quotations that no provision bears out, numbers nobody confirmed, terms nobody explains."""
    for mention in mentions:
        match mention.kind:
            case "quote" if not _stands(mention, registry):
                yield Problem.at(mention.span, "unsourced-quote", words=mention.words)
            # 12321 is 010-12321 from elsewhere.
            case "number" if not any(
                _digits(channel.phone).endswith(_digits(mention.words)) for channel in site.channels
            ):
                yield Problem.at(mention.span, "unlisted-number", words=mention.words)
            # A site without a glossary explains nothing, or everything in its texts.
            # 连带责任 is explained under 连带责任保证.
            case "term" if site.terms and not any(
                mention.words in name for term in site.terms for name in (term.term, *term.aka)
            ):
                yield Problem.at(mention.span, "unexplained-term", words=mention.words)


def link_host_problems(article: Article, site: Site) -> Iterator[Problem]:
    """Links to sites that are neither a channel's nor where a law can be read."""
    leaving = [(link, _host(link.target)) for link in article.body.links if "//" in link.target]
    if not leaving:  # as in most articles, of which there may be thousands
        return
    pages = (*(channel.web for channel in site.channels), *(law.official_url for law in site.laws))
    known = {_host(page) for page in pages if page}
    for link, host in leaving:
        if host and not any(host == one or host.endswith(f".{one}") for one in known):
            yield Problem.at(link.span, "unlisted-link", host=host)


def _host(address: str) -> str:
    """``www.pbc.gov.cn`` as ``pbc.gov.cn``; empty for an address within the site, or none."""
    match = _HOST.match(address)
    return match[1].casefold().removeprefix("www.") if match else ""


def _sentences(site: Site) -> Iterator[tuple[str, Sequence[Citation], Span]]:
    """(text, what it cites, where) of what stands in YAML."""
    for stage in site.config.stages:
        for sentence in stage.sentences:
            if sentence.cites:
                yield sentence.says, sentence.cites, sentence.cites[0].span
    for checker in site.checkers:
        for outcome in checker.outcomes:
            for reason in outcome.reasons:
                span = reason.cites[0].span if reason.cites else outcome.span
                yield reason.says, reason.cites, span
            for text in (outcome.means, outcome.sure, *(step.does for step in outcome.steps)):
                cites = [cite for reason in outcome.reasons for cite in reason.cites]
                yield text, cites, outcome.span
    for rule in site.contact_rules:
        yield rule.says, rule.cites, rule.span
    for term in site.terms:
        yield term.meaning, term.cites, term.span


def _stands(mention: Mention, registry: Registry) -> bool:
    """Whether each part of the quotation stands in something that is cited beside it."""
    if any(_slipped(cite, registry) for cite in mention.cites):
        return True  # that is told already, and what was meant may well hold the words
    texts = [_bare(words) for cite in mention.cites for words in _quotes(cite, registry)]
    parts = [_bare(part) for part in _ELLIPSIS.split(mention.words) if part]
    return all(any(part in text for text in texts) for part in parts)


def _quotes(citation: Citation, registry: Registry) -> Iterator[str]:
    """The words on record of the provision that is cited, or of the law and all its provisions."""
    found = _found(citation, registry)
    if isinstance(found, ResolvedCitation) and found.provision:
        yield from found.provision.quotes
    elif isinstance(found, ResolvedCitation):
        yield from found.law.quotes
        yield from (words for provision in found.law.provisions for words in provision.quotes)


def _slipped(citation: Citation, registry: Registry) -> bool:
    """Whether it names nothing, which always is an error; a law by name need not be listed."""
    found = _found(citation, registry)
    return isinstance(found, Law) or (found is None and not citation.written)


def _found(citation: Citation, registry: Registry) -> ResolvedCitation | Law | None:
    name = Name(citation.law, citation.key)
    return registry.find_written(name) if citation.written else registry.find(name)


def _bare(words: str) -> str:
    return _SPACE.sub("", words).replace(",", "，")


def _digits(number: str) -> str:
    return number.replace("-", "")
