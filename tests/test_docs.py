"""The documents: what is generated is up to date, and nothing is left out."""

import re

import pytest

from overdue_guide import arguments, cli
from overdue_guide.problems import RULES
from tests.reference import DOCS, WORDS, commands, pages

README = (DOCS.parent / "README.md").read_text("utf-8")
PARSERS = commands(cli.parser(WORDS, {}))


@pytest.mark.parametrize("name", pages())
def test_a_generated_page_is_as_the_program_says(name: str) -> None:
    assert pages()[name] == (DOCS / name).read_text("utf-8"), "run make docs"


def test_every_rule_has_its_page_and_no_other_is_there() -> None:
    found = {path.stem for path in (DOCS / "rules").iterdir()}
    assert {"index", *RULES} == found
    index = (DOCS / "rules" / "index.md").read_text("utf-8")
    assert list(RULES) == re.findall(r"^\| \[([a-z-]+)\]\(\1\.md\) ", index, re.MULTILINE)


@pytest.mark.parametrize("command", PARSERS)
def test_every_command_and_option_is_documented(command: str) -> None:
    told = (DOCS / "commands.md").read_text("utf-8")
    assert f"`overdue-guide {command}" in README
    assert f"\n## {command}\n" in told
    for action in PARSERS[command]._actions:
        for option in action.option_strings:
            assert option in ("-h", "--help") or f"`{option}" in told


def test_every_format_is_named_in_the_readme() -> None:
    for form in arguments.FORMATS:
        assert f"{form}`" in README, form


def test_every_link_between_documents_leads_somewhere() -> None:
    for page in [DOCS.parent / "README.md", *DOCS.rglob("*.md")]:
        text = re.sub(r"^(`{3,}).*?^\1$", "", page.read_text("utf-8"), flags=re.M | re.S)
        for target in re.findall(r"(?<!!)\[[^\]]*\]\(([^)#]+)", text):
            if "://" not in target:
                assert (page.parent / target).exists(), f"{page.name}: {target}"


def test_no_page_holds_what_cannot_be_seen() -> None:
    for page in DOCS.rglob("*.md"):
        text = page.read_text("utf-8")
        assert {char for char in text if not char.isprintable()} <= {"\n", "\u3000"}, page.name
