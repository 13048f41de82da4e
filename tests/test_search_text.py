"""What is compared: the vectors that the browser reads too, and the promises behind them."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overdue_guide.search import counting, text
from tests.search import corpus

SPACES = "[" + "".join(f"{chr(low)}-{chr(high)}" for low, high in text.RULES["spaces"]) + "]+"


@pytest.mark.parametrize("case", corpus.kept("text.json"), ids=lambda case: str(case["text"]))
def test_a_text_is_read_as_the_vectors_say(case: dict[str, Any]) -> None:
    assert case in corpus.readings()


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("一千零三十四", 1034),
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("一百零五", 105),
        ("一百二十", 120),
        ("两千", 2000),
        ("三百", 300),
        ("百", None),
        ("零五", None),
        ("一二三", None),
        ("千三", None),
    ],
)
def test_chinese_numbers_have_their_value(numeral: str, value: int | None) -> None:
    assert value == text.number_of(numeral)


@given(st.text())
def test_folding_twice_is_folding_once(raw: str) -> None:
    once = text.fold_each(raw)
    assert once == text.fold_each(once)


@given(st.text(), st.text())
def test_folding_needs_no_neighbours(one: str, other: str) -> None:
    assert text.fold_each(one) + text.fold_each(other) == text.fold_each(one + other)


@given(st.text(st.sampled_from("aZ1-_\0\x7f中催，。 \t\n\u3000\u00a0é😀"), max_size=20))
def test_spaces_are_dropped_only_between_scripts(raw: str) -> None:
    words = re.split(f"({SPACES})", raw)
    for at in range(1, len(words), 2):
        before, after = words[at - 1][-1:], words[at + 1][:1]
        joined = text.runs(before) and text.runs(after) and before.isascii() != after.isascii()
        words[at] = "" if joined else " "
    assert "".join(words) == text.squeeze(raw)


@given(st.text(st.characters() | st.sampled_from("…㎡ﬁＡ條\u00ad\ud800")))
def test_much_text_is_folded_as_little_is(raw: str) -> None:
    assert text.fold_each(raw) == counting.fold_much(raw)


@given(st.text(min_size=1))
def test_grams_are_one_or_two_characters_of_the_text(raw: str) -> None:
    folded = text.fold(raw)
    assert all(gram in folded for gram in text.grams(folded) if len(gram) == 2)


def test_the_table_of_traditional_characters_leads_to_simplified_ones() -> None:
    table = text.traditional()
    assert {"電": "电", "裡": "里", "後": "后"}.items() <= table.items()
    assert not set(table) & set(table.values())
