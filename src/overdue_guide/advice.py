"""Words that no page may carry: advice that harms, promises nobody keeps, touting, bait, padding.

A text must be able to warn: it may name all this in a sentence that says it is a fraud, wrong or not
to be done, in a question, and in the words of others, between “ and ”.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from overdue_guide.prose import Visible
from overdue_guide.structs import Struct

RULES = ("forbidden-advice", "false-promise", "advertising", "filler")
"""What is looked for in every text; ``clickbait`` only where a reader looks before choosing."""

_WARNING = re.compile(
    r"骗|陷阱|圈套|上当|违法|犯法|犯罪|违规|非法|虚假|假的|冒充|风险|后果|责任|负责|处罚|罚款|拘留|名单|追究|失败"
    r"|不可信|不能信|不可能|[别不]信|不要信|[要别能]相信|[别不]理|别再继续|不要再[补交]|走开|别碰|别写|没人管|办不成|小心|当心|警惕|谨防|提防"
    r"|识别|举报|远离|误导|谣言|不准确|没有这|没有依据|挡不住|不等于|不现实|广告|宣称|声称|自称|打着|逃债"
    r"|有人说|对方说|他们说|会劝|罚息|照涨|照算"
)
"""Near the words, or in what introduces them: it speaks of harm, or of what others say."""
_CASE = re.compile(r"继承|遗产|免除|父母|子女|配偶|家人|联系人|担保人|保证人|保存|异议|更正|错误")
"""Near a promise: a case in which it holds, such as a debt nobody inherits, a record that is wrong."""
_NEAR = 30
"""Signs before and after in which a warning counts."""
_NEVER = re.compile(
    r"(?:不要|不可|不能|不得|不该|不应|不会|不教|不做|不把|不是|不许|不准|不建议|别(?![人的家处])|勿|没有|没见|没查|没人"
    r"|无法|无权|严禁|禁止|避免|防止|而不|以免|免得|反对|拒绝|所谓|[不别]\Z)(?!.*(?:可以|就能|也能|都能|即可|帮[你您]|教[你您]))"
)
"""Before the words, in the same clause: it says not to; but 没有收入也能… offers all the same."""
_DOUBT = re.compile(r"吗|么|是不是|能不能|会不会|有没有|要不要|真的|靠谱|合法|遇到|识别")
"""In a question: it asks whether, and not how to."""
_TAKEN_BACK = re.compile(
    r"(?:不|无|没有?|非|毫无|零)(?:是|会|用|必|需)?(?:骗|风险|上当|违法|后果|违规|犯法|担心)"
)
"""A warning that is none: 不是骗局, 零风险."""
_OFFER = re.compile(
    r"(?:办理|提供|帮你|帮您|帮忙|代办|承接|专业|我们(?:可以|能|会)|教你|教您|实现|做到|服务)[:：]?\Z"
)
_SENTENCE_END = re.compile(r"[。！？!?；;\n]")
_CLAUSE_END = re.compile(r"[，,：:|]")
_FAR = 80
"""Signs before and after beyond which nothing is looked for: more than a sentence should have."""


class Finding(Struct, frozen=True):
    """Words that must not stand there."""

    rule: str
    what: str
    """Kind of sin: ``vanish``, ``clean-record``; the catalogue has words for it."""
    start: int
    """Offset in the source."""
    end: int
    words: str


class Entry(Struct, frozen=True):
    """One line of ``wordlists.toml``."""

    rule: str
    what: str
    word: str
    follows: str
    """A regular expression for what must come next; mostly empty."""

    def end(self, text: str, at: int) -> int:
        """Where the entry ends that stands at an offset; -1 when it does not stand there."""
        if not text.startswith(self.word, at):
            return -1
        end = at + len(self.word)
        if not self.follows:
            return end
        match = _compiled(self.follows).match(text, end)
        return match.end() if match else -1


class Wordlist(Struct, frozen=True):
    """Entries by the first two signs of their words: most places of a text begin none."""

    starts: re.Pattern[str]
    """Where one of the entries may begin."""
    entries: Mapping[str, tuple[Entry, ...]]

    def matches(self, text: str) -> Iterator[tuple[Entry, int, int]]:
        """(entry, start, end) of every place where one stands; of one rule, none within another."""
        ends: dict[str, int] = {}
        for place in self.starts.finditer(text):
            at = place.start()
            for entry in self.entries.get(text[at : at + 2], ()):
                end = entry.end(text, at) if at >= ends.get(entry.rule, 0) else -1
                if end >= 0:
                    ends[entry.rule] = end
                    yield entry, at, end


_CAPITALS = re.compile(r"[A-Z][A-Z]{1,4}(?![\w./:@-])", re.ASCII)
_WITHIN = re.compile(r"[\w./:@-]", re.ASCII)
"""Before capitals: they are part of a word, an address or a number."""


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Only what follows words that stand in a text is compiled: most never do."""
    return re.compile(pattern)


@cache
def _tables() -> Mapping[str, Any]:
    return tomllib.loads((files("overdue_guide") / "wordlists.toml").read_text("utf-8"))


@cache
def wordlist(*rules: str) -> Wordlist:
    """The words that break one of the rules."""
    return _listed(
        Entry(rule, what, word, follows)
        for rule in rules
        for what, lines in _tables()[rule].items()
        for words, follows in lines
        for word in words.split("|")
    )


@cache
def _terms() -> Wordlist:
    """Terms of law and of the trade; of those that begin alike, the longest comes first."""
    terms = sorted(_tables()["jargon"]["terms"], key=len, reverse=True)
    return _listed(Entry("jargon", "term", term, "") for term in terms)


def _listed(all_entries: Iterable[Entry]) -> Wordlist:
    """Where two entries of one rule stand, the one that was listed first is found."""
    entries: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in all_entries:
        entries[entry.word[:2]].append(entry)
    firsts, seconds = (
        re.escape("".join(sorted({start[at] for start in entries}))) for at in (0, 1)
    )
    starts = re.compile(f"[{firsts}](?=[{seconds}])")
    return Wordlist(starts, {start: tuple(found) for start, found in entries.items()})


def jargon(text: str) -> Iterator[tuple[int, str]]:
    """(offset, term) of terms that need explaining, and then of capitals that few know."""
    for _, start, end in _terms().matches(text):
        yield start, text[start:end]
    for match in _CAPITALS.finditer(text):
        known = match[0] in _tables()["jargon"]["known"]
        if not known and not _WITHIN.match(text, match.start() - 1 if match.start() else len(text)):
            yield match.start(), match[0]


def findings(
    visible: Visible, context: Callable[[int], str] = lambda start: ""
) -> Iterator[Finding]:
    """Everything in a text that must not stand there and is not warned against.

    ``context`` gives, for an offset, what introduces the text there.
    """
    for entry, start, end in wordlist(*RULES).matches(visible.text):
        found = _finding(entry, start, end, visible)
        told = entry.rule != "filler" and _told(
            entry.rule, visible.text, start, end, context(found.start)
        )
        if not told:
            yield found


def bait(visible: Visible) -> Iterator[Finding]:
    """What baits in a title, a heading or a summary."""
    for entry, start, end in wordlist("clickbait").matches(visible.text):
        yield _finding(entry, start, end, visible)


def _finding(entry: Entry, start: int, end: int, visible: Visible) -> Finding:
    first, last = visible.place(start), visible.place(end - 1)
    return Finding(entry.rule, entry.what, first, last + 1, visible.text[start:end])


def _told(rule: str, text: str, start: int, end: int, context: str) -> bool:
    """Whether the sentence warns of the words, asks about them, or tells what others say."""
    before = _SENTENCE_END.split(text[max(start - _FAR, 0) : start])[-1]
    after = text[end : end + _FAR]
    stop = _SENTENCE_END.search(after)
    after, mark = (after[: stop.start()], stop[0]) if stop else (after, "")
    clause = _CLAUSE_END.split(before)[-1]
    asked = mark in ("？", "?") and _DOUBT.search(f"{before}\n{after}")
    if asked or _NEVER.search(clause) or _spoken(before):
        return True
    # An advertisement likes to warn of the others' frauds, so only its own clause counts.
    if rule == "advertising":
        around = f"{clause}{text[start:end]}{after[:_NEAR]}"
    else:
        around = f"{context}\n{before[-_NEAR:]}{text[start:end]}{after[:_NEAR]}"
    return bool(
        _WARNING.search(_TAKEN_BACK.sub("", around))
        or (rule == "false-promise" and _CASE.search(around))
    )


def _spoken(before: str) -> bool:
    """Whether it stands between quotation marks, and is not what somebody offers there."""
    unspoken, opened, spoken = before.rpartition("“")
    return bool(opened) and "”" not in spoken and not _OFFER.search(unspoken)
