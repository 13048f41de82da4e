"""What no page may say, and how a page may still warn of it."""

import re
from pathlib import Path

import pytest

from overdue_guide import advice
from overdue_guide.prose import Visible
from tests.broken_sites import FARM
from tests.broken_sites import check as command
from tests.content import HEAD, check, found

OURS = Path(__file__).parent.parent / "content"


def sins(text: str) -> list[str]:
    """What is wrong with a text, in order."""
    return [finding.what for finding in advice.findings(Visible(text))]


@pytest.mark.parametrize(
    ("text", "sin"),
    [
        ("找人代开病历，显得更困难。", "forge"),
        ("伪造一份流水给银行看。", "forge"),
        ("可以提交假材料。", "forge"),
        ("接着主动失联几天。", "vanish"),
        ("换手机号，让他们找不到。", "vanish"),
        ("拖过三年就好。", "vanish"),
        ("不接所有电话就行。", "vanish"),
        ("先停还几个月。", "stop-paying"),
        ("全部平台一律不还。", "stop-paying"),
        ("停止还款，等着谈。", "stop-paying"),
        ("天天投诉，银行会怕。", "complain-in-bad-faith"),
        ("学会诱导催收辱骂。", "complain-in-bad-faith"),
        ("背熟这套反催收话术。", "complain-in-bad-faith"),
        ("提前转移财产。", "hide-assets"),
        ("把存款转到父母名下。", "hide-assets"),
        ("再借一笔把它还上。", "borrow-more"),
        ("这里能洗白征信。", "clean-record"),
        ("可以删除逾期记录。", "clean-record"),
        ("黑户也能办，秒批。", "easy-money"),
        ("保证成功，放心。", "sure-success"),
        ("我们走内部渠道。", "sure-success"),
        ("协商成功率高达 98%。", "sure-success"),
        ("本金也不用还。", "debt-gone"),
        ("债务一笔勾销。", "debt-gone"),
        ("懂行的老师，加微信 abc12345。", "contact-us"),
        ("维权热线 13800138000。", "contact-us"),
        ("欢迎咨询。", "contact-us"),
        ("点击链接立即申请。", "contact-us"),
        ("专业团队，先办后付。", "service"),
        ("停息挂账服务，名额有限。", "service"),
        ("小编觉得，综上所述。", "filler"),
    ],
)
def test_it_is_found_however_it_is_dressed(text: str, sin: str) -> None:
    assert sin in sins(text)
    spaced = " ".join(text)
    bold = "".join(f"**{sign}**" for sign in text)
    assert sins(text) == sins(spaced) == sins(bold)


@pytest.mark.parametrize(
    "text",
    [
        "不要伪造病历。",
        "别洗白征信，也别提前转移财产。",
        "说能洗白征信的，都是骗局。",
        "伪造流水，谈判会失败，还要负责任。",
        "“停止还款，强制上岸”不是办法。",
        "能不能停止还款？",
        "真的能洗白征信吗？",
        "提前转移财产，会上失信名单。",
        "没有内部渠道。",
        "我们没有查到本金也不用还的规定。",
        "广告说包停息，付完没人管。",
        "不加微信，不付钱。",
        "先加微信的，多半是骗子。",
        "请只联系我本人。",
        "失联时，他可以向家人打听。",
        "真有困难的，交诊断证明和病历。",
        "工资转到新卡以后，先还这一笔。",
        "放弃继承的，父母的债务不用还。",
        "紧急联系人不用还钱。",
        "到期以后，应当删除不良信息，可以提异议。",
        "约好以后，暂停还款三个月。",
        "投诉时怕说不清，就先写下来。",
        "监管部门收到大量投诉。",
        "请确保通过官方渠道还款，等 30 秒过后再看。",
        "可以在线办理，也可以关注法院的公众号查案。",
        "不查征信，就不知道有没有这一笔。",
        "应当立即申请复议。如有疑问，咨询 12348。",
        "发现写错，请联系我们，我们会尽快处理。",
        "他把我拉进微信群里骂。",
    ],
)
def test_a_page_may_warn_doubt_and_quote(text: str) -> None:
    assert [] == sins(text)


@pytest.mark.parametrize(
    "text",
    [
        "不要担心，我们帮你洗白征信。",
        "不用花钱就能洗白征信。",
        "这不是骗局，可以洗白征信。",
        "零风险洗白征信。",
        "没有收入的人也能洗白征信。",
        "可办理“征信洗白”业务。",
        "如何快速洗白征信？",
        "别人都在洗白征信。",
        "谨防上当，认准我们，加微信 abc12345。",
        "别怕。可以停止还款。",
    ],
)
def test_a_warning_that_is_none_does_not_help(text: str) -> None:
    assert sins(text)


def test_a_list_may_be_warned_of_by_what_introduces_it(tmp_path: Path) -> None:
    items = "- 洗白征信。\n- 代开病历。\n"
    warned = {"a/b.md": HEAD + f"这些说法都是骗局：\n\n{items}"}
    assert [] == found(check(tmp_path, warned))
    offered = {"a/b.md": HEAD + f"我们这样做：\n\n{items}"}
    assert ["false-promise", "forbidden-advice"] == [
        rule for *_, rule in found(check(tmp_path, offered))
    ]


@pytest.mark.parametrize(
    ("title", "wrong"),
    [
        ("震惊！三招让催收闭嘴", True),
        ("催收最怕你知道的秘籍", True),
        ("征信怎么办！！", True),
        ("催收能打给家人吗？", False),
        ("逾期第一天先做什么", False),
    ],
)
def test_a_title_must_not_bait(tmp_path: Path, title: str, wrong: bool) -> None:
    for text in (HEAD.replace("title: 题", f"title: {title}"), f"{HEAD}## {title}\n"):
        assert wrong == bool(found(check(tmp_path, {"a/b.md": text})))


def test_the_span_is_what_is_wrong(tmp_path: Path) -> None:
    body = "先看[这里](b.md)，再 **洗白 征信** 吧。\n"
    (problem, _severity), *rest = check(tmp_path, {"a/b.md": HEAD + body}).problems
    assert [] == rest
    assert (6, "洗白") == (
        problem.span.line,
        body[problem.span.column - 1 : problem.span.end_column - 1],
    )


@pytest.mark.parametrize(("times", "wrong"), [(3, False), (30, True)])
def test_words_of_the_title_are_not_stuffed_in(tmp_path: Path, times: int, wrong: bool) -> None:
    head = HEAD.replace("title: 题", "title: 网贷逾期怎么办")
    other = "先把每一笔欠款写下来，算清这个月还差多少，再打官方电话说明情况。" * 8
    text = f"{head}{other}{'网贷逾期很常见。' * times}\n"
    assert [("a/b.md", 6, "keyword-stuffing")] * wrong == found(check(tmp_path, {"a/b.md": text}))


@pytest.mark.parametrize("text", ["字" * 2000, "正文" * 1000, "你好。" * 900])
def test_other_words_may_be_repeated(tmp_path: Path, text: str) -> None:
    rules = [rule for *_, rule in found(check(tmp_path, {"a/b.md": HEAD + text}))]
    assert "keyword-stuffing" not in rules


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("字" * 60 + "。", False),
        ("字" * 61 + "。", True),
        ("字" * 40 + "；" + "字" * 40 + "。", False),
        ("字" * 58 + "（[@civil-code:1033;@civil-code:1034]）。", False),
        ("字" * 50 + "[链接](" + "x" * 60 + ".md)。", False),
        ("| " + "字" * 40 + " | " + "字" * 40 + " |", False),
        ("`" + "x" * 100 + "`", False),
    ],
)
def test_a_sentence_ends_in_time(tmp_path: Path, text: str, wrong: bool) -> None:
    files = {"site.yml": "rules: {long-sentence: warning}\n", "a/b.md": HEAD + text + "\n"}
    rules = [rule for *_, rule in found(check(tmp_path, files))]
    assert wrong == ("long-sentence" in rules)


def test_every_entry_of_the_word_lists_is_a_pattern() -> None:
    # They are compiled only when a text seems to hold one.
    lists = [advice.wordlist(rule) for rule in (*advice.RULES, "clickbait")]
    entries = [entry for one in lists for found in one.entries.values() for entry in found]
    assert len(entries) > 300
    for entry in entries:
        assert re.compile(entry.follows).groups == 0
        assert len(entry.word) > 1


def test_a_content_farms_article_is_turned_away_with_reasons() -> None:
    code, report = command(FARM)
    assert (FARM / "expected.txt").read_text("utf-8") == report
    assert 1 == code
    told = {rule for rule in advice.RULES if f"[{rule}]" in report}
    assert set(advice.RULES) == told


def test_our_own_articles_say_nothing_of_the_kind_even_out_of_context() -> None:
    # Each paragraph alone: what stands around it must not be what makes it acceptable.
    wrong = [
        (path.name, finding.words)
        for path in sorted(OURS.glob("*/*.md"))
        for paragraph in path.read_text("utf-8").split("\n---\n", 1)[-1].split("\n\n")
        if not paragraph.startswith(("-", "|", "1."))
        for finding in advice.findings(Visible(paragraph))
    ]
    assert [] == wrong
