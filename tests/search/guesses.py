"""How often the right word is guessed: random words of the guide's own texts, in pinyin and with a homophone.

``python -m tests.search.guesses [--words 500]`` takes words by word (each as likely) and by occurrence (the usual
ones more often), of two to four characters, from at least two pages, and only such as are read in one way: what
others sound like, no table here says. A mistaken character is one of the usual ones of its sound, as input
methods offer them, and what it makes stands on no page: else it would be found, and not guessed at.
"""

import argparse
import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from pathlib import Path

from overdue_guide.build import searchable
from overdue_guide.options import Options
from overdue_guide.search import counting, index, sounds
from overdue_guide.search.excerpt import shown
from overdue_guide.search.index import Index
from tests.figures.records import ROOT, Figure, begun

DAY = date(2026, 11, 23)
USUAL = 8
"""Characters of a sound, the commonest of the index, of which one is written by mistake."""
_WORD = re.compile(r"[\u4e00-\u9fff]{2,4}")


def words(site: Index) -> Counter[str]:
    """The words that can be asked for, and how often they stand in the texts."""
    often: Counter[str] = Counter()
    pages: Counter[str] = Counter()
    cut, heard = counting.ready(), sounds.readings()
    for document in site.documents:
        found = Counter(word for word in cut(shown(document)) if _WORD.fullmatch(word))
        often += found
        pages.update(found.keys())
    sure = (word for word in often if all(len(heard.get(char, ())) == 1 for char in word))
    return Counter({word: often[word] for word in sorted(sure) if pages[word] > 1})


def pinyin(word: str) -> str:
    """A word that is read in one way, in Latin letters."""
    return "".join(sounds.readings()[char][0] for char in word)


def mistaken(word: str, site: Index, chance: random.Random) -> str:
    """A word with one character of the same sound; empty when none makes what stands on no page."""
    usual = site.sounds.syllables
    others = [
        word[:at] + other + word[at + 1 :]
        for at, char in enumerate(word)
        for other in usual[sounds.readings()[char][0]][:USUAL]
        if other != char
    ]
    chance.shuffle(others)
    return next((other for other in others if not _stands(other, site)), "")


def _stands(words: str, site: Index) -> bool:
    first = index.answer(site, words, limit=1, exact=True).results
    return bool(first) and first[0].tier >= index.Tier.WHOLE


def drawn(often: Mapping[str, int], weights: Sequence[int] | None) -> Iterator[str]:
    """Random words without end, always the same; without weights each as likely."""
    chance, every = random.Random(20261123), list(often)
    while True:
        yield chance.choices(every, weights)[0]


def measured(site: Index, count: int) -> Iterator[Figure]:
    """The shares of words guessed right at once."""
    often = words(site)
    for name, weights in (("", None), ("-often", list(often.values()))):
        asked = list(islice(drawn(often, weights), count))
        yield _share(f"search-pinyin{name}", [(pinyin(word), word) for word in asked], site)
        chance = random.Random(1123)
        slips = ((mistaken(word, site, chance), word) for word in drawn(often, weights))
        wrong = list(islice(((slip, word) for slip, word in slips if slip), count))
        yield _share(f"search-homophones{name}", wrong, site)


def _share(name: str, asked: Sequence[tuple[str, str]], site: Index) -> Figure:
    lost = [
        (written, word, guess)
        for written, word in asked
        if (guess := index.answer(site, written, limit=1).guess) != word
    ]
    print(f"{name:24} {1 - len(lost) / len(asked):.3f}  {lost[:12]}")  # noqa: T201
    right = len(asked) - len(lost)
    return Figure(name, right / len(asked), f"{right:,} of {len(asked):,}")


def main() -> None:
    """Measure, print, keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=500)
    given = parser.parse_args()
    measuring = begun(" ".join(["python -m tests.search.guesses", *sys.argv[1:]]))
    with tempfile.TemporaryDirectory() as folder:
        options = Options(ROOT / "content", ROOT / "templates", Path(folder) / "site", DAY)
        measuring.record(measured(searchable(options), given.words))


if __name__ == "__main__":
    main()
