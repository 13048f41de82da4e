"""Whom to tell of a hole in the site: ``security:`` in site.yml, for ``security.txt`` (RFC 9116)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from overdue_guide.model import Security
from overdue_guide.problems import Problem
from overdue_guide.shapes import Field, Record

LONGEST = timedelta(days=366)
"""RFC 9116, 2.5.5: less than a year ahead, so that a contact which nobody reads is not trusted."""

FIELDS: Mapping[str, Field] = {
    "contact": Field(
        "text", required=True, pattern="(https://|mailto:|tel:).+", doc="报告安全问题的地址"
    ),
    "expires": Field("date", required=True, doc="到这一天就要重新确认，最多一年以后"),
    "policy": Field("text", pattern="https?://.+", doc="怎样处理报告"),
    "languages": Field("texts", doc="用哪些语言报告都可以：[zh, en]"),
}


def read(record: Record | None) -> Security | None:
    """The contact; None when there is none, or not enough of it."""
    expires = record.day("expires") if record else None
    if record is None or expires is None or not record.text("contact"):
        return None
    return Security(
        contact=record.text("contact"),
        expires=expires,
        span=record.spans["expires"],
        policy=record.text("policy"),
        languages=record.texts("languages"),
    )


def security_problems(security: Security | None, today: date) -> Iterator[Problem]:
    """A contact that nobody has confirmed for too long, or for too long ahead."""
    if security and not timedelta() < security.expires - today < LONGEST:
        told = {"date": security.expires.isoformat()}
        last = date.fromordinal(min(today.toordinal() + 365, date.max.toordinal()))
        yield Problem.at(security.span, "security-expiry", last=last.isoformat(), **told)
