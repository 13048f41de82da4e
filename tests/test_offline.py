"""What keeps the golden site readable without a network."""

import io
import json
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote

import pytest

from overdue_guide import download
from overdue_guide.build import build
from tests.golden_site import CONTENT, options


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("offline")
    build(options(folder))
    return folder / "site"


@pytest.fixture(scope="module")
def disk(site: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO((site / "offline.zip").read_bytes()))


def listed(site: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads((site / "offline.json").read_text("utf-8"))["files"]
    return found


def test_the_list_names_every_page_as_links_do(site: Path) -> None:
    pages = {path.parent.relative_to(site).as_posix() for path in site.rglob("index.html")}
    assert {f"{page}/".removeprefix("./") for page in pages} == {
        path for path in listed(site) if not path or path.endswith("/")
    }


def test_the_worker_and_its_list_are_of_one_version(site: Path) -> None:
    worker = (site / "sw.js").read_text("utf-8")
    version = json.loads((site / "offline.json").read_text("utf-8"))["version"]
    assert f'const VERSION="{version}"' in worker
    assert not {"offline.zip", "sw.js", "offline.json"} & set(listed(site))


def test_an_edit_changes_only_its_own_lines_of_the_list(site: Path, tmp_path: Path) -> None:
    changed = options(tmp_path, base_url="https://elsewhere.example/")
    build(changed)
    before, after = listed(site), listed(tmp_path / "site")
    assert before.keys() == after.keys()
    same = {path for path in before if before[path] == after[path]}
    assert {path for path in before if path.startswith("search/")} - {"search/"} <= same


def test_the_same_site_gives_the_same_bytes(site: Path, tmp_path: Path) -> None:
    build(options(tmp_path))
    for name in ("sw.js", "offline.json", "offline.zip"):
        assert (site / name).read_bytes() == (tmp_path / "site" / name).read_bytes()


def test_every_link_on_the_disk_leads_to_a_file(disk: zipfile.ZipFile) -> None:
    names = set(disk.namelist())
    lost = [
        (name, target)
        for name in sorted(names)
        if name.endswith(".html")
        for target in re.findall(r'(?:href|src|action)="([^"#?:]+)["#?]', disk.read(name).decode())
        if normpath(join(dirname(name), unquote(target))) not in names
    ]
    assert [] == lost


def test_the_download_loads_no_modules(disk: zipfile.ZipFile) -> None:
    pages = [disk.read(name).decode() for name in disk.namelist() if name.endswith(".html")]
    assert not [page for page in pages if 'type="module"' in page or 'rel="manifest"' in page]
    assert not [name for name in disk.namelist() if name.endswith((".mjs", ".bin"))]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("../", "../index.html"),
        ("./", "./index.html"),
        ("../laws/x/#a1", "../laws/x/index.html#a1"),
        ("../search/?q=1", "../search/index.html?q=1"),
        ("#here", "#here"),
        ("tel:110", "tel:110"),
        ("https://www.baidu.com/", "https://www.baidu.com/"),
        ("../feed.xml", "https://g.example/feed.xml"),
    ],
)
def test_links_are_mended(address: str, expected: str) -> None:
    known = {"index.html", "a/index.html", "laws/x/index.html", "search/index.html"}
    assert expected == download._link(address, "a", known, "https://g.example/")


def test_a_download_after_an_edit_is_that_of_a_first_build(tmp_path: Path) -> None:
    """Parts of the download before are taken over: only where they are what they would be."""
    content, again = tmp_path / "content", tmp_path / "again"
    shutil.copytree(CONTENT, content)
    warm = options(tmp_path, content=content)
    article, other = content / "contact" / "family.md", content / "contact" / "another.md"
    text = article.read_text("utf-8")

    def same() -> None:
        assert build(warm).pages
        assert build(options(again, content=content)).pages
        made = (tmp_path / "site" / "offline.zip").read_bytes()
        assert made == (again / "site" / "offline.zip").read_bytes()
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            assert archive.testzip() is None
        shutil.rmtree(again)

    same()
    article.write_text(text.replace("会通知家人吗", "会告诉家人吗"), "utf-8")
    same()
    # A link may lead to it now.
    other.write_text(text.replace("/old/family/", "/old/another/"), "utf-8")
    same()
    other.unlink()
    same()
    article.write_text(text, "utf-8")
    (tmp_path / "site" / "offline.zip").write_bytes(b"PK")
    same()


def test_a_preview_without_the_download_spares_the_articles_and_is_undone_by_the_next_build(
    tmp_path: Path,
) -> None:
    """``serve`` publishes into the same folder as ``build``."""
    whole = options(tmp_path, cache=tmp_path / "cache")
    site = tmp_path / "site"
    build(whole)
    first = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    article = site / "contact" / "family" / "index.html"
    made = article.stat().st_mtime_ns
    build(replace(whole, download=False))
    assert not (site / "offline.zip").exists()
    assert "offline.zip" not in (site / "offline" / "index.html").read_text("utf-8")
    build(whole)
    assert first == {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert made == article.stat().st_mtime_ns
