"""Who relies on a law."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from overdue_guide import arguments
from overdue_guide.commands import console, pipeline
from overdue_guide.problems import SetupError
from overdue_guide.wording import Wording


def add(command: argparse.ArgumentParser, words: Wording, environment: Mapping[str, str]) -> None:
    """Its arguments."""
    arguments.asking(command, words, environment)
    told = words.tables["help"]
    command.add_argument("law", metavar="PROVISION-OR-LAW", help=told["law"])
    arguments.json_flag(command, words)


def run(options: argparse.Namespace, words: Wording) -> int:
    """Print the pages that a change of the law touches."""
    from overdue_guide import impact
    from overdue_guide.build import checked_site

    site = checked_site(pipeline.pipeline_options(options))
    found = impact.impact(site, options.law)
    if found is None:
        known = [name for law in site.laws for name in impact.names(law)]
        raise SetupError("no-such-law", name=options.law, near=words.near(options.law, known))
    if options.json:
        console.print_json(found.as_json(str(options.content)))
        return console.FINE
    print(
        words.say(
            "impact" if found.users else "impact-none", name=found.name, count=len(found.users)
        )
    )
    for user in found.users:
        print(f"{options.content / user.path}:{user.line}: {user.title}  {'、'.join(user.cites)}")
    return console.FINE
