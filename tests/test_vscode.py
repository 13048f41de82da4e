"""What VS Code gets: schemas that hold for our own files, snippets that check, a task that finds places."""

import json
import re
from datetime import date
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

from overdue_guide import arguments, articles, laws
from overdue_guide.problems import Source
from overdue_guide.schemas import schema
from tests.content import HEAD, TEMPLATES, run, write
from tests.reference import DOCS

ROOT = TEMPLATES.parent
VSCODE = ROOT / ".vscode"
SETTINGS = json.loads((VSCODE / "settings.json").read_text("utf-8"))
SNIPPETS = json.loads((VSCODE / "overdue-guide.code-snippets").read_text("utf-8"))
DATA = sorted((ROOT / "content").rglob("*.yml"))


def plain(value: Any) -> Any:
    """Values as JSON has them: an editor's YAML reads a date as text."""
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value.isoformat() if isinstance(value, date) else value


def validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(schema(kind), format_checker=FormatChecker())


def kind_of(path: Path) -> str:
    """The schema that the settings give to a file."""
    name = path.relative_to(ROOT).as_posix()
    found = [
        Path(file).stem for file, glob in SETTINGS["yaml.schemas"].items() if fnmatch(name, glob)
    ]
    assert len(found) == 1, name
    return found[0]


@pytest.mark.parametrize("kind", arguments.SCHEMAS)
def test_every_schema_is_one(kind: str) -> None:
    Draft202012Validator.check_schema(
        json.loads((DOCS / "schemas" / f"{kind}.json").read_text("utf-8"))
    )


def test_every_data_file_has_a_schema_and_fits_it() -> None:
    validators = {kind: validator(kind) for kind in arguments.SCHEMAS}
    for path in DATA:
        value = plain(yaml.safe_load(path.read_text("utf-8")))
        wrong = [error.message for error in validators[kind_of(path)].iter_errors(value)]
        assert [] == wrong, path.name


def test_every_article_fits_the_front_matters_schema() -> None:
    checker = validator("front-matter")
    for path in (ROOT / "content" / "contact").glob("*.md"):
        if path.name != "index.md":
            block = path.read_text("utf-8").split("---\n")[1]
            assert [] == list(checker.iter_errors(plain(yaml.safe_load(block)))), path.name


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("front-matter", {"title": "题", "summary": "要点", "reviewed": "2026-11-23", "tag": []}),
        ("front-matter", {"title": "题", "summary": "要点", "reviewed": "昨天"}),
        (
            "front-matter",
            {"title": "题", "summary": "要点", "reviewed": "2026-11-23", "risk": "高"},
        ),
        ("front-matter", {"summary": "要点"}),
        ("site", {"rules": {"unknown-law": "off"}}),
        ("site", {"sections": [{"slug": "a"}]}),
        ("channels", {"id": "police"}),
        ("law", {"title": "题"}),
    ],
)
def test_a_mistake_is_underlined(kind: str, value: object) -> None:
    assert list(validator(kind).iter_errors(value))


def expanded(snippet: dict[str, Any]) -> str:
    """The text of a snippet with its first choices and placeholders."""
    body = snippet["body"] if isinstance(snippet["body"], str) else "\n".join(snippet["body"])
    for name, value in {"YEAR": "2026", "MONTH": "11", "DATE": "23"}.items():
        body = body.replace(f"${{CURRENT_{name}}}", value)
    body = re.sub(r"\$\{\d+\|([^,|]*)[^|]*\|\}", r"\1", body)
    body = re.sub(r"\$\{\d+:([^{}]*)\}", r"\1", body)
    body = body.replace("$0", "")
    assert "${" not in body
    return body


@pytest.mark.parametrize(
    "name",
    [name for name, one in SNIPPETS.items() if "yaml" not in one["scope"] and name != "文章"],
)
def test_a_snippet_is_clean_markdown(name: str) -> None:
    _, problems = articles.parse("a/b.md", f"{HEAD}一\n{expanded(SNIPPETS[name])}\n")
    assert () == problems


def test_the_snippet_of_an_article_is_a_clean_draft(tmp_path: Path) -> None:
    content = write(tmp_path, {"contact/a.md": expanded(SNIPPETS["文章"])})
    said = run(
        "check", "--content", content, "--no-cache", "--today", "2026-11-23", "--strict", "-q"
    )
    assert (0, "") == (said.code, said.out)
    assert 0 == run("fmt", "--content", content, "--check").code


def test_the_snippets_of_yaml_fit_their_files() -> None:
    change = f"---\ntitle: 题\nsummary: 要点\nreviewed: 2026-11-23\nchanges:\n{expanded(SNIPPETS['更正'])}\n---\n"
    assert () == articles.parse("a/b.md", change)[1]
    assert {"1033": {"gist": "用自己的话写要点。"}} == yaml.safe_load(expanded(SNIPPETS["条文"]))
    _, problems = laws.read(Source("reference/laws/x.yml", expanded(SNIPPETS["法规"])), "x")
    assert () == problems
    synonyms = expanded(SNIPPETS["同义词"])
    assert [] == list(validator("synonyms").iter_errors(yaml.safe_load(synonyms)))


def test_the_task_finds_the_places(tmp_path: Path) -> None:
    tasks = json.loads((VSCODE / "tasks.json").read_text("utf-8"))["tasks"]
    pattern = tasks[0]["problemMatcher"]["pattern"]
    content = write(tmp_path, {"a/b.md": HEAD + "𠀀字[@civil-code:1]，[链](no.md)\n"})
    said = run("check", "--content", content, "--no-cache", *tasks[0]["command"].split()[2:])
    found = [re.match(pattern["regexp"], line) for line in said.out.splitlines()]
    assert [("error", f"{content}/a/b.md", "6", "3", "18", "unknown-law"), ("error", f"{content}/a/b.md", "6", "23", "28", "broken-link")] == [
        tuple(match[pattern[key]] for key in ("severity", "file", "line", "column", "endColumn", "code")) for match in found if match
    ]  # fmt: skip
    assert None not in found
