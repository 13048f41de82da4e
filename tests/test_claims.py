"""A sentence that says what law wants needs a provision beside it, wherever it stands."""

from pathlib import Path

import pytest

from overdue_guide import claims
from overdue_guide.prose import Visible, blocks
from tests.content import CIVIL_CODE, HEAD, check, found

CITED = "[@civil-code:1033]"
SITE = {
    "reference/laws/civil-code.yml": CIVIL_CODE,
    "site.yml": "rules: {unsourced-claim: error}\n",
}


def words(text: str) -> list[str]:
    """The words that claim something in a Markdown text without a source."""
    return [word for _, word in claims.unsourced(blocks(text))]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("催收人员不得打扰家人。", "不得"),
        ("银行应当答复。", "应当"),
        ("你有权要求删除。", "有权"),
        ("他无权这样做。", "无权"),
        ("这样做违法。", "违法"),
        ("条款无效。", "无效"),
        ("必须书面答复。", "必须"),
        ("严禁夜间催收。", "严禁"),
        ("禁止夜间催收。", "禁止"),
        ("你可以要求他停止。", "可以要求"),
        ("家人没有义务还钱。", "没有义务"),
        ("这构成信用卡诈骗罪。", "构成信用卡诈骗罪"),
        ("法律不准这样打。", "法律不准"),
    ],
)
def test_words_of_duty_ban_and_right_claim_something(text: str, word: str) -> None:
    assert [word] == words(text)
    assert [] == words(f"{text[:-1]}（{CITED}）。")
    assert [] == words(f"{text[:-1]}，见《民法典》第一千零三十三条。")


@pytest.mark.parametrize(
    "text",
    [
        "先截图，再投诉。",
        "对应当天的记录。",
        "相应当事人的电话。",
        "所有权归他。",
        "关掉通讯录的权限；没有权限就读不到。",
        "他有权威。",
        "号码是无效号码。",
        "不得不换个办法，迫不得已。",
        "必须全部还清吗？",
        "对方说“你今天必须全部还清”。",
        "《违法行为处罚办法》是部门规章。",
        "我们没有查到必须当天答复的规定。",
        "没有禁止上门，也没有一概禁止复利。",
    ],
)
def test_other_words_do_not(text: str) -> None:
    assert [] == words(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("不得。\n\n不得。", 2),
        ("不得，也必须。", 1),
        ("- 不得。\n- 必须。", 2),
        ("1. 不得。\n   必须。", 1),
        ("| 甲 | 不得 |\n| --- | --- |\n| 乙 | 必须 |", 2),
        ("> 不得。\n> 必须。", 1),
        ("> 不得。\n\n> 必须。", 2),
        ('!!! warning "必须先看"\n    不得。', 1),
        ("词\n:   必须这样。", 1),
        ("## 银行必须同意\n\n文。", 1),
        ("规章里的“必须”", 1),
    ],
)
def test_every_paragraph_item_row_and_script_is_looked_at(text: str, number: int) -> None:
    assert number == len(words(text))


@pytest.mark.parametrize(
    "text",
    [
        f"按{CITED}：\n\n- 不得打扰。\n- 必须停止。",
        f"按{CITED}：\n\n1. 一项：\n    - 不得打扰。",
        f"不得有这些做法：\n\n- 打扰安宁（{CITED}）。\n- 别的。",
        f"按{CITED}，分两种。\n\n| 情形 | 怎样 |\n| --- | --- |\n| 甲 | 应当停止 |",
        f"| 规则（{CITED}） | 怎样 |\n| --- | --- |\n| 甲 | 应当停止 |",
        f"可以这样说，依据{CITED}：\n\n> 你们不得再打。",
        f"## 银行必须同意吗\n\n见{CITED}。",
        f"## 银行必须同意\n\n### 依据\n\n{CITED}",
        f"必须停止[^1]。\n\n[^1]: 见{CITED}。",
    ],
)
def test_a_source_in_what_introduces_or_explains_it_counts(text: str) -> None:
    assert [] == words(text)


@pytest.mark.parametrize(
    "text",
    [
        f"{CITED}\n\n不得打扰。",
        f"按{CITED}：\n\n文。\n\n- 不得打扰。",
        f"按{CITED}：\n\n## 另外\n\n- 不得打扰。",
        f"- 按{CITED}：\n- 不得打扰。",
        f"## 银行必须同意\n\n文。\n\n## 依据\n\n{CITED}",
        "必须停止[^1]。\n\n[^1]: 常识。",
        f"必须停止[^2]。\n\n[^1]: 见{CITED}。",
    ],
)
def test_a_source_further_away_does_not(text: str) -> None:
    assert 1 == len(words(text))


def test_the_span_is_the_word(tmp_path: Path) -> None:
    body = "前言。\n\n- **一项。** 银行`x`应当[答复](a.md)。\n"
    report = check(tmp_path, {**SITE, "contact/a.md": HEAD + body})
    (problem, _severity), *rest = report.problems
    assert [] == rest
    line = (HEAD + body).split("\n")[problem.span.line - 1]
    assert "应当" == line[problem.span.column - 1 : problem.span.end_column - 1]


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("title: 题", "title: 银行必须同意", True),
        ("title: 题", "title: 银行必须同意吗", False),
        ("summary: 要点", "summary: 催收不得打给家人。", True),
    ],
)
def test_title_and_summary_rest_on_the_body(
    tmp_path: Path, old: str, new: str, wrong: bool
) -> None:
    files = {**SITE, "contact/a.md": HEAD.replace(old, new) + "文。\n"}
    assert wrong == bool(found(check(tmp_path, files)))
    assert [] == found(check(tmp_path, {**files, "contact/a.md": HEAD + f"见{CITED}。\n"}))


CHECKER = """title: 合规吗
summary: 点一下。
reviewed: 2026-11-01
questions:
  who: {{asks: 谁必须还？, answers: [{{says: 我, to: end}}]}}
outcomes:
  end:
    verdict: unclear
    title: 不得这样做
    means: 银行应当停止。
    sure: 说不准。
    reasons:
      - {{says: 不得打扰。, cites: [civil-code:1033]}}
      - {{says: {says}, cites: [{cites}]}}
    steps: [{{does: 必须先截图。}}]
"""


@pytest.mark.parametrize(
    ("says", "cites", "lines"),
    [("必须停止。", "", [14]), ("必须停止。", "civil-code:1034", []), ("先截图。", "", [])],
)
def test_each_reason_of_an_outcome_cites_for_itself(
    tmp_path: Path, says: str, cites: str, lines: list[int]
) -> None:
    files = {**SITE, "checks/a.yml": CHECKER.format(says=says, cites=cites)}
    assert [("checks/a.yml", line, "unsourced-claim") for line in lines] == found(
        check(tmp_path, files)
    )


@pytest.mark.parametrize(
    ("name", "text", "lines"),
    [
        ("reference/glossary.yml", "- {term: 甲, meaning: 银行必须停止。}\n", [1]),
        ("reference/glossary.yml", "- {term: 甲, meaning: 必须停。, cites: [civil-code:1033]}\n", []),
        ("reference/channels.yml", "- {id: a, name: 甲, handles: 违法行为, deadline: 15 日内}\n", []),
        ("reference/channels.yml", "- {id: a, name: 甲, handles: 乙, deadline: 应当答复}\n", [1]),
        (
            "site.yml",
            "rules: {unsourced-claim: error}\nstages:\n  - id: a\n    title: 甲\n"
            "    this_week:\n      - {says: 必须先打电话。}\n      - {says: 先打电话。}\n"
            "      - {says: 应当停止。, cites: [civil-code:1033]}\n",
            [6],
        ),
    ],
)  # fmt: skip
def test_sentences_in_yaml_are_looked_at(
    tmp_path: Path, name: str, text: str, lines: list[int]
) -> None:
    report = check(tmp_path, {**SITE, name: text})
    assert [(name, line, "unsourced-claim") for line in lines] == found(report)


@pytest.mark.parametrize(
    "text",
    [
        "甲**乙**丙",
        "见[链接](../a/b.md#c)和[@civil-code:1033;@pipl:1]、[[channel:x]]、{{name}}、[^1]。",
        "　开头 有 空格 ",
        "",
        "**",
    ],
)
def test_what_a_reader_sees_knows_where_it_stood(text: str) -> None:
    visible = Visible(text)
    assert list(visible.text) == [text[visible.place(at)] for at in range(len(visible.text))]
