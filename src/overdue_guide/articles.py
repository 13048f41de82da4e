"""One Markdown file → ``Article`` and its problems: everything that the file alone decides.

Depends on nothing but its arguments, so ``load`` runs it in worker processes and caches the result.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from overdue_guide import frontmatter, markup
from overdue_guide.citations import MARKED, parse_marked, unclosed, written_parts
from overdue_guide.heads import FrontMatter
from overdue_guide.law import Citation
from overdue_guide.model import Article, BlankUse, ChannelUse, Kind, Link, Rendered
from overdue_guide.problems import Problem, Source, Span

_CODE = re.compile(
    r"^(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^(?P=fence)[ \t]*$|\Z)"
    r"|(?P<tick>`+)(?!`)[^\n]*?(?<!`)(?P=tick)(?!`)",
    re.MULTILINE | re.DOTALL,
)
_FOOTNOTE_USE = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_FOOTNOTE_DEFINED = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:", re.MULTILINE)
_TITLE_HEADING = re.compile(r"^#[ \t]+\S|^[^\s#>|-].*\n=+[ \t]*$", re.MULTILINE)
# Besides ASCII and Latin-1 controls: line ends that only YAML knows, zero width, turned direction.
_LONGEST_NAME = 200
"""Bytes of a folder's name; file systems take 255."""
_PARAGRAPH = re.compile(
    r"^(?![#>|]|\s*$)[^\n]+(?:\n(?![#>|]|\s*$|\s*(?:[-*+]|\d+\.)\s)[^\n]+)*", re.M
)
"""A paragraph or one item of a list; headings, tables and scripts to say are none."""
_CLAIM = re.compile("不得|应当|有权|违法|无效|必须")
_SOURCED = re.compile(r"\[@|》\s?的?\s?第")
_FOREIGN_IMAGE = re.compile(
    r"!\[[^\]\n]*\]\(\s*<?((?:[a-z][a-z0-9+.-]*:|//)[^\s)>]*)"
    r"|<img\b[^>]*\bsrc\s*=\s*[\"']?((?:[a-z][a-z0-9+.-]*:|//)[^\s\"'>]*)",
    re.IGNORECASE,
)
_FULL_WIDTH = re.compile(r"[\[［【]＠[^\]］】\n]*[\]］】]?|[【［]@[^\]］】\n]*[\]］】]?")
"""A citation typed with full-width signs."""
_CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u2028-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff]"
)


def parse(path: str, text: str) -> tuple[Article, tuple[Problem, ...]]:
    """The article in a file below the content folder, and what is wrong in it."""
    kind, section, slug = place(path)
    source, problems = normalised(path, text)
    meta, start, found = frontmatter.read(source, kind)
    problems += found
    body, deep = _body(source, start)
    problems += (*deep, *_long_tags(meta))
    locate = _Locator(source, start)
    problems += tuple(_body_problems(locate, body))
    article = Article(path, kind, section, slug, meta, _rendered(locate, body))
    return article, problems


def place(path: str) -> tuple[Kind, str, str]:
    """Kind, section and slug, by where the file lies."""
    section, _, name = path.rpartition("/")
    slug = name.removesuffix(".md")
    if slug == "index":
        return ("section" if section else "home"), section, slug
    if section == "letters":
        return "letter", section, slug
    if section == "tools":
        return "tool", section, slug
    return ("article" if section else "page"), section, slug


def normalised(path: str, text: str) -> tuple[Source, tuple[Problem, ...]]:
    """The text without byte order mark, carriage returns and controls, which are reported."""
    problems = []
    if text.startswith("\ufeff"):
        problems.append(Problem.at(Span(path), "byte-order-mark"))
        text = text[1:]
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        problems.append(Problem.at(Span(path, line), "carriage-return"))
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    source = Source(path, _CONTROL.sub(" ", text))
    for match in _CONTROL.finditer(text):
        code = f"U+{ord(match[0]):04X}"
        problems.append(Problem.at(source.span(match.start()), "control-character", code=code))
    return source, tuple(problems)


def _body(source: Source, start: int) -> tuple[markup.Body, tuple[Problem, ...]]:
    try:
        return markup.render(source.text[start:]), ()
    except RecursionError:  # Python-Markdown calls itself for every level
        markup.parser.cache_clear()  # what it had begun would end up in the next text
        deepest = max(
            source.text[start:].split("\n"), key=lambda line: len(line) - len(line.lstrip(" >"))
        )
        at = source.text.index(deepest, start)
        return markup.render(""), (Problem.at(source.span(at), "nested-too-deeply"),)


def _long_tags(meta: FrontMatter) -> Iterator[Problem]:
    for at, tag in enumerate(meta.tags):
        if len(markup.slug(tag).encode()) > _LONGEST_NAME:
            span, shown = meta.span(f"tags.{at}"), f"{tag[:20]}…"
            yield Problem.at(span, "bad-value", key="tags", value=shown, choices="家人, 隐私")


class _Locator:
    """Finds where in the source something stands that rendering met."""

    def __init__(self, source: Source, start: int) -> None:
        self.source = source
        self.start = start
        # Same length, so that offsets hold; code is no reference.
        self.text = _CODE.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), source.text[start:])
        self._next: defaultdict[str, int] = defaultdict(int)

    def next(self, raw: str) -> Span:
        """The span of the next occurrence of ``raw``; of the first when there are no more."""
        at = self.text.find(raw, self._next[raw])
        if at < 0:
            at = self.text.find(raw)
        if at < 0:  # written otherwise, e.g. with an entity
            return self.span(0, 0)
        self._next[raw] = at + len(raw)
        return self.span(at, at + len(raw))

    def next_link(self, target: str) -> Span:
        """The span of the next link to ``target``, not of another address that ends like it."""
        if not target:
            return self.next("]()")
        opened = r"""(?:(?<=[(<"'=])|(?<=\]: ))"""
        link = re.compile(rf"""{opened}{re.escape(target)}(?=[)>"'\s]|\Z)""")
        found = link.search(self.text, self._next[f"({target}"]) or link.search(self.text)
        if found is None:
            return self.next(target)
        self._next[f"({target}"] = found.end()
        return self.span(found.start(), found.end())

    def span(self, start: int, end: int) -> Span:
        """The span of a part of the body."""
        return self.source.span(self.start + start, self.start + end)


def _rendered(locate: _Locator, body: markup.Body) -> Rendered:
    return Rendered(
        html=body.html,
        headings=body.headings,
        links=tuple(Link(target, locate.next_link(target)) for target in body.links),
        citations=tuple(_citations(mark, locate.next(mark.raw)) for mark in body.citations),
        channels=tuple(ChannelUse(use.name, locate.next(use.raw)) for use in body.channels),
        blanks=tuple(BlankUse(use.name, locate.next(use.raw)) for use in body.blanks),
    )


def _citations(mark: markup.CitationMark, span: Span) -> tuple[Citation, ...]:
    parts = written_parts(mark.raw) if mark.written else [("", "")] * len(mark.names)
    return tuple(
        Citation(name.law, name.key, span, mark.written, name.historical, text, lead)
        for name, (lead, text) in zip(mark.names, parts, strict=True)
    )


def _body_problems(locate: _Locator, body: markup.Body) -> list[Problem]:
    text, problems = locate.text, []
    for match in MARKED.finditer(text):
        if parse_marked(match[1]) is None and not _escaped(text, match.start()):
            span = locate.span(match.start(), match.end())
            problems.append(Problem.at(span, "bad-citation", text=match[0]))
    for at in unclosed(text):
        if not _escaped(text, at):
            problems.append(Problem.at(locate.span(at, at + 2), "bad-citation", text="[@"))
    for match in _FULL_WIDTH.finditer(text):
        span = locate.span(match.start(), match.end())
        problems.append(Problem.at(span, "bad-citation", text=match[0]))
    defined = set(_FOOTNOTE_DEFINED.findall(text))
    for match in _FOOTNOTE_USE.finditer(text):
        if match[1] not in defined:
            span = locate.span(match.start(), match.end())
            problems.append(Problem.at(span, "unknown-footnote", name=match[1]))
    for match in _TITLE_HEADING.finditer(text):
        problems.append(Problem.at(locate.span(match.start(), match.end()), "heading-level"))
    for match in _FOREIGN_IMAGE.finditer(text):
        span = locate.span(match.start(), match.end())
        problems.append(Problem.at(span, "foreign-image", url=match[1] or match[2]))
    for opening in body.removed:
        places = [m.span() for m in re.finditer(re.escape(opening), text, re.IGNORECASE)]
        shown = f"{opening}>" if opening.startswith("<") else opening
        for start, end in places or [(0, 0)]:
            problems.append(Problem.at(locate.span(start, end), "unsafe-html", tag=shown))
    return problems + _repeated_headings(locate, body) + _unsourced(locate)


def _unsourced(locate: _Locator) -> list[Problem]:
    """The first claim of law in each paragraph or list item that cites nothing."""
    problems = []
    for paragraph in _PARAGRAPH.finditer(locate.text):
        claim = _CLAIM.search(paragraph[0])
        if claim and not _SOURCED.search(paragraph[0]):
            start = paragraph.start() + claim.start()
            span = locate.span(start, start + len(claim[0]))
            problems.append(Problem.at(span, "unsourced-claim", word=claim[0]))
    return problems


def _escaped(text: str, at: int) -> bool:
    return text[at - 1 : at] == "\\"


def _repeated_headings(locate: _Locator, body: markup.Body) -> list[Problem]:
    counts = Counter((heading.level, heading.text) for heading in body.headings)
    problems = []
    for (level, heading), count in counts.items():
        places = list(
            re.finditer(rf"^#{{{level}}}[ \t]+{re.escape(heading)}[ \t#]*$", locate.text, re.M)
        )
        if count > 1 and len(places) > 1:
            span = locate.span(places[1].start(), places[1].end())
            problems.append(Problem.at(span, "duplicate-anchor", heading=heading))
    return problems
