"""The rules that keep the code readable: who imports whom, who owns what, how long a thing may be."""

import ast
import re
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "overdue_guide"
MODULES = sorted(SOURCE.rglob("*.py"))

READING = (SOURCE.parent.parent / "ARCHITECTURE.md").read_text("utf-8")
ORDER = tuple(
    name.rstrip("/")
    for row in READING.partition("## Modules, in reading order")[2]
    .partition("\n## ")[0]
    .splitlines()
    for name in re.findall(r"`(\w+/?)`", row.partition(" | ")[0])
)
"""A module imports only from modules before it; ``search`` is one room."""

OWNERS = {
    "yaml": {"composing", "records", "formatting"},
    "markdown": {"markup", "parser", "blocks", "inline", "anchors"},
    "nh3": {"cleaning"},
    "jinja2": {"theme"},
    "rcssmin": {"theme"},
    "rjsmin": {"theme"},
    "msgspec": {"cache", "structs"},
    "watchfiles": {"serve"},
    "whoosh": {"search"},
    "numpy": {"search"},
    "rjieba": {"search"},
    "opencc": {"traditional"},
    "argcomplete": {"commands"},
    "PIL": {"cards"},
    "pangu": {"formatting"},
}
"""Third-party package → the only modules that may import it."""

WRITERS = {"write", "workarea", "cache", "drafts", "starters", "search", "commands"}
"""Modules that may change the disk; ``commands`` only for clean and fmt."""


def room(path: Path) -> str:
    """The module, or the folder for modules in one."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return "overdue_guide" if parts == ("__init__",) else parts[0]


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def test_modules_import_only_what_stands_before_them() -> None:
    wrong = [
        f"{room(path)} imports {target}"
        for path in MODULES
        for name in imports(path)
        if name.startswith("overdue_guide.")
        for target in [name.split(".")[1]]
        if target in ORDER
        and target != room(path)
        and room(path) in ORDER
        and ORDER.index(target) > ORDER.index(room(path))
    ]
    assert [] == wrong


def test_every_module_has_its_place() -> None:
    assert sorted({room(path) for path in MODULES} - {"overdue_guide"}) == sorted(ORDER)


def test_each_third_party_package_has_one_owner() -> None:
    known = set(sys.stdlib_module_names) | {"overdue_guide"}
    users: dict[str, set[str]] = {}
    for path in MODULES:
        for name in imports(path):
            package = name.split(".")[0]
            if package not in known:
                users.setdefault(package, set()).add(room(path))
    assert OWNERS == users


def test_only_the_edges_write() -> None:
    verbs = ("write_text(", "write_bytes(", ".mkdir(", "rmtree(", ".unlink(", "os.replace(")
    writers = {
        room(path) for path in MODULES if any(verb in path.read_text("utf-8") for verb in verbs)
    }
    assert WRITERS == writers


def test_only_the_command_line_prints() -> None:
    printers = {
        room(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    }
    assert {"commands"} == printers


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_modules_and_functions_are_short(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 300
    functions = [
        node
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = [f.name for f in functions if (f.end_lineno or f.lineno) - f.lineno + 1 > 40]
    assert [] == long


def test_listings_of_folders_are_closed() -> None:
    """Python closes one that was left early when it likes; the warning of it is pytest's own, too."""
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        closed = {
            id(item.context_expr)
            for node in ast.walk(tree)
            if isinstance(node, ast.With)
            for item in node.items
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("scandir"):
                assert id(node) in closed, f"{path.name}:{node.lineno}"
