"""Publishing: whole or not at all, and never over files of somebody else's."""

import json
import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from overdue_guide import write
from overdue_guide.model import OutputFile
from overdue_guide.problems import SetupError
from overdue_guide.write import MANIFEST, Written, publish

ONE = (OutputFile("index.html", b"one"), OutputFile("a/b/index.html", b"two"))


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, except the manifest."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != MANIFEST
    }


def test_a_site_is_written_with_its_manifest(tmp_path: Path) -> None:
    output = tmp_path / "deep" / "site"
    assert Written(3, 0, 0) == publish(ONE, output)
    assert {"index.html": b"one", "a/b/index.html": b"two"} == tree(output)
    manifest = json.loads((output / MANIFEST).read_text("utf-8"))
    assert {name: sha256(data).hexdigest() for name, data in tree(output).items()} == manifest[
        "files"
    ]
    assert [output] == list(output.parent.iterdir())


def test_a_second_build_touches_nothing(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(ONE, output)
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*")}
    assert Written(0, 3, 0) == publish(ONE, output)
    assert before == {path: path.stat().st_mtime_ns for path in output.rglob("*")}


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(ONE, output)
    stamp = (output / "index.html").stat().st_mtime_ns
    changed = (ONE[0], OutputFile("c.html", b"three"))
    assert Written(2, 1, 1) == publish(changed, output)
    assert {"index.html": b"one", "c.html": b"three"} == tree(output)
    assert stamp == (output / "index.html").stat().st_mtime_ns
    assert not (output / "a").exists()


def test_a_file_may_become_a_folder_and_back(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish([OutputFile("a", b"file")], output)
    publish([OutputFile("a/b", b"in a folder")], output)
    assert {"a/b": b"in a folder"} == tree(output)
    publish([OutputFile("a", b"file")], output)
    assert {"a": b"file"} == tree(output)


def test_a_file_that_was_spoilt_is_written_again(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(ONE, output)
    (output / "index.html").write_bytes(b"oops")
    assert publish(ONE, output).written == 1
    assert tree(output)["index.html"] == b"one"


def test_a_folder_that_is_not_ours_is_refused_and_untouched(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    with pytest.raises(SetupError) as refused:
        publish(ONE, tmp_path)
    assert ("foreign-folder", "thesis.doc") == (refused.value.key, refused.value.values["example"])
    assert {"thesis.doc": b"years of work"} == tree(tmp_path)


@pytest.mark.parametrize("manifest", ["", "[]", "{}", '{"files": []}', '{"files": {}}', "\x00"])
def test_a_manifest_that_is_none_does_not_make_a_folder_ours(tmp_path: Path, manifest: str) -> None:
    (tmp_path / MANIFEST).write_text(manifest)
    (tmp_path / "thesis.doc").write_text("years of work")
    with pytest.raises(SetupError):
        publish(ONE, tmp_path)
    assert (tmp_path / "thesis.doc").read_text() == "years of work"


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "site").write_text("mine")
    with pytest.raises(SetupError):
        publish(ONE, tmp_path / "site")
    assert (tmp_path / "site").read_text() == "mine"


def test_files_put_beside_ours_stay(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(ONE, output)
    (output / "CNAME").write_text("example.org")
    (output / ".git").mkdir()
    (output / ".git" / "HEAD").write_text("ref")
    publish(ONE[:1], output)
    assert {"index.html": b"one", "CNAME": b"example.org", ".git/HEAD": b"ref"} == tree(output)


def test_an_empty_folder_kept_in_a_repository_is_fine(tmp_path: Path) -> None:
    (tmp_path / ".gitkeep").write_text("")
    publish(ONE, tmp_path)
    assert {".gitkeep", "index.html", "a/b/index.html"} == set(tree(tmp_path))


def test_a_manifest_that_names_files_outside_removes_none_of_them(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(ONE, output)
    (tmp_path / "precious").write_text("mine")
    (output / MANIFEST).write_text(json.dumps({"files": {"../precious": "0", "index.html": "0"}}))
    write.remove(output)
    assert (tmp_path / "precious").read_text() == "mine"


def test_a_failure_leaves_the_old_site(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(ONE, output)
    before = tree(output)
    # A file cannot also be a folder: writing fails half way.
    with pytest.raises(OSError, match="a"):
        publish([OutputFile("x", b"new"), OutputFile("a", b"file"), OutputFile("a/b", b"")], output)
    assert before == tree(output)
    assert [output] == list(tmp_path.iterdir())


@pytest.mark.parametrize("left", [".site.new", ".site.old"])
def test_what_a_killed_build_left_is_cleaned_up(tmp_path: Path, left: str) -> None:
    publish(ONE, tmp_path / "site")
    (tmp_path / left).mkdir()
    (tmp_path / left / "half").write_text("")
    publish(ONE[:1], tmp_path / "site")
    assert ["site"] == [path.name for path in tmp_path.iterdir()]


def test_a_site_put_aside_by_a_killed_build_comes_back(tmp_path: Path) -> None:
    publish(ONE, tmp_path / "site")
    (tmp_path / "site").rename(tmp_path / ".site.old")
    assert Written(0, 3, 0) == publish(ONE, tmp_path / "site")
    assert ["site"] == [path.name for path in tmp_path.iterdir()]


def test_a_link_to_the_folder_stays_a_link(tmp_path: Path) -> None:
    publish(ONE, tmp_path / "real")
    (tmp_path / "site").symlink_to("real")
    assert publish(ONE[:1], tmp_path / "site").removed == 1
    assert (tmp_path / "site").is_symlink()
    assert {"index.html": b"one"} == tree(tmp_path / "real")
    assert {"real", "site"} == {path.name for path in tmp_path.iterdir()}


def test_the_folder_may_be_the_one_we_stand_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "site").mkdir()
    monkeypatch.chdir(tmp_path / "site")
    publish(ONE, Path())
    assert set(tree(tmp_path / "site")) == {"index.html", "a/b/index.html"}


def test_removing_takes_only_what_was_built(tmp_path: Path) -> None:
    publish(ONE, tmp_path / "site")
    (tmp_path / "site" / "CNAME").write_text("mine")
    write.remove(tmp_path / "site")
    assert {"CNAME": b"mine"} == tree(tmp_path / "site")
    assert ["CNAME"] == [path.name for path in (tmp_path / "site").iterdir()]


def test_removing_nothing_is_fine(tmp_path: Path) -> None:
    write.remove(tmp_path / "nowhere")
    assert [] == list(tmp_path.iterdir())


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o077)
    yield
    os.umask(before)


def test_the_manifest_is_the_same_for_any_order_of_files(tmp_path: Path, umask: None) -> None:
    publish(ONE, tmp_path / "one")
    publish(ONE[::-1], tmp_path / "other")
    assert (tmp_path / "one" / MANIFEST).read_bytes() == (
        tmp_path / "other" / MANIFEST
    ).read_bytes()
