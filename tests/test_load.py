"""Reading the content folder: what is taken, what is refused, and that nothing is passed over."""

import os
from pathlib import Path

import pytest

from overdue_guide import load, outlines, reading
from overdue_guide.articles import parse
from tests.content import CIVIL_CODE, HEAD, Files, check, found, write


def paths(folder: Path, files: Files, *, drafts: bool = False) -> list[str]:
    """Paths of the articles that loading gives."""
    return [one.path for one in loaded(folder, files, drafts=drafts).site.articles]


def loaded(folder: Path, files: Files, *, drafts: bool = False, jobs: int = 1) -> load.Loaded:
    """The content, with nothing remembered."""
    entries = outlines.open_entries(folder / "nothing")
    return load.load(write(folder, files), entries, drafts=drafts, jobs=jobs)


def test_articles_come_in_order_of_their_paths(tmp_path: Path) -> None:
    files = dict.fromkeys(("b/z.md", "a/b.md", "a/B/x.md", "about.md", "a/a.md"), HEAD)
    assert ["a/B/x.md", "a/a.md", "a/b.md", "about.md", "b/z.md"] == paths(tmp_path, files)


@pytest.mark.parametrize(
    "name", ["README.md", "a/NOTES.md", ".hidden.md", "_draft.md", "a/.git/x.md", "a/x.md~"]
)
def test_notes_among_editors_are_not_published(tmp_path: Path, name: str) -> None:
    report = check(tmp_path, {name: "没有信息块", "a/b.md": HEAD})
    assert [] == found(report)
    assert ["a/b.md"] == paths(tmp_path, {})


def test_drafts_are_loaded_only_when_asked_for(tmp_path: Path) -> None:
    files = {"a/b.md": HEAD.replace("---\ntitle", "---\ndraft: true\ntitle"), "a/c.md": HEAD}
    assert ["a/c.md"] == paths(tmp_path, files)
    assert ["a/b.md", "a/c.md"] == paths(tmp_path, files, drafts=True)


def test_a_drafts_mistakes_are_reported_before_it_is_published(tmp_path: Path) -> None:
    files = {"a/b.md": HEAD.replace("---\ntitle", "---\ndraft: true\ntitel: x\ntitle")}
    assert [("a/b.md", 3, "unknown-key")] == found(check(tmp_path, files))


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("a/notes.txt", "unknown-file"),
        ("a/b.markdown", "unknown-file"),
        ("a/page.html", "unknown-file"),
        ("a/data.json", "unknown-file"),
        ("site.yaml", "unknown-file"),
        ("reference/chanels.yml", "unknown-file"),
        ("reference/laws/sub/a.yml", "unknown-file"),
        ("a/b c.md", "bad-file-name"),
        ("a/B.MD", "bad-file-name"),
        ("a/-b.md", "bad-file-name"),
        ("a/😀.md", "bad-file-name"),
        ("a/nul.md", "bad-file-name"),
        ("a/e\u0301.md", "bad-file-name"),
        ("a/" + "长" * 80 + ".md", "bad-file-name"),
        ("a b/c.md", "bad-file-name"),
        ("reference/laws/Civil.yml", "bad-file-name"),
        ("reference/laws/民法典.yml", "bad-file-name"),
    ],
)
def test_a_file_that_is_not_used_is_reported(tmp_path: Path, name: str, rule: str) -> None:
    data = CIVIL_CODE if name.startswith("reference/laws") else HEAD
    assert rule in [rule for _, _, rule in found(check(tmp_path, {name: data}))]


@pytest.mark.parametrize("name", ["a/b_c.d.md", "a/2026.md"])
def test_a_name_that_works_everywhere_is_fine(tmp_path: Path, name: str) -> None:
    assert [] == found(check(tmp_path, {name: HEAD}))


@pytest.mark.parametrize("name", ["联系/家人.md", "a/é.md", "a/B.md"])
def test_a_name_that_makes_a_long_address_is_warned_of(tmp_path: Path, name: str) -> None:
    assert [(name, 1, "awkward-name")] == found(check(tmp_path, {name: HEAD}))


@pytest.mark.parametrize(
    ("data", "line", "column", "what"),
    [
        (HEAD.encode("utf-16"), 1, 1, "utf-16"),
        (HEAD.encode("utf-16-le"), 1, 1, "binary"),
        (HEAD.encode("gb18030"), 2, 8, "gbk"),
        (HEAD.encode() + b"ok\n\xff\xff", 7, 1, "0xFF"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", 1, 1, "binary"),
    ],
    ids=["UTF-16", "UTF-16 without a mark", "GBK", "a wrong byte", "a picture"],
)
def test_another_encoding_is_named(
    tmp_path: Path, data: bytes, line: int, column: int, what: str
) -> None:
    ((problem, _),) = check(tmp_path, {"a/b.md": data}).problems
    place = (problem.span.line, problem.span.column)
    assert ("bad-encoding", line, column, what) == (problem.rule, *place, problem.args[0][1])


def test_a_file_in_another_encoding_shows_its_other_mistakes_too(tmp_path: Path) -> None:
    data = HEAD.replace("summary", "sumary").encode("gb18030")
    rules = [rule for _, _, rule in found(check(tmp_path, {"a/b.md": data}))]
    assert rules == ["bad-encoding", "unknown-key"]


def test_links_pipes_and_sockets_are_never_opened(tmp_path: Path) -> None:
    content = write(tmp_path, {"a/b.md": HEAD})
    (content / "a" / "link.md").symlink_to("/etc/passwd")
    (content / "a" / "loop").symlink_to(content)
    (content / "a" / "gone.md").symlink_to("nowhere")
    os.mkfifo(content / "a" / "pipe.md")
    report = check(tmp_path, {})
    assert [
        (f"a/{name}", 1, "unreadable-file") for name in ("gone.md", "link.md", "loop", "pipe.md")
    ] == found(report)


def test_a_name_that_is_no_utf_8_is_reported(tmp_path: Path) -> None:
    content = write(tmp_path, {"a/b.md": HEAD})
    (content / os.fsdecode(b"\xff.md")).write_text(HEAD)
    assert [("?.md", 1, "bad-file-name")] == found(check(tmp_path, {}))


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    data = HEAD + "长" * (reading.MAX_BYTES // 3)
    assert [("a/b.md", 1, "unreadable-file")] == found(check(tmp_path, {"a/b.md": data}))


def test_pictures_are_published_as_they_are(tmp_path: Path) -> None:
    found = loaded(tmp_path, {"a/p.PNG": b"x", "a/q.gif": b"y"})
    assert ([("a/p.PNG", b"x"), ("a/q.gif", b"y")], ()) == (
        [(asset.path, asset.data) for asset in found.site.assets],
        found.problems,
    )


def test_two_files_of_one_law_clash(tmp_path: Path) -> None:
    files = {"reference/laws/a.yaml": CIVIL_CODE, "reference/laws/a.yml": CIVIL_CODE}
    assert [("reference/laws/a.yml", 1, "address-clash")] == found(check(tmp_path, files))


def test_an_empty_folder_is_a_site(tmp_path: Path) -> None:
    assert [] == found(check(tmp_path, {}))


def test_many_files_parse_the_same_in_several_processes(tmp_path: Path) -> None:
    files = {f"a/b{n}.md": f"{HEAD}正文 {n} [@a:{n}]\n" for n in range(load._WORTH_A_POOL + 1)}
    one, several = loaded(tmp_path / "1", files), loaded(tmp_path / "2", files, jobs=2)
    assert one.articles == several.articles
    assert dict(one.site.bodies) == dict(several.site.bodies)


def test_what_was_parsed_before_is_taken_from_the_cache(tmp_path: Path) -> None:
    content = write(tmp_path, {"a/b.md": HEAD, "a/c.md": HEAD + "正文"})
    counts: list[tuple[int, int]] = []

    def again() -> load.Loaded:
        counts.clear()
        entries = outlines.open_entries(tmp_path / "cache")
        return load.load(
            content, entries, progress=lambda done, total: counts.append((done, total))
        )

    first = again()
    assert [(1, 2), (2, 2)] == counts
    second = again()
    assert (first.articles, dict(first.site.bodies)) == (second.articles, dict(second.site.bodies))
    assert [] == counts
    (content / "a" / "b.md").write_text(HEAD + "新", "utf-8")
    again()
    assert [(1, 1)] == counts


def test_an_articles_path_is_part_of_its_cache_key(tmp_path: Path) -> None:
    content = write(tmp_path, {"a/b.md": HEAD})
    load.load(content, outlines.open_entries(tmp_path / "cache"))
    (content / "a" / "b.md").rename(content / "a" / "c.md")
    site = load.load(content, outlines.open_entries(tmp_path / "cache")).site
    assert (parse("a/c.md", HEAD)[0].head,) == site.articles
