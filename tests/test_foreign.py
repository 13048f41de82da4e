"""What somebody else put into the published folder stays, or nothing is published at all."""

import stat
from pathlib import Path

import pytest

from overdue_guide.problems import SetupError
from tests.torture.machine import publish, published

OLD = {"index.html": b"old", "a/b/index.html": b"same", "c.html": b"gone"}
NEW = {"index.html": b"new", "a/b/index.html": b"same", "d/e/index.html": b"come"}

IN_THE_WAY = {
    "a file where a folder must be": "d",
    "a folder where a page must be": "d/e/index.html/mine.txt",
    "a file where a page must be": "d/e/index.html",
}


@pytest.mark.parametrize("path", IN_THE_WAY.values(), ids=list(IN_THE_WAY))
def test_what_somebody_put_in_the_way_is_not_overwritten(tmp_path: Path, path: str) -> None:
    output = tmp_path / "site"
    publish(OLD, output)
    (output / path).parent.mkdir(parents=True, exist_ok=True)
    (output / path).write_bytes(b"mine")
    with pytest.raises(SetupError) as refused:
        publish(NEW, output)
    assert "foreign-file" == refused.value.key
    assert f"{output}/{path}".startswith(str(refused.value.values["path"]))
    assert OLD == published(output, {path: b"mine"})
    (output / path).unlink()
    if path.endswith(".txt"):
        (output / path).parent.rmdir()
    publish(NEW, output)
    assert NEW == published(output, {})


def test_a_link_that_somebody_put_in_the_way_is_not_followed(tmp_path: Path) -> None:
    output, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    publish(OLD, output)
    elsewhere.mkdir()
    (output / "d").symlink_to(elsewhere)
    with pytest.raises(SetupError):
        publish(NEW, output)
    assert [] == list(elsewhere.iterdir())


def test_folders_of_somebody_else_stay_as_they_are(tmp_path: Path) -> None:
    output = tmp_path / "site"
    publish(OLD, output)
    (output / ".git" / "refs" / "tags").mkdir(parents=True)
    (output / "drafts").mkdir(mode=0o700)
    (output / "drafts" / "diary").write_text("mine")
    for site in (NEW, OLD, NEW):
        publish(site, output)
        assert (output / ".git" / "refs" / "tags").is_dir()
        assert "0o700" == oct(stat.S_IMODE((output / "drafts").stat().st_mode))
        assert site == published(output, {"drafts/diary": b"mine"})
    (output / ".git" / "refs" / "tags").rmdir()
    publish(OLD, output)
    assert not (output / ".git" / "refs" / "tags").exists()
