"""A guide on another subject: what ``init`` writes builds as it is and speaks of nothing else."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from overdue_guide import __version__, starters
from overdue_guide.build import build
from overdue_guide.layers import packaged
from overdue_guide.options import Options
from overdue_guide.problems import SetupError
from tests.content import TODAY, run

ROOT = Path(__file__).parent.parent
OTHER_SUBJECT = re.compile("逾期|催收|贷款|放款|还款|欠款|征信|借款|LPR")
PAGES = (".html", ".xml", ".txt", ".json", ".webmanifest", ".svg")


@pytest.fixture(scope="module")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("starter") / "guide"
    starters.write_starter(folder)
    made = build(
        Options(
            content=folder / "content",
            templates=folder / "templates",
            output=folder / "build",
            today=TODAY,
            strict=True,
        )
    )
    assert () == made.problems
    return folder


def test_no_page_speaks_of_our_subject(guide: Path) -> None:
    texts = {
        path: path.read_text("utf-8")
        for path in sorted((guide / "build").rglob("*"))
        if path.suffix in PAGES and "assets" not in path.parts
    }
    assert len(texts) > 40
    said = {str(path): OTHER_SUBJECT.findall(text) for path, text in texts.items()}
    assert {path: words for path, words in said.items() if words} == {}


def test_a_contact_log_speaks_of_our_subject_only_where_the_guide_does(
    guide: Path, tmp_path: Path
) -> None:
    content = tmp_path / "content"
    shutil.copytree(guide / "content", content)
    (content / "reference" / "contact-rules.yml").write_text(
        '- {id: night, title: 夜里打来, level: ask, says: 问一问。, cites: ["civil-code:509"],'
        " when: [{hours: 22-8}]}\n"
    )
    site = content / "site.yml"
    site.write_text(site.read_text("utf-8").replace("phrases:\n", "phrases:\n  log_lender: 房东\n"))
    run("build", "--content", content, "--output", tmp_path / "build", "--cache", tmp_path / "c")
    log = tmp_path / "build" / "log" / "index.html"
    assert "房东" in log.read_text("utf-8")
    made = [*(tmp_path / "build").rglob("*.html"), *(tmp_path / "build").rglob("log/*.mjs")]
    said = {str(path): OTHER_SUBJECT.findall(path.read_text("utf-8")) for path in made}
    assert {path: words for path, words in said.items() if words} == {}


def test_every_page_has_the_colour_of_the_guide(guide: Path) -> None:
    home = (guide / "build" / "index.html").read_text("utf-8")
    assert '<meta name="theme-color" content="#8a3b12">' in home
    sheet = re.search(r'href="\./(assets/[0-9a-f]+/colours\.css)"', home)
    assert sheet
    assert "--brand:#8a3b12" in (guide / "build" / sheet[1]).read_text("ascii")


def test_the_example_holds_what_a_guide_can_hold(guide: Path) -> None:
    names = {path.name for path in (guide / "build").iterdir() if path.is_dir()}
    assert {"stage", "check", "letters", "laws", "glossary", "channels", "search"} <= names
    articles = [*(guide / "content").glob("[b-l]*/*.md")]
    assert 6 <= len(articles)


def test_the_workflow_and_the_hook_name_this_release(guide: Path) -> None:
    for name in (".github/workflows/guide.yml", ".pre-commit-config.yaml"):
        text = (guide / name).read_text("utf-8")
        assert "v0.0.0" not in text
        assert f"v{__version__}" in text


def test_init_says_what_to_do_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    said = run("init", "demo")
    assert 0 == said.code
    assert "cd demo" in said.out
    assert "overdue-guide serve" in said.out


def test_init_refuses_a_folder_with_something_in_it(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    said = run("init", tmp_path)
    assert (2, "") == (said.code, said.out)
    assert "thesis.doc" in said.err
    assert ["thesis.doc"] == [path.name for path in tmp_path.iterdir()]


def test_init_fills_a_fresh_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert starters.write_starter(tmp_path) > 20


def test_an_override_is_a_copy_to_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert 0 == run("override", "components/site_foot.html").code
    assert (packaged() / "components" / "site_foot.html").read_bytes() == (
        tmp_path / "templates" / "components" / "site_foot.html"
    ).read_bytes()
    assert 2 == run("override", "components/site_foot.html").code


def test_what_can_be_overridden_is_listed() -> None:
    listed = run("override").out.split("\n")
    assert {"base.html", "styles/tokens.css", "icons/icon.svg"} <= set(listed)


def test_an_override_of_nothing_is_answered_with_what_is_there(tmp_path: Path) -> None:
    with pytest.raises(SetupError) as raised:
        starters.write_override(tmp_path, "componets/site_foot.html")
    assert "components/site_foot.html" in str(raised.value.values["near"])


def test_the_workflow_uses_the_actions_that_ours_use(guide: Path) -> None:
    ours = "".join(path.read_text("utf-8") for path in (ROOT / ".github" / "workflows").iterdir())
    text = (guide / ".github" / "workflows" / "guide.yml").read_text("utf-8")
    used = re.findall(r"uses: (actions/\S+ # \S+)", text)
    assert len(used) == 3
    assert [one for one in used if one not in ours] == []
    inputs = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))["inputs"]
    assert "build" == inputs["output"]["default"]
    assert "path: build\n" in text
