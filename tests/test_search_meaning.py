"""What is searched instead of words that no page holds, and what is offered."""

from collections.abc import Callable, Sequence

import pytest

from overdue_guide.search import edits, meaning, sounds
from overdue_guide.search.meaning import Reading
from overdue_guide.search.sounds import Sounds

SOUNDS = Sounds(
    {
        "cui shou": {"催收": 20, "脆手": 9},
        "shou dian": {"收电": 2},
        "C S": {"产生": 9, "催收": 8, "措施": 7, "次数": 6, "从事": 5},
    },
    sounds.characters(),
)


def settle(
    written: Reading, held: Sequence[str] = (), whole: Sequence[str] = (), score: int = 10
) -> tuple[str, tuple[str, ...]]:
    def find(words: str) -> Reading:
        return Reading(words, words in held, words in held or words in whole, score)

    chosen, others = meaning.settle(written, lambda gram: False, SOUNDS, find)
    return chosen.words if chosen else "", others


def lost(words: str, score: int = 0) -> Reading:
    return Reading(words, held=False, whole=False, score=score)


def test_words_that_a_page_holds_are_searched_and_the_others_offered() -> None:
    assert ("催收", ("脆手",)) == settle(lost("cuishou"), held=["催收", "脆手"])


def test_a_likelier_reading_gives_way_to_one_that_a_page_holds() -> None:
    assert ("脆手", ()) == settle(lost("cuishou"), held=["脆手"], whole=["催收"])


def test_without_either_the_reading_must_fit_clearly_better_than_what_was_written() -> None:
    assert "催收" == settle(lost("崔收", score=8), score=10)[0]
    assert "" == settle(lost("崔收", score=9), score=10)[0]


def test_what_a_page_holds_in_pieces_is_not_changed_for_less() -> None:
    assert "" == settle(Reading("崔收", held=False, whole=True, score=1))[0]


def test_first_letters_are_only_read_when_a_page_holds_the_words() -> None:
    assert "" == settle(lost("cs"))[0]
    found = settle(lost("cs"), held=["产生", "催收", "措施", "次数", "从事"])
    assert ("产生", ("催收", "措施", "次数")) == found


def test_a_slip_in_pinyin_is_undone_before_letters_are_read_as_initials() -> None:
    assert "催收" == settle(lost("cuisohu"), held=["催收"])[0]


TEXT = "紧急联系人会被催收吗？书面要求停止骚扰。征信异议。"


def knows(text: str) -> Callable[[str], bool]:
    return lambda gram: gram in text


@pytest.mark.parametrize(
    ("written", "near"),
    [
        pytest.param("紧急联人", "紧急联系人", id="missing"),
        pytest.param("停只骚扰", "停止骚扰", id="wrong"),
        pytest.param("征信异异议", "征信异议", id="too many"),
        pytest.param("要求停止骚绕", "要求停止骚扰", id="wrong at the end"),
        pytest.param("怎么办 停只骚扰", "怎么办 停止骚扰", id="beside other words"),
    ],
)
def test_one_slip_is_mended_by_what_the_texts_have(written: str, near: str) -> None:
    assert near == edits.near(written, knows(TEXT + "怎么办"), [TEXT])[0]


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("停止骚扰", id="nothing strange"),
        pytest.param("他们一直不停只骚扰我", id="a text of its own"),
        pytest.param("停x", id="too short"),
        pytest.param("停只骚扰" * 7, id="too long"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_right_or_too_strange_is_left(written: str) -> None:
    assert () == edits.near(written, knows(TEXT), [TEXT])
