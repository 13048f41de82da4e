"""Commands and exit codes; the only part that prints.

Exit codes: 0 fine, 1 the content has problems, 2 wrong usage or configuration, 3 the machine
failed, 130 interrupted. What a command needs is imported when it runs: start-up stays short.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from overdue_guide import arguments
from overdue_guide.problems import FIXED, RULES, SetupError
from overdue_guide.wording import Wording, language_of, wording

if TYPE_CHECKING:
    from overdue_guide.build import BuildReport, Options

FINE, CONTENT, USAGE, MACHINE, INTERRUPTED = 0, 1, 2, 3, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal or pipe that knows no Chinese
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run(argv, wording(language_of(os.environ)))
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(argv: Sequence[str] | None, words: Wording) -> int:
    options = arguments.parser(words, os.environ).parse_args(argv)
    try:
        return _COMMANDS[options.command](options, words)
    except SetupError as error:
        _warn(words.say(error.key, **error.values))
        return USAGE
    except BrokenPipeError:  # piped into head
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FINE
    except OSError as error:
        place = f"{error.filename}: " if error.filename else ""
        _warn(words.say("failed", reason=f"{place}{error.strerror or error}"))
        return MACHINE


def _build(options: argparse.Namespace, words: Wording) -> int:
    from overdue_guide.build import build

    made = build(_options(options), _progress(options))
    code = _tell(made, options, words)
    if _chatty(options) and code == FINE:
        files, seconds = made.files, sum(value for _, value in made.seconds)
        counts = {"written": files.written, "kept": files.kept, "removed": files.removed}
        print(words.say("summary", pages=made.pages, seconds=seconds, **counts))
    elif _chatty(options):
        _warn(words.say("nothing-written", output=options.output))
    return code


def _check(options: argparse.Namespace, words: Wording) -> int:
    from overdue_guide.build import check_only

    made = check_only(_options(options), _progress(options))
    code = _tell(made, options, words)
    if _chatty(options):
        print(words.say("checked", seconds=sum(value for _, value in made.seconds)))
    return code


def _serve(options: argparse.Namespace, words: Wording) -> int:
    from overdue_guide import serve

    def say(key: str, **values: object) -> None:
        _warn(words.say(key, **values))

    serve.serve(_options(options), options.host, options.port, words, say)
    return FINE


def _search(options: argparse.Namespace, words: Wording) -> int:
    from overdue_guide.build import searchable
    from overdue_guide.search import explain, index

    found = searchable(_options(options))
    results = index.search(found, options.query, limit=options.limit)
    reasons = explain.explain(found, options.query, limit=options.limit) if options.explain else ()
    if options.json:
        _print_json([result.as_json() for result in results])
        return FINE
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
    return FINE


def _new(options: argparse.Namespace, words: Wording) -> int:
    from overdue_guide import drafts

    path = drafts.write_draft(options.content, options.article, options.title, words)
    print(words.say("created", path=path))
    return FINE


def _impact(options: argparse.Namespace, words: Wording) -> int:
    from overdue_guide import impact
    from overdue_guide.build import checked_site

    found = impact.impact(checked_site(_options(options)), options.law)
    if found is None:
        raise SetupError("no-such-law", name=options.law)
    if options.json:
        _print_json(found.as_json(str(options.content)))
        return FINE
    print(
        words.say(
            "impact" if found.users else "impact-none", name=found.name, count=len(found.users)
        )
    )
    for user in found.users:
        print(f"{options.content / user.path}:{user.line}: {user.title}  {'、'.join(user.cites)}")
    return FINE


def _explain(options: argparse.Namespace, words: Wording) -> int:
    rule = options.rule.strip("[]")
    if rule not in RULES:
        _warn(words.say("no-such-rule", name=rule))
        raise SetupError("rules-are", rules=", ".join(RULES))
    print(f"{rule}: {words.pattern(rule)}")
    print(f"{words.say('severity')}: {RULES[rule].value}")
    print(words.say("fixed" if rule in FIXED else "softened"))
    print(f"{words.say('why')}: {words.why(rule)}")
    advice = words.advice(rule)
    if advice:
        print(f"{words.say('how')}: {advice}")
    return FINE


def _schema(options: argparse.Namespace, words: Wording) -> int:
    from overdue_guide import schemas

    _print_json(schemas.schema(options.kind))
    return FINE


def _clean(options: argparse.Namespace, words: Wording) -> int:
    from overdue_guide import cache, write

    write.remove(options.output)
    cache.remove(options.cache)
    print(words.say("cleaned", folders=f"{options.output}, {options.cache}"))
    return FINE


_COMMANDS: dict[str, Callable[[argparse.Namespace, Wording], int]] = {
    "build": _build,
    "check": _check,
    "serve": _serve,
    "search": _search,
    "new": _new,
    "impact": _impact,
    "explain": _explain,
    "schema": _schema,
    "clean": _clean,
}


def _options(options: argparse.Namespace) -> Options:
    from overdue_guide.build import Options

    return Options(
        content=options.content,
        templates=options.templates,
        output=options.output,
        today=options.today,
        cache=None if options.no_cache else options.cache,
        base_url=options.base_url,
        jobs=options.jobs,
        drafts=options.drafts,
        strict=options.strict,
    )


def _tell(made: BuildReport, options: argparse.Namespace, words: Wording) -> int:
    """Print the problems in the format asked for; the exit code they mean."""
    from overdue_guide import report

    content: Path = options.content

    def locate(path: str) -> str:
        return (content / path).as_posix()

    if options.json:
        _print_json(report.build_json(made, locate))
    elif options.format in report.VALUES:
        _print_json(report.VALUES[options.format](made.problems, locate))
    elif options.format in report.LINES:
        _print_lines(report.LINES[options.format](made.problems, locate))
    else:
        _print_lines(report.text(made.problems, words, locate, _line_reader(options.content)))
    tally = report.counts(made.problems)
    if _chatty(options) and made.problems:
        _warn(words.say("counted", **tally))
    if options.verbose:
        for stage, seconds in made.seconds:
            _warn(f"{stage:8}{seconds:8.3f} s")
    return CONTENT if tally["errors"] or (options.strict and made.problems) else FINE


def _line_reader(content: Path) -> Callable[[str, int], str]:
    lines: dict[str, list[str]] = {}

    def read_line(path: str, line: int) -> str:
        if path not in lines:
            lines[path] = _text(content / path).split("\n")
        return lines[path][line - 1].rstrip("\r") if line <= len(lines[path]) else ""

    return read_line


def _text(path: Path) -> str:
    """A source text, to be quoted; empty when it is none, lies elsewhere or cannot be read."""
    from overdue_guide.load import decoded

    try:
        if path.is_symlink() or not path.is_file():
            return ""
        text, _ = decoded(path.name, path.read_bytes())
        return (text or "").removeprefix("\ufeff")
    except (OSError, ValueError):
        return ""


def _progress(options: argparse.Namespace) -> Callable[[str, int, int], None]:
    """A line that is written over, on a terminal only: CI logs stay quiet."""
    if not sys.stderr.isatty() or options.quiet or options.json:
        return lambda stage, done, total: None

    def show(stage: str, done: int, total: int) -> None:
        count = f" {done}/{total}" if total else ""
        sys.stderr.write(f"\r\x1b[K{stage}{count}" + ("\r\x1b[K" if stage == "write" else ""))
        sys.stderr.flush()

    return show


def _chatty(options: argparse.Namespace) -> bool:
    return not (options.json or options.quiet or options.format != "text")


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def _print_lines(text: str) -> None:
    if text:
        print(text)


def _warn(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
