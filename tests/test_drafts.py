"""A new article is valid as it stands, whatever its title holds; what it lacks is marked."""

import io
import sys
from datetime import date
from pathlib import Path

import pytest

from overdue_guide.articles import parse
from overdue_guide.drafts import Draft, write_draft
from overdue_guide.problems import SetupError
from overdue_guide.wording import LANGUAGES, wording
from tests.content import CIVIL_CODE, HEAD, Said, run, write

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "title",
    [
        "会通知家人吗？",
        "冒号: 引号\" '和#井号",
        "[方括号]",
        "@开头",
        "- 横线",
        "123",
        "yes",
        "反斜杠\\n",
    ],
)
def test_a_draft_is_valid(tmp_path: Path, title: str, language: str) -> None:
    draft = Draft("contact/new", title, question=title, risk="high")
    path = write_draft(tmp_path, draft, wording(language), TODAY)
    article, problems = parse("contact/new.md", path.read_text("utf-8"))
    assert () == problems
    assert (title, True, TODAY) == (article.meta.title, article.meta.draft, article.meta.reviewed)
    assert (title, "high") == (article.meta.question, article.meta.risk)
    assert len(article.body.headings) >= 3


def test_what_a_draft_lacks_keeps_it_from_being_published(tmp_path: Path) -> None:
    text = write_draft(tmp_path, Draft("a/b", "题"), wording("zh"), TODAY).read_text("utf-8")
    _, problems = parse("a/b.md", text.replace("draft: true", "draft: false"))
    assert {"open-gap"} == {problem.rule for problem in problems}
    assert text.count("〔待写") == len(problems)


@pytest.mark.parametrize(
    "name",
    ["contact", "Contact/x", "contact/X", "../x/y", "/x/y", "a/b/c", "a/b.md", "a/", "a/-b", "a/b-", "联系/x", ""],
)  # fmt: skip
def test_a_name_that_is_no_section_and_slug_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SetupError) as refused:
        write_draft(tmp_path, Draft(name, "题"), wording("en"), TODAY)
    assert refused.value.key == "bad-slug"
    assert [] == list(tmp_path.iterdir())


def test_an_article_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    path = write_draft(tmp_path, Draft("contact/new", "一"), wording("en"), TODAY)
    path.write_text("mine", "utf-8")
    with pytest.raises(SetupError) as refused:
        write_draft(tmp_path, Draft("contact/new", "二"), wording("en"), TODAY)
    assert refused.value.key == "exists"
    assert path.read_text("utf-8") == "mine"


def neighbours(folder: Path) -> Path:
    """A site with two articles about one thing, and one about another."""
    tagged = HEAD.replace("title: 题", "title: {title}\ntags: [{tags}]") + "{text}\n"
    cited = "催收打电话给家人（[@civil-code:1033]），侵扰安宁（[@old-law:9 历史]）。"
    return write(
        folder,
        {
            "site.yml": "sections: [{slug: contact, title: 联系规则}, {slug: court, title: 法院}]\n",
            "contact/family.md": tagged.format(title="催收给家人打电话", tags="家人, 电话", text=cited),
            "contact/work.md": tagged.format(title="催收打电话到单位", tags="电话, 单位", text=cited),
            "court/summons.md": tagged.format(title="收到传票", tags="法院", text="开庭。"),
            "reference/laws/civil-code.yml": CIVIL_CODE,
            "reference/laws/old-law.yml": CIVIL_CODE.replace("1033", "9").replace("民法典", "旧法")
            + "repealed: 2020-01-01\n",
        },
    )  # fmt: skip


def new(content: Path, *arguments: str) -> Said:
    day = ("--today", "2026-11-23")
    return run("new", *arguments, "--content", content, "--no-cache", *day)


def test_a_draft_begins_with_what_its_neighbours_have(tmp_path: Path) -> None:
    content = neighbours(tmp_path)
    said = new(content, "contact/parents", "--title", "催收打电话给我爸妈")
    assert 0 == said.code, said.err
    article, _ = parse("contact/parents.md", (content / "contact/parents.md").read_text("utf-8"))
    assert "电话" in article.meta.tags
    assert {"contact/family", "contact/work"} == set(article.meta.related)
    assert [("civil-code", "1033")] == [(cite.law, cite.key) for cite in article.cites]
    assert 0 == run("check", "--content", content, "--no-cache", "--drafts", "--strict", "--today", "2026-11-23").code  # fmt: skip
    assert 0 == run("fmt", "--content", content, content / "contact/parents.md", "--check").code


def test_nothing_is_proposed_when_that_is_asked_or_there_is_nothing(tmp_path: Path) -> None:
    assert 0 == new(tmp_path / "empty", "contact/parents", "--title", "催收打电话").code
    content = neighbours(tmp_path)
    assert 0 == new(content, "contact/parents", "--title", "催收打电话", "--bare").code
    assert (tmp_path / "empty/contact/parents.md").read_text("utf-8") == (
        content / "contact/parents.md"
    ).read_text("utf-8")


def test_a_section_with_a_slip_gets_no_folder(tmp_path: Path) -> None:
    content = neighbours(tmp_path)
    said = new(content, "contcat/parents", "--title", "催收打电话")
    assert (2, "") == (said.code, said.out)
    assert "did you mean contact?" in said.err
    assert not (content / "contcat").exists()


class Terminal(io.StringIO):
    """Standard input at which a person sits."""

    def isatty(self) -> bool:
        return True


def answering(monkeypatch: pytest.MonkeyPatch, answers: str) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(answers))


def test_a_terminal_is_asked_for_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = neighbours(tmp_path)
    answering(
        monkeypatch,
        "\n催收给我爸妈打电话\n能不能打给他们？\n9\n1\nMy Parents\nfamily\nparents\nhuge\nhigh\n",
    )
    said = new(content, "--bare")
    assert 0 == said.code, said.err
    article, _ = parse("contact/parents.md", (content / "contact/parents.md").read_text("utf-8"))
    assert ("催收给我爸妈打电话", "能不能打给他们？", "high") == (
        article.meta.title, article.meta.question, article.meta.risk,
    )  # fmt: skip
    assert 5 == len(
        said.err.splitlines()
    )  # title, section, two file names and risk were wrong once


def test_an_end_of_the_answers_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = neighbours(tmp_path)
    answering(monkeypatch, "催收给我爸妈打电话\n")
    assert 130 == new(content, "--bare").code
    assert ["family.md", "work.md"] == sorted(file.name for file in (content / "contact").iterdir())


def test_without_a_terminal_nothing_is_asked(tmp_path: Path) -> None:
    content = neighbours(tmp_path)
    for given in ([], ["contact/x"], ["--title", "题"]):
        assert 2 == new(content, *given).code
