"""What a build is made of: pinned, licensed, listed; and nothing of the content is executed."""

import ast
import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from overdue_guide.build import check_only
from tests.content import HEAD, options, write

ROOT = Path(__file__).parent.parent
REQUIREMENTS = ROOT / "requirements"
LOCKS = sorted(REQUIREMENTS.glob("*.lock"))
PINNED = re.compile(r"^([a-z0-9.-]+)==([^\s;]+)", re.MULTILINE)


def sbom(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "tools/sbom", *arguments]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.fixture(scope="module")
def listed() -> dict[str, Any]:
    made = sbom()
    assert 0 == made.returncode, made.stderr
    read: dict[str, Any] = json.loads(made.stdout)
    return read


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.stem)
def test_everything_in_a_lock_has_its_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text("utf-8")
    blocks = re.split(r"\n(?=[a-z])", text.strip())
    assert blocks
    for block in blocks:
        assert PINNED.match(block), block[:60]
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", block), block[:60]
    assert "://" not in text
    assert "--index" not in text


def test_the_list_names_each_pinned_package_with_its_files(listed: dict[str, Any]) -> None:
    lock = (REQUIREMENTS / "runtime.lock").read_text("utf-8")
    assert sorted(PINNED.findall(lock)) == [
        (one["name"], one["version"]) for one in listed["components"]
    ]
    hashes = [one["content"] for part in listed["components"] for one in part["hashes"]]
    assert sorted(re.findall("sha256:([0-9a-f]{64})", lock)) == sorted(hashes)


def test_the_list_has_the_form_that_it_says(listed: dict[str, Any]) -> None:
    """What CycloneDX 1.6 asks for; the whole was held against its schema when it was written."""
    assert ("CycloneDX", "1.6", 1) == tuple(
        listed[name] for name in ("bomFormat", "specVersion", "version")
    )
    uuid = r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
    assert re.fullmatch(uuid, listed["serialNumber"])
    whole = listed["metadata"]["component"]
    parts = [whole, *listed["components"]]
    references = [part["bom-ref"] for part in parts]
    assert len(set(references)) == len(references)
    assert {"application", "library"} == {part["type"] for part in parts}
    for part in listed["components"]:
        assert f"pkg:pypi/{part['name']}@{part['version']}" == part["purl"]
        assert part["licenses"][0]["expression"]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (root,) = listed["dependencies"]
    assert len(project["dependencies"]) == len(root["dependsOn"])
    assert set(root["dependsOn"]) <= set(references)


def test_the_same_lock_gives_the_same_list() -> None:
    assert sbom().stdout == sbom(REQUIREMENTS / "runtime.lock").stdout


def test_what_tests_use_is_allowed_too() -> None:
    made = sbom(REQUIREMENTS / "dev.lock")
    assert 0 == made.returncode, made.stderr


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("unheard-of==1.0 \\\n    --hash=sha256:" + "0" * 64 + "\n", "unheard-of 1.0: licence"),
        ("jinja2==3.1.6\n", "not pinned by hash: jinja2==3.1.6"),
        ("git+https://elsewhere.example/a\n", "not pinned by hash"),
    ],
    ids=["unknown licence", "no hash", "an address"],
)
def test_what_nobody_looked_at_is_refused(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "some.lock").write_text(text)
    made = sbom(tmp_path / "some.lock")
    assert made.returncode
    assert told in made.stderr


RUNNERS = {"eval", "exec", "compile", "__import__", "breakpoint"}
MODULES = {"pickle", "marshal", "shelve", "subprocess", "runpy", "code", "imp"}


@pytest.mark.parametrize("path", sorted((ROOT / "src").rglob("*.py")), ids=lambda path: path.stem)
def test_no_module_can_run_what_it_reads(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in RUNNERS, node.lineno
        if isinstance(node, ast.Import):
            assert not MODULES & {alias.name.split(".")[0] for alias in node.names}, node.lineno
        if isinstance(node, ast.ImportFrom):
            assert (node.module or "").split(".")[0] not in MODULES, node.lineno
        if isinstance(node, ast.Attribute):
            assert node.attr not in ("system", "popen", "from_string", "unsafe_load"), node.lineno


PYTHON = "!!python/object/apply:os.system ['touch {0}']"
CONTENT = {
    "site.yml": "title: " + PYTHON,
    "reference/glossary.yml": "- term: " + PYTHON + "\n  meaning: !!python/name:os.system\n",
    "a/b.md": "---\ntitle: " + PYTHON + "\nsummary: !!python/module:os\n---\n正文\n",
    "a/c.md": HEAD + "{{% import os %}}{{{{ ''.__class__ }}}} {{{{ cycler.__init__ }}}}\n",
    "checks/c.yml": "title: &x " + PYTHON + "\nsummary: *x\n",
}


def test_content_runs_nothing(tmp_path: Path) -> None:
    mark = tmp_path / "ran"
    write(tmp_path, {name: text.format(mark) for name, text in CONTENT.items()})
    assert check_only(options(tmp_path)).problems
    assert not mark.exists()


@pytest.mark.parametrize("name", ["__init__.py", "conftest.py", "site.py", "sitecustomize.py"])
def test_code_beside_the_content_is_not_run(tmp_path: Path, name: str) -> None:
    mark = tmp_path / "ran"
    content = write(tmp_path, {"a/b.md": HEAD + "正文\n"})
    for folder in (tmp_path, content, content / "a"):
        (folder / name).write_text(f"open({str(mark)!r}, 'w')\n", "utf-8")
    command = [sys.executable, "-m", "overdue_guide", "check", "--no-cache", "--jobs", "2"]
    folders = ["--content", str(content), "--templates", str(ROOT / "templates")]
    subprocess.run([*command, *folders], cwd=content, capture_output=True)
    assert not mark.exists()
