"""Names that editors make up: files, folders, tags, stages."""

from pathlib import Path

import pytest

from tests.content import HEAD, Files, check

Told = list[tuple[str, int, int, str, dict[str, str]]]


def told(folder: Path, files: Files) -> Told:
    return [
        (p.span.path, p.span.line, p.span.column, p.rule, dict(p.args))
        for p, _ in check(folder, files).problems
    ]


def test_plain_names_are_fine(tmp_path: Path) -> None:
    names = ("a", "call-2", "v1.2_x", "2026-11-23", "a.b-c_d")
    assert [] == told(tmp_path, {f"{name}/{name}.md": HEAD for name in names})


AWKWARD = {
    "About.md": {"url": "About/", "suggestion": "about.md"},
    "a/Call.md": {"url": "a/Call/", "suggestion": "call.md"},
    "a/call_-me.md": {"url": "a/call_-me/", "suggestion": "call-me.md"},
    "a/两人.md": {"url": "a/两人/"},
}


def test_an_awkward_name_is_told_with_a_plain_one(tmp_path: Path) -> None:
    assert [(path, 1, 1, "awkward-name", args) for path, args in AWKWARD.items()] == told(
        tmp_path, dict.fromkeys([*AWKWARD, "a/b.md"], HEAD)
    )


def test_the_page_of_a_folder_bears_the_folders_name(tmp_path: Path) -> None:
    found = told(tmp_path, {"Ab/index.md": "", "index.md": "", "Ab/c.md": HEAD})
    assert [("Ab/c.md", "Ab/c/"), ("Ab/index.md", "Ab/")] == [
        (path, args["url"]) for path, _, _, rule, args in found if rule == "awkward-name"
    ]


LISTED = "title: 甲\nsections:\n  - {slug: work, title: 单位}\n  - {slug: home, title: 家}\n"
FINE: Files = {"site.yml": LISTED, "work/a.md": HEAD, "home/index.md": ""}


def test_folders_that_are_listed_or_known_by_name_are_fine(tmp_path: Path) -> None:
    rate = HEAD.replace("reviewed", "calculator: annual\nreviewed")
    more: Files = {"letters/stop.md": HEAD, "tools/rate.md": rate, "about.md": HEAD}
    found = told(tmp_path, {**FINE, **more})
    assert [] == [rule for *_, rule, _ in found if rule == "unlisted-section"]


def test_a_folder_that_is_not_listed_is_told_once_at_its_first_file(tmp_path: Path) -> None:
    files = {**FINE, "wrk/b.md": HEAD, "wrk/a.md": HEAD.replace("---\n", "---\ndraft: true\n", 1)}
    args = {"section": "wrk", "suggestion": "work"}
    assert [("wrk/a.md", 1, 1, "unlisted-section", args)] == told(tmp_path, files)


def test_a_folder_within_a_listed_one_is_not_listed_by_that(tmp_path: Path) -> None:
    (found,) = told(tmp_path, {**FINE, "work/deep/b.md": HEAD})
    assert ("work/deep/b.md", "unlisted-section", "work/deep") == (
        *found[:1],
        found[3],
        found[4]["section"],
    )


def test_a_site_that_lists_no_folders_may_have_any(tmp_path: Path) -> None:
    assert [] == told(tmp_path, {"site.yml": "title: 甲\n", "wrk/b.md": HEAD})


def test_a_listed_folder_that_is_not_there_is_told_with_what_may_be_meant(tmp_path: Path) -> None:
    files = {"site.yml": LISTED, "work/a.md": HEAD, "hom/b.md": HEAD}
    assert [
        ("hom/b.md", 1, 1, "unlisted-section", {"section": "hom", "suggestion": "home"}),
        ("site.yml", 4, 12, "unknown-section", {"section": "home", "suggestion": "hom"}),
    ] == told(tmp_path, files)


def test_a_listed_folder_with_nothing_but_drafts_is_there(tmp_path: Path) -> None:
    files = {"site.yml": LISTED, "work/a.md": HEAD}
    files["home/b.md"] = HEAD.replace("---\n", "---\ndraft: true\n", 1)
    assert [] == told(tmp_path, files)


def test_a_folder_whose_name_cannot_be_read_may_be_any(tmp_path: Path) -> None:
    files = {**FINE, "site.yml": LISTED.replace("slug: home", "slug: ''"), "wrk/b.md": HEAD}
    assert "unlisted-section" not in {rule for *_, rule, _ in told(tmp_path, files)}


STAGED = "---\nstage: [early, late]\ntags: [家人, 单位]\n"


def test_stages_that_no_site_lists_are_told_each_where_it_stands(tmp_path: Path) -> None:
    assert [
        ("a/b.md", 2, 9, "unlisted-stage", {"stage": "early"}),
        ("a/b.md", 2, 16, "unlisted-stage", {"stage": "late"}),
    ] == told(tmp_path, {"a/b.md": HEAD.replace("---\n", STAGED, 1)})


@pytest.mark.parametrize(
    ("tags", "wrong"), [("[]", []), ("[家人]", ["单位"]), ("[单位, 家人]", [])]
)
def test_tags_are_those_that_the_site_lists_if_it_lists_any(
    tmp_path: Path, tags: str, wrong: list[str]
) -> None:
    site = f"tags: {tags}\nstages: [{{id: early, title: 早}}, {{id: late, title: 晚}}]\n"
    found = told(tmp_path, {"site.yml": site, "a/b.md": HEAD.replace("---\n", STAGED, 1)})
    assert [("unknown-tag", tag) for tag in wrong] == [(rule, a["tag"]) for *_, rule, a in found]
