"""One Markdown file → ``Article`` and its problems: everything that the file alone decides.

Depends on nothing but its arguments, so ``load`` runs it in worker processes and caches the result.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from overdue_guide import frontmatter, limits, markup, meant, proofread, slips
from overdue_guide.citations import MARKED, parse_marked, unclosed, written_parts
from overdue_guide.composing import CONTROL
from overdue_guide.heads import FrontMatter
from overdue_guide.law import Citation
from overdue_guide.model import Article, Kind, cites
from overdue_guide.problems import MOST_ALIKE, Findings, Problem, Source, Span
from overdue_guide.prose import blocks
from overdue_guide.rendered import BlankUse, ChannelUse, Link, Reliance, Rendered
from overdue_guide.structs import replace

_CODE = re.compile(
    r"^(?P<fence>`{3,}+|~{3,}+)[^\n]*\n.*?(?:^(?P=fence)[ \t]*$|\Z)"
    r"|(?<!`)(?P<tick>`++)[^\n]*?(?<!`)(?P=tick)(?!`)",
    re.MULTILINE | re.DOTALL,
)
_ID = re.compile(r'id="(?<!\wid=")([^"]*)"')
"""An anchor; as in ``slips``, the signs come first, for the sake of speed."""
_FOOTNOTE_USE = re.compile(r"\[\^([^\]\s]+)\](?!:)")
_FOOTNOTE_DEFINED = re.compile(r"^ {0,3}\[\^([^\]\s]+)\]:", re.MULTILINE)
_TITLE_HEADING = re.compile(r"^#[ \t]+\S|^[^\s#>|-].*\n=+[ \t]*$", re.MULTILINE)
_LONGEST_NAME = 200
"""Bytes of a folder's name; file systems take 255."""
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[\\/]{2}", re.IGNORECASE)
"""How an address begins that is not of this site; browsers take a backslash for a slash."""
_FULL_WIDTH = re.compile(r"[\[［【](?:＠|(?<!\[)@)[^\]］】\n]*[\]］】]?")
"""A citation typed with full-width signs."""


def parse(path: str, text: str) -> tuple[Article, tuple[Problem, ...]]:
    """The article in a file below the content folder, and what is wrong in it."""
    kind, section, slug = place(path)
    source, problems = normalised(path, text)
    long = tuple(limits.too_long(source, limits.MOST_CHARACTERS))
    if long:
        empty = Article(path, kind, section, slug, FrontMatter(title=""), (), Rendered(""))
        return empty, problems + long
    meta, start, found = frontmatter.read(source, kind)
    excess = tuple(limits.too_complex(source, start))
    if excess:  # of the body, nothing is read
        start = len(source.text)
    body, deep = _body(source, start)
    locate = _Locator(source, start)
    rendered = _rendered(locate, body)
    images = [rendered.links[number] for number in body.images]
    said = blocks(locate.text)
    # Without front matter, its lines would count as prose.
    headless = any(problem.rule == "front-matter-missing" for problem in found)
    wording: tuple[Problem, ...] = (
        ()
        if headless
        else (
            *proofread.front_matter(source, meta, said),
            *proofread.article(said, locate.text, meta.title, locate.span),
        )
    )
    wording += tuple(proofread.farmed(wording))
    own = (*found, *excess, *deep, *_long_tags(meta), *_body_problems(locate, body), *wording)
    own += () if meta.draft else tuple(slips.open_gaps(source))
    problems += Findings((*own, *_foreign(locate, images))).told()
    cited = tuple(cite for mark in rendered.citations for cite in mark)
    mentions = tuple(proofread.mentions(said, locate.text, cited, locate.span))
    named = (Reliance(one.law, one.key, one.written) for one in cites(meta, rendered))
    relies_on = tuple(dict.fromkeys(named))
    whole = replace(rendered, mentions=mentions)
    return Article(path, kind, section, slug, meta, relies_on, whole), problems


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
    if not CONTROL.search(text):
        return Source(path, text), tuple(problems)
    clean, count = CONTROL.subn(" ", text)
    source = Source(path, clean)
    for at, match in enumerate(islice(CONTROL.finditer(text), MOST_ALIKE), 1):
        code = f"U+{ord(match[0]):04X}"
        more = {"more": str(count - at)} if count > at == MOST_ALIKE else {}
        span = source.span(match.start())
        problems.append(Problem.at(span, "control-character", code=code, **more))
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
        self.text = _without_code(source.text[start:])
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
        at = self._link(target, self._next[f"({target}"])
        if at < 0:
            at = self._link(target, 0)
        if at < 0:
            return self.next(target)
        self._next[f"({target}"] = at + len(target)
        return self.span(at, at + len(target))

    def _link(self, target: str, start: int) -> int:
        """Where the target stands from ``start`` on as an address, not as a part of one; or -1."""
        text, at = self.text, self.text.find(target, start)
        while at >= 0:
            opened = text[at - 1 : at] in tuple("(<\"'=") or text[at - 3 : at] == "]: "
            closed = text[at + len(target) : at + len(target) + 1]
            if opened and (not closed or closed in ")>\"'" or closed.isspace()):
                return at
            at = text.find(target, at + 1)
        return -1

    def image(self, target: str) -> Span | None:
        """The span of the next image from ``target``; a link may lead there, too."""
        opening = r"""(?:!\[[^\]\n]*\]\(\s*<?|<img\b[^>]*?\bsrc\s*=\s*["']?)"""
        place = re.compile(opening + re.escape(target), re.IGNORECASE)
        found = place.search(self.text, self._next[f"!{target}"])
        if found is None:
            return None
        self._next[f"!{target}"] = found.end()
        return self.span(found.end() - len(target), found.end())

    def span(self, start: int, end: int) -> Span:
        """The span of a part of the body."""
        return self.source.span(self.start + start, self.start + end)


def _without_code(text: str) -> str:
    """The text with its code blanked out, for code is no reference; offsets hold."""
    if "`" not in text and "~~~" not in text:
        return text
    return _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), text)


def _rendered(locate: _Locator, body: markup.Body) -> Rendered:
    return Rendered(
        html=body.html,
        headings=body.headings,
        anchors=tuple(dict.fromkeys(_ID.findall(body.html))),
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
    text, problems = locate.text, list(_bad_citations(locate))
    defined = set(_FOOTNOTE_DEFINED.findall(text)) if "[^" in text else set()
    for match in _FOOTNOTE_USE.finditer(text):
        if match[1] not in defined:
            span = locate.span(match.start(), match.end())
            problems.append(Problem.at(span, "unknown-footnote", name=match[1]))
    titled = any(sign in f"\n{text}" for sign in ("\n# ", "\n#\t", "\n="))
    for match in _TITLE_HEADING.finditer(text) if titled else ():
        problems.append(Problem.at(locate.span(match.start(), match.end()), "heading-level"))
    for opening in body.removed:
        places = [m.span() for m in re.finditer(re.escape(opening), text, re.IGNORECASE)]
        shown = f"{opening}>" if opening.startswith("<") else opening
        drive = re.fullmatch("[a-z]:", opening)  # C:\\Users\\…: a picture of the editor's own disk
        rule, told = (
            ("missing-file", {"target": shown, "folder": "."})
            if drive
            else ("unsafe-html", {"tag": shown})
        )
        for start, end in places or [(0, 0)]:
            problems.append(Problem.at(locate.span(start, end), rule, **told))
    problems += slips.problems(text, body.html, locate.span)
    problems += slips.unclosed_fence(locate.source.text[locate.start :], locate.span)
    return problems + _repeated_headings(locate, body)


def _foreign(locate: _Locator, images: Iterable[Link]) -> Iterator[Problem]:
    for image in images:
        if _ELSEWHERE.match(image.target.strip()):
            span = locate.image(image.target) or image.span
            yield Problem.at(span, "foreign-image", url=image.target)


def _bad_citations(locate: _Locator) -> Iterator[Problem]:
    text = locate.text
    if "@" not in text and "＠" not in text:
        return
    for match in MARKED.finditer(text):
        if parse_marked(match[1]) is None and not _escaped(text, match.start()):
            yield _bad_citation(locate.span(match.start(), match.end()), match[0])
    for at in unclosed(text):
        if not _escaped(text, at):
            yield Problem.at(locate.span(at, at + 2), "bad-citation", text="[@")
    for match in _FULL_WIDTH.finditer(text):
        yield _bad_citation(locate.span(match.start(), match.end()), match[0])


def _bad_citation(span: Span, text: str) -> Problem:
    near = meant.citation(text)
    return Problem.at(span, "bad-citation", text=text, **({"suggestion": near} if near else {}))


def _escaped(text: str, at: int) -> bool:
    return text[at - 1 : at] == "\\"


def _repeated_headings(locate: _Locator, body: markup.Body) -> list[Problem]:
    counts = Counter((heading.level, heading.text) for heading in body.headings)
    problems = []
    for level, heading in (one for one, count in counts.items() if count > 1):
        places = list(
            re.finditer(rf"^#{{{level}}}[ \t]+{re.escape(heading)}[ \t#]*$", locate.text, re.M)
        )
        if len(places) > 1:
            span = locate.span(places[1].start(), places[1].end())
            problems.append(Problem.at(span, "duplicate-anchor", heading=heading))
    return problems
