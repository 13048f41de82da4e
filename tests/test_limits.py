"""What a text may hold: far more than anyone writes, and never so much that reading it does not end."""

import time
from pathlib import Path

import pytest

from overdue_guide import config, limits, markup, reference
from overdue_guide.articles import normalised, parse
from overdue_guide.problems import MOST_ALIKE, Findings, Problem, Span, graded, severities
from overdue_guide.wording import wording
from tests.content import HEAD, check, found

CONTENT = Path(__file__).parent.parent / "content"
TOO_MUCH = {"too-complex", "nested-too-deeply"}
SECONDS = 8.0
"""Of processor time; on an idle machine none of these takes two, and without limits most take minutes."""


def filled(unit: str, length: int = 99_000) -> str:
    return (unit * (length // len(unit) + 1))[:length]


def counted(pattern: str, length: int = 99_000) -> str:
    """The pattern with 0, 1, 2 … for each ``#``, up to the length."""
    parts: list[str] = []
    size = 0
    while size < length:
        parts.append(pattern.replace("#", str(len(parts))))
        size += len(parts[-1])
    return "".join(parts)


HOSTILE = {
    "brackets": filled("["),
    "brackets and stars": filled("[*"),
    "channels": filled("[[channel:"),
    "citations": filled("[@"),
    "links never closed": filled("[a](b"),
    "links": filled("[a](x.md) "),
    "nested brackets": "[" * 49_000 + "]" * 49_000,
    "nested links": "[" * 16_000 + "a" + "](b)" * 16_000,
    "backticks": filled("`"),
    "growing backticks": "".join("`" * (at % 400) + " " for at in range(480)),
    "tildes": filled("~"),
    "emphasis": filled("_*"),
    "blanks": filled(" "),
    "empty lines": filled("\n"),
    "rulers": filled("- - -\n"),
    "headings": filled("# a\n"),
    "underlined headings": filled("a\n===\n"),
    "footnotes": counted("a[^#]\n\n[^#]: b\n\n"),
    "abbreviations": counted("*[a#]: b\n"),
    "link targets": counted("[a#]: b\n"),
    "definitions": filled("a\n: b\n"),
    "tags": filled("<a "),
    "tags after a line end": "中\n" + "<strong>" * 30 + "a",
    "character data": filled("<![CDATA["),
    "addresses": filled("<a@b>"),
    "reopened tags": counted("<i id=#>", 3_000) + filled("\n\na", 90_000),
    "columns": "|".join("a" * 200) + "\n" + "|".join("-" * 200) + "\n" + "|\n" * 40_000,
    "quotes": ">" * 90_000 + "a",
    "lists in a line": "- " * 45_000 + "a",
    "stairs": "\n".join(" " * (4 * at) + "- a" for at in range(200)),
    "entities": filled("&amp;"),
    "paragraphs": filled("a\n\n"),
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_refused_or_read_in_time(body: str) -> None:
    began = time.process_time()
    _, problems = parse("contact/a.md", HEAD + body)
    assert time.process_time() - began < SECONDS
    said = {p.rule: p.span.line for p in problems if p.rule in TOO_MUCH}
    assert all(line > HEAD.count("\n") for line in said.values())


@pytest.mark.parametrize(
    ("what", "body"),
    [
        ("brackets", "[" * 490 + "甲" * 9_000),
        ("links", "[a](x.md)\n\n" * 501),
        ("marks", "*a*\n\n" * 2_501),
        ("headings", "## 甲\n\n" * 1_001),
        ("footnotes", counted("[^#]: 注\n\n", 5_000)),
        ("tags", "<br>" * 301),
        ("tags", "<b>" * 200 + "\n\n甲" * 400),
        ("cells", "|".join("a" * 100) + "\n" + "|".join("-" * 100) + "\n" + "b\n" * 300),
        ("backticks", "`" * 4_000 + "a" * 10_000),
        ("lines", "- 甲\n" * 3_000),
        ("blocks", "甲\n\n" * 5_001),
        ("characters", "甲" * 100_001),
    ],
)
def test_each_excess_is_named_where_it_is_and_hides_the_rest(what: str, body: str) -> None:
    text = f"{HEAD}好的一段。\n\n{body}"
    article, problems = parse("contact/a.md", text)
    told = [p for p in problems if p.rule == "too-complex"]
    assert [what] == [dict(problem.args)["what"] for problem in told]
    assert told[0].span.line >= HEAD.count("\n") + 2
    assert "" == article.body.html
    assert "{" not in wording("zh").message(told[0])


@pytest.mark.parametrize(
    "body",
    [
        "- 甲 [@a:1]\n" * 150,
        "| 甲 | 乙 | 丙 |\n|---|---|---|\n" + "| 一 | 二 | 三 |\n" * 400,
        "## 甲\n\n" + "一句话。" * 2_000 + "\n\n",
        "[甲](a.md)、" * 300,
        "甲（乙（丙））［丁］" * 500,
        "\n\n".join(f"甲[^{at}]\n\n[^{at}]: 注" for at in range(100)),
        "    " * 8 + "- 深",
        "* * * * *\n\n" * 100,
    ],
)
def test_what_people_write_is_never_too_much(body: str) -> None:
    _, problems = parse("contact/a.md", HEAD + body)
    assert not TOO_MUCH & {problem.rule for problem in problems}


def test_the_guide_itself_stays_far_below_every_limit() -> None:
    for path in CONTENT.rglob("*.md"):
        text = path.read_text("utf-8")
        source, _ = normalised("a.md", text + "\n\n" + text)
        assert [] == list(limits.too_complex(source, 0))


@pytest.mark.parametrize(
    "text",
    [filled("- ?\n", 299_000), filled("a: b\n", 110_000), filled("a：b\n", 120_000), "a: b\n" * 20_000 + "c: [\n" * 40],
    ids=["nothing", "twins", "wide colons", "mistakes at the end"],
)  # fmt: skip
def test_hostile_yaml_is_read_in_time(text: str) -> None:
    source, _ = normalised("site.yml", text)
    began = time.process_time()
    assert config.read(source)[1]
    assert reference.read_channels(source)[1]
    assert time.process_time() - began < SECONDS


@pytest.mark.parametrize("text", ["甲" * 300_001, "- {}\n" * 30_001], ids=["long", "many"])
def test_yaml_with_too_much_says_so_and_nothing_else(text: str) -> None:
    source, _ = normalised("reference/channels.yml", text)
    rows, problems = reference.read_channels(source)
    assert ((), ["too-complex"]) == (rows, [problem.rule for problem in problems])


def test_a_list_with_too_many_words_says_so_at_the_first_too_many() -> None:
    words = ", ".join(f"甲{at}" for at in range(201))
    article, problems = parse("contact/a.md", f"---\ntags: [{words}]\n---\n甲\n")
    told = [p for p in problems if p.rule == "too-complex"]
    assert [("items", words.index("甲200") + 8)] == [
        (dict(problem.args)["what"], problem.span.column) for problem in told
    ]
    assert () == article.meta.tags


def test_a_checker_with_too_many_steps_is_not_walked_through(tmp_path: Path) -> None:
    questions = "".join(
        f"  a{at}: {{ask: 甲, answers: [{{say: 乙, to: a{at + 1}}}, {{say: 丙, to: b}}]}}\n"
        for at in range(3_000)
    )
    began = time.process_time()
    report = check(tmp_path, {"checks/a.yml": f"title: 题\nquestions:\n{questions}"})
    assert time.process_time() - began < SECONDS
    assert "too-complex" in {rule for _, _, rule in found(report)}


def test_very_many_broken_links_are_told_in_time(tmp_path: Path) -> None:
    files = {f"c/article-number-{at}.md": HEAD for at in range(100)}
    links = "".join(f"[甲](../c/artcle-numbr-{at}.md)\n\n" for at in range(490))
    began = time.process_time()
    report = check(tmp_path, {**files, "a/b.md": HEAD + links})
    assert time.process_time() - began < SECONDS
    assert MOST_ALIKE == [rule for _, _, rule in found(report)].count("broken-link")


def test_aliases_that_multiply_are_refused() -> None:
    bomb = "tags: &a0 [x, x]\n" + "".join(
        f"k{at}: &a{at} [*a{at - 1}, *a{at - 1}]\n" for at in range(1, 60)
    )
    article, problems = parse("contact/a.md", f"---\n{bomb}related: *a59\n---\n甲\n")
    assert ("x", "x") == article.meta.tags
    assert "wrong-type" in {problem.rule for problem in problems}


def test_of_problems_that_are_alike_the_first_are_told_and_the_rest_counted(
    tmp_path: Path,
) -> None:
    report = check(tmp_path, {"a/b.md": HEAD + "\x01\n" * 4_000, "a/c.md": HEAD + "[甲](x.md)"})
    assert MOST_ALIKE == [rule for _, _, rule in found(report)].count("control-character")
    assert ("a/c.md", 6, "broken-link") in found(report)
    last = [p for p, _ in report.problems if p.rule == "control-character"][-1]
    assert "3800" in wording("en").message(last)
    assert "3800" in wording("zh").message(last)


def test_a_long_name_is_judged_in_time(tmp_path: Path) -> None:
    began = time.process_time()
    report = check(tmp_path, {f"a/{'a' * 40}词.md": HEAD, "b/c.md": HEAD})
    assert time.process_time() - began < SECONDS
    assert {f"a/{'a' * 40}词.md"} == {path for path, _, _ in found(report)}


def test_counting_twice_forgets_nobody() -> None:
    problems = [Problem.at(Span("a.md", line), "broken-link", target="x") for line in range(1, 451)]
    once = Findings(problems[:400]).told()
    twice = graded([*once, *problems[400:]], severities({}))
    assert MOST_ALIKE == len(twice)
    assert "250" == dict(twice[-1][0].args)["more"]


def test_a_text_of_limits_leaves_the_parser_fit_for_the_next() -> None:
    before = markup.render("甲 [@a:1]").html
    parse("contact/a.md", HEAD + ">" * 5_000)
    assert before == markup.render("甲 [@a:1]").html


def test_a_text_that_was_not_read_cannot_be_softened_into_an_empty_page(tmp_path: Path) -> None:
    rules = "rules: {too-complex: warning, nested-too-deeply: off}\n"
    files = {"site.yml": rules, "a/b.md": HEAD + "甲" * 100_000, "a/c.md": HEAD + "> " * 40 + "甲"}
    graded_as = {
        problem.rule: severity.value for problem, severity in check(tmp_path, files).problems
    }
    assert ("error", "error") == (graded_as["too-complex"], graded_as["nested-too-deeply"])
