"""What must hold of every input: no traceback, bounded time, well-said problems, the same twice."""

from __future__ import annotations

import io
import os
import shutil
import signal
import socket
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis.strategies import SearchStrategy

from overdue_guide import checkers, cli, config, contact_rules, laws, reference
from overdue_guide.articles import normalised, parse
from overdue_guide.build import check_only
from overdue_guide.problems import Problem
from overdue_guide.reading import decoded
from tests.content import HEAD, options
from tests.fuzz import inputs
from tests.well_said import assert_well_said, assert_worded, lines_of

SECONDS = 3.0
"""Of processor time that any one input may take."""

_TWICE = 4
"""One text in so many is read again, and must give the same."""
_CODES = {0, 1, 2, 3}
_PLACES = ("contact/a.md", "letters/a.md", "tools/a.md", "a.md", "index.md", "contact/index.md")
_READERS: Mapping[str, Callable[[Any], Any]] = {
    "site.yml": config.read,
    "reference/laws/a.yml": lambda source: laws.read(source, "a"),
    "checks/a.yml": checkers.read,
    "reference/channels.yml": reference.read_channels,
    "reference/glossary.yml": reference.read_terms,
    "reference/synonyms.yml": reference.read_synonyms,
    "reference/contact-rules.yml": contact_rules.read,
}


@dataclass(frozen=True, slots=True)
class Target:
    """One kind of input and what must hold of it."""

    inputs: SearchStrategy[Any]
    holds: Callable[[Any], None]
    share: int
    """Of a campaign's inputs, in per mille: the quick ones are tried more often."""


def markdown(body: str) -> None:
    """Any body parses, for any kind of page."""
    _article(_PLACES[len(body) % len(_PLACES)], HEAD + body)


def front_matter(block: str) -> None:
    """Any block between the markers is read, for any kind of page."""
    _article(_PLACES[len(block) % len(_PLACES)], f"---\n{block}\n---\n正文\n")


def _article(path: str, text: str) -> None:
    with _in_time():
        article, problems = parse(path, text)
    assert_well_said(problems, text)
    if len(text) % _TWICE == 0:
        assert (article, problems) == parse(path, text)


def yaml_file(file: tuple[str, str]) -> None:
    """Any YAML file is read by what reads that kind of file."""
    path, text = file
    with _in_time():
        source, problems = normalised(path, text)
        value, found = _READERS[path](source)
    assert_well_said((*problems, *found), text)
    if len(text) % _TWICE == 0:
        assert (value, found) == _READERS[path](source)


def folder(files: tuple[Mapping[str, bytes | str], list[tuple[str, str]]]) -> None:
    """Whatever lies in a content folder is checked."""
    named, known = files
    with tempfile.TemporaryDirectory() as name:
        content = Path(name) / "content"
        content.mkdir()
        for path, text in known:
            _put(content, path, text.encode("utf-8", "surrogatepass"))
        for path, data in named.items():
            _put(content, path, data)
        try:
            with _in_time():
                made = check_only(options(Path(name)))
            for problem, _ in made.problems:
                _assert_placed(problem, content)
        finally:
            for below in content.rglob("*"):  # else it could not be removed
                if below.is_dir() and not below.is_symlink():
                    below.chmod(0o755)


def command(words: list[str]) -> None:
    """Any command line ends with one of our exit codes, and says something."""
    with tempfile.TemporaryDirectory() as name:
        shutil.copytree(_SITE, Path(name) / "content")
        with (
            chdir(name),
            redirect_stdout(io.StringIO()) as out,
            redirect_stderr(io.StringIO()) as err,
            _in_time(),
        ):
            try:
                code = cli.main([word for word in words if not word.startswith("serve")])
            except SystemExit as left:  # argparse
                code = int(left.code or 0)
    assert code in _CODES
    assert "Traceback" not in err.getvalue()
    assert code == 0 or out.getvalue() or err.getvalue()


_SITE = Path(__file__).parent / "site"

TARGETS: Mapping[str, Target] = {
    "markdown": Target(inputs.bodies, markdown, 420),
    "front-matter": Target(inputs.front_matter, front_matter, 270),
    "yaml": Target(inputs.yaml_files, yaml_file, 280),
    "folder": Target(inputs.folders, folder, 20),
    "command": Target(inputs.arguments, command, 10),
}


@contextmanager
def _in_time() -> Iterator[None]:
    """Break off, even in the middle of a regular expression, after ``SECONDS``."""

    def late(*_: object) -> None:
        raise TimeoutError(f"it took more than {SECONDS} s")

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _assert_placed(problem: Problem, content: Path) -> None:
    """The problem stands in its file, as far as that can be read."""
    assert_worded(problem)
    span, path = problem.span, content / problem.span.path
    assert not problem.span.path.startswith(("/", "../"))
    assert min(span.line, span.column) >= 1
    assert span.end_column >= span.column
    if (span.line, span.column) != (1, 1):
        text, _ = decoded(path.name, path.read_bytes())
        lines = lines_of(text or "")
        assert span.line <= len(lines)
        assert span.column <= len(lines[span.line - 1]) + 1


def _put(content: Path, name: str, data: bytes | str) -> None:
    """Write a file, or make what ``inputs.SPECIAL`` names; names that no system takes are left out."""
    path = content / name
    try:
        if not path.resolve().is_relative_to(content.resolve()):
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        match data:
            case bytes():
                path.write_bytes(data)
            case "loop":
                path.symlink_to(path.parent)
            case "link-out":
                path.symlink_to("/etc/hostname")
            case "fifo":
                os.mkfifo(path)
            case "socket":
                with socket.socket(socket.AF_UNIX) as one:
                    one.bind(str(path))
            case "unreadable":
                path.write_bytes(b"")
                path.chmod(0)
            case "folder":
                path.mkdir()
    except (OSError, ValueError):
        return
