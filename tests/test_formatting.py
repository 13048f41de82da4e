"""``fmt``: one way to write a file, and the page says the same."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overdue_guide import articles, frontmatter
from overdue_guide.cells import width
from overdue_guide.formatting.body import SENTENCES, STEPS
from overdue_guide.formatting.head import head
from overdue_guide.formatting.spacing import spaced
from overdue_guide.formatting.whole import formatted
from overdue_guide.model import Article
from overdue_guide.reading import article_files
from tests.content import HEAD, TEMPLATES, run, write

CONTENT = TEMPLATES.parent / "content"
ALL = {**STEPS, **SENTENCES}


def body(text: str, **steps: object) -> str:
    return formatted("a/b.md", text, ALL if steps else STEPS)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("打12378热线，等30天", "打 12378 热线，等 30 天"),
        ("约24%的年利率，1,000元", "约 24% 的年利率，1,000 元"),
        ("**打110**报警", "**打 110**报警"),
        ("按《民法典》第1033条办", "按《民法典》第1033条办"),
        ("第67条第2款和第3项", "第67条第2款和第3项"),
        ("「在22:00至次日8:00进行」", "「在22:00至次日8:00进行」"),
        ("看`打110热线`和[a打1](b打2.md)", "看`打110热线`和[a 打 1](b打2.md)"),
        ("填{{name1}}先生[@civil-code:1033]第1", "填{{name1}}先生[@civil-code:1033]第 1"),
        ("[[channel:a-1]]和[^注1]", "[[channel:a-1]]和[^注1]"),
        ("段落{: #锚a1 .b }", "段落{: #锚a1 .b }"),
        ("## 打12378热线", "## 打12378热线"),
        ('!!! warning "打110"', '!!! warning "打110"'),
        ("看https://example.com/a1中文", "看https://example.com/a1中文"),
        ("<b title='a中1'>中</b>", "<b title='a中1'>中</b>"),
        ("T+1日，200元/月", "T+1 日，200 元/月"),
    ],
)
def test_only_plain_words_are_spaced(written: str, expected: str) -> None:
    assert expected == spaced(written)
    assert expected == spaced(expected)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("一  \n二 \n三\nA \nB", "一  \n二\n三\nA\nB\n"),
        ("##标题##\n段\n\n\n\n## 二", "## 标题\n\n段\n\n## 二\n"),
        ("## 标题 {#a}\n段", "## 标题 {#a}\n段\n"),
        ("* 一\n+ 二\n-   三", "- 一\n- 二\n- 三\n"),
        ("* **一。** 二 * 三", "- **一。** 二 * 三\n"),
        ("* * *", "* * *\n"),
        (
            "1. 一\n1. 二\n    1. 内\n    1. 内\n1. 三",
            "1. 一\n2. 二\n    1. 内\n    2. 内\n3. 三\n",
        ),
        ("4. 四\n4. 五\n\n段\n\n4. 四", "4. 四\n5. 五\n\n段\n\n4. 四\n"),
        ("```\n* 一  \n\n\n##二\n```", "```\n* 一  \n\n\n##二\n```\n"),
        (
            "|对哪点|数|\n|:-|-:|\n|本金|1|\n|`a|b`|22|",
            "| 对哪点 |  数 |\n| :----- | --: |\n| 本金   |   1 |\n| `a|b`  |  22 |\n",
        ),
        (
            f"|一|二|\n|-|-|\n|{'长' * 60}|短|",
            f"| 一 | 二 |\n| --- | --- |\n| {'长' * 60} | 短 |\n",
        ),
        ("!!! note\n    |a|b|\n    |-|-|\n    |1|2|", None),
        ("|a|b|\n|-|-|\n|只有一格|", "|a|b|\n|-|-|\n|只有一格|\n"),
        ("一\\|二 | 三\n- | -\n四 | 五", "| 一\\|二 | 三  |\n| ------ | --- |\n| 四     | 五  |\n"),
        ("", ""),
    ],
)
def test_the_body_is_written_one_way(written: str, expected: str | None) -> None:
    if expected is None:
        expected = "!!! note\n    | a   | b   |\n    | --- | --- |\n    | 1   | 2   |\n"
    assert expected == body(written)


def test_a_sentence_takes_a_line_where_the_house_wants_that() -> None:
    text = "一。二？“三。”四。App 五。[文](a.md)六。\n\n- 七。八。\n"
    assert text == body(text)
    assert "一。\n二？\n“三。”\n四。App 五。\n" in body(text, sentences=True)
    assert "- 七。八。\n" in body(text, sentences=True)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("summary: 要点\ntitle: 题", "title: 题\nsummary: 要点"),
        ("title: \"题\"\nsummary: '要点'", "title: 题\nsummary: 要点"),
        ('title: "一: 二"', 'title: "一: 二"'),
        ("title: '一: 二'", 'title: "一: 二"'),
        ('title: "12378"', 'title: "12378"'),
        ('title: "off"', 'title: "off"'),
        ("title: 'a\"b: c'", "title: 'a\"b: c'"),
        ("tags: [家人,'隐私', \"a, b\"]", 'tags: [家人, 隐私, "a, b"]'),
        ("tags:\n  - 家人\n  - 隐私", "tags:\n  - 家人\n  - 隐私"),
        ("reviewed: 2026/1/5", "reviewed: 2026-01-05"),
        ("reviewed: 2026年11月23日 # 全文", "reviewed: 2026-11-23  # 全文"),
        ('reviewed: "2026-11-23"', "reviewed: 2026-11-23"),
        ("reviewed: 2026/13/5", "reviewed: 2026/13/5"),
        (
            "# 关于要点\nsummary: 要点\n\ntitle: 题\n# 末尾",
            "title: 题\n# 关于要点\nsummary: 要点\n# 末尾",
        ),
        ("summary: >\n  一\n  二\ntitle: 题", "title: 题\nsummary: >\n  一\n  二"),
        ("odd: 1\ntitle: 题", "title: 题\nodd: 1"),
        ("title: 题\ntitle: 题二\nsummary: 要点", "title: 题\ntitle: 题二\nsummary: 要点"),
        ("summary: “要点\n\ttitle: 题", "summary: “要点\n\ttitle: 题"),
        ("- 一\n- 二", "- 一\n- 二"),
    ],
)
def test_front_matter_has_one_order_and_one_way_of_quoting(written: str, expected: str) -> None:
    fields = frontmatter.fields_for("article")
    assert expected == head(written, fields)
    assert expected == head(expected, fields)


def test_a_file_that_is_not_closed_or_not_ours_keeps_its_lines() -> None:
    for text in ("---\nsummary: 要点\ntitle: 题\n", "没有头\n"):
        assert text == formatted("a/b.md", text, STEPS)


def test_a_text_that_is_not_read_is_left_alone() -> None:
    for text in ("* 一\n" * 50_000, "* 一\n" + "> " * 20_000):
        assert text == formatted("a/b.md", text, STEPS)


def test_line_ends_and_byte_order_mark_are_mended() -> None:
    assert f"{HEAD}段\n" == formatted(
        "a/b.md", "\ufeff" + f"{HEAD}段\n".replace("\n", "\r\n"), STEPS
    )


def test_a_step_that_would_change_the_page_is_left_out() -> None:
    # Without the blanks the abbreviation would not be found, and with them it is.
    text = "*[HTML]: 超文本\n\n用HTML写\n\n* 一\n"
    assert text.replace("* 一", "- 一") == body(text)


def test_width_counts_columns() -> None:
    assert [2, 1, 1, 4, 2, 0] == [
        width(text) for text in ("字", "a", "é", "，。", "\U00020000", "\u200d")
    ]


def said(article: Article) -> tuple[object, ...]:
    """What readers and links rely on, worked out without the formatter's own eyes."""
    text = re.sub(r"\s+", "", re.sub(r"<[^>]*>", "", article.body.html))
    tags = re.findall(r"</?([a-z0-9]+)", article.body.html)
    cites = [(one.law, one.key, one.historical) for one in article.cites]
    links = [link.target for link in article.body.links]
    uses = [use.channel for use in article.body.channels]
    return (
        text,
        tags,
        cites,
        links,
        uses,
        article.body.headings,
        article.meta.title,
        article.meta.tags,
    )


PIECES = st.sampled_from(
    """打12378热线|## 标题A1|##二|# 一|* 一|- 二|+ 三|    - 内|1. 一|1. 二|    2. 内|> 引A中|> |`a中1`|
    ```|~~~|    码a中|!!! warning "题"|    段a中|\\|a\\|中\\||\\|-\\|:-:\\||\\|1\\|二\\||a \\| b|--- \\| ---|***|---|===|
    [@civil-code:1033]第1|《民法典》第1033条b|[[channel:x]]|{{a1}}中|[文1字](a.md)|[^1]|[^1]: 注a中|词|:   解a|
    {: #a中 }|<div>a中|</div>|<b>中1</b>|*[A中]: x|https://a.cn/中1|行尾  |「法1条」|**粗1**中|_斜1_中|a\\\\|中。一。“二。”A|![图1](a.png)|&amp;中""".replace(
        "\n    ", ""
    )
    .replace("\\|", "\x01")
    .split("|")
).map(lambda piece: piece.replace("\x01", "|"))
BODIES = st.lists(
    st.tuples(PIECES, st.sampled_from(["\n", "\n\n", "\n\n\n", "", " "])), max_size=12
).map(lambda parts: "".join(piece + end for piece, end in parts))


@settings(max_examples=150, deadline=None)
@given(BODIES | st.text("*-#1.|`~ \n中a>:!{}[]()<b_\\", max_size=40), st.booleans())
def test_any_text_settles_and_says_the_same(text: str, sentences: bool) -> None:
    steps = ALL if sentences else STEPS
    made = formatted("a/b.md", HEAD + text, steps)
    assert made == formatted("a/b.md", made, steps)
    before, after = (articles.parse("a/b.md", one)[0] for one in (HEAD + text, made))
    assert said(before) == said(after)


YAML_LINES = st.lists(
    st.sampled_from(
        """title: 题|title: "a: b"|summary: 'x'|tags: [a,'b']|tags:|  - c|# 注||reviewed: 2026/1/2|weight: 3
        |weight: '3'|draft: yes|summary: >|  多 # 行|odd: {a: 1}|- d|stage: [x, # 注|  y]|risk: high # 高
        |risk: "high"|authors: [1, a]|&a x: *a|title: &b 题|summary: !!str 1""".replace(
            "\n        ", ""
        ).split("|")
    ),
    max_size=9,
).map("\n".join)


@settings(max_examples=150, deadline=None)
@given(YAML_LINES)
def test_any_front_matter_settles_and_says_the_same(block: str) -> None:
    text = f"---\n{block}\n---\n段\n"
    made = formatted("a/b.md", text, STEPS)
    assert made == formatted("a/b.md", made, STEPS)
    (before, wrong), (after, left) = (articles.parse("a/b.md", one) for one in (text, made))
    assert {p.rule for p in left} <= {p.rule for p in wrong}
    assert sorted(re.findall("#.*", block)) == sorted(re.findall("#.*", made))
    for name in ("title", "summary", "tags", "stage", "authors", "weight", "draft", "risk"):
        assert getattr(before.meta, name) == getattr(after.meta, name)


def test_no_step_has_to_be_left_out_for_our_own_content() -> None:
    # With a mark of each kind that every step mends, so that each of them has something to do.
    odd = "\n\n\n##标题\n段 \n落12378热线\n\n* 一\n\n1. 一\n1. 二\n\n|a|\n|-|\n|中|\n"
    for path in article_files(CONTENT)[::8]:
        body = (CONTENT / path).read_text("utf-8").split("\n---\n", 1)[-1] + odd
        for name, step in STEPS.items():
            stepped = "\n".join(step(body.rstrip("\n").split("\n"))) + "\n"
            assert stepped != body, name
            assert stepped == formatted("a/b.md", body, {name: step}), f"{path}: {name}"


def test_our_own_content_says_the_same_and_settles() -> None:
    for number, path in enumerate(article_files(CONTENT)):
        text = (CONTENT / path).read_text("utf-8")
        steps = STEPS if number % 6 else ALL  # a line for each sentence changes nearly every file
        made = formatted(path, text, steps)
        assert made == formatted(path, made, steps)
        if made != text:
            assert said(articles.parse(path, text)[0]) == said(articles.parse(path, made)[0])


def test_check_and_diff_write_nothing(tmp_path: Path) -> None:
    content = write(tmp_path, {"a/b.md": HEAD + "* 一\n", "a/c.md": HEAD + "段\n"})
    for flag, told in (("--check", "a/b.md"), ("--diff", "-* 一\n+- 一\n")):
        said = run("fmt", "--content", content, flag)
        assert (1, True) == (said.code, told in said.out)
        assert "c.md" not in said.out
    assert (content / "a/b.md").read_text("utf-8") == HEAD + "* 一\n"


def test_files_are_formatted_in_place(tmp_path: Path) -> None:
    content = write(
        tmp_path, {"a/b.md": HEAD + "* 一\n", "a/c.md": HEAD + "* 二\n", "README.md": "* 注\n"}
    )
    (content / "a/b.md").chmod(0o640)
    assert 0 == run("fmt", "--content", content, content / "a/b.md", content / "README.md").code
    assert HEAD + "- 一\n" == (content / "a/b.md").read_text("utf-8")
    assert 0o640 == (content / "a/b.md").stat().st_mode & 0o777
    assert HEAD + "* 二\n" == (content / "a/c.md").read_text("utf-8")
    assert "* 注\n" == (content / "README.md").read_text("utf-8")
    assert "a/c.md" in run("fmt", "--content", content, "--check", "a/c.md").out
    assert ["b.md", "c.md"] == sorted(file.name for file in (content / "a").iterdir())
    assert (0, "") == (
        run("fmt", "--content", content, "-q").code,
        run("fmt", "--content", content, "--check").out,
    )


def test_a_file_elsewhere_is_refused(tmp_path: Path) -> None:
    content = write(tmp_path, {"a/b.md": HEAD})
    outside = tmp_path / "x.md"
    outside.write_text(HEAD, "utf-8")
    for file in (outside, content / "a/none.md"):
        assert 2 == run("fmt", "--content", content, file).code


def test_a_file_in_another_encoding_is_left_alone(tmp_path: Path) -> None:
    content = write(tmp_path, {"a/b.md": f"{HEAD}* 一\n".encode("gb18030")})
    said = run("fmt", "--content", content)
    assert "a/b.md" in said.err
    assert f"{HEAD}* 一\n".encode("gb18030") == (content / "a/b.md").read_bytes()
