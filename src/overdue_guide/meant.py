"""What an author probably meant: a value in the wrong form → how it is written, or nothing."""

from __future__ import annotations

import re
from datetime import date

from overdue_guide.citations import parse_numeral

_DAY = re.compile(r"(\d{4})\s?(?:-|/|\.|年)\s?(\d{1,2})\s?(?:-|/|\.|月)\s?(\d{1,2})\s?日?")
_PARTS = re.compile(r"\s*[，、,;；]\s*")
_AROUND = "[]【】［］(（)）\"'“”‘’ \u3000"
_WIDE = str.maketrans("：＠；", ":@;")
_CITED = re.compile(
    r"([a-z][a-z0-9-]*)\s*[:\s]\s*(?:第\s?)?(\d[\d-]*|[零〇一二三四五六七八九十百千两]+)\s?条?"
    r"(?:之([一二三四五六七八九十]{1,3}))?(?:\s+(历史|草案))?"
)
_FLAGS = {"是": "true", "对": "true", "1": "true", "否": "false", "不": "false", "0": "false"}
_NAMES = re.compile("《[^》]*》|（[^）]*）|「[^」]*」")
"""What may hold a 、 of its own."""


def parted(entry: str) -> bool:
    """Whether one entry of a list looks like several, or stands in Chinese quotes."""
    bare = _NAMES.sub("", entry)
    return "，" in bare or "、" in bare or (entry[:1] in "“‘" and entry[-1:] in "”’")


def meant(kind: str, raw: str) -> str:
    """How ``raw`` is written where a ``kind`` of ``shapes.Field`` belongs; empty when nobody knows."""
    match kind:
        case "texts":
            return words(raw)
        case "date" | "loose-date":
            return day(raw)
        case "flag":
            return _FLAGS.get(raw.strip().strip(_AROUND), "")
        case "number":
            number = parse_numeral(raw.strip().strip(_AROUND))
            return "" if number is None else str(number)
    return ""


def citation(raw: str) -> str:
    """【@pipl：第69条，@pipl 70】 as [@pipl:69;@pipl:70]; empty when it is not clear."""
    names = []
    for part in _PARTS.split(raw.translate(_WIDE).strip(_AROUND)):
        match = _CITED.fullmatch(part.strip("@ "))
        key = match and (match[2] if match[2][0].isascii() else str(parse_numeral(match[2])))
        if not match or not key or key == "None":
            return ""
        further = f"-{parse_numeral(match[3])}" if match[3] else ""
        names.append(f"@{match[1]}:{key}{further}" + (f" {match[4]}" if match[4] else ""))
    return f"[{';'.join(names)}]"


def provision_key(raw: str) -> str:
    """第2条 as 2, 第293条之一 as 293-1; empty when it is no article of a law."""
    match = _CITED.fullmatch(f"x:{raw.strip()}")
    number = match and parse_numeral(match[2])
    further = f"-{parse_numeral(match[3])}" if match and match[3] else ""
    return f"{number}{further}" if number else ""


def file_name(raw: str) -> str:
    """My Page (2).MD as my-page-2.md; empty when it has letters that have no plain ones."""
    stem, dot, suffix = raw.rpartition(".") if "." in raw[1:] else (raw, "", "")
    plain = re.sub("[^a-z0-9]+", "-", stem.lower()).strip("-")
    found = f"{plain}{dot}{suffix.lower()}"
    return found if raw.isascii() and plain and found != raw else ""


def words(raw: str) -> str:
    """家人、隐私 as [家人, 隐私]."""
    parts = (part.strip(_AROUND) for part in _PARTS.split(raw))
    return f"[{', '.join(part for part in parts if part)}]"


def day(raw: str) -> str:
    """2026/1/5 or 2026年1月5日 as 2026-01-05; empty when it is no day of the calendar."""
    match = _DAY.fullmatch(raw.strip())
    try:
        return date(*map(int, match.groups())).isoformat() if match else ""
    except ValueError:
        return ""
