"""A contact by the other side, in the words of the contact log, and the rules it is held against."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from overdue_guide.law import Citation
from overdue_guide.problems import Span
from overdue_guide.structs import Struct

CHOICES: Mapping[str, Mapping[str, str]] = {
    "kind": {
        "call": "电话",
        "sms": "短信",
        "chat": "微信",
        "visit": "上门",
        "third-call": "打给别人",
        "public": "公开发布",
        "other": "其他",
    },
    "who": {
        "lender": "对方机构",
        "agency": "对方委托的人",
        "authority": "自称法院、公安",
        "unknown": "不清楚",
    },
    "whom": {
        "me": "我",
        "family": "家人",
        "emergency": "紧急联系人",
        "work": "单位",
        "other": "其他人",
    },
    "answered": {"yes": "接通了", "no": "没接通"},
    "reachable": {"yes": "能", "no": "不能", "unsure": "说不清"},
    "said": {
        "threat": "威胁人身安全",
        "insult": "辱骂",
        "authority": "冒充法院、公安",
        "debt": "说出我的私事",
        "family-pay": "要家人还",
        "post": "张贴、发到网上",
        "false-result": "说要坐牢、上黑名单",
        "new-loan": "叫我另外付钱、签字",
        "enter": "硬闯、赖着不走",
        "stop-ignored": "说过别打还打",
    },
    "evidence": {
        "recording": "录音",
        "screenshot": "截图",
        "video": "录像",
        "witness": "证人",
        "none": "没有",
    },
}
"""Field of an entry → its values and their words. Entries on readers' devices hold these values:
new ones may be added, none may be renamed. ``phrases`` may call some of them otherwise."""

Level = Literal["law", "pact", "ask"]

LEVELS: Mapping[Level, str] = {
    "law": "涉嫌违法",
    "pact": "不合行业规则",
    "ask": "值得核实",
}
"""How loud a rule speaks → its words."""


class Occasion(Struct, frozen=True):
    """Contacts that a rule is about: those which meet every condition that is set."""

    kind: tuple[str, ...] = ()
    who: tuple[str, ...] = ()
    whom: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()
    reachable: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    hours: tuple[int, int] | None = None
    """From the first hour up to, not including, the second; may go over midnight."""
    fewer_persons: int = 0
    """So many persons at the door, or more, are not meant; 0: any number."""
    more_persons: int = 0
    """More than so many are meant; 0: any number."""
    more_than: int = 0
    """More than so many such contacts by one lender are meant; 0: each one is."""
    within: Literal["day", "log"] = "day"
    """Within what they are counted."""


class ContactRule(Struct, frozen=True):
    """One rule: when it speaks, what it says, and the provisions that say so."""

    id: str
    title: str
    level: Level
    says: str
    cites: tuple[Citation, ...]
    when: tuple[Occasion, ...]
    """It speaks when one of these holds."""
    span: Span

    @property
    def url(self) -> str:
        """Where it stands on the log's page, below the site's root."""
        return f"log/#rule-{self.id}"
