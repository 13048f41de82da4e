"""The command line as the contract has it: exit codes, formats, and one JSON value on stdout."""

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from overdue_guide.commands import console
from overdue_guide.problems import FIXED, RULES
from tests.content import CIVIL_CODE, HEAD, TEMPLATES, Said, run, write

GOOD = {
    "contact/a.md": HEAD + "家人的隐私。[@civil-code:1034]\n",
    "reference/laws/civil-code.yml": CIVIL_CODE,
}
WARNS = {**GOOD, "contact/b.md": HEAD.replace("2026-11", "2025-11")}
FAILS = {**WARNS, "contact/c.md": HEAD + "[@civil-code:9999]\n"}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Commands work from any folder; here, an empty one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def command(name: str, *arguments: str | Path) -> Said:
    return run(name, "--templates", TEMPLATES, "--today", "2026-11-23", *arguments)


def asking(name: str, *arguments: str) -> Said:
    return run(name, "--today", "2026-11-23", *arguments)


@pytest.mark.parametrize("name", ["build", "check"])
@pytest.mark.parametrize(
    ("files", "arguments", "code"),
    [
        (GOOD, (), 0),
        (WARNS, (), 0),
        (WARNS, ("--strict",), 1),
        (FAILS, (), 1),
        (FAILS, ("--strict", "--format", "json"), 1),
    ],
    ids=["good", "warns", "warns, strictly", "fails", "fails, as JSON"],
)
def test_the_exit_code_tells_whether_the_content_is_good(
    here: Path, name: str, files: dict[str, str], arguments: tuple[str, ...], code: int
) -> None:
    write(here, files)
    assert code == command(name, *arguments).code


def test_a_build_that_fails_writes_nothing(here: Path) -> None:
    write(here, FAILS)
    said = command("build", "--no-cache")
    assert "nothing was written" in said.err
    assert ["content"] == [path.name for path in here.iterdir()]


def test_a_check_writes_nothing(here: Path) -> None:
    write(here, GOOD)
    command("check", "--no-cache")
    assert ["content"] == [path.name for path in here.iterdir()]


def test_a_build_says_one_line(here: Path) -> None:
    write(here, GOOD)
    said = command("build")
    assert said.err == ""
    assert " pages in " in said.out
    assert said.out.count("\n") == 1


def test_quiet_says_problems_only(here: Path) -> None:
    write(here, WARNS)
    said = command("build", "-q")
    assert said.out.startswith("content/contact/b.md:4:11: ")
    assert said.out.count("\n") == 3
    assert (said.err, command("check", "-q").out) == ("", said.out)


@pytest.mark.parametrize(("files", "problems"), [(GOOD, 0), (FAILS, 2)], ids=["good", "fails"])
def test_build_json_is_one_object_and_nothing_else(
    here: Path, files: dict[str, str], problems: int
) -> None:
    write(here, files)
    said = command("build", "--json")
    made = json.loads(said.out)
    assert ["pages", "written", "kept", "removed", "problems", "seconds"] == list(made)
    assert problems == len(made["problems"])
    assert (made["pages"] > 0) == (problems == 0)
    assert {"load", "check", "total"} <= set(made["seconds"])
    assert said.err == ""


def test_a_second_build_keeps_everything(here: Path) -> None:
    write(here, GOOD)
    first = json.loads(command("build", "--json").out)
    second = json.loads(command("build", "--json").out)
    assert (0, first["written"], 0) == (second["written"], second["kept"], second["removed"])
    assert 0 == first["kept"]


def test_problems_can_be_printed_for_machines(here: Path) -> None:
    write(here, FAILS)
    problems = json.loads(command("check", "--format", "json").out)
    assert [
        ("content/contact/b.md", 4, 11, "review-due", "warning"),
        ("content/contact/c.md", 6, 1, "unknown-provision", "error"),
    ] == [(p["path"], p["line"], p["column"], p["rule"], p["severity"]) for p in problems]
    log = json.loads(command("check", "--format", "sarif").out)
    assert len(log["runs"][0]["results"]) == 2
    lines = command("check", "--format", "github").out.splitlines()
    assert ["::warning file", "::error file"] == [line.split("=")[0] for line in lines]
    suites = ElementTree.fromstring(command("check", "--format", "junit").out)
    assert ["content/contact/b.md", "content/contact/c.md"] == [one.get("name") for one in suites]
    table = command("build", "--format", "markdown")
    assert (1, "") == (table.code, table.err)
    assert table.out.startswith("Errors: 1, warnings: 1\n")


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_machines_get_a_value_even_when_all_is_well(here: Path, form: str) -> None:
    write(here, GOOD)
    said = command("check", "--format", form)
    assert json.loads(said.out) is not None
    assert said.err == ""


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("frob",),
        ("check", "--frob"),
        ("check", "--today", "tomorrow"),
        ("check", "--today", "2026-02-30"),
        ("check", "--today", "20261123"),
        ("check", "--jobs", "0"),
        ("check", "--jobs", "many"),
        ("check", "--format", "xml"),
        ("check", "--base-url", "example.org"),
        ("search",),
        ("search", "家人", "--limit", "-1"),
        ("serve", "--port", "99999"),
        ("explain", "nope"),
        ("schema", "nope"),
        ("new", "contact"),
        ("new", "Contact/x", "--title", "题"),
        ("impact", "nope"),
        ("check", "--content", "nowhere"),
        ("check", "--content", "content/contact/a.md"),
        ("check", "--templates", "nowhere"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_exit_code_2_and_a_message(here: Path, arguments: tuple[str, ...]) -> None:
    write(here, GOOD)
    said = run(
        *arguments,
        *(
            ()
            if "--templates" in arguments
            or not arguments
            or arguments[0] in ("frob", "explain", "schema")
            else ("--templates", TEMPLATES)
        ),
    )
    assert (2, "") == (said.code, said.out)
    assert said.err.strip()
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("name", "text", "place"),
    [
        ("base.html", "{{ page.titel }}", "base.html:1: "),
        ("article.html", "\n{% if %}", "article.html:2: "),
    ],
    ids=["misspelt field", "syntax"],
)
def test_a_mistake_in_a_template_names_file_and_line(
    here: Path, name: str, text: str, place: str
) -> None:
    write(here, GOOD)
    shutil.copytree(TEMPLATES, here / "templates")
    (here / "templates" / name).write_text(text, "utf-8")
    said = run("build", "--today", "2026-11-23")
    assert said.code == 2
    assert f"templates/{place}" in said.err
    assert not (here / "build").exists()


def test_foreign_files_are_never_touched(here: Path) -> None:
    write(here, GOOD)
    (here / "thesis").mkdir()
    (here / "thesis" / "chapter.doc").write_text("years of work")
    said = command("build", "--output", "thesis")
    assert said.code == 2
    assert "chapter.doc" in said.err
    assert ["chapter.doc"] == [path.name for path in (here / "thesis").iterdir()]
    assert command("build", "--output", "content").code == 2


@pytest.mark.parametrize("output", ["file/site", "/proc/site"])
def test_a_folder_that_cannot_be_written_is_exit_code_3(here: Path, output: str) -> None:
    write(here, GOOD)
    (here / "file").write_text("")
    said = command("build", "--output", output)
    assert said.code == 3
    assert said.err.strip()
    assert "Traceback" not in said.err


def test_a_cache_that_cannot_be_written_stops_no_check(here: Path) -> None:
    write(here, GOOD)
    (here / "file").write_text("")
    assert command("check", "--cache", "file").code == 0


def test_an_interrupted_command_is_exit_code_130(here: Path) -> None:
    write(here, GOOD)
    arguments = ["-m", "overdue_guide", "serve", "--port", "0", "--templates", str(TEMPLATES)]
    with subprocess.Popen(
        [sys.executable, *arguments],
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr
        # Once it says so, it waits for requests: there is no better moment on any machine.
        said = next(line for line in process.stderr if "http://127.0.0.1:" in line)
        process.send_signal(signal.SIGINT)
        rest = process.stderr.read()
    assert (130, "") == (process.returncode, rest), said


def test_a_reader_that_stops_reading_is_no_failure(here: Path) -> None:
    write(here, {f"a/b{n}.md": "" for n in range(500)})
    arguments = ["-m", "overdue_guide", "check", "--templates", str(TEMPLATES), "--no-cache"]
    process = subprocess.Popen(
        [sys.executable, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    with process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        err = process.stderr.read()
    assert (0, b"") == (process.returncode, err)


def test_the_day_comes_from_the_epoch(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here, GOOD)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    said = run("check", "--templates", TEMPLATES)
    assert "reviewed-in-future" in said.out
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert run("check", "--templates", TEMPLATES).code == 2


def test_messages_follow_the_locale(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here, FAILS)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert "法规库里没有《民法典》第9999条" in command("check").out
    message = json.loads(command("check", "--format", "json").out)[1]["message"]
    assert message == "the registry has no 第9999条 of 《民法典》"


def test_any_folder_of_articles_builds(here: Path) -> None:
    write(here / "elsewhere", {"笔记/第一篇.md": HEAD})
    content, output = here / "elsewhere" / "content", here / "out" / "site"
    assert command("build", "--content", content, "--output", output, "--no-cache").code == 0
    assert (output / "笔记" / "第一篇" / "index.html").is_file()
    assert (output / "search" / "index.html").is_file()


def test_drafts_are_built_only_when_asked_for(here: Path) -> None:
    write(here, {**GOOD, "contact/d.md": HEAD.replace("---\ntitle", "---\ndraft: true\ntitle")})
    command("build")
    assert not (here / "build" / "contact" / "d").exists()
    command("build", "--drafts")
    assert (here / "build" / "contact" / "d" / "index.html").is_file()


def test_a_new_article_can_be_checked_and_built(here: Path) -> None:
    write(here, {**GOOD, "site.yml": "rules: {review-lapsed: warning}\n"})
    assert run("new", "contact/new", "--title", "题: 目").code == 0
    assert command("check", "--drafts", "--today", "9998-01-01", "-q").code == 0
    assert run("new", "contact/new", "--title", "题").code == 2


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_can_be_explained(rule: str) -> None:
    said = run("explain", f"[{rule}]")
    assert said.code == 0
    softened = "a site cannot soften it" if rule in FIXED else "a site can soften it: "
    assert f"Severity: {RULES[rule].value}\n{softened}" in said.out
    assert "\nWhy: " in said.out


def test_a_rule_that_is_nearly_one_is_told_alone() -> None:
    said = run("explain", "unknown-lw")
    assert (2, "there is no rule unknown-lw. did you mean unknown-law?\n") == (
        said.code,
        said.err,
    )
    assert "unknown-law, " in run("explain", "zzz").err


def test_search_answers_in_json(here: Path) -> None:
    write(here, GOOD)
    found = json.loads(asking("search", "家人的隐私", "--json").out)
    assert "contact/a/" == found[0]["url"].lstrip("/")
    assert {"url", "title", "section", "score", "passage"} <= set(found[0])
    assert {"url", "heading", "excerpt"} <= set(found[0]["passage"])
    assert [] == json.loads(asking("search", "zzzzzz", "--json").out)


def test_impact_lists_pages(here: Path) -> None:
    write(here, GOOD)
    assert "content/contact/a.md:6: 题" in asking("impact", "civil-code:1034").out
    assert "nothing relies on it" in asking("impact", "civil-code:1033").out
    assert json.loads(asking("impact", "civil-code", "--json").out)["id"] == "civil-code"


def test_clean_removes_what_was_made(here: Path) -> None:
    write(here, GOOD)
    command("build")
    assert run("clean").code == 0
    assert {"content", "build"} >= {path.name for path in here.iterdir()}
    assert run("clean").code == 0


def test_clean_refuses_a_folder_that_is_not_ours(here: Path) -> None:
    write(here, GOOD)
    assert run("clean", "--output", "content").code == 2
    assert (here / "content" / "contact" / "a.md").is_file()


def test_clean_removes_no_cache_that_is_not_ours(here: Path) -> None:
    write(here, GOOD)
    assert run("clean", "--cache", "content").code == 2
    assert (here / "content" / "contact" / "a.md").is_file()


def test_the_command_runs_as_a_module() -> None:
    made = subprocess.run(
        [sys.executable, "-m", "overdue_guide", "--version"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ},
    )
    assert made.stdout.startswith("overdue-guide ")


def test_the_exit_codes_are_those_of_the_contract() -> None:
    assert (0, 1, 2, 3, 130) == (
        console.FINE,
        console.CONTENT,
        console.USAGE,
        console.MACHINE,
        console.INTERRUPTED,
    )
