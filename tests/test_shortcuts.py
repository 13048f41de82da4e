"""What is spared finds nothing: each search that was made fast, held against the plain way to say it."""

import re
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from overdue_guide import advice, articles, limits, proofread, prose, slips, stuffing
from overdue_guide.problems import Source
from overdue_guide.prose import Block, Visible

Finder = Callable[[str], object]


def spans(pattern: re.Pattern[str], *groups: int) -> Finder:
    return lambda text: [
        [m.span(group) for group in (groups or (0,))] for m in pattern.finditer(text)
    ]


def alike(text: str) -> object:
    return [(slip.kind, slip.start, slip.end) for slip in slips._alike(text)]


def alike_plainly(text: str) -> object:
    return [
        (kind, *match.span())
        for kind, _, pattern, _ in slips._PATTERNS
        for match in pattern.finditer(text)
    ]


def jargon_plainly(text: str) -> object:
    terms = sorted(advice._tables()["jargon"]["terms"], key=len, reverse=True)
    known = advice._tables()["jargon"]["known"]
    capitals = re.finditer(r"(?a:(?<![\w./:@-])[A-Z]{2,5}(?![\w./:@-]))", text)
    return [
        *((match.start(), match[0]) for match in re.finditer("|".join(terms), text)),
        *((match.start(), match[0]) for match in capitals if match[0] not in known),
    ]


def leading_plainly(text: str) -> object:
    return prose._TRAIL.sub("", text[-200:]).endswith(("：", ":"))


def long_plainly(text: str) -> object:
    found = re.finditer(r"[^。！？!?；;\n|]{61,}", Visible(text).text)
    return [len(match[0]) for match in found if match[0].strip("-:|")]


def begins_plainly(text: str) -> object:
    matches = [prose._START.match(line) for line in text.split("\n")]
    return [match.lastgroup if match else "text" for match in matches]


def stuffed_plainly(text: str) -> object:
    """By the rule's own words: shares of the whole, then what one sentence repeats."""
    seen, size = Visible(text).text, len(re.findall("[\u3400-\u9fff]", Visible(text).text))
    for length, most in stuffing._STUFFED if size >= 300 else ():
        counts = [(seen.count(phrase), phrase) for phrase in stuffing._phrases(TITLE, length)]
        count, phrase = max(counts)
        if count * length > most * size:
            return phrase, count
    for sentence in stuffing._SENTENCE.findall(seen):
        for phrase in stuffing._phrases(TITLE, 2):
            if sentence.count(phrase) >= 5:
                return phrase, sentence.count(phrase)
    return None


TITLE = "网贷逾期怎么办"


def stuffed(text: str) -> object:
    found = stuffing.stuffed(TITLE, Visible(text))
    return found and (found.phrase, found.count)


MARKUP = (
    r"\[@[^\]\n]{0,300}\]|\[\[[^\]\n]{0,80}\]\]|\]\([^)\n]{0,300}\)|\]\[[^\]\n]{0,80}\]"
    r"|\{\{[^}\n]{0,80}\}\}|\[\^[^\]\n]{0,80}\]|-{3,}|[ \t\u3000*_`~\[\]]"
)


def blank(code: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", code[0])


SEARCHES: dict[str, tuple[Finder, Finder, tuple[str, ...]]] = {
    "code": (
        articles._without_code,
        lambda text: articles._CODE.sub(blank, text),
        ("`", "a", "\n", "~~~"),
    ),
    "anchors": (
        spans(articles._ID, 1),
        spans(re.compile(r'\bid="([^"]*)"'), 1),
        ('id="', "a", '"', " ", "中"),
    ),
    "full-width citations": (
        spans(articles._FULL_WIDTH),
        spans(re.compile(r"[\[［【]＠[^\]］】\n]*[\]］】]?|[【［]@[^\]］】\n]*[\]］】]?")),
        ("[", "［", "【", "@", "＠", "a", "]", "］", "】", "\n"),
    ),
    "jumps": (
        spans(slips._HEADING, 0, 1),
        spans(re.compile(r"^(#{2,6})[ \t]*[^#\s]", re.M), 0, 1),
        ("#", "##", "###", " ", "\n", "a"),
    ),
    "markup": (
        spans(prose._MARKUP),
        spans(re.compile(MARKUP)),
        ("[", "]", "@", "^", "(", ")", "{{", "}}", "-", " ", "a", "\n"),
    ),
    "citations": (
        spans(prose._CITED),
        spans(re.compile(r"[\[【［][@＠]|》\s?的?\s?第")),
        ("[", "【", "［", "@", "＠", "》", " ", "的", "第"),
    ),
    "what leads": (
        lambda text: Block("text", 0, text).leading,
        leading_plainly,
        ("：", ":", "[@a:1]", "[@a", "]", "）", "*", "\u3000", "\n", "甲", "甲" * 200),
    ),
    "beginnings": (
        lambda text: [prose._begins(line) for line in text.split("\n")],
        begins_plainly,
        ("\n", " ", "#", "1.", "１)", "1", "-", ">", "|", "甲", "“"),
    ),
    "slips": (
        alike,
        alike_plainly,
        ("[", "［甲](/a)", "[甲]（/a）", "channel:a]", "[a-b:1]", "\n", "＃", "！！", "！!", "{{名}}"),
    ),
    "jargon": (
        lambda text: list(advice.jargon(text)),
        jargon_plainly,
        ("居间费", "居间", "先诉抗辩权", "抗辩权", "M1", "APR", "APP", "ABCDEFG", "A", "a", ".", "é", "\n"),
    ),
    "long sentences": (
        lambda text: [length for *_, length in proofread._long(Visible(text))],
        long_plainly,
        ("甲" * 60, "甲", "-" * 61, "|", "。", "\n", ":"),
    ),
    "stuffing": (
        stuffed,
        stuffed_plainly,
        ("网贷", "逾期", "逾期怎么", "网贷逾期，", "逾期。", "甲" * 20, "乙" * 280, "逾期。" * 7, "网贷逾期。" * 7),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SEARCHES)
@given(data=st.data())
@settings(deadline=None, max_examples=400)
def test_a_fast_search_finds_what_the_plain_one_does(name: str, data: st.DataObject) -> None:
    fast, plain, signs = SEARCHES[name]
    text = data.draw(st.lists(st.sampled_from(signs), max_size=14).map("".join))
    assert plain(text) == fast(text)


UNITS = (
    *(
        "# 甲\n",
        "甲\n\n",
        "甲",
        "[a]:b\n",
        "[",
        "](",
        "《",
        "{{",
        "*a",
        "&",
        "<b>",
        ": a\n",
        "|",
        "|\n",
    ),
    *("`", ">", "- ", "    ", "\t", "1. "),
)
COUNTS = (1, 7, 31, 99, 201, 301, 501, 1_001, 5_001, 20_001)


@given(
    st.lists(st.tuples(st.sampled_from(UNITS), st.sampled_from(COUNTS)), min_size=1, max_size=3),
)
@example(parts=[("[a]:b\n", 301)])
@example(parts=[("甲\n", 999), ("甲", 20_001)])
@settings(deadline=None, max_examples=250)
def test_no_text_that_is_spared_counting_exceeds_a_limit(parts: list[tuple[str, int]]) -> None:
    text = "".join(unit * count for unit, count in parts)[:99_000]
    assert not limits._simple(text) or [] == list(limits._counted(Source("a.md", text), 0, text))
