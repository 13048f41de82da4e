"""Let a shell complete what is typed."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from overdue_guide.commands import console
from overdue_guide.problems import RULES
from overdue_guide.typos import Parsers
from overdue_guide.wording import Wording

_ASKED = "_ARGCOMPLETE"
"""Set by the shell's script when it wants to know what may follow."""

SHELLS = ("bash", "zsh", "fish")


def add(command: argparse.ArgumentParser, words: Wording, environment: Mapping[str, str]) -> None:
    """Its argument."""
    command.add_argument(
        "shell", choices=SHELLS, metavar="SHELL", help=words.tables["help"]["shell"]
    )


def run(options: argparse.Namespace, words: Wording) -> int:
    """Print the script that the shell reads."""
    from argcomplete.shell_integration import shellcode

    print(shellcode(["overdue-guide"], shell=options.shell))
    return console.FINE


def asked(environment: Mapping[str, str]) -> bool:
    """Whether a shell is asking, not a person."""
    return _ASKED in environment


def complete(top: argparse.ArgumentParser, commands: Parsers) -> None:
    """Answer the shell, and end the program."""
    import argcomplete

    from overdue_guide.starters import template_names

    values: dict[tuple[str, str], Callable[[], Iterable[str]]] = {
        ("explain", "rule"): lambda: RULES,
        ("override", "file"): template_names,
        ("impact", "law"): lambda: (
            path.stem for path in Path("content/reference/laws").glob("*.yml")
        ),
    }
    for (command, argument), names in values.items():
        for action in commands[command]._actions:
            if action.dest == argument:
                found = sorted(names())
                # How argcomplete wants to be told.
                setattr(action, "completer", lambda found=found, **_: found)  # noqa: B010
    argcomplete.autocomplete(top)
