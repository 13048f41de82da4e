"""The rules of the contact log as data: what an author may write, and that none says too much."""

from pathlib import Path

import pytest

from overdue_guide.contact import CHOICES, LEVELS
from overdue_guide.contact_rules import read
from overdue_guide.problems import Source
from tests.golden_site import ROOT

RULE = """- id: night
  title: 夜里联系
  level: pact
  says: 夜里不催收。
  cites: [pact:hours]
  when:
    - {WHEN}
"""
REAL = ROOT.parent / "content" / "reference" / "contact-rules.yml"


def problems(when: str) -> list[str]:
    _, found = read(Source("contact-rules.yml", RULE.replace("{WHEN}", when)))
    return sorted(problem.rule for problem in found)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        pytest.param("{hours: 22-8, kind: [call]}", [], id="fine"),
        pytest.param("{answered: ['no'], more_than: 6, within: day}", [], id="counted"),
        pytest.param("{kind: [calls]}", ["bad-value"], id="unknown-kind"),
        pytest.param("{said: [threat, shout]}", ["bad-value"], id="unknown-word"),
        pytest.param("{hours: 25-8}", ["bad-value"], id="no-such-hour"),
        pytest.param("{hours: night}", ["bad-value"], id="hours-in-words"),
        pytest.param("{within: week}", ["bad-value"], id="unknown-stretch"),
        pytest.param("{persons: 2}", ["empty-value", "unknown-key"], id="unknown-condition"),
        pytest.param("{}", ["empty-value"], id="always"),
        pytest.param("{answered: [no]}", ["wrong-type"], id="unquoted-no"),
    ],
)
def test_what_a_rule_is_about_is_checked(when: str, expected: list[str]) -> None:
    assert expected == problems(when)


def test_a_rule_without_provisions_is_reported() -> None:
    text = RULE.replace("{WHEN}", "{hours: 22-8}")
    without = text.replace("  cites: [pact:hours]\n", "")
    assert ["missing-key"] == [p.rule for p in read(Source("r.yml", without))[1]]
    empty = text.replace("[pact:hours]", "[]")
    assert ["empty-value"] == [p.rule for p in read(Source("r.yml", empty))[1]]


def test_two_rules_cannot_share_a_name() -> None:
    text = RULE.replace("{WHEN}", "{hours: 22-8}")
    assert ["duplicate-key"] == [p.rule for p in read(Source("r.yml", text + text))[1]]


def test_every_word_of_the_log_has_a_rule_or_is_known_to_have_none() -> None:
    rules, found = read(Source("r.yml", Path(REAL).read_text("utf-8")))
    assert () == found
    used = {word for rule in rules for one in rule.when for word in one.said}
    assert set(CHOICES["said"]) == used


def test_gravest_rules_come_first() -> None:
    rules, _ = read(Source("r.yml", Path(REAL).read_text("utf-8")))
    levels = [rule.level for rule in rules if rule.level != "ask"]
    assert sorted(levels, key=list(LEVELS).index) == levels
