"""View of the contact log: the fields of an entry, and the rules it is held against."""

from __future__ import annotations

from collections.abc import Mapping

from overdue_guide.law_views import CitationView
from overdue_guide.structs import Struct


class RuleView(Struct, frozen=True):
    """A rule: what a reader sees of it, and the condition that the page's script tests."""

    id: str
    title: str
    level: str
    """law, pact or ask"""
    word: str
    """The level in words: 涉嫌违法 …"""
    says: str
    cites: tuple[CitationView, ...]
    force: str
    """In short how it binds: 法律; 行业自律，不是法律; 据公开报道 …"""
    when: str
    """JSON: a list of conditions, one of which must hold."""


class LogView(Struct, frozen=True):
    """The contact log."""

    choices: Mapping[str, Mapping[str, str]]
    """Field → value → its words."""
    rules: tuple[RuleView, ...]
    blank_rows: int
    """Of the sheet that is printed empty."""
