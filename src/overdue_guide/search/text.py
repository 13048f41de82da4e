"""Text → what is compared: folded text, grams, names. The one definition of what matches what.

Comes in: any text. Goes out: folded strings and grams (one or two characters). The numbers are data,
``data/rules.json``, which the export hands to the browser; ``text.mjs`` is this module in JavaScript,
and ``tests/search/text.json`` holds both to the same answers.
"""

from __future__ import annotations

import json
import re
import unicodedata
from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data"
RULES = json.loads((DATA / "rules.json").read_text("utf-8"))


def _ranges(name: str) -> str:
    return "".join(rf"\U{low:08x}-\U{high:08x}" for low, high in RULES[name])


SEPARATOR = f"[{_ranges('separators')}]"
"""A character that ends a run: white space, marks of punctuation, ASCII symbols."""
_DROPPED = re.compile(f"[{_ranges('dropped')}]")
CHARACTER = f"[^{_ranges('separators')}]"
"""A character of a run."""
RUN = re.compile(f"{CHARACTER}+")
_SPACE = re.compile(f"[{_ranges('spaces')}]+")
_ASCII, _OTHER = f"(?![^\0-\x7f]){CHARACTER}", f"(?![\0-\x7f]){CHARACTER}"
_ONE = f"[{_ranges('spaces')}]"
# Begins with the space itself: most places of a text hold none, and are passed over at once.
_BETWEEN_SCRIPTS = re.compile(
    f"{_ONE}(?:(?<={_ASCII}{_ONE}){_ONE}*(?={_OTHER})|(?<={_OTHER}{_ONE}){_ONE}*(?={_ASCII}))"
)
_BLANK = re.compile(f"[{_ranges('spaces')}\n]+")
_NUMERAL = RULES["digits"] + "".join(RULES["digitVariants"]) + RULES["units"]
_COUNTED = re.compile(f"(第?)([{_NUMERAL}]+)(?=[{RULES['counted']}])")
_PROVISION = re.compile(f"第([{_NUMERAL}]+)([{RULES['counted']}])")


@cache
def traditional() -> dict[str, str]:
    """Each traditional character and its simplified one, one to one (OpenCC, Apache-2.0)."""
    pairs = (DATA / "traditional.txt").read_text("utf-8").split()
    return {pair[0]: pair[1] for pair in pairs}


@cache
def fold_char(char: str) -> str:
    """What a character is compared as: wide forms narrow, lower case, no accents, simplified.

    One character may become none (a soft hyphen) or several (㎡); never looks at its neighbours,
    so a text can be folded in any pieces.
    """
    plain = _DROPPED.sub("", unicodedata.normalize("NFKD", char).lower())
    plain = unicodedata.normalize("NFKC", plain)
    table = traditional()
    return "".join(table.get(one, one) for one in plain)


def fold(text: str) -> str:
    """Fold a whole text, and drop white space between Chinese and Latin: "12378 热线" is "12378热线"."""
    return squeeze(fold_each(text))


def fold_each(text: str) -> str:
    """Fold every character and leave all white space as it is."""
    return text.translate({ord(char): fold_char(char) for char in set(text)})


def squeeze(folded: str) -> str:
    """Drop spaces that stand between an ASCII letter or digit and any other script; keep line ends."""
    return _SPACE.sub(" ", _BETWEEN_SCRIPTS.sub("", folded))


def tidy(raw: str) -> str:
    """A text on one line."""
    return _BLANK.sub(" ", raw).strip(" ")


def runs(folded: str) -> list[str]:
    """The stretches of a folded text between separators."""
    return RUN.findall(folded)


def grams(folded: str) -> tuple[str, ...]:
    """The pairs of neighbouring characters, each once, in order; lone characters if there is no pair."""
    found = runs(folded)
    pairs = [run[i : i + 2] for run in found for i in range(len(run) - 1)]
    return tuple(dict.fromkeys(pairs or found))


def pieces(folded: str) -> tuple[str, ...]:
    """The parts of a query that a text must contain: split at white space, outer punctuation removed."""
    parts = (re.sub(f"^{SEPARATOR}+|{SEPARATOR}+$", "", part) for part in _BLANK.split(folded))
    return tuple(dict.fromkeys(part for part in parts if part))


def numbered(folded: str) -> str:
    """Write the Chinese numbers of provisions in digits: 第一千零三十四条 → 第1034条."""
    return _COUNTED.sub(_in_digits, folded)


def provisions(folded: str) -> list[str]:
    """The provisions that a text writes in Chinese numbers, in digits: 第1034条."""
    found = _PROVISION.findall(folded)
    numbers = ((number_of(numeral), counted) for numeral, counted in found)
    return [f"第{number}{counted}" for number, counted in numbers if number is not None]


def _in_digits(match: re.Match[str]) -> str:
    number = number_of(match[2])
    return match[0] if number is None else f"{match[1]}{number}"


@cache
def number_of(numeral: str) -> int | None:
    """The value of a Chinese number below ten thousand; None if it is not written as one."""
    for char, digit in RULES["digitVariants"].items():
        numeral = numeral.replace(char, digit)
    match = re.fullmatch(r"(?:(\S)千)?(零)?(?:(\S)百)?(零)?(?:(\S)?(十))?(零)?(\S)?", numeral)
    if not match or numeral[0] in "零百千":
        return None
    thousands, _, hundreds, _, tens, ten, _, ones = match.groups()
    values = [_digit(part) for part in (thousands, hundreds, tens or (ten and "一"), ones)]
    if any(value is None for value in values):
        return None
    return sum((value or 0) * unit for value, unit in zip(values, (1000, 100, 10, 1), strict=True))


def _digit(char: str | None) -> int | None:
    if not char:
        return 0
    value = int(RULES["digits"].find(char))
    return value if value > 0 else None


def name_hash(folded: str) -> int:
    """FNV-1a (32 bits) over the code points of a name, separators left out: how names are compared."""
    value = 0x811C9DC5
    for char in "".join(runs(folded)):
        value = ((value ^ ord(char)) * 0x01000193) & 0xFFFFFFFF
    return value
