"""What pages that the site makes itself are called and say: the subject's words, in ``site.yml``.

The defaults fit a guide on any subject. ``DOCS`` says where each phrase stands.
"""

from __future__ import annotations

from collections.abc import Mapping

from overdue_guide.contact import CHOICES
from overdue_guide.structs import Struct


class Phrases(Struct, frozen=True):
    """A site's own words; all are shown to readers."""

    stages: str = "阶段"
    stages_ask: str = "现在到哪一步了？"
    timeline: str = "时间线"
    timeline_title: str = "一条时间线看到底"
    timeline_summary: str = "一步一步会怎样，对方能做什么，你现在做什么"
    timeline_note: str = ""
    days: str = "第几天"
    days_hint: str = ""
    steps: str = "不按天数的阶段"
    checks: str = "自查"
    checks_link: str = "自查：合不合规"
    checks_ask: str = "点几下自查"
    checks_summary: str = "点几下，看看这件事合不合规，依据是哪一条，接下来做什么"
    letters_summary: str = "照着填就能寄。"
    terms_summary: str = "合同和法律里的行话，用平常话解释。"
    search_hint: str = "用平常说话的方式写就行"
    help_calm: str = "心里撑不住，先找人说话，别的事可以明天再办。"
    log: str = "记录本"
    log_act: str = "把每次联系记下来"
    log_sheet: str = "情况记录表"
    log_whose: str = "是哪家机构"
    log_lender: str = CHOICES["who"]["lender"]
    log_agency: str = CHOICES["who"]["agency"]
    log_debt: str = CHOICES["said"]["debt"]
    log_new_loan: str = CHOICES["said"]["new-loan"]
    licence: str = ""


DOCS: Mapping[str, str] = {
    "stages": "阶段的统称，用在“按…找”",
    "stages_ask": "首页上阶段前面的问题",
    "timeline": "时间线页的名称",
    "timeline_title": "时间线页的标题",
    "timeline_summary": "时间线页的摘要",
    "timeline_note": "时间线页末尾的说明",
    "days": "按天数找阶段时，天数的名称",
    "days_hint": "天数怎么算",
    "steps": "时间线页上，不按天数的阶段的小标题",
    "checks": "自查列表页的名称",
    "checks_link": "页边目录里怎么叫自查",
    "checks_ask": "首页上自查前面的问题",
    "checks_summary": "自查列表页的摘要",
    "letters_summary": "首页上文书模板的一句话",
    "terms_summary": "术语表的一句话",
    "search_hint": "首页搜索框上面的提示，可以举个例子",
    "help_calm": "页末求助框里安慰人的一句话",
    "log": "联系记录本叫什么",
    "log_act": "阶段页上去记录本的按钮",
    "log_sheet": "记录本打印出来的表叫什么",
    "log_whose": "记录本里，问这次联系是替哪一家来的",
    "log_lender": "记录本里，对方是谁：和你有合同的那一家",
    "log_agency": "记录本里，对方是谁：它委托的人",
    "log_debt": "记录本里，说了什么：把你的事告诉别人",
    "log_new_loan": "记录本里，说了什么：叫你再借、再付、再签",
    "licence": "页脚：内容可以怎样转载",
}
"""Phrase → where it stands, for authors."""
