"""Ask the index."""

from __future__ import annotations

import argparse
import dataclasses
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from overdue_guide import arguments
from overdue_guide.commands import console, pipeline
from overdue_guide.wording import Wording

if TYPE_CHECKING:
    from overdue_guide.search.explain import Explanation


def add(command: argparse.ArgumentParser, words: Wording, environment: Mapping[str, str]) -> None:
    """Its arguments."""
    arguments.asking(command, words, environment)
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
    from overdue_guide.search import index
    from overdue_guide.search.explain import explain

    found = searchable(pipeline.pipeline_options(options))
    results = index.search(found, options.query, limit=options.limit)
    why = explain(found, options.query, limit=options.limit) if options.explain else None
    if options.json:
        told = [result.as_json() for result in results]
        console.print_json(dataclasses.asdict(why) if why else told)
        return console.FINE
    if why:
        print("\n".join(_read(why, words)))
    if not results:
        print(words.say("no-results", query=options.query))
    for at, result in enumerate(results):
        print(f"{at + 1}. {result.title}  ·  {result.section}  ·  {result.score}")
        print(f"   {result.as_json()['url']}  {result.passage.heading}")
        print(f"   {result.passage.excerpt}")
        if why:
            print("\n".join(f"   {line}" for line in _reasons(why, at, words)))
    return console.FINE


def _read(why: Explanation, words: Wording) -> Iterator[str]:
    """How the query was read."""
    yield words.say("search-read", read=why.read, documents=why.documents)
    if why.guess:
        yield words.say("search-guess", guess=why.guess)
    if why.others:
        yield words.say("search-others", others=" ".join(why.others))
    for says, means in why.synonyms:
        yield words.say("search-synonym", says=says, means=" ".join(means))
    if why.unknown:
        # Where a synonym led on, nothing more is needed.
        told = "search-rare" if why.synonyms else "search-unknown"
        yield words.say(told, grams=" ".join(why.unknown))


def _reasons(why: Explanation, at: int, words: Wording) -> Iterator[str]:
    """Why a result stands where it does."""
    one = why.results[at]
    tier = words.say(f"tier-{one.result.tier.name.lower()}")
    yield words.say("search-score", tier=tier, score=one.result.score)
    for part in one.parts:
        places = (("title", part.in_title), ("keyword", part.in_keyword))
        yield "  " + words.say(
            "search-part",
            gram=part.gram,
            share=round(100 * part.adds / one.result.score),
            times=part.times,
            where="".join(words.say(f"search-in-{name}") for name, there in places if there),
            documents=part.documents,
            all=why.documents,
            wordness=part.wordness,
            by=words.say("search-by-synonym") if part.boost == 1 else "",
        )
    if one.lacks:
        yield "  " + words.say("search-lacks", grams=" ".join(one.lacks))
