"""Publishing: whole or not at all, and never over files of somebody else's."""

import json
import os
import shutil
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from overdue_guide import manifest, workarea, write
from overdue_guide.buildlog import Written
from overdue_guide.model import OutputFile
from overdue_guide.problems import SetupError

ONE = (OutputFile("index.html", b"one"), OutputFile("a/b/index.html", b"two"))


def publish(files: Iterable[OutputFile], output: Path) -> Written:
    """Put the files together and publish them."""
    with workarea.locked(output), write.stage(output) as stage:
        stage.add([stage.put(file) for file in files])
        return stage.publish()


def shown(folder: Path) -> list[str]:
    """What lies in a folder, but for the hidden work area."""
    return sorted(path.name for path in folder.iterdir() if path.name != ".site.overdue-guide")


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, except the manifest."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != manifest.NAME
    }


def test_a_site_is_written_with_its_manifest(tmp_path: Path) -> None:
    output = tmp_path / "deep" / "site"
    assert Written(2, 0, 0, 6) == publish(ONE, output)
    assert {"index.html": b"one", "a/b/index.html": b"two"} == tree(output)
    listed = json.loads((output / manifest.NAME).read_text("utf-8"))
    assert {name: sha256(data).hexdigest() for name, data in tree(output).items()} == listed[
        "files"
    ]
    assert [output] == list(output.parent.iterdir())


def test_a_second_build_touches_nothing(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(ONE, output)
    before = {path: path.stat().st_mtime_ns for path in output.rglob("*")}
    assert Written(0, 2, 0) == publish(ONE, output)
    assert before == {path: path.stat().st_mtime_ns for path in output.rglob("*")}


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(ONE, output)
    stamp = (output / "index.html").stat().st_mtime_ns
    changed = (ONE[0], OutputFile("c.html", b"three"))
    assert Written(1, 1, 1, 5) == publish(changed, output)
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


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"files": []}', '{"files": {}}', "\x00"])
def test_a_manifest_that_is_none_does_not_make_a_folder_ours(tmp_path: Path, text: str) -> None:
    (tmp_path / manifest.NAME).write_text(text)
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
    (output / manifest.NAME).write_text(
        json.dumps({"files": {"../precious": "0", "index.html": "0"}})
    )
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
    assert ["site"] == shown(tmp_path)


def test_what_a_killed_build_left_is_cleaned_up(tmp_path: Path) -> None:
    publish(ONE, tmp_path / "site")
    publish(ONE[:1], tmp_path / "site")
    area = tmp_path / ".site.overdue-guide"
    for left in ("new", "old"):
        (area / left).mkdir()
        (area / left / "half").write_text("")
    (area / "tree" / manifest.NAME).unlink()
    (area / "tree" / "index.html").unlink()
    (area / "tree" / "half.html").write_text("")
    assert Written(1, 1, 0, 3) == publish(ONE, tmp_path / "site")
    assert {"index.html": b"one", "a/b/index.html": b"two"} == tree(tmp_path / "site")
    assert {"tree", ".gitignore"} == {path.name for path in area.iterdir()}


def test_a_site_put_aside_by_a_killed_build_comes_back(tmp_path: Path) -> None:
    publish(ONE, tmp_path / "site")
    publish(ONE[:1], tmp_path / "site")
    (tmp_path / "site").rename(tmp_path / ".site.overdue-guide" / "old")
    assert Written(0, 1, 0) == publish(ONE[:1], tmp_path / "site")
    assert {"index.html": b"one"} == tree(tmp_path / "site")


def test_a_folder_of_somebody_elses_with_our_areas_name_is_left_alone(tmp_path: Path) -> None:
    area = tmp_path / ".site.overdue-guide"
    (area / "old").mkdir(parents=True)
    (area / "old" / "thesis").write_text("mine")
    publish(ONE, tmp_path / "other")
    assert (area / "old" / "thesis").read_text() == "mine"


def test_what_was_published_before_is_not_written_to_through_a_link(tmp_path: Path) -> None:
    output = tmp_path / "site"
    for text in (b"1", b"2", b"3", b"4"):
        publish([*ONE, OutputFile("c", text)], output)
        # Whoever still reads the site of before reads it whole.
        assert b"one" == (output / "index.html").read_bytes()
    before = (tmp_path / ".site.overdue-guide" / "tree" / "c").read_bytes()
    assert b"3" == before


def test_what_somebody_took_away_is_put_back(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(ONE, output)
    publish(ONE[:1], output)
    (output / "index.html").unlink()
    assert Written(1, 0, 0, 3) == publish(ONE[:1], output)
    assert {"index.html": b"one"} == tree(output)


def test_a_system_without_an_exchange_publishes_by_two_renames(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workarea, "_exchange", lambda one, other: False)
    output = tmp_path / "site"
    for files in (ONE, ONE[:1], ONE):
        publish(files, output)
        assert {file.path: file.data for file in files} == tree(output)


def test_a_site_as_large_as_any_is_ready_for_an_edit(tmp_path: Path) -> None:
    files = [OutputFile(f"{at % 7}/{at}", str(at).encode()) for at in range(2_100)]
    publish(files, tmp_path / "site")
    assert tree(tmp_path / "site") == tree(tmp_path / ".site.overdue-guide" / "tree")
    publish([OutputFile("0/0", b"new"), *files[1:]], tmp_path / "site")
    assert tree(tmp_path / "site") == {file.path: file.data for file in files} | {"0/0": b"new"}


def test_a_link_to_the_folder_stays_a_link(tmp_path: Path) -> None:
    publish(ONE, tmp_path / "real")
    (tmp_path / "site").symlink_to("real")
    assert publish(ONE[:1], tmp_path / "site").removed == 1
    assert (tmp_path / "site").is_symlink()
    assert {"index.html": b"one"} == tree(tmp_path / "real")
    assert {".real.overdue-guide", "real", "site"} == {path.name for path in tmp_path.iterdir()}


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


def test_what_was_published_twice_ago_is_brought_up_to_date(tmp_path: Path) -> None:
    output = tmp_path / "site"
    sites = [{"c": b"1", "d": b"1"}, {"c": b"2", "d": b"1"}, {"c": b"2", "d": b"2"}]
    for site in sites:
        publish([OutputFile(path, data) for path, data in site.items()], output)
        assert site == tree(output)


def test_what_somebody_took_from_the_site_of_before_is_put_back(tmp_path: Path) -> None:
    output = tmp_path / "site"
    for text in (b"1", b"2"):
        publish([*ONE, OutputFile("c", text)], output)
    (tmp_path / ".site.overdue-guide" / "tree" / "index.html").unlink()
    publish([*ONE, OutputFile("c", b"3")], output)
    assert {"index.html": b"one", "a/b/index.html": b"two", "c": b"3"} == tree(output)


def test_folders_in_which_nothing_changed_are_not_made_anew(tmp_path: Path) -> None:
    output = tmp_path / "site"
    for text in (b"1", b"2"):
        publish([*ONE, OutputFile("c", text)], output)
    # What was published first is the tree of every other build.
    first = (tmp_path / ".site.overdue-guide" / "tree" / "a").stat().st_mtime_ns
    publish([*ONE, OutputFile("c", b"3")], output)
    assert first == (output / "a").stat().st_mtime_ns


def test_a_file_that_was_spoilt_in_its_own_length_is_written_again(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(ONE, output)
    (output / "index.html").write_bytes(b"eno")
    assert Written(1, 1, 0, 3) == publish(ONE, output)
    assert b"one" == tree(output)["index.html"]


def test_of_a_file_that_is_put_twice_the_last_counts(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(ONE, output)
    with workarea.locked(output), write.stage(output) as stage:
        stage.add([stage.put(file) for file in ONE])
        stage.add([stage.put(OutputFile("index.html", b"other"))])
        assert {"index.html": (sha256(b"one").hexdigest(), 3)} == stage.add([stage.put(ONE[0])])
        assert Written(0, 2, 0) == stage.publish()
    assert {file.path: file.data for file in ONE} == tree(output)


def test_what_is_published_can_be_kept_unread(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish([*ONE, OutputFile("c", b"gone")], output)
    one = {"index.html": (sha256(b"one").hexdigest(), 3)}
    with workarea.locked(output), write.stage(output) as stage:
        assert stage.has(one)
        stage.keep(one)
        stage.add([stage.put(OutputFile("index.xml", b"new")), stage.put(OutputFile("c", b"more"))])
        assert (b"one", b"new", b"more") == tuple(map(stage.read, ["index.html", "index.xml", "c"]))
        assert Written(2, 1, 1, 7) == stage.publish()
    assert {"index.html": b"one", "index.xml": b"new", "c": b"more"} == tree(output)


def test_only_what_is_published_can_be_kept(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(ONE, output)
    listed = {file.path: (sha256(file.data).hexdigest(), len(file.data)) for file in ONE}
    other = sha256(b"other").hexdigest()
    (output / "a/b/index.html").unlink()
    with write.stage(output) as stage:
        assert stage.has({"index.html": listed["index.html"]})
        assert not stage.has({"index.html": (other, 3)})
        assert not stage.has(listed)
        assert not stage.has({"unknown.html": (other, 3)})


def test_a_large_site_that_was_taken_away_is_published_again(tmp_path: Path) -> None:
    output = tmp_path / "site"
    files = [OutputFile(f"{at}", b"") for at in range(2_100)]
    publish(files, output)
    shutil.rmtree(output)
    publish(files[1:], output)
    publish(files[2:], output)
    assert 2_098 == len(tree(output))


@pytest.mark.parametrize("links", [True, False], ids=["hard links", "no hard links"])
def test_files_and_links_of_somebody_else_stay_what_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    output = tmp_path / "site"
    publish(ONE, output)
    (output / "a" / "latest").symlink_to("b/index.html")
    (output / "a" / "mine").write_text("mine")
    if not links:
        monkeypatch.setattr(os, "link", refuse)
    for text in (b"1", b"2", b"3"):
        publish([ONE[0], OutputFile("c", text)], output)
        assert {"index.html": b"one", "a/mine": b"mine", "c": text} == tree(output)
        assert Path("b/index.html") == (output / "a" / "latest").readlink()


def test_a_file_system_without_modes_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(shutil, "copymode", refuse)
    for files in (ONE, ONE[:1], ONE):
        publish(files, tmp_path / "site")
        assert {file.path: file.data for file in files} == tree(tmp_path / "site")


def test_a_folder_of_which_a_part_goes_keeps_the_rest(tmp_path: Path) -> None:
    output = tmp_path / "site"
    files = [OutputFile(path, b"") for path in ("a/b/x", "a/b/y", "a/z")]
    for at in (0, 1, 2, 1, 0):
        publish([OutputFile("x", b""), *files[at:]], output)
        assert {"x", *(file.path for file in files[at:])} == set(tree(output))
    (output / "a" / "b" / "mine").write_text("mine")
    write.remove(output)
    assert {"a/b/mine": b"mine"} == tree(output)


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(0o077)
    yield
    os.umask(before)


def test_the_manifest_is_the_same_for_any_order_of_files(tmp_path: Path, umask: None) -> None:
    publish(ONE, tmp_path / "one")
    publish(ONE[::-1], tmp_path / "other")
    assert (tmp_path / "one" / manifest.NAME).read_bytes() == (
        tmp_path / "other" / manifest.NAME
    ).read_bytes()
