"""What lies in a content folder and is no file to read: each is named, and none stops the rest."""

import os
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from overdue_guide.build import check_only
from tests.content import HEAD, check, found, options

NOBODY = 65_534


@contextmanager
def folder_for_all() -> Iterator[Path]:
    """A folder that others than its owner can enter; pytest's are closed to them."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@contextmanager
def as_somebody_else() -> Iterator[None]:
    """Without the rights of root, who reads everything."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def test_what_may_not_be_read_is_named_and_the_rest_is_checked() -> None:
    with folder_for_all() as folder:
        files = {"a/b.md": HEAD, "a/c.md": HEAD + "[甲](x.md)", "d/e.md": HEAD}
        assert [("a/c.md", 6, "broken-link")] == found(check(folder, files))
        closed = [folder / "content" / name for name in ("a/b.md", "d")]
        for path in closed:
            path.chmod(0)
        try:
            with as_somebody_else():
                report = check_only(options(folder))
        finally:
            for path in closed:
                path.chmod(0o755)
    assert [("a/b.md", 1, "unreadable-file"), ("a/c.md", 6, "broken-link"), ("d", 1, "unreadable-file")] == found(report)  # fmt: skip


def test_folders_without_end_are_named_where_reading_stops(tmp_path: Path) -> None:
    deep = "/".join("a" * 1_200)
    below = tmp_path / "content"
    below.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        for _ in range(12):  # the whole path at once is longer than some systems take
            patch.chdir(below)
            Path("/".join("a" * 100)).mkdir(parents=True)
            below = Path.cwd() / "/".join("a" * 100)
    try:
        report = check(tmp_path, {"b/c.md": HEAD}, cache=tmp_path / "cache")
    finally:  # pytest removes the folders of earlier runs by recursion, and would end with 1 over these
        subprocess.run(["rm", "-rf", "content/a"], cwd=tmp_path, check=True)
    assert [(deep[:41], 1, "unreadable-file")] == found(report)


@pytest.mark.parametrize("kind", ["fifo", "socket", "loop", "outside", "device"])
def test_what_is_no_plain_file_is_never_opened(tmp_path: Path, kind: str) -> None:
    content = tmp_path / "content"
    content.mkdir()
    path = content / "a.md"
    match kind:
        case "fifo":
            os.mkfifo(path)
        case "socket":
            with socket.socket(socket.AF_UNIX) as one, pytest.MonkeyPatch.context() as patch:
                patch.chdir(content)  # a socket's address is short
                one.bind("a.md")
        case "loop":
            path.symlink_to(content)
        case "outside":
            path.symlink_to(tmp_path / "secret.md")
        case "device":
            path.symlink_to("/dev/zero")
    (tmp_path / "secret.md").write_text(HEAD, "utf-8")
    assert [("a.md", 1, "unreadable-file")] == found(check(tmp_path, {}))


@pytest.mark.parametrize(
    "names",
    [
        ["é.md", "e\u0301.md"],
        ["con.md"],
        ["lpt1.md"],
        ["a b.md"],
        ["😀.md"],
        ["长" * 80 + ".md"],
        ["-a.md"],
        ["a\nb.md"],
        ["a\\b.md"],
        ["x:y.md"],
        ["\u202ea.md"],
        ["a/B.md", "a/b.md"],
        ["a.PNG", "a.png"],
    ],
)
def test_a_name_that_some_system_cannot_hold_is_refused(tmp_path: Path, names: list[str]) -> None:
    report = check(tmp_path, dict.fromkeys(names, HEAD))
    assert {"bad-file-name", "address-clash"} & {rule for _, _, rule in found(report)}


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    report = check(tmp_path, {"a/b.md": HEAD.encode() + b"a" * 4_000_000})
    assert [("a/b.md", 1, "unreadable-file")] == found(report)
