"""Start an article."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from overdue_guide import arguments
from overdue_guide.commands import console, pipeline
from overdue_guide.problems import SetupError
from overdue_guide.wording import Wording

if TYPE_CHECKING:
    from overdue_guide.drafts import Draft
    from overdue_guide.model import Section
    from overdue_guide.proposals import Proposals

RISKS = ("high", "medium", "low")


def add(command: argparse.ArgumentParser, words: Wording, environment: Mapping[str, str]) -> None:
    """Its arguments."""
    arguments.asking(command, words, environment)
    told, add = words.tables["help"], command.add_argument
    add("article", nargs="?", metavar="SECTION/SLUG", help=told["article"])
    add("--title", help=told["title"])
    add("--question", default="", metavar="TEXT", help=told["question"])
    add("--risk", choices=RISKS, default="", help=told["risk"])
    add("--bare", action="store_true", help=told["bare"])


def run(options: argparse.Namespace, words: Wording) -> int:
    """Ask for what is missing, propose what fits, write a draft."""
    from overdue_guide import drafts

    missing = not (options.article and options.title)
    if missing and not sys.stdin.isatty():
        raise SetupError("new-needs")
    draft = _asked(options, words) if missing else _given(options, words)
    path = drafts.write_draft(options.content, draft, words, options.today)
    found = draft.proposed
    for key in ("tags", "related", "provisions"):
        names = [name if isinstance(name, str) else name[0] for name in getattr(found, key)]
        if names:
            print(words.say(f"proposed-{key}", names=", ".join(names)))
    print(words.say("created", path=path))
    return console.FINE


def _given(options: argparse.Namespace, words: Wording) -> Draft:
    from overdue_guide.drafts import Draft, proper

    section = options.article.partition("/")[0]
    listed = [one.slug for one in _sections(options)]
    if listed and proper(options.article) and section not in listed:
        raise SetupError("no-such-section", name=section, near=words.near(section, listed))
    proposed = _proposals(options, options.title)
    return Draft(options.article, options.title, options.question, options.risk, proposed)


def _asked(options: argparse.Namespace, words: Wording) -> Draft:
    """What a person at a terminal answers; what the arguments say is not asked."""
    from overdue_guide import drafts

    def ask(key: str, good: Callable[[str], bool], default: str = "") -> str:
        while True:
            try:
                answer = input(words.say(f"ask-{key}", default=default)).strip() or default
            except EOFError:  # Ctrl+D
                raise KeyboardInterrupt from None
            if good(answer):
                return answer
            console.warn(words.say(f"bad-{key}", name=answer))

    title = options.title or ask("title", bool)
    question = options.question or ask("question", lambda answer: True)
    article = options.article or _place(options, words, ask)
    if not drafts.proper(article):
        raise SetupError("bad-slug", name=article)
    risk = options.risk or ask("risk", lambda answer: answer in RISKS, "medium")
    return drafts.Draft(article, title, question, risk, _proposals(options, title))


def _place(options: argparse.Namespace, words: Wording, ask: Callable[..., str]) -> str:
    from overdue_guide import drafts

    listed = _sections(options)
    for at, section in enumerate(listed, 1):
        print(f"  {at}. {section.title} ({section.slug})")

    def slug(answer: str) -> str:
        number = int(answer) if answer.isdecimal() else 0
        return listed[number - 1].slug if 0 < number <= len(listed) else answer

    known = {section.slug for section in listed}
    where = slug(
        ask("section", lambda answer: slug(answer) in known or (not known and bool(answer)))
    )

    def free(answer: str) -> bool:
        taken = (options.content / f"{where}/{answer}.md").exists()
        return drafts.proper(f"{where}/{answer}") and not taken

    return f"{where}/{ask('slug', free)}"


def _sections(options: argparse.Namespace) -> tuple[Section, ...]:
    from overdue_guide.build import checked_site

    if not options.content.is_dir():
        return ()
    return checked_site(pipeline.pipeline_options(options)).config.sections


def _proposals(options: argparse.Namespace, title: str) -> Proposals:
    """From the pages that are there; none for the first article of a site."""
    from overdue_guide.proposals import Proposals

    if options.bare or not options.content.is_dir():
        return Proposals()
    from overdue_guide.build import checked_site, searchable
    from overdue_guide.proposals import proposals

    work = pipeline.pipeline_options(options)
    return proposals(checked_site(work), searchable(work), title)
