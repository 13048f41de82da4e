"""The editor's desk of ``serve``: data for the overlay and for /_editor/."""

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from overdue_guide.build import build, check_only, checked_site
from overdue_guide.desk import Edits, desk, edited_anchor, page_of, problem_rows
from overdue_guide.serve import Preview
from overdue_guide.sources import editor_link, line_reader
from overdue_guide.wording import wording
from tests.content import HEAD, options, write
from tests.golden_site import CONTENT
from tests.golden_site import options as golden_options

DRAFT = HEAD.replace("reviewed", "draft: true\nreviewed")


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("contact/family.md", "contact/family/"),
        ("contact/index.md", "contact/"),
        ("index.md", ""),
        ("about.md", "about/"),
        ("letters/stop.md", "letters/stop/"),
        ("checks/calls.yml", "check/calls/"),
        ("reference/laws/pipl.yml", "laws/pipl/"),
        ("site.yml", ""),
    ],
)
def test_a_source_file_has_a_page(path: str, url: str) -> None:
    assert url == page_of(path)


def test_pages_of_sources_are_those_that_are_built(tmp_path: Path) -> None:
    site = checked_site(golden_options(tmp_path))
    assert [one.url for one in site.articles] == [page_of(one.path) for one in site.articles]


def test_a_problem_shows_its_line_and_the_way_there(tmp_path: Path) -> None:
    content = write(tmp_path, {"a/文 b.md": "", "a/b.md": HEAD + "𠀀\t见[@civil-code:1]。\n"})
    (row,) = [
        row
        for row in problem_rows(check_only(options(tmp_path)).problems, content, wording("zh"))
        if row["rule"] == "unknown-law"
    ]
    assert "𠀀\t见[@civil-code:1]。" == row["source"]
    assert "[@civil-code:1]" == row["source"][row["column"] - 1 : row["end"] - 1]
    assert (6, 4, "a/b/", "法规库里没有“civil-code”") == (
        row["line"], row["column"], row["url"], row["message"],
    )  # fmt: skip
    assert row["editor"].endswith("/content/a/b.md:6:4")
    assert "%E6%96%87%20b.md:1:1" in editor_link(content / "a/文 b.md")


def test_the_desk_lists_drafts_reviews_and_pages(tmp_path: Path) -> None:
    old = HEAD.replace("2026-11-01", "2025-10-01")
    files = {"site.yml": "sections: [{slug: a, title: 一}]\n", "a/old.md": old, "a/new.md": HEAD}
    write(tmp_path, {**files, "a/draft.md": DRAFT})
    shown = desk(checked_site(options(tmp_path, drafts=True)), tmp_path / "content")
    assert ["a/draft.md"] == [row["path"] for row in shown["drafts"]]
    assert [("a/old/", "2026-10-01", "due")] == [
        (row["url"], row["due"], row["state"]) for row in shown["due"]
    ]
    assert [("a/new/", "一"), ("a/old/", "一")] == [
        (row["url"], row["section"]) for row in shown["pages"]
    ]
    json.dumps(shown)


def test_checkers_and_channels_fall_due_too(tmp_path: Path) -> None:
    later = replace(golden_options(tmp_path), today=date(2031, 1, 1))
    due = {row["url"] for row in desk(checked_site(later), CONTENT)["due"]}
    assert any(url.startswith("check/") for url in due)
    assert any(url.startswith("channels/#") for url in due)


BODY = HEAD + "前\n\n## 一\n\n甲\n\n```\n## 不是标题\n```\n\n## 一\n\n乙\n\n## 二 {#two}\n\n丙\n"


@pytest.mark.parametrize(
    ("old", "new", "anchor"),
    [
        ("前", "前面", ""),
        ("甲", "甲甲", "一"),
        ("乙", "乙乙", "一_1"),
        ("丙", "丙丙", "two"),
        ("## 二", "## 二二", "two"),
        ("丙\n", "丙\n\n新\n", "two"),
        ("丙\n", "", "two"),
    ],
)
def test_the_edited_heading_is_found(old: str, new: str, anchor: str) -> None:
    after = BODY.replace(old, new, 1)
    assert anchor == edited_anchor("a/b.md", BODY, after)


def test_a_saved_file_leads_to_its_heading(tmp_path: Path) -> None:
    content = write(tmp_path, {"a/b.md": BODY, "a/c.md": HEAD, "site.yml": "title: 题\n"})
    edits = Edits(content)
    edits.remember()
    assert edits.place([content / "site.yml", content / "a/c.md"]) is None
    write(tmp_path, {"a/b.md": BODY.replace("乙", "乙乙")})
    saved = [content / "a/c.md", content / "a/b.md", tmp_path / "elsewhere.md"]
    assert {"url": "a/b/", "anchor": "一_1"} == edits.place(saved)
    assert edits.place(saved) is None
    (content / "a/b.md").unlink()
    assert edits.place(saved) is None


def test_a_line_is_quoted_from_any_file_that_is_one(tmp_path: Path) -> None:
    content = write(tmp_path, {"a.md": "一\r\n二".encode("gb18030")})
    (content / "link.md").symlink_to(content / "a.md")
    read = line_reader(content)
    assert ["一", "二", "", "", ""] == [
        read("a.md", 1), read("a.md", 2), read("a.md", 3), read("link.md", 1), read("none.md", 1),
    ]  # fmt: skip


def test_nothing_of_the_desk_is_ever_published(tmp_path: Path) -> None:
    shutil.copytree(CONTENT, tmp_path / "content")
    made = golden_options(tmp_path, content=tmp_path / "content")
    Preview(made, "127.0.0.1").rebuild(lambda key, **values: None)
    build(replace(made, output=tmp_path / "plain"))
    for folder in (made.output, tmp_path / "plain"):
        files = [file for file in folder.rglob("*") if file.is_file()]
        assert files
        for mark in (b"_editor", b"_serve", b"vscode:", bytes(tmp_path)):
            assert [] == [file for file in files if mark in file.read_bytes()]
