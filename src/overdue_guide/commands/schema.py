"""The JSON Schema of a file that editors write."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from overdue_guide import arguments
from overdue_guide.commands import console
from overdue_guide.wording import Wording


def add(command: argparse.ArgumentParser, words: Wording, environment: Mapping[str, str]) -> None:
    """Its arguments."""
    told = words.tables["help"]
    command.add_argument(
        "kind", nargs="?", choices=arguments.SCHEMAS, default="front-matter", help=told["kind"]
    )


def run(options: argparse.Namespace, words: Wording) -> int:
    """Print the schema."""
    from overdue_guide import schemas

    console.print_json(schemas.schema(options.kind))
    return console.FINE
