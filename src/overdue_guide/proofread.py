"""What is wrong with the wording of a file, as far as the file alone tells.

What only the rest of the site can tell goes on to ``check_words`` as a :class:`Mention`. An article's
Markdown and front matter, and the sentences in YAML, are held against the same rules.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import itemgetter

from overdue_guide import advice, claims
from overdue_guide.citations import MARKED, parse_marked
from overdue_guide.heads import FrontMatter
from overdue_guide.law import Citation
from overdue_guide.problems import Problem, Source, Span
from overdue_guide.prose import MEANT, Block, Visible
from overdue_guide.rendered import Mention
from overdue_guide.shapes import Field, Record
from overdue_guide.stuffing import stuffed

LONGEST = 60
"""Signs of a sentence that a tired reader takes in at once; citations and spaces do not count."""
_SENTENCE = re.compile(r"[^。！？!?；;\n|]+")
_QUOTE = re.compile("「([^「」\n]{1,300})」")
_DIGITS = re.compile(r"\d[\d-]{4,13}(?![\d.,×*%]|\s?[元块万个次天日年月份人笔条字])")
_NUMBER = re.compile(
    r"1[3-9]\d{9}|0\d{2,3}-\d{7,8}|[48]00-?\d{3,4}-?\d{3,4}|0\d{2,3}-\d{5}|(?:95|96|10|12)\d{3,4}"
)
_INSIDE = tuple("0123456789.,×*-/")
"""Signs after which digits are no number, but the rest of one, of an amount or of a date."""
_DIALLED = re.compile(r"打|拨|致电|电话|热线|号码|短信|客服")
_EXPLAINED = re.compile(
    r"[」”*]{0,4}(?:[（(：]|——|。\*\*|，?(?:也?就是|即|意思是|指|是指|说的是|俗称|是))"
)
_EXPLAINING = re.compile(r"(?:叫做?|称为?|俗称|所谓|也就是|即|[（(])[“「*]{0,3}\Z")
_PROSE = (
    *(
        "title",
        "summary",
        "tagline",
        "says",
        "means",
        "sure",
        "asks",
        "help",
        "note",
        "does",
        "keep",
    ),
    *("handles", "not_for", "before", "deadline", "where", "meaning"),
)
"""Keys of YAML whose values readers see as sentences."""
_CLAIMING = (
    *("title", "summary", "says", "means", "sure", "note", "does", "before", "deadline", "meaning"),
)
"""Those that may say what the law wants; the others ask, or name what somebody deals with."""

_LEAD = 200
"""Signs of what introduces a list that are looked at."""

_FARMING = frozenset(
    ("forbidden-advice", "false-promise", "advertising", "clickbait", "filler", "keyword-stuffing")
)
_FARM = 4
"""Kinds of sins that make a content farm; laws and news about other things reach two."""

SpanOf = Callable[[int, int], Span]
"""The span of a stretch of an article's body."""


def article(body: Sequence[Block], text: str, title: str, span_of: SpanOf) -> Iterator[Problem]:
    """What is wrong with the wording of a body; code should have been blanked out of ``text``."""
    starts = [block.start for block in body]

    def context(at: int) -> str:
        block = body[max(bisect_right(starts, at) - 1, 0)]
        return "\n".join(words[-_LEAD:] for words in (block.heading, *block.leads))

    for at, word in claims.unsourced(body):
        yield Problem.at(span_of(at, at + len(word)), "unsourced-claim", word=word)
    visible = Visible(text)
    for found in advice.findings(visible, context):
        yield _problem(found, span_of(found.start, found.end))
    for heading in (block for block in body if block.kind == "heading"):
        for found in advice.bait(Visible(heading.text)):
            yield _problem(found, span_of(heading.start + found.start, heading.start + found.end))
    for start, end, length in _long(visible):
        span = span_of(start, end)
        yield Problem.at(span, "long-sentence", length=str(length), most=str(LONGEST))
    repeated = stuffed(title, visible)
    if repeated:
        share = {"share": str(repeated.share)} if repeated.share else {}
        span = span_of(repeated.start, repeated.start + len(repeated.phrase))
        count = str(repeated.count)
        yield Problem.at(span, "keyword-stuffing", word=repeated.phrase, count=count, **share)


def farmed(found: Iterable[Problem]) -> Iterator[Problem]:
    """The mark of a content farm: sins of several kinds, which one honest warning does not commit."""
    sins: dict[tuple[str, str], Problem] = {}
    for problem in found:
        if problem.rule in _FARMING:
            sins.setdefault((problem.rule, dict(problem.args).get("sin", "")), problem)
    if len(sins) >= _FARM:
        first = min(problem.span for problem in sins.values())
        words = "、".join(f"“{dict(one.args)['word']}”" for one in list(sins.values())[:_FARM])
        yield Problem.at(first, "content-farm", count=str(len(sins)), words=words)


def front_matter(source: Source, meta: FrontMatter, body: Sequence[Block]) -> Iterator[Problem]:
    """What is wrong with the wording of title, summary and question.

    What they claim must be cited somewhere in the body.
    """
    texts = (("title", meta.title), ("summary", meta.summary), ("question", meta.question))
    # Most claim nothing, so that nobody need look for citations.
    claiming = any(claims.claim(text) for _, text in texts)
    cited = claiming and any(block.cited for block in body)
    for key, text in texts:
        if text:
            asked = text.endswith(("？", "?", "吗", "呢"))
            yield from _value(source, key, text, meta.span(key), sourced=cited or asked)


def rows(
    source: Source, fields: Mapping[str, Field], records: Iterable[Record]
) -> Iterator[Problem]:
    """What is wrong with the sentences in records that readers see."""
    for record in records:
        yield from _record(source, fields, record, sourced=False)


def _record(
    source: Source, fields: Mapping[str, Field], record: Record, *, sourced: bool
) -> Iterator[Problem]:
    """A record that can cite must cite for itself; one that cannot rests on those around it."""
    sourced = bool(record.texts("cites")) if "cites" in fields else sourced or _cites(record)
    for key, shape in fields.items():
        for inner in _inner(record, key):
            yield from _record(source, shape.fields, inner, sourced=sourced)
        if key in _PROSE and shape.kind == "text" and record.text(key):
            yield from _value(source, key, record.text(key), record.spans[key], sourced=sourced)
        elif key in _PROSE and shape.kind == "texts":
            for at, text in enumerate(record.texts(key)):
                yield from _value(source, key, text, record.spans[f"{key}.{at}"], sourced=sourced)


def _inner(record: Record, key: str) -> tuple[Record, ...]:
    value = record.values.get(key)
    if isinstance(value, Mapping):
        value = tuple(value.values())
    found = value if isinstance(value, tuple) else (value,)
    return tuple(one for one in found if isinstance(one, Record))


def _cites(record: Record) -> bool:
    return bool(record.texts("cites")) or any(
        _cites(inner) for key in record.values for inner in _inner(record, key)
    )


def _value(source: Source, key: str, text: str, span: Span, *, sourced: bool) -> Iterator[Problem]:
    """What is wrong with one value of YAML."""
    visible = Visible(text)
    found = list(advice.findings(visible))
    if key in ("title", "summary", "question"):
        found += advice.bait(visible)
    for one in found:
        yield _problem(one, source.within(span, text[one.start : one.end]))
    for start, end, length in _long(visible):
        place = source.within(span, text[start:end])
        yield Problem.at(place, "long-sentence", length=str(length), most=str(LONGEST))
    claimed = claims.claim(text) if key in _CLAIMING and not sourced else None
    if claimed:
        yield Problem.at(source.within(span, claimed[0]), "unsourced-claim", word=claimed[0])


def _problem(found: advice.Finding, span: Span) -> Problem:
    return Problem.at(span, found.rule, word=found.words, sin=found.what)


def _long(visible: Visible) -> Iterator[tuple[int, int, int]]:
    """(start, end, signs) of sentences that are too long."""
    for sentence in _SENTENCE.finditer(visible.text):
        first, end = sentence.span()
        # The line below a table's head is none.
        if end - first > LONGEST and sentence[0].strip("-:|"):
            yield visible.place(first), visible.place(end - 1) + 1, end - first


def mentions(
    body: Sequence[Block], text: str, citations: Sequence[Citation], span_of: SpanOf
) -> Iterator[Mention]:
    """Quotations of law, telephone numbers, and terms that the body leaves unexplained."""
    for start, number in numbers(text):
        yield Mention("number", number, span_of(start, start + len(number)))
    for block in body:
        if "「" in block.text:
            yield from _quotes(block, citations, span_of)
    yield from _terms(body, text, span_of)


def _quotes(block: Block, citations: Sequence[Citation], span_of: SpanOf) -> Iterator[Mention]:
    first = span_of(block.start, block.start + 1).line
    last = first + block.text.count("\n")
    led = {one for lead in block.leads for one in MARKED.findall(lead)}
    names = {(one.law, one.key) for inner in led for one in parse_marked(inner) or ()}
    beside = tuple(
        cite
        for cite in citations
        if first <= cite.span.line <= last or (cite.law, cite.key) in names
    )
    if MEANT.search(block.text) and not beside:
        return  # the citation has a slip, which is told: nobody knows what it names
    for match in _QUOTE.finditer(block.text):
        span = span_of(block.start + match.start(1), block.start + match.end(1))
        yield Mention("quote", match[1], span, beside)


def quoted(text: str) -> list[str]:
    """The words of law that a text quotes."""
    return _QUOTE.findall(text)


def numbers(text: str) -> Iterator[tuple[int, str]]:
    """(offset, number) of what can be dialled; a short one counts only beside 打, 电话 and the like."""
    for match in _DIGITS.finditer(text):
        if not _NUMBER.fullmatch(match[0]) or text[match.start() - 1 : match.start()] in _INSIDE:
            continue
        near = text[max(match.start() - 12, 0) : match.end() + 8]
        if len(match[0]) > 6 or _DIALLED.search(near):
            yield match.start(), match[0]


def _terms(body: Sequence[Block], text: str, span_of: SpanOf) -> Iterator[Mention]:
    starts, seen = [block.start for block in body], set[str]()
    found = ((bisect_right(starts, at) - 1, at, term) for at, term in advice.jargon(text))
    for number, at, term in sorted(found, key=itemgetter(0)):
        block = body[number]
        if block.kind in ("heading", "script"):
            continue
        start = at - block.start
        end = start + len(term)
        if term not in seen and not (
            _EXPLAINED.match(block.text, end)
            or _EXPLAINING.search(block.text, max(start - 8, 0), start)
        ):
            yield Mention("term", term, span_of(at, at + len(term)))
        seen.add(term)
