"""Ask the index."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from overdue_guide import arguments
from overdue_guide.commands import console, pipeline
from overdue_guide.wording import Wording


def add(command: argparse.ArgumentParser, words: Wording, environment: Mapping[str, str]) -> None:
    """Its arguments."""
    arguments.folders(command, words)
    arguments.pipeline(command, words, environment)
    told = words.tables["help"]
    command.add_argument("query", metavar="QUERY", help=told["query"])
    command.add_argument(
        "--limit",
        type=arguments.number(words, 1, 1000),
        default=10,
        metavar="N",
        help=told["limit"],
    )
    command.add_argument("--explain", action="store_true", help=told["explain-rank"])
    arguments.json_flag(command, words)


def run(options: argparse.Namespace, words: Wording) -> int:
    """Print the best pages."""
    from overdue_guide.build import searchable
    from overdue_guide.search import explain, index

    found = searchable(pipeline.pipeline_options(options))
    results = index.search(found, options.query, limit=options.limit)
    reasons = explain.explain(found, options.query, limit=options.limit) if options.explain else ()
    if options.json:
        console.print_json([result.as_json() for result in results])
        return console.FINE
    if not results:
        print(words.say("no-results", query=options.query))
    for at, result in enumerate(results, 1):
        print(f"{at}. {result.title}  ·  {result.section}  ·  {result.score}")
        print(f"   {result.as_json()['url']}  {result.passage.heading}")
        print(f"   {result.passage.excerpt}")
        for why in reasons[at - 1 : at]:
            print(f"   {why.tier}:")
            for part in why.parts:
                held = f"{part.documents} ×, boost {part.boost}, word {part.wordness}/15"
                print(f"     {part.gram}  +{part.adds}  ({held})")
    return console.FINE
