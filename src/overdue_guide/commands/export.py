"""Write what an engine on a server takes."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path

from overdue_guide import arguments
from overdue_guide.commands import console, pipeline
from overdue_guide.wording import Wording

FORMATS = ("opensearch",)


def add(command: argparse.ArgumentParser, words: Wording, environment: Mapping[str, str]) -> None:
    """Its arguments."""
    told = words.tables["help"]
    arguments.folders(command, words)
    arguments.building(command, words, environment)
    command.add_argument("--format", choices=FORMATS, required=True, help=told["export-format"])
    command.set_defaults(output=Path("export"), strict=False, json=False, quiet=False)


def run(options: argparse.Namespace, words: Wording) -> int:
    """Write the files, if the content is in order."""
    from overdue_guide import documents
    from overdue_guide.build import check_only, content
    from overdue_guide.search import opensearch

    settings = pipeline.pipeline_options(options)
    code = pipeline.tell(check_only(settings), options, words)
    if code != console.FINE:
        return code
    found = content(settings)
    entries = documents.documents(found.checked, found.keys)
    count = opensearch.write((entry.document() for entry in entries), options.output)
    print(words.say("exported", count=count, folder=options.output))
    return console.FINE
