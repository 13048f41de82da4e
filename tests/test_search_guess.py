"""What was perhaps meant: pinyin and characters that sound alike."""

import pytest

from overdue_guide.search import guess, sounds
from overdue_guide.search.sounds import Sounds

FOUND = Sounds(
    {
        ("cui", "shou"): {"催收": 0b11111},
        ("dian", "hua"): {"电话": 0b11111, "点话": 0b01000},
        ("shou", "dian"): {"收电": 0b01000},
        ("xi", "an"): {"西安": 0b1111},
        ("xian", "zai"): {"现在": 0b11111},
    },
    sounds.characters(),
)


def nothing_known(gram: str) -> bool:
    return False


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("cuishou", "催收"),
        ("cui shou dian hua", "催收电话"),
        ("cui'shou", "催收"),
        ("崔收", "催收"),
        ("崔收点话", "催收电话"),
        ("xianzai", "现在"),
        ("电话cuishou", "电话催收"),
        ("催收", ""),
        ("hello", ""),
        ("x", ""),
        ("", ""),
    ],
)
def test_what_is_meant(written: str, meant: str) -> None:
    assert meant == guess.guess(written, nothing_known, FOUND)


def test_short_words_that_the_index_knows_are_left_alone() -> None:
    assert "" == guess.guess("an", lambda gram: True, FOUND)
    assert "" == guess.guess("催收", lambda gram: True, FOUND)


def test_a_row_is_cut_in_every_possible_way() -> None:
    nodes = guess.spelt("xian", {"xi": "", "xian": "", "an": ""})
    cut = [(node.start, node.end, node.syllables[0]) for node in nodes]
    assert [(0, 2, "xi"), (0, 4, "xian"), (2, 4, "an")] == cut


def test_every_usual_character_has_a_reading() -> None:
    assert ("cui",) == sounds.readings()["催"]
    assert {"chang", "zhang"} <= set(sounds.readings()["长"])
    assert 6500 < len(sounds.readings())
