"""What was perhaps meant: pinyin, first letters, characters that sound alike."""

import pytest

from overdue_guide.search import guess, sounds
from overdue_guide.search.sounds import Sounds

FOUND = Sounds(
    {
        "cui shou": {"催收": 20},
        "dian hua": {"电话": 20, "点话": 1},
        "shou dian": {"收电": 1},
        "xi an": {"西安": 9},
        "xian zai": {"现在": 20},
        "C S": {"催收": 20, "次数": 9},
        "W L": {"为了": 30, "微粒": 9},
        "L D": {"来电": 20, "粒贷": 1},
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
        ("cui’shou", "催收"),
        ("崔收", "催收"),
        ("崔收点话", "催收电话"),
        ("xianzai", "现在"),
        ("电话cuishou", "电话催收"),
    ],
)
def test_what_is_meant(written: str, meant: str) -> None:
    assert meant == guess.readings(written, nothing_known, FOUND)[0]


def test_a_sentence_is_read_up_to_sixty_letters() -> None:
    sentence = " ".join(["cuishou"] * 7)
    assert "催收" * 7 == guess.readings(sentence, nothing_known, FOUND)[0]
    assert "好" * 5 in guess.readings(sentence[:55] + "好" * 5, nothing_known, FOUND)[0]
    assert () == guess.readings(sentence[:55] + "好" * 6, nothing_known, FOUND)


@pytest.mark.parametrize("written", ["催收", "hello", "x", "", "催收" * 13, "ng"])
def test_nothing_is_guessed(written: str) -> None:
    assert () == guess.readings(written, nothing_known, FOUND)


def test_short_words_that_the_index_knows_are_left_alone() -> None:
    assert () == guess.readings("an", lambda gram: True, FOUND)
    assert () == guess.readings("催收", lambda gram: True, FOUND)


def test_of_two_parts_the_best_comes_first_then_one_change_at_a_time() -> None:
    several = Sounds({"cui shou": {"催收": 20, "崔收": 3}}, FOUND.syllables)
    readings = guess.readings("cuishou，cuishou", nothing_known, several)
    assert ("催收，催收", "崔收，催收") == readings[:2]
    assert "催收，崔收" in readings


def test_first_letters_stand_for_words() -> None:
    assert ["催收", "次数"] == guess.initials("cs", FOUND)[:2]
    assert ["催收", "次数"] == guess.initials("c s", FOUND)[:2]
    assert "微粒贷" in guess.initials("wld", FOUND)
    assert [] == guess.initials("c", FOUND)
    assert [] == guess.initials("abcdefg", FOUND)
    assert [] == guess.initials("催s", FOUND)


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        pytest.param("cuisohu", "cuishou", id="swapped"),
        pytest.param("cuisshou", "cuishou", id="one too many"),
        pytest.param("zhenxi", "zhengxi", id="in for ing"),
        pytest.param("cisou", "cishou", id="s for sh"),
    ],
)
def test_a_slip_in_pinyin_is_undone(slip: str, meant: str) -> None:
    assert meant in guess.respelt(slip, FOUND.syllables)


@pytest.mark.parametrize("written", ["xyz", "催收", "cui shou", "q" * 30])
def test_what_is_no_row_of_letters_is_not_respelt(written: str) -> None:
    assert [] == guess.respelt(written, FOUND.syllables)


def test_a_row_is_cut_in_every_possible_way() -> None:
    nodes = guess.spelt("xian", {"xi": "", "xian": "", "an": ""})
    cut = [(node.start, node.end, node.syllables[0]) for node in nodes]
    assert [(0, 2, "xi"), (0, 4, "xian"), (2, 4, "an")] == cut


def test_every_usual_character_has_a_reading() -> None:
    assert ("cui",) == sounds.readings()["催"]
    assert {"chang", "zhang"} <= set(sounds.readings()["长"])
    assert 6500 < len(sounds.readings())


def test_a_pair_is_kept_under_its_sounds_and_first_letters() -> None:
    assert ("cui shou", "C S") == sounds.keys("催收")
    assert {"chang da", "zhang da", "C D", "Z D"} <= set(sounds.keys("长大"))
    assert () == sounds.keys("a催")
    assert () == sounds.keys("催")


def test_a_word_is_worth_more_than_a_chance_meeting() -> None:
    assert sounds.value(1, 0) is None
    word, chance = sounds.value(10, 15), sounds.value(10, 0)
    assert word is not None and chance is not None and word > chance
