"""What cites a law: the list to work through on the day it changes."""

from pathlib import Path

import pytest

from overdue_guide.build import checked_site
from overdue_guide.impact import Impact, impact
from tests.content import CIVIL_CODE, HEAD, options, write

FILES = {
    "contact/a.md": HEAD + "文\n\n《民法典》第一千零三十四条 [@civil-code:1034]\n",
    "contact/b.md": HEAD + "[@civil-code]\n",
    "contact/c.md": HEAD + "`[@civil-code:1034]`\n",
    "letters/d.md": HEAD + "[@civil-code:1033]\n",
    "reference/laws/civil-code.yml": CIVIL_CODE,
    "reference/channels.yml": "- {id: police, name: 报警, handles: 威胁, cites: ['civil-code:1033']}\n",
    "reference/glossary.yml": "- {term: 隐私, meaning: 丙, cites: ['civil-code:1034']}\n",
}


def asked(folder: Path, name: str) -> Impact | None:
    write(folder, FILES)
    return impact(checked_site(options(folder)), name)


@pytest.mark.parametrize(
    ("name", "users"),
    [
        ("civil-code:1034", ["contact/a.md:8", "reference/glossary.yml:1"]),
        ("civil-code-1034", ["contact/a.md:8", "reference/glossary.yml:1"]),
        ("《民法典》第1034条", ["contact/a.md:8", "reference/glossary.yml:1"]),
        ("民法典第一千零三十四条", ["contact/a.md:8", "reference/glossary.yml:1"]),
        ("中华人民共和国民法典：1034", ["contact/a.md:8", "reference/glossary.yml:1"]),
        ("[@civil-code:1034]", ["contact/a.md:8", "reference/glossary.yml:1"]),
        ("civil-code:1033", ["letters/d.md:6", "reference/channels.yml:1"]),
        *(
            (
                whole,
                ["contact/a.md:8", "contact/b.md:6", "letters/d.md:6", "reference/channels.yml:1",
                 "reference/glossary.yml:1"],
            )
            for whole in ("civil-code", "民法典", "《中华人民共和国民法典》")
        ),
    ],
)  # fmt: skip
def test_everything_that_relies_on_it_is_listed(
    tmp_path: Path, name: str, users: list[str]
) -> None:
    found = asked(tmp_path, name)
    assert found
    assert users == [f"{user.path}:{user.line}" for user in found.users]


@pytest.mark.parametrize("name", ["nope", "civil-code:9999", "", ":", "民法典第9条", "某法"])
def test_an_unknown_name_is_told(tmp_path: Path, name: str) -> None:
    assert asked(tmp_path, name) is None


def test_a_provision_is_named_once_for_each_page(tmp_path: Path) -> None:
    found = asked(tmp_path, "civil-code:1034")
    assert found
    assert found.users[0].cites == ("《民法典》第1034条",)
    assert found.as_json("content")["users"] == [
        {
            "path": "content/contact/a.md",
            "line": 8,
            "title": "题",
            "url": "contact/a/",
            "cites": ["《民法典》第1034条"],
        },
        {
            "path": "content/reference/glossary.yml",
            "line": 1,
            "title": "隐私",
            "url": "glossary/",
            "cites": ["《民法典》第1034条"],
        },
    ]


STAGE = """stages:
  - id: early
    title: 头几天
    may_not:
      - {says: 打扰安宁。, cites: [civil-code:1033]}
      - {says: 泄露信息。, cites: [civil-code:1034]}
"""
RULE = "- {id: a, title: 甲, level: ask, says: 乙, cites: ['civil-code:1034'], when: [{who: [lender]}]}\n"
CHECKER = """title: 合规吗
summary: 点一下。
reviewed: 2026-11-01
questions:
  who: {asks: 谁？, answers: [{says: 我, to: end}]}
outcomes:
  end:
    verdict: unclear
    title: 不清楚
    means: 先问清。
    sure: 说不准。
    reasons:
      - {says: 信息要保护。, cites: ['civil-code:1034']}
    steps: [{does: 截图。}]
"""
LETTER = """---
title: 题
summary: 要点
reviewed: 2026-11-01
blanks:
  - {id: got, label: 收到日期, kind: date}
  - {id: last, label: 最后一天, kind: date, deadline: {from: got, days: 15, cites: "civil-code:1034"}}
---
"""
OLD = """title: 旧法
issuer: 某机关
effective: 1999-10-01
repealed: 2021-01-01
successor: civil-code
force: statute
provisions:
  "1": {gist: 旧。, successor: "civil-code:1034"}
"""


@pytest.mark.parametrize(
    ("name", "text", "user"),
    [
        ("site.yml", STAGE, "site.yml:6"),
        ("reference/contact-rules.yml", RULE, "reference/contact-rules.yml:1"),
        ("checks/a.yml", CHECKER, "checks/a.yml:13"),
        ("letters/e.md", LETTER, "letters/e.md:7"),
        ("tools/f.md", HEAD + "按[@civil-code:1034]\n", "tools/f.md:6"),
        ("reference/laws/old-law.yml", OLD, "reference/laws/old-law.yml:5"),
    ],
)
def test_a_change_touches_whatever_kind_of_page_cites_it(
    tmp_path: Path, name: str, text: str, user: str
) -> None:
    write(tmp_path, {"reference/laws/civil-code.yml": CIVIL_CODE, name: text})
    found = impact(checked_site(options(tmp_path)), "civil-code:1034")
    assert found
    assert [user] == [f"{one.path}:{one.line}" for one in found.users]
