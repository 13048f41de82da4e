"""At the terminal: examples that work, typos answered, colours where they are wanted, no noise."""

import io
import os
import pty
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from overdue_guide import cli
from overdue_guide.commands import COMMANDS, console
from overdue_guide.serve import Preview
from overdue_guide.wording import LANGUAGES, wording
from tests.content import CIVIL_CODE, HEAD, options, run, write

ESCAPE = "\x1b["


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_has_examples_that_its_parser_takes(language: str) -> None:
    words = wording(language)
    examples = words.tables["examples"]
    assert set(COMMANDS) == set(examples)
    for name, lines in examples.items():
        for line in lines.strip().splitlines():
            program, *typed = shlex.split(line.split(" >")[0], comments=True)
            parsed = cli.parser(words, {}).parse_args(typed)
            assert ("overdue-guide", name) == (program, parsed.command)


@pytest.mark.parametrize("name", COMMANDS)
def test_help_ends_with_the_examples(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main([name, "--help"])
    said = capsys.readouterr().out
    assert f"\nexamples:\n  overdue-guide {name}" in said
    assert str(Path(__file__).parent.parent) not in said


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("biuld", "there is no command biuld; did you mean build?"),
        ("serch 家人", "there is no command serch; did you mean search?"),
        ("xyzzy", "there is no command xyzzy; overdue-guide --help lists them"),
        ("build --outptu x", "overdue-guide build has no option --outptu; did you mean --output?"),
        ("check --formt=json", "overdue-guide check has no option --formt; did you mean --format?"),
        ("check --xyzzy", "overdue-guide check has no option --xyzzy; overdue-guide check --help"),
        ("build --host x", "overdue-guide build has no option --host; overdue-guide build --help"),
        ("--vresion", "overdue-guide has no option --vresion; did you mean --version?"),
    ],
)
def test_a_typo_is_answered_with_what_was_meant(typed: str, expected: str) -> None:
    said = run(*typed.split())
    assert (2, "") == (said.code, said.out)
    assert said.err.startswith(expected)
    assert 1 == said.err.count("\n")


def test_what_follows_two_hyphens_is_no_option(here: Path) -> None:
    write(here, {"a/b.md": HEAD + "正文。\n"})
    assert 0 == run("search", "--no-cache", "--today", "2026-11-23", "--", "--outptu").code


def test_nothing_typed_is_answered_with_the_help() -> None:
    said = run()
    assert (2, "") == (said.code, said.out)
    assert "usage: overdue-guide" in said.err
    assert "build the site" in said.err


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("localhost:8000", "did you mean http://localhost:8000?"),
        ("guide.example/sub/", "did you mean https://guide.example/sub/?"),
        ("https://guide.example/?x=1", "did you mean https://guide.example/?"),
        ("https://guide.example/#top", "did you mean https://guide.example/?"),
        ("ftp://guide.example/", "such as https://guide.example/deposits/"),
        ("https://guide example/", "such as https://guide.example/deposits/"),
    ],
)
def test_an_address_that_is_none_is_answered_with_one(value: str, expected: str) -> None:
    said = run("check", "--base-url", value)
    assert 2 == said.code
    assert expected in said.err


def test_a_wrong_epoch_is_blamed_on_the_epoch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "abc")
    said = run("check")
    assert 2 == said.code
    assert said.err.startswith("SOURCE_DATE_EPOCH is “abc”")
    assert "argument" not in said.err
    assert 0 == run("explain", "unknown-law").code


@pytest.mark.parametrize(
    ("environment", "stream", "coloured"),
    [
        ({}, Terminal(), True),
        ({}, io.StringIO(), False),
        ({"TERM": "dumb"}, Terminal(), False),
        ({"NO_COLOR": "1"}, Terminal(), False),
        ({"NO_COLOR": ""}, Terminal(), True),
        ({"FORCE_COLOR": "1"}, io.StringIO(), True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, io.StringIO(), False),
        ({"FORCE_COLOR": "1", "TERM": "dumb"}, Terminal(), True),
    ],
)
def test_colours_come_where_a_person_wants_them(
    environment: Mapping[str, str], stream: io.StringIO, coloured: bool
) -> None:
    shown = console.style(stream, environment)("error", "text")
    assert coloured == (ESCAPE in shown)
    assert "text" in shown


def test_colours_change_nothing_but_the_colour(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here, {"a/b.md": HEAD + "[@nope:1]\n"})
    plain = run("check", "--today", "2026-11-23").out
    monkeypatch.setenv("FORCE_COLOR", "1")
    coloured = run("check", "--today", "2026-11-23").out
    assert "\x1b[31m[unknown-law]\x1b[m" in coloured
    for code in ("\x1b[1m", "\x1b[31m", "\x1b[36m", "\x1b[m"):
        coloured = coloured.replace(code, "")
    assert plain.splitlines()[:-1] == coloured.splitlines()[:-1]  # the last tells the time it took


def on_terminal(folder: Path, *typed: str, **environment: str) -> tuple[str, str]:
    """What a command writes to a terminal as standard error, and its output to a pipe."""
    ours, theirs = pty.openpty()
    done = subprocess.Popen(
        [sys.executable, "-m", "overdue_guide", *typed],
        cwd=folder,
        env={
            **os.environ,
            "TERM": "xterm",
            "CI": "",
            "SOURCE_DATE_EPOCH": "1795392000",
            **environment,
        },
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
    )
    os.close(theirs)
    said = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:  # Linux says so when the other end is closed
            break
        if not part:
            break
        said += part
    os.close(ours)
    out, _ = done.communicate(timeout=60)
    return said.decode(), out


def test_progress_is_a_bar_that_leaves_nothing_behind(here: Path) -> None:
    write(here, {f"a/b{n}.md": HEAD + "正文。\n" for n in range(30)})
    said, out = on_terminal(here, "build", "--jobs", "1")
    assert "/30" in said
    assert "] " in said
    assert said.rpartition("\r\x1b[K")[2] == ""
    assert " pages in " in out


@pytest.mark.parametrize(
    ("typed", "environment"),
    [(("-q",), {}), (("--json",), {}), ((), {"TERM": "dumb"}), ((), {"CI": "true"})],
)
def test_progress_is_silent_where_it_would_be_noise(
    here: Path, typed: tuple[str, ...], environment: Mapping[str, str]
) -> None:
    write(here, {"a/b.md": HEAD + "正文。\n"})
    assert "" == on_terminal(here, "build", *typed, **environment)[0]


def test_a_failing_machine_is_told_in_one_line_with_a_way_out(here: Path) -> None:
    write(here, {"a/b.md": HEAD + "正文。\n"})
    (here / "file").write_text("")
    said = run("build", "--today", "2026-11-23", "--output", "file/site")
    assert 3 == said.code
    assert 1 == said.err.count("\n")
    assert "a file stands where a folder should be" in said.err


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("overdue-guide che", {"check"}),
        ("overdue-guide explain unknown-l", {"unknown-law"}),
        ("overdue-guide build --no", {"--no-cache"}),
        ("overdue-guide check --format s", {"sarif"}),
        ("overdue-guide override styles/tok", {"styles/tokens.css"}),
        ("overdue-guide impact civ", {"civil-code"}),
        ("overdue-guide impact civil-code:10", {"civil-code:1033", "civil-code:1034"}),
        ("overdue-guide new con", {"contact/"}),
    ],
)
def test_a_shell_completes_what_is_typed(here: Path, line: str, expected: set[str]) -> None:
    write(here, {"reference/laws/civil-code.yml": CIVIL_CODE, "contact/a.md": ""})
    asked = {"_ARGCOMPLETE": "1", "_ARGCOMPLETE_STDOUT_FILENAME": str(here / "answer")}
    asked |= {"_ARGCOMPLETE_IFS": "\n", "COMP_LINE": line, "COMP_POINT": str(len(line))}
    (here / "answer").touch()
    subprocess.run(
        [sys.executable, "-m", "overdue_guide"], env={**os.environ, **asked}, check=False
    )
    assert expected == {word.strip() for word in (here / "answer").read_text().split("\n")}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_for_a_shell_names_the_program(shell: str) -> None:
    said = run("completion", shell)
    assert 0 == said.code
    assert "overdue-guide" in said.out


def test_bash_takes_the_script() -> None:
    script = run("completion", "bash").out + "\ncomplete -p overdue-guide"
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("overdue-guide")


def test_a_zsh_that_is_not_set_up_takes_the_script() -> None:
    """Without compinit there is no compdef; no zsh is needed to see that the script asks for it."""
    script = run("completion", "zsh").out
    assert script.startswith("#compdef overdue-guide\n")
    assert script.index("compinit") < script.index("compdef _python")


def test_the_preview_tells_a_mistake_in_a_template_once(here: Path) -> None:
    write(here, {"a/b.md": HEAD + "正文。\n"})
    (here / "templates").mkdir()
    (here / "templates" / "home.html").write_text("{{ view.nope }}")
    said: list[str] = []
    preview = Preview(options(here, templates=here / "templates"), "127.0.0.1")
    preview.rebuild(lambda key, **values: said.append(key))
    assert ["template"] == said
    (shown,) = preview.problems
    assert "home.html:1: " in str(shown["message"])
