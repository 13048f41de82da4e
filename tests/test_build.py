"""The pipeline as a whole: everything or nothing, and the same from the same."""

from pathlib import Path

import pytest

from overdue_guide.build import build, check_only, searchable
from overdue_guide.problems import SetupError
from overdue_guide.search import index
from tests.content import CIVIL_CODE, HEAD, TODAY, Files, options, write

FILES: Files = {
    "site.yml": "title: 指南\nbase_url: https://example.org/guide/\n",
    "contact/family.md": HEAD.replace("---\ntitle", "---\ntags: [家人]\ntitle")
    + "催收不能骚扰家人。[@civil-code:1034]\n\n![图](p.png)\n",
    "contact/p.png": b"picture",
    "about.md": "---\ntitle: 关于\n---\n正文\n",
    "reference/laws/civil-code.yml": CIVIL_CODE,
    "reference/glossary.yml": "- {term: 逾期, meaning: 到期没还。}\n",
    "reference/channels.yml": "- {id: police, name: 报警, handles: 威胁}\n",
    "letters/stop.md": HEAD,
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(tmp_path, FILES)
    return tmp_path


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_build_writes_every_address_of_the_contract(site: Path) -> None:
    made = build(options(site))
    built = set(tree(site / "site"))
    assert {
        "index.html",
        "contact/index.html",
        "contact/family/index.html",
        "contact/p.png",
        "about/index.html",
        "tags/index.html",
        "tags/家人/index.html",
        "letters/stop/index.html",
        "laws/index.html",
        "laws/civil-code/index.html",
        "glossary/index.html",
        "channels/index.html",
        "search/index.html",
        "feed.xml",
        "sitemap.xml",
        "robots.txt",
        "404.html",
        "manifest.webmanifest",
    } <= built
    assert made.pages == sum(name.endswith(".html") for name in built)
    assert made.files.written == len(built - {"build-manifest.json"})


def test_the_stages_are_timed_in_order(site: Path) -> None:
    stages: list[str] = []
    made = build(options(site), lambda stage, done, total: stages.append(stage))
    order = list(dict.fromkeys(stages))
    assert order == [stage for stage, _ in made.seconds]
    assert ["look", "import", "load", "check", "plan", "index", "render"] == order[:7]
    assert order[-1] == "write"


def test_an_error_stops_the_build_before_anything_is_written(site: Path) -> None:
    build(options(site))
    before = tree(site)
    write(site, {"contact/b.md": "kein front matter"})
    made = build(options(site))
    assert (0, 0) == (made.pages, made.files.written)
    assert before == {k: v for k, v in tree(site).items() if k != "content/contact/b.md"}


def test_warnings_stop_a_strict_build(site: Path) -> None:
    write(site, {"contact/b.md": HEAD + "# 一级\n"})
    assert build(options(site, strict=True)).pages == 0
    assert build(options(site)).pages > 0


@pytest.mark.parametrize(
    "changes",
    [{"cache": Path("cache")}, {"jobs": 2}],
    ids=["with a cache", "with two processes"],
)
def test_how_it_is_built_changes_no_byte(
    site: Path, changes: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(site)
    build(options(site, output=site / "one"))
    for _ in range(2):
        build(options(site, output=site / "other", **changes))
        assert tree(site / "one") == tree(site / "other")


def test_a_cache_that_holds_garbage_changes_nothing(site: Path) -> None:
    cache = site / "cache"
    build(options(site, cache=cache))
    before = tree(site / "site")
    for path in cache.rglob("*"):
        if path.is_file():
            path.write_bytes(b"garbage")
    build(options(site, cache=cache))
    assert before == tree(site / "site")


def test_the_address_can_be_given(site: Path) -> None:
    made = build(options(site, base_url="https://other.example/x"))
    assert made.base_url == "https://other.example/x/"
    text = (site / "site" / "sitemap.xml").read_text("utf-8")
    assert "https://other.example/x/contact/family/" in text
    assert "example.org" not in text


def test_checking_finds_what_building_finds(site: Path) -> None:
    write(site, {"contact/b.md": HEAD + "[@civil-code:9] [x](y.md)\n"})
    assert check_only(options(site)).problems == build(options(site)).problems != ()


def test_there_is_nothing_to_build_without_content(tmp_path: Path) -> None:
    for content in (tmp_path / "nowhere", tmp_path):
        if content == tmp_path:
            content = tmp_path / "file"
            content.write_text("")
        with pytest.raises(SetupError) as refused:
            build(options(tmp_path, content=content))
        assert refused.value.key == "no-content"


@pytest.mark.parametrize("output", [".", "out", "contact/out"])
def test_a_site_is_never_written_into_its_content(site: Path, output: str) -> None:
    before = tree(site)
    with pytest.raises(SetupError) as refused:
        build(options(site, output=site / "content" / output))
    assert refused.value.key == "output-in-content"
    assert before == tree(site)


def test_what_is_searched_is_the_content_as_it_is_now(site: Path) -> None:
    settings = options(site, cache=site / "cache")
    assert ["contact/family/"] == [
        found.url.lstrip("/") for found in index.search(searchable(settings), "骚扰家人")
    ]
    write(site, {"contact/family.md": HEAD + "改成说单位。\n"})
    assert not [
        f for f in index.search(searchable(settings), "骚扰家人") if "骚扰" in f.passage.excerpt
    ]


def test_the_day_decides_what_the_pages_say(site: Path) -> None:
    build(options(site, output=site / "now"))
    build(options(site, output=site / "later", today=TODAY.replace(year=2027, month=12)))
    one, other = (tree(site / name)["contact/family/index.html"] for name in ("now", "later"))
    assert one != other
