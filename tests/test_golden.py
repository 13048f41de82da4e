"""The golden site, built whole and compared file by file."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest

from overdue_guide import manifest
from overdue_guide.build import build
from tests.content import HEAD, check, found
from tests.golden_site import CONTENT, EXPECTED, TODAY, compared, options

OWN = {"index.html", "about", "contact", "coping", "old"}
"""What files of the content put at the top of the site."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("golden")
    report = build(options(folder))
    assert report.pages
    return folder / "site"


def test_the_golden_site_is_as_expected(site: Path) -> None:
    expected = {
        path.relative_to(EXPECTED).as_posix(): path.read_text("utf-8")
        for path in EXPECTED.rglob("*")
        if path.is_file()
    }
    built = compared(site)
    assert sorted(expected) == sorted(built)
    for name, text in built.items():
        assert expected[name] == text, name


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids |= {values["id"] or ""} if "id" in values else set()
        for name in ("href", "src", "action"):
            if values.get(name):
                self.links.append(str(values[name]))
        if tag in ("script", "img", "iframe") or (
            tag == "link" and values.get("rel") == "stylesheet"
        ):
            self.loaded.append(str(values.get("src") or values.get("href") or ""))


def parsed(path: Path) -> _Links:
    links = _Links()
    links.feed(path.read_text("utf-8"))
    return links


def test_every_link_of_every_page_leads_somewhere(site: Path) -> None:
    pages = {path: parsed(path) for path in site.rglob("*.html")}
    broken = []
    for path, page in pages.items():
        base = site / "." if path.name == "404.html" else path.parent
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme:
                continue
            inside = parts.path.removeprefix("/sub/") if path.name == "404.html" else parts.path
            target = (base / unquote(inside)).resolve() if inside else path.resolve()
            target = target / "index.html" if target.is_dir() else target
            anchor = unquote(parts.fragment)
            if not target.is_file() or (anchor and anchor not in pages[target].ids):
                broken.append(f"{path.relative_to(site)}: {link}")
    assert [] == broken


def test_no_page_loads_anything_from_elsewhere(site: Path) -> None:
    for path in site.rglob("*.html"):
        assert [] == [link for link in parsed(path).loaded if urlsplit(link).netloc], path


def test_every_page_can_search_without_javascript(site: Path) -> None:
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        if 'http-equiv="refresh"' in text:
            continue
        form = re.search(r'<form[^>]*role="search"[^>]*>.*?</form>', text, re.DOTALL)
        assert form, path
        assert 'name="q"' in form[0]
        assert 'type="search"' in form[0]
        assert re.search(r'action="[^"]*search/"', form[0]), path


def test_nothing_runs_inline(site: Path) -> None:
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=| type=\"application/ld\+json\">)", text), path
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style", text), path
        assert "Content-Security-Policy" in text, path


def test_the_feed_and_the_sitemap_are_well_formed(site: Path) -> None:
    atom = "{http://www.w3.org/2005/Atom}"
    feed = ElementTree.parse(site / "feed.xml").getroot()
    dates = [entry.findtext(f"{atom}updated") for entry in feed.iter(f"{atom}entry")]
    assert sorted(dates, reverse=True, key=str) == dates
    assert "2026-10-02T00:00:00Z" == feed.findtext(f"{atom}updated")
    places = [
        node.text
        for node in ElementTree.parse(site / "sitemap.xml").iter()
        if node.tag.endswith("loc")
    ]
    assert "https://guide.example/sub/contact/family/" in places
    assert len(set(places)) == len(places)


def test_an_old_address_leads_to_the_new_one(site: Path) -> None:
    text = (site / "old/family/index.html").read_text("utf-8")
    assert "../../contact/family/" in text


def test_content_can_take_no_address_that_the_build_makes(site: Path, tmp_path: Path) -> None:
    # A picture that is shown where a page is shared may be the content's own.
    made = sorted({path.name for path in site.iterdir()} - {"cards", *OWN})
    # Some file systems make no difference between LOG and log.
    taken = json.dumps([f"/{name.upper()}/" for name in made])
    head = HEAD.replace("reviewed", f"aliases: {taken}\nreviewed")
    report = check(tmp_path, {"contact/a.md": head})
    assert len(made) > 20
    assert [("contact/a.md", "address-clash")] * len(made) == [
        (path, rule) for path, _, rule in found(report)
    ]


def test_content_can_link_to_the_first_page_of_every_kind(site: Path, tmp_path: Path) -> None:
    pages = sorted(path.parent.name for path in site.glob("*/index.html"))
    # Whether there are tags is a matter of other files' heads.
    links = "".join(f"[页]({name}/) " for name in pages if name not in {"tags", *OWN})
    shutil.copytree(CONTENT, tmp_path / "content")
    files = {"about.md": f"---\ntitle: 关于\n---\n{links}\n"}
    assert {"glossary", "laws", "letters", "offline", "search", "tools"} <= set(pages)
    assert "broken-link" not in {rule for _, _, rule in found(check(tmp_path, files))}


def test_the_manifest_lists_every_file_with_its_digest(site: Path) -> None:
    listed = json.loads((site / manifest.NAME).read_text("utf-8"))["files"]
    found = {
        path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in site.rglob("*")
        if path.is_file() and path.name != manifest.NAME
    }
    assert found == listed


def _digest(site: Path) -> str:
    return hashlib.sha256((site / manifest.NAME).read_bytes()).hexdigest()


@pytest.mark.parametrize(
    "environment",
    [
        pytest.param({"PYTHONHASHSEED": "1"}, id="another-hash-seed"),
        pytest.param({"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "2"}, id="another-time-zone"),
        pytest.param({"LC_ALL": "zh_CN.UTF-8", "LANG": "tr_TR.UTF-8"}, id="another-locale"),
    ],
)
def test_the_same_input_gives_the_same_bytes(
    site: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    made = options(tmp_path)
    command = [sys.executable, "-m", "overdue_guide", "build", "--no-cache", "-q", "--jobs", "1"]
    folders = {"content": made.content, "templates": made.templates, "output": made.output}
    for name, folder in folders.items():
        command += [f"--{name}", str(folder)]
    command += ["--today", TODAY.isoformat()]
    subprocess.run(command, check=True, env={**os.environ, **environment}, cwd=tmp_path)
    assert _digest(site) == _digest(made.output)


def test_a_second_build_writes_nothing_and_keeps_time_stamps(tmp_path: Path) -> None:
    first = build(options(tmp_path))
    stamps = {p: p.stat().st_mtime_ns for p in (tmp_path / "site").rglob("*") if p.is_file()}
    second = build(options(tmp_path))
    assert 0 == second.files.written
    assert first.files.written == second.files.kept
    assert stamps == {p: p.stat().st_mtime_ns for p in stamps}
