"""The catalogues: whole in both languages, and filled in without leftovers."""

import re
import string

import pytest

from overdue_guide.problems import RULES, Problem, Span
from overdue_guide.wording import LANGUAGES, Wording, language_of, wording

IN_BOTH = pytest.mark.parametrize("language", LANGUAGES)


def names(text: str) -> set[str]:
    """The values that a sentence wants."""
    plain = text.replace("<<", "").replace(">>", "")
    return {name for _, name, _, _ in string.Formatter().parse(plain) if name}


@IN_BOTH
def test_every_rule_says_what_is_wrong_and_why(language: str) -> None:
    tables = wording(language).tables
    for rule in RULES:
        assert {"message", "why"} <= set(tables[rule]), rule
        assert set(tables[rule]) <= {"message", "general", "hint", "why"}, rule


@IN_BOTH
def test_no_rule_is_left_over(language: str) -> None:
    others = {"did-you-mean", "and-more", "words", "cli", "help", "examples", "machine", "draft"}
    others |= {"stages"}
    assert set(RULES) | others == set(wording(language).tables)


@pytest.mark.parametrize("table", ["cli", "help", "examples", "machine", "draft", "stages", *RULES])
def test_both_languages_say_the_same_things_with_the_same_values(table: str) -> None:
    one, other = (wording(language).tables[table] for language in LANGUAGES)
    assert set(one) == set(other)
    for key in one:
        assert names(str(one[key])) == names(str(other[key])), key


def test_only_words_that_the_code_speaks_in_english_need_no_english_entry() -> None:
    one, other = (set(wording(language).tables["words"]) for language in ("en", "zh"))
    assert set() == one - other
    assert {"detail", "reason"} >= {key.partition(".")[0] for key in other - one}


@IN_BOTH
@pytest.mark.parametrize("rule", RULES)
def test_advice_and_patterns_leave_no_brackets(language: str, rule: str) -> None:
    words = wording(language)
    for text in (words.advice(rule), words.pattern(rule), words.why(rule)):
        assert not re.search(r"<<|>>|\{[a-z]+\}", text)


@pytest.mark.parametrize(
    ("args", "hint"),
    [
        ({"known": "a, b", "key": "x"}, "known keys: a, b"),
        ({"known": "a, b", "key": "x", "suggestion": "a"}, "did you mean a? known keys: a, b"),
    ],
)
def test_an_optional_part_is_shown_only_when_it_has_its_value(
    args: dict[str, str], hint: str
) -> None:
    assert hint == wording("en").hint(Problem.at(Span("a"), "unknown-key", **args))


def test_what_an_author_wrote_is_never_taken_for_a_pattern() -> None:
    problem = Problem.at(Span("a"), "unknown-key", key="{known} <<x>> {0}", known="a")
    assert wording("en").message(problem) == "“{known} <<x>> {0}” is not a key that is known here"


def test_a_value_may_have_a_word_of_its_own() -> None:
    problem = Problem.at(Span("a"), "bad-encoding", found="gbk")
    assert wording("zh").message(problem) == "文件不是 UTF-8 编码（看起来是 GBK）"
    unknown = Problem.at(Span("a"), "bad-encoding", found="0xFF")
    assert wording("zh").message(unknown) == "文件不是 UTF-8 编码（0xFF）"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_TW"}, "zh"),
        ({"LC_ALL": "", "LANG": "zh"}, "zh"),
        ({"LANG": "fr_FR.UTF-8"}, "en"),
    ],
)
def test_the_locale_decides_the_language(environment: dict[str, str], language: str) -> None:
    assert language == language_of(environment)


def test_another_language_falls_back_to_english() -> None:
    assert isinstance(wording("fr"), Wording)
    assert wording("fr").language == "en"
