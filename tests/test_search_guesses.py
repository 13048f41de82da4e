"""The measure of guesses: it asks only for what can be guessed, and the same words each time."""

import random

import pytest

from overdue_guide.search import index
from overdue_guide.search.excerpt import shown
from tests.figures import targets
from tests.search import corpus, guesses


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> index.Index:
    return corpus.made(tmp_path_factory.mktemp("index"))


def test_words_are_of_several_pages_and_read_in_one_way(small: index.Index) -> None:
    often = guesses.words(small)
    assert often["催收"] > 5
    assert "权利" not in often  # on one page
    assert "银行" not in often  # hang, or xing
    assert "cuishou" == guesses.pinyin("催收")


def test_a_mistaken_word_sounds_alike_and_stands_nowhere(small: index.Index) -> None:
    for seed in range(9):
        slip = guesses.mistaken("催收", small, random.Random(seed))
        assert 1 == sum(one != two for one, two in zip(slip, "催收", strict=True))
        assert not [one for one in small.documents if slip in shown(one)]
        assert "cuishou" == guesses.pinyin(slip)


def test_every_figure_is_in_the_table_and_the_same_again(
    small: index.Index, capsys: pytest.CaptureFixture[str]
) -> None:
    figures = list(guesses.measured(small, 20))
    assert figures == list(guesses.measured(small, 20))
    assert {figure.name for figure in figures} <= targets.every().keys()
    assert all(0 < figure.value <= 1 for figure in figures)
