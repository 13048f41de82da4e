"""Let a shell complete what is typed."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from overdue_guide.commands import console
from overdue_guide.problems import RULES
from overdue_guide.typos import Parsers
from overdue_guide.wording import Wording

_ASKED = "_ARGCOMPLETE"
"""Set by the shell's script when it wants to know what may follow."""

_CONTENT = Path("content")
_KEY = re.compile(r"""^ {2}["']?([A-Za-z0-9][A-Za-z0-9.-]*)["']?:""", re.MULTILINE)
"""A provision of a law's file. Nothing is parsed: a shell asks at every tab."""

SHELLS = ("bash", "zsh", "fish")

_BEFORE_ZSH = "\n(( $+functions[compdef] )) || { autoload -Uz compinit && compinit }\n"
"""A zsh that nobody has set up knows no completion yet."""


def add(command: argparse.ArgumentParser, words: Wording, environment: Mapping[str, str]) -> None:
    """Its argument."""
    command.add_argument(
        "shell", choices=SHELLS, metavar="SHELL", help=words.tables["help"]["shell"]
    )


def run(options: argparse.Namespace, words: Wording) -> int:
    """Print the script that the shell reads."""
    from argcomplete.shell_integration import shellcode

    script = shellcode(["overdue-guide"], shell=options.shell)
    if options.shell == "zsh":
        # The first line is for a zsh that finds the script by itself.
        script = script.replace("\n", _BEFORE_ZSH, 1)
    print(script)
    return console.FINE


def asked(environment: Mapping[str, str]) -> bool:
    """Whether a shell is asking, not a person."""
    return _ASKED in environment


def complete(top: argparse.ArgumentParser, commands: Parsers) -> None:
    """Answer the shell, and end the program."""
    import argcomplete

    from overdue_guide.starters import template_names

    values: dict[tuple[str, str], Callable[[str], Iterable[str]]] = {
        ("explain", "rule"): lambda _: RULES,
        ("override", "file"): lambda _: template_names(),
        ("impact", "law"): _laws,
        ("new", "article"): _sections,
    }
    for (command, argument), names in values.items():
        for action in commands[command]._actions:
            if action.dest == argument:
                # How argcomplete wants to be told.
                setattr(action, "completer", _completer(names))  # noqa: B010
    argcomplete.autocomplete(top)


def _completer(names: Callable[[str], Iterable[str]]) -> Callable[..., list[str]]:
    return lambda prefix, **_: sorted(names(prefix))


def _sections(_: str) -> Iterable[str]:
    folders = (path.name for path in _CONTENT.glob("[a-z]*/"))
    return (f"{name}/" for name in folders if name not in ("checks", "reference"))


def _laws(typed: str) -> Iterable[str]:
    """Every law; behind a law and its colon, the provisions in its file."""
    law, colon, _ = typed.partition(":")
    files = {path.stem: path for path in (_CONTENT / "reference" / "laws").glob("*.yml")}
    if not colon or law not in files:
        return files
    text = files[law].read_text("utf-8", "replace")
    _, _, provisions = text.partition("\nprovisions:\n")
    return (f"{law}:{key}" for key in _KEY.findall(provisions))
