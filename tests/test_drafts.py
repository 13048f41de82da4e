"""A new article is valid as it stands, whatever its title holds."""

from datetime import date
from pathlib import Path

import pytest

from overdue_guide.articles import parse
from overdue_guide.drafts import write_draft
from overdue_guide.problems import SetupError
from overdue_guide.wording import LANGUAGES, wording

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
    path = write_draft(tmp_path, "contact/new", title, wording(language), TODAY)
    article, problems = parse("contact/new.md", path.read_text("utf-8"))
    assert () == problems
    assert (title, True, TODAY) == (article.meta.title, article.meta.draft, article.meta.reviewed)
    assert len(article.body.headings) >= 3


@pytest.mark.parametrize(
    "name",
    ["contact", "Contact/x", "contact/X", "../x/y", "/x/y", "a/b/c", "a/b.md", "a/", "a/-b", "a/b-", "联系/x", ""],
)  # fmt: skip
def test_a_name_that_is_no_section_and_slug_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SetupError) as refused:
        write_draft(tmp_path, name, "题", wording("en"), TODAY)
    assert refused.value.key == "bad-slug"
    assert [] == list(tmp_path.iterdir())


def test_an_article_that_is_there_is_never_written_over(tmp_path: Path) -> None:
    path = write_draft(tmp_path, "contact/new", "一", wording("en"), TODAY)
    path.write_text("mine", "utf-8")
    with pytest.raises(SetupError) as refused:
        write_draft(tmp_path, "contact/new", "二", wording("en"), TODAY)
    assert refused.value.key == "exists"
    assert path.read_text("utf-8") == "mine"
