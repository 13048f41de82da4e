"""Whether a published folder is the build that its manifest lists."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from overdue_guide.build import build
from tests.content import run
from tests.golden_site import options

PAGE = "contact/family/index.html"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("verify")
    build(options(folder))
    return folder / "site"


@pytest.fixture
def site(original: Path, tmp_path: Path) -> Path:
    return shutil.copytree(original, tmp_path / "site")


def verdict(site: Path) -> dict[str, object]:
    said = run("verify", site, "--json")
    found: dict[str, object] = json.loads(said.out)
    assert said.code == (0 if found["whole"] else 1)
    return found


def test_a_build_is_whole(site: Path) -> None:
    listed = json.loads((site / "build-manifest.json").read_text("utf-8"))["files"]
    expected = {"whole": True, "files": len(listed), "missing": [], "changed": [], "foreign": []}
    assert expected == verdict(site)
    assert f"{len(listed)} files are as the manifest says\n" == run("verify", site).out


def longer(page: Path) -> None:
    page.write_bytes(page.read_bytes() + b" ")


def other_bytes(page: Path) -> None:
    page.write_bytes(page.read_bytes().replace(b"a", b"b", 1))


def emptied(page: Path) -> None:
    page.write_bytes(b"")


def linked(page: Path) -> None:
    """The same bytes, but somebody else can change them."""
    aside = page.parents[3] / "aside.html"
    shutil.move(page, aside)
    page.symlink_to(aside)


def piped(page: Path) -> None:
    page.unlink()
    os.mkfifo(page)


@pytest.mark.parametrize("harm", [longer, other_bytes, emptied, linked, piped])
def test_a_changed_file_is_named(site: Path, harm: Callable[[Path], None]) -> None:
    harm(site / PAGE)
    found = verdict(site)
    assert ([PAGE], [], []) == (found["changed"], found["missing"], found["foreign"])


def test_everything_wrong_is_listed_at_once(site: Path) -> None:
    (site / PAGE).unlink()
    shutil.rmtree(site / "search")
    longer(site / "feed.xml")
    (site / "contact" / "新的.html").write_text("x")
    (site / "zz").mkdir()
    (site / "zz" / "a.js").write_text("x")
    (site / "link").symlink_to("/etc")
    said = run("verify", site)
    assert 1 == said.code
    lines = said.out.splitlines()
    assert f"{PAGE}: missing" in lines
    assert "feed.xml: changed" in lines
    for path in ("contact/新的.html", "zz/a.js", "link"):
        assert f"{path}: not of this build" in lines
    assert [line for line in lines if line.startswith("search/") and line.endswith(": missing")]
    assert not [line for line in lines if line.startswith("/etc")]


def test_a_folder_where_a_file_was_is_named(site: Path) -> None:
    (site / "feed.xml").unlink()
    (site / "feed.xml").mkdir()
    assert ["feed.xml"] == verdict(site)["missing"]


def test_what_hosts_and_repositories_add_is_not_foreign(site: Path) -> None:
    for name in ("CNAME", ".nojekyll", ".gitignore"):
        (site / name).write_text("x")
    (site / ".git").mkdir()
    (site / ".git" / "config").write_text("x")
    assert verdict(site)["whole"]
    (site / "contact" / "CNAME").write_text("x")
    assert ["contact/CNAME"] == verdict(site)["foreign"]


@pytest.mark.parametrize(
    "manifest",
    ["", "{", "[]", '{"files": []}', '{"files": {}}', '{"version": 1}', "null", "\x00\xff"],
    ids=repr,
)
def test_without_a_manifest_there_is_no_verdict(site: Path, manifest: str) -> None:
    (site / "build-manifest.json").write_text(manifest, "utf-8")
    said = run("verify", site)
    assert 2 == said.code
    assert "build-manifest.json: missing or damaged" in said.err


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    said = run("verify", tmp_path / "nowhere")
    assert 2 == said.code
    assert "nowhere: there is no such folder" in said.err


def test_a_foreign_manifest_leads_nowhere_else(site: Path) -> None:
    manifest = site / "build-manifest.json"
    read = json.loads(manifest.read_text("utf-8"))
    read["files"] |= {"../secret.txt": "0" * 64, "/etc/passwd": "0" * 64}
    manifest.write_text(json.dumps(read), "utf-8")
    (site.parent / "secret.txt").write_text("x")
    said = run("verify", site)
    assert "passwd" not in said.out
    assert "secret" not in said.out


def test_nothing_is_written(site: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*")}
    run("verify", site)
    assert before == {path: path.stat().st_mtime_ns for path in site.rglob("*")}
