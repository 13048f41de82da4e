"""Modules joined for publishing."""

import re
from pathlib import Path

import pytest

from overdue_guide import scripts

TEMPLATES = Path(__file__).parent.parent / "templates"
OWN = {
    path.relative_to(TEMPLATES).as_posix(): path.read_text("utf-8")
    for path in sorted((TEMPLATES / "scripts").rglob("*.mjs"))
}
TOP = re.compile(
    r"^(?:export )?(?:async )?(?:function\*?|class|const|let) +(\[.*?\]|\{.*?\}|[\w$]+)", re.M
)


def test_members_are_one_file_and_others_import_it() -> None:
    made = scripts.joined(OWN)
    assert not set(made) & {member for members in scripts.WHOLES.values() for member in members}
    assert 'from "./core.mjs"' in made["scripts/search/main.mjs"]
    assert 'from "./view.mjs"' not in made["scripts/search/around.mjs"]
    assert OWN["scripts/main.mjs"] == made["scripts/main.mjs"]


@pytest.mark.parametrize("whole", scripts.WHOLES)
def test_a_whole_declares_each_name_once_and_imports_none_of_its_members(whole: str) -> None:
    source = scripts.joined(OWN)[whole]
    declared = [name for match in TOP.findall(source) for name in re.findall(r"[\w$]+", match)]
    assert len(declared) > 20
    assert sorted(set(declared)) == sorted(declared)
    assert not re.search(r'^import .*"\./core\.mjs"', source, re.M)


@pytest.mark.parametrize("whole", scripts.WHOLES)
def test_members_stand_after_those_they_import(whole: str) -> None:
    members = list(scripts.WHOLES[whole])
    for at, member in enumerate(members):
        code = re.sub(r"/\*.*?\*/", "", OWN[member], flags=re.S)
        for path in re.findall(r'^import .* from "\./([^"]+)"', code, re.M):
            assert f"scripts/search/{path}" in members[:at]


def test_without_all_members_nothing_is_joined() -> None:
    some = {path: source for path, source in OWN.items() if not path.endswith("/text.mjs")}
    made = scripts.joined(some)
    assert some == made
