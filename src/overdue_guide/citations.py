"""How a provision is named in a text: ``[@civil-code:1034]`` or 《民法典》第一千零三十四条.

Text in, citations out; whether they name something real is for ``laws`` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from overdue_guide.structs import Struct

MARKED = re.compile(r"\[@([^\[\]\n]*)\]")
"""``[@civil-code:1034;@pipl:25]``; group 1 is the list."""

_ARTICLE = re.compile(
    r"第\s?([零〇一二三四五六七八九十百千两\d]{1,12})\s?条(?:之([一二三四五六七八九十]{1,3}))?"
    r"(?:第[一二三四五六七八九十]{1,3}[款项])*"
)
_FURTHER = rf"(?:\s?(?:、|以及|和|及|与|或|至|到)\s?{_ARTICLE.pattern.replace('([', '(?:[')})*"

WRITTEN = re.compile(
    r"《([^《》\n]{2,60})》(?:[（(][^（）()\n]{1,30}[）)])?\s?的?\s?" + _ARTICLE.pattern + _FURTHER
)
"""《law》第N条(之M), and what follows it as in 和第K条; group 1 is the law's name."""

KEY = r"[A-Za-z0-9][A-Za-z0-9.-]*"
"""A provision's key: ``1034``, ``293-1``, ``hours``."""

_ITEM = re.compile(
    rf"@?\s*([a-z0-9][a-z0-9-]*)(?:\s*[:\uff1a]\s*({KEY}))?(?:\s+(历史|草案|historical))?"
)
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}


class Name(Struct, frozen=True):
    """A provision as an author names it; ``key`` is empty for a whole law."""

    law: str
    key: str
    historical: bool = False


def parse_marked(inner: str) -> tuple[Name, ...] | None:
    """The names inside ``[@…]``, or None when it does not follow the grammar."""
    names = []
    for item in re.split("[;；]", inner):
        match = _ITEM.fullmatch(item.strip())
        if match is None:
            return None
        names.append(Name(match[1], match[2] or "", match[3] is not None))
    return tuple(names)


def parse_written(match: re.Match[str]) -> tuple[Name, ...]:
    """The names in a match of ``WRITTEN``; none when one of its numerals is none."""
    law, names = match[1].strip(), []
    for article in _ARTICLE.finditer(match[0], match.end(1) - match.start()):
        number = parse_numeral(article[1])
        part = parse_numeral(article[2]) if article[2] else None
        if number is None:
            return ()
        names.append(Name(law, f"{number}-{part}" if part else str(number)))
    return tuple(names)


def written_parts(raw: str) -> tuple[tuple[str, str], ...]:
    """Each provision of a text that matched ``WRITTEN``, with what stands before it.

    《民法典》第一条和第二条 → ("", 《民法典》第一条), (和, 第二条).
    """
    parts, done = [], 0
    for article in _ARTICLE.finditer(raw, raw.index("》")):
        lead, start = (raw[done : article.start()], article.start()) if done else ("", 0)
        parts.append((lead, raw[start : article.end()]))
        done = article.end()
    return tuple(parts)


def parse_numeral(text: str) -> int | None:
    """一千零三十四, 十五, 二〇 or 1034 as a number; None when it is none (十百).

    Source: GB/T 15835—2011 on the writing of numerals; laws use the form with units.
    """
    if text.isdecimal():
        return int(text)
    if not any(char in _UNITS for char in text):
        digits = [_DIGITS.get(char) for char in text]
        return None if not digits or None in digits else int("".join(map(str, digits)))
    total, digit, last_unit = 0, None, 10_000
    for char in text:
        if char in _UNITS:
            unit = _UNITS[char]
            if unit >= last_unit:
                return None
            total += (1 if digit is None else digit) * unit
            digit, last_unit = None, unit
        elif char in _DIGITS:
            digit = _DIGITS[char]
        else:
            return None
    return total + (digit or 0)


def numeral(number: int) -> str:
    """1034 as 一千零三十四, the way laws number their articles; 1 to 9999."""
    digits = "零一二三四五六七八九"
    text = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += digits[digit] + name
        elif text and number % unit and not text.endswith("零"):
            text += "零"
    return text.removeprefix("一") if 10 <= number < 20 else text


def label(key: str) -> str:
    """``1034`` → 第1034条, ``293-1`` → 第293条之一; empty for keys that are no article numbers."""
    match = re.fullmatch(r"(\d{1,4})(?:-(\d{1,2}))?", key)
    if match is None:
        return ""
    return f"第{int(match[1])}条" + (f"之{numeral(int(match[2]))}" if match[2] else "")


def spoken_label(key: str) -> str:
    """``1034`` → 第一千零三十四条: what a reader may type or paste; empty like ``label``."""
    match = re.fullmatch(r"(\d{1,4})(?:-(\d{1,2}))?", key)
    if match is None or not int(match[1]):
        return ""
    return f"第{numeral(int(match[1]))}条" + (f"之{numeral(int(match[2]))}" if match[2] else "")


def unclosed(text: str) -> Iterator[int]:
    """Offsets of ``[@`` that no ``]`` closes on its line."""
    closed = {match.start() for match in MARKED.finditer(text)}
    for match in re.finditer(r"\[@", text):
        if match.start() not in closed:
            yield match.start()
