"""Rules and values → sentences in the reader's language, from ``messages/*.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any

from overdue_guide.problems import Problem
from overdue_guide.structs import Struct

LANGUAGES = ("en", "zh")
_OPTIONAL = re.compile(r"<<(.*?)>>")
_NAME = re.compile(r"(?<!\{)\{(\w+)[^{}]*\}")


class Wording(Struct, frozen=True):
    """One language's catalogue."""

    language: str
    tables: Mapping[str, Any]

    def say(self, key: str, **values: object) -> str:
        """A sentence of the command line."""
        return str(self.tables["cli"][key]).format(**values)

    def near(self, wanted: str, known: Iterable[str]) -> str:
        """“ did you mean X?”, with a blank before it, or nothing."""
        found = get_close_matches(wanted, sorted(known), 1, 0.6)
        return " " + str(self.tables["did-you-mean"]).format(suggestion=found[0]) if found else ""

    def message(self, problem: Problem) -> str:
        """What is wrong."""
        args = dict(problem.args)
        message = self._fill(self.tables[problem.rule]["message"], args)
        if "more" not in args:
            return message
        return str(self.tables["and-more"]).format(message=message, more=args["more"])

    def hint(self, problem: Problem) -> str:
        """How to mend it; empty when the message says all."""
        args = dict(problem.args)
        hint = str(self.tables[problem.rule].get("hint", ""))
        if "suggestion" in args and "{suggestion}" not in hint:
            hint = str(self.tables["did-you-mean"])
        return self._fill(hint, args)

    def why(self, rule: str) -> str:
        """Why the rule exists."""
        return str(self.tables[rule]["why"])

    def advice(self, rule: str) -> str:
        """The rule's hint in general: without the parts that depend on a case."""
        return _NAME.sub("…", self._fill(str(self.tables[rule].get("hint", "")), {}, partial=True))

    def pattern(self, rule: str) -> str:
        """The rule's message with its names unfilled, or what it says in general."""
        table = self.tables[rule]
        text = str(table.get("general", table["message"]))
        return _NAME.sub("…", text.replace("<<", "").replace(">>", ""))

    def _fill(self, text: str, args: Mapping[str, str], *, partial: bool = False) -> str:
        words = self.tables["words"]
        values = {name: words.get(f"{name}.{value}", value) for name, value in args.items()}

        def optional(match: re.Match[str]) -> str:
            wanted = _NAME.findall(match[1])
            return match[1] if all(values.get(name) for name in wanted) else ""

        text = _OPTIONAL.sub(optional, text)
        return text if partial else text.format(**values)


@cache
def wording(language: str) -> Wording:
    """The catalogue of a language; of English when there is none."""
    name = language if language in LANGUAGES else "en"
    text = (files("overdue_guide") / "messages" / f"{name}.toml").read_text("utf-8")
    return Wording(name, tomllib.loads(text))


def language_of(environment: Mapping[str, str]) -> str:
    """``zh`` for a Chinese locale, else ``en``; order of variables as POSIX gives it."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "zh" if environment[name].lower().startswith("zh") else "en"
    return "en"
