"""Slips of an editor who knows Markdown and no more: each is told, at its place, with what to write."""

from pathlib import Path

import pytest

from overdue_guide import articles, meant, repair
from overdue_guide.problems import Problem
from overdue_guide.wording import wording
from tests.content import CIVIL_CODE, HEAD, TEMPLATES, check, found, run

OWN = ("markdown-slip", "lost-cell", "heading-jump", "bare-provision", "full-width-list")


def slips(body: str, head: str = HEAD) -> list[Problem]:
    return [p for p in articles.parse("a/b.md", head + body)[1] if p.rule in OWN]


@pytest.mark.parametrize(
    ("body", "mend"),
    [
        ("看[文字]（../a/b.md）吧", "[文字](../a/b.md)"),
        ("看[文字] (b.md)吧", "[文字](b.md)"),
        ("看［文字］(https://example.com/x)吧", "[文字](https://example.com/x)"),
        ("[channel:police-110]", "[[channel:police-110]]"),
        ("【【channel：police-110】】", "[[channel:police-110]]"),
        ("按[civil-code:1033]办", "[@civil-code:1033]"),
        ("＃＃ 标题", "## 标题"),
        ("！！！ note", "!!! note"),
        ('!!! warnning "注意"\n    一', "warning"),
        ("!!! warning “注意”\n    一", '!!! warning "注意"'),
        ("!!! warning 注意\n    一", '!!! warning "注意"'),
        ("** 先别怕 **", "**先别怕**"),
        ("|一|二|\n|三|四|", "| --- | --- |"),
        ("```\n一", "```"),
    ],
)
def test_what_stays_raw_is_told_with_what_to_write(body: str, mend: str) -> None:
    (problem,) = slips(body + "\n")
    assert ("markdown-slip", mend) == (problem.rule, dict(problem.args)["mend"])
    assert problem.span.line == HEAD.count("\n") + 1


@pytest.mark.parametrize(
    "body",
    [
        "[文字](../a/b.md)和[文字](b.md#锚 \"题\")[^1]\n\n[^1]: 注",
        "[一][r]（例如）\n\n[r]: b.md",
        "[[channel:x]]和[@civil-code:1033]和{{name}}",
        "`[文字]（a.md）`\n\n```\n** a **\n＃＃ 题\n```",
        "**一**和**二**，**三\n四**",
        "2**3 是 `**`",
        "\\*\\*一",
        '!!! note\n    一\n\n!!! warning "题"\n    - 一\n        - 二\n\n!!! tip\n    一',
        "- 一\n    - 二\n        - 三\n- 四\n\n段\n\n1. 一\n    - 二",
        "| 一 | 二 |\n| --- | --- |\n| `a|b` | 三\\|四 |",
        "一|二\n-|-\n三|四",
        "## 一\n\n### 二\n\n## 三\n\n### 四\n\n#### 五",
        "按《民法典》第1034条、第1035条办（《民法典》第一条）。",
        "按民法典第1034条办（[@civil-code:1034]）。",
        "合同第三条、第 2 条路、第一次。",
    ],
)  # fmt: skip
def test_what_is_right_is_left_alone(body: str) -> None:
    assert [] == slips(body + "\n")


@pytest.mark.parametrize(
    ("body", "rule", "place"),
    [
        ("- 一\n  - 二", "markdown-slip", (7, 1)),
        ("!!! note\n  一", "markdown-slip", (7, 3)),
        ("段\n| 一 | 二 |\n| --- | --- |\n| 三 | 四 |", "markdown-slip", (7, 1)),
        ("一**二", "markdown-slip", (6, 2)),
        ("致{{姓名}}：", "markdown-slip", (6, 2)),
        ("|一|二|\n|-|-|\n|三|四|五|", "lost-cell", (8, 1)),
        ("## 一\n\n#### 二", "heading-jump", (8, 1)),
        ("### 一", "heading-jump", (6, 1)),
        ("民法典第1034条", "bare-provision", (6, 4)),
        ("**《民法典》**第一千零三十四条", "bare-provision", (6, 10)),
        ("按照第1034条办", "bare-provision", (6, 3)),
        ("《民法典》第1034条之外，民诉法第12条", "bare-provision", (6, 18)),
    ],
)
def test_the_place_is_exact(body: str, rule: str, place: tuple[int, int]) -> None:
    assert [(rule, *place)] == [(p.rule, p.span.line, p.span.column) for p in slips(body + "\n")]


@pytest.mark.parametrize(
    ("entry", "suggestion"),
    [
        ("[家人，隐私]", "[家人, 隐私]"),
        ("[家人、隐私, 短信]", "[家人, 隐私]"),
        ("[“家人”]", "[家人]"),
    ],
)
def test_a_list_with_chinese_marks_is_told(entry: str, suggestion: str) -> None:
    head = HEAD.replace("reviewed", f"tags: {entry}\nreviewed")
    (problem,) = slips("一\n", head)
    assert suggestion == dict(problem.args)["suggestion"]


def test_marks_of_a_name_and_quoted_words_part_nothing() -> None:
    entry = '[《民法典》（一、二）, "你好，请问", 家人]'
    assert [] == slips("一\n", HEAD.replace("reviewed", f"keywords: {entry}\nreviewed"))


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("【@pipl：69】", "[@pipl:69]"),
        ("[＠pipl:69]", "[@pipl:69]"),
        ("[@pipl 69]", "[@pipl:69]"),
        ("[@pipl:第69条]", "[@pipl:69]"),
        ("[@criminal-law:第二百九十三条之一 历史]", "[@criminal-law:293-1 历史]"),
        ("[@civil-code:1033,@pipl:10]", "[@civil-code:1033;@pipl:10]"),
        ("[@个保法:69]", ""),
        ("[@pipl:第十百条]", ""),
        ("[@", ""),
    ],
)
def test_a_citation_that_is_none_is_written_right(raw: str, expected: str) -> None:
    assert expected == meant.citation(raw)
    if expected:
        _, problems = articles.parse("a/b.md", f"{HEAD}{raw}\n")
        assert ["bad-citation"] == [problem.rule for problem in problems]
        assert expected == dict(problems[0].args)["suggestion"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("My Page (2).MD", "my-page-2.md"),
        ("B.md", "b.md"),
        ("a b", "a-b"),
        ("家人.md", ""),
        ("a.md", ""),
        ("---.md", ""),
    ],
)
def test_a_name_that_is_none_is_written_right(name: str, expected: str) -> None:
    assert expected == meant.file_name(name)


@pytest.mark.parametrize("name", ["My Page.md", "MyPage.MD", "MyPage.md"])
def test_a_name_is_corrected(tmp_path: Path, name: str) -> None:
    ((problem, _),) = check(tmp_path, {f"a/{name}": HEAD}).problems
    assert dict(problem.args)["suggestion"] in ("my-page.md", "mypage.md")


@pytest.mark.parametrize("name", ["got-summons.md.txt", "got-summons.txt", "got-summons.markdown"])
def test_an_article_with_another_ending_is_told_its_name(tmp_path: Path, name: str) -> None:
    report = check(tmp_path, {f"a/{name}": HEAD, "a/b.md": HEAD})
    assert [("suggestion", "got-summons.md")] == [
        arg for problem, _ in report.problems for arg in problem.args if arg[0] == "suggestion"
    ]


@pytest.mark.parametrize(
    ("path", "before", "after", "suggestion"),
    [
        ("a/b.md", "reviewed:", "risk: 高\nreviewed:", "high"),
        ("reference/laws/civil-code.yml", "force: statute", "force: 部门规章", "departmental-rule"),
        ("reference/laws/civil-code.yml", '"1034"', '"第1034条"', "1034"),
        ("reference/laws/civil-code.yml", '"1034"', "第二百九十三条之一", "293-1"),
    ],
)
def test_a_value_in_chinese_is_told_how_it_is_written(
    tmp_path: Path, path: str, before: str, after: str, suggestion: str
) -> None:
    files = {"a/b.md": HEAD, "reference/laws/civil-code.yml": CIVIL_CODE}
    files[path] = files[path].replace(before, after)
    ((problem, _),) = check(tmp_path, files).problems
    assert ("bad-value", suggestion) == (problem.rule, dict(problem.args)["suggestion"])


def test_two_digits_that_changed_places_are_put_right(tmp_path: Path) -> None:
    law = CIVIL_CODE.replace("1034", "1039")
    report = check(
        tmp_path, {"a/b.md": HEAD + "[@civil-code:1303]\n", "reference/laws/civil-code.yml": law}
    )
    assert ("suggestion", "civil-code:1033") in report.problems[0][0].args


def test_a_mistyped_key_is_not_missing_as_well(tmp_path: Path) -> None:
    files = {
        "a/b.md": HEAD.replace("summary", "sumary"),
        "site.yml": "sections: [{slug：a, title: 一}]\n",
    }
    assert ["unknown-key", "full-width-colon"] == [
        rule for _, _, rule in found(check(tmp_path, files))
    ]


def test_a_file_without_front_matter_is_one_mistake(tmp_path: Path) -> None:
    text = HEAD.removeprefix("---\n").replace("要点", "字" * 90)
    assert [("a/b.md", 1, "front-matter-missing")] == found(
        check(tmp_path, {"a/b.md": text + "一。\n"})
    )


@pytest.mark.parametrize(
    ("title", "lost"),
    [
        ("甲 #乙", True),
        ("甲  #乙丙 丁", True),
        ("甲#乙", False),
        ("甲 # 乙", False),
        ('"甲 #乙"', False),
    ],
)
def test_words_behind_a_hash_are_told(title: str, lost: bool) -> None:
    _, problems = articles.parse("a/b.md", HEAD.replace("title: 题", f"title: {title}"))
    assert lost == (["lost-remark"] == [problem.rule for problem in problems])


@pytest.mark.parametrize(
    ("kind", "raw", "expected"),
    [
        ("texts", "家人、隐私", "[家人, 隐私]"),
        ("texts", "【家人，隐私】", "[家人, 隐私]"),
        ("date", "2026/1/5", "2026-01-05"),
        ("date", "2026年11月23日", "2026-11-23"),
        ("date", "2026/13/5", ""),
        ("flag", "是", "true"),
        ("flag", "也许", ""),
        ("number", "十一", "11"),
        ("number", "很多", ""),
        ("text", "x", ""),
    ],
)
def test_what_was_meant(kind: str, raw: str, expected: str) -> None:
    assert expected == meant.meant(kind, raw)


@pytest.mark.parametrize(
    ("line", "column", "expected"),
    [
        ('title: "一"二', 10, "title: '\"一\"二'"),
        ('title: "一', 7, 'title: "一"'),
        ("tags: [一, 二", 6, "tags: [一, 二]"),
        ("title: [一] 二", 11, 'title: "[一] 二"'),
        ("title: 一: 二", 8, 'title: "一: 二"'),
        ("title: @一", 7, 'title: "@一"'),
        ("risk:high", 0, "risk: high"),
        ("tags: [一,, 二]", 9, ""),
        ("tags: {a: 1", 6, ""),
        ("正文", 0, ""),
    ],
)
def test_an_entry_that_cannot_be_read_is_written_right(
    line: str, column: int, expected: str
) -> None:
    assert expected == repair.quoted_right(line, column)


def test_a_line_with_a_tab_goes_beside_its_neighbour() -> None:
    assert ("a:\n  - b\n  - c\n", {1: 1}) == repair.untabbed("a:\n\t- b\n  - c\n")
    assert ("a:\n  - b\n  - c\n", {2: 1}) == repair.untabbed("a:\n  - b\n\t- c\n")
    assert ("a:\n  b: 1\n", {1: 1}) == repair.untabbed("a:\n\tb: 1\n")


def test_one_tab_is_one_problem(tmp_path: Path) -> None:
    blanks = "blanks:\n\t- {id: a, label: 甲}\n  - {id: b, label: 乙, knd: text}\n"
    report = check(
        tmp_path, {"letters/x.md": HEAD.replace("reviewed", f"{blanks}reviewed") + "{{a}}{{b}}\n"}
    )
    assert [(5, "yaml-tab"), (6, "unknown-key")] == [
        (line, rule) for _, line, rule in found(report)
    ]


SITE = "sections: [{slug: a, title: 一}, {slug: gone, title: 二}]\ntags: [家人]\n"


def test_names_that_the_site_does_not_know_are_told(tmp_path: Path) -> None:
    tagged = HEAD.replace("reviewed", "tags: [家人, 家入]\nreviewed")
    files = {"site.yml": SITE, "a/x.md": tagged, "aa/y.md": HEAD, "letters/z.md": HEAD}
    assert [
        ("a/x.md", 4, "unknown-tag"),
        ("aa/y.md", 1, "unlisted-section"),
        ("site.yml", 1, "unknown-section"),
    ] == found(check(tmp_path, files))


def test_a_table_lined_up_by_fmt_is_no_long_sentence(tmp_path: Path) -> None:
    line = "-" * 90
    assert [] == found(
        check(tmp_path, {"a/b.md": f"{HEAD}| 一 | 二 |\n| {line} | --- |\n| 三 | 四 |\n"})
    )


def test_a_section_of_drafts_is_known(tmp_path: Path) -> None:
    draft = HEAD.replace("reviewed", "draft: true\nreviewed")
    files = {"site.yml": SITE.replace(", {slug: gone, title: 二}", ""), "a/x.md": draft}
    assert [] == found(check(tmp_path, files))


def test_an_article_among_data_is_told(tmp_path: Path) -> None:
    files = {"reference/x.md": HEAD, "checks/y.md": HEAD}
    assert ["unknown-file"] * 2 == [rule for _, _, rule in found(check(tmp_path, files))]


@pytest.mark.parametrize("command", [("explain", "unknown-lw"), ("impact", "civil-cod:1033")])
def test_a_mistyped_name_is_corrected(command: tuple[str, str]) -> None:
    content = TEMPLATES.parent / "tests/sites/golden/content"
    where = ("--content", content, "--no-cache") if command[0] == "impact" else ()
    said = run(*command, *where)
    assert 2 == said.code
    assert "unknown-law" in said.err or "civil-code:1033" in said.err


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_kind_of_slip_has_words(language: str) -> None:
    words = wording(language)
    kinds = "link channel citation heading box blank box-kind box-title box-text table table-gap nested bold bold-open fence"
    assert [] == [kind for kind in kinds.split() if f"slip.{kind}" not in words.tables["words"]]
