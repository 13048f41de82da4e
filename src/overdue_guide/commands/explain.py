"""What a rule wants, and why."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from overdue_guide.commands import console
from overdue_guide.problems import FIXED, RULES, SetupError
from overdue_guide.wording import Wording


def add(command: argparse.ArgumentParser, words: Wording, environment: Mapping[str, str]) -> None:
    """Its arguments."""
    told = words.tables["help"]
    command.add_argument("rule", metavar="RULE", help=told["rule"])


def run(options: argparse.Namespace, words: Wording) -> int:
    """Print the rule."""
    rule = options.rule.strip("[]")
    if rule not in RULES:
        near = words.near(rule, RULES)
        if not near:
            console.warn(words.say("rules-are", rules=", ".join(RULES)))
        raise SetupError("no-such-rule", name=rule, near=near)
    print(f"{rule}: {words.pattern(rule)}")
    print(f"{words.say('severity')}: {RULES[rule].value}")
    print(words.say("fixed" if rule in FIXED else "softened"))
    print(f"{words.say('why')}: {words.why(rule)}")
    advice = words.advice(rule)
    if advice:
        print(f"{words.say('how')}: {advice}")
    return console.FINE
