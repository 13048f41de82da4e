"""Write articles the house's way."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path

from overdue_guide.commands import console
from overdue_guide.problems import SetupError
from overdue_guide.wording import Wording


def add(command: argparse.ArgumentParser, words: Wording, environment: Mapping[str, str]) -> None:
    """Its arguments."""
    told = words.tables["help"]
    add = command.add_argument
    add("files", nargs="*", type=Path, metavar="FILE", help=told["fmt-files"])
    add("--content", type=Path, default=Path("content"), metavar="DIR", help=told["content"])
    add("--check", action="store_true", help=told["fmt-check"])
    add("--diff", action="store_true", help=told["fmt-diff"])
    add("--sentences", action="store_true", help=told["fmt-sentences"])
    add("-q", "--quiet", action="store_true", help=told["quiet"])


def run(options: argparse.Namespace, words: Wording) -> int:
    """Format the files, or say which are not; with --check or --diff nothing is written."""
    from overdue_guide.formatting.body import SENTENCES, STEPS
    from overdue_guide.formatting.whole import formatted

    steps = {**STEPS, **SENTENCES} if options.sentences else STEPS
    looking = options.check or options.diff
    changed = 0
    for file, path in _articles(options.content, options.files):
        text = _text(file)
        if text is None:
            console.warn(words.say("fmt-unreadable", path=file))
            continue
        made = formatted(path, text, steps)
        if made == text:
            continue
        changed += 1
        if options.diff:
            print(_difference(file.as_posix(), text, made), end="")
        elif not options.quiet:
            print(words.say("fmt-would" if looking else "fmt-did", path=file.as_posix()))
        if not looking:
            _replace(file, made)
    return console.CONTENT if looking and changed else console.FINE


def _articles(content: Path, files: list[Path]) -> Iterator[tuple[Path, str]]:
    """(file, path below the content folder) of those named, or of every article there is."""
    from overdue_guide.reading import article_files

    if not content.is_dir():
        raise SetupError("no-content", folder=content)
    known = article_files(content)
    if not files:
        yield from ((content / path, path) for path in known)
        return
    root = content.resolve()
    for file in files:
        # Or below the content folder, as addresses and `new` name it.
        file = file if file.exists() else content / file
        real = file.resolve()
        path = real.relative_to(root).as_posix() if real.is_relative_to(root) else ""
        if not path or not real.is_file():
            raise SetupError("fmt-no-article", path=file, content=content)
        if path in known:  # a note among editors is left as it is
            yield file, path


def _text(file: Path) -> str | None:
    try:
        return file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return None


def _difference(name: str, text: str, made: str) -> str:
    old, new = text.splitlines(keepends=True), made.splitlines(keepends=True)
    lines = difflib.unified_diff(old, new, name, name)
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def _replace(file: Path, text: str) -> None:
    """Put the text in the file's place in one go: an interrupted run leaves the old one."""
    beside = file.with_name(f".{file.name}.fmt")
    beside.write_text(text, "utf-8", newline="\n")
    beside.chmod(file.stat().st_mode & 0o7777)
    beside.replace(file)
