"""Write the character tables of the search engine: ``search_tables.py OUTPUT_DIR``.

Needs ``opencc-python-reimplemented`` and ``pypinyin``; their data changes seldom, so the tables are
kept in ``src/overdue_guide/search/data/`` and neither package is needed to build a site.
"""

import sys
from collections import Counter, defaultdict
from pathlib import Path

import opencc
from pypinyin import Style, lazy_pinyin, load_phrases_dict, pinyin
from pypinyin.constants import PHRASES_DICT

HEAD = "# {what}\n# Made by benchmarks/search_tables.py from {source}.\n"


def main() -> None:
    """Write both tables."""
    output = Path(sys.argv[1])
    (output / "traditional.txt").write_text(" ".join(traditional()) + "\n", "utf-8")
    (output / "pinyin.txt").write_text("\n".join(syllables()) + "\n", "utf-8")


def traditional() -> list[str]:
    """``T`` and ``S`` side by side for each traditional character with one simplified form."""
    folder = Path(opencc.__file__).parent / "dictionary"
    table = read(folder / "TSCharacters.txt")
    for name in ("TWVariantsRev.txt", "HKVariantsRev.txt", "TWVariants.txt", "HKVariants.txt"):
        path = folder / name
        if not path.exists():
            continue
        for variant, standard in read(path).items():
            pair = (variant, standard) if "Rev" in name else (standard, variant)
            table.setdefault(
                pair[0] if "Rev" in name else pair[1],
                table.get(standard if "Rev" in name else variant, ""),
            )
    chains = {key: resolve(table, key) for key in table}
    return sorted(
        key + value
        for key, value in chains.items()
        if value and key != value and len(key + value) == 2
    )


def resolve(table: dict[str, str], key: str) -> str:
    """Follow the table until nothing changes, so that folding twice equals folding once."""
    value, seen = table[key], {key}
    while value in table and value not in seen and table[value]:
        seen.add(value)
        value = table[value]
    return value


def read(path: Path) -> dict[str, str]:
    """First choice of each single character of an OpenCC dictionary."""
    lines = (line.split() for line in path.read_text("utf-8").splitlines() if line.strip())
    return {line[0]: line[1] for line in lines if len(line) > 1 and len(line[0]) == 1}


def syllables() -> list[str]:
    """One line a syllable: ``cui 催摧崔``; a character stands under each reading that words use."""
    load_phrases_dict({})
    used: dict[str, Counter[str]] = defaultdict(Counter)
    for phrase in PHRASES_DICT:
        for char, reading in zip(phrase, lazy_pinyin(phrase), strict=False):
            used[char][reading.replace("ü", "v")] += 1
    lines = defaultdict(list)
    for code in range(0x4E00, 0x9FA6):
        char = chr(code)
        try:
            char.encode("gb2312")
        except UnicodeEncodeError:
            continue
        first = pinyin(char, style=Style.NORMAL)[0][0].replace("ü", "v")
        total = sum(used[char].values())
        readings = {first} | {r for r, n in used[char].items() if n >= max(2, total * 0.05)}
        for reading in readings:
            if reading.isascii() and reading.isalpha():
                lines[reading].append(char)
    return [f"{syllable} {''.join(chars)}" for syllable, chars in sorted(lines.items())]


main()
