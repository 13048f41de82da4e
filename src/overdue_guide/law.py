"""A law, its provisions, and a citation that names one of them."""

from __future__ import annotations

from overdue_guide.problems import Span
from overdue_guide.structs import Struct


class Provision(Struct, frozen=True):
    """One provision of a law, in our own words."""

    key: str
    label: str
    """第1034条, 夜间时段"""
    gist: str
    span: Span
    effective: str = ""
    """Only when it differs from the law's: ``YYYY-MM-DD`` or shorter."""
    unverified: bool = False
    """A lead, not a fact: the official text was not seen."""
    quoted: bool = False
    """Worded as the press or a reprint quotes it."""
    successor: str = ""
    quotes: tuple[str, ...] = ()
    """Words of the official text that pages quote, sign for sign."""

    @property
    def anchor(self) -> str:
        """``a1034``: its place on the law's page."""
        return f"a{self.key}"


class Law(Struct, frozen=True):
    """A law, rule, standard or pact. Dates are ``YYYY-MM-DD``, or shorter where only that is known."""

    id: str
    title: str
    issuer: str
    force: str
    span: Span
    short: tuple[str, ...] = ()
    number: str = ""
    adopted: str = ""
    effective: str = ""
    amended: str = ""
    repealed: str = ""
    """Date, or ``true`` when only the fact is known."""
    expires: str = ""
    """Last day of a rule that ends by itself."""
    draft: bool = False
    successor: str = ""
    """Law-id of what replaced it."""
    successor_span: Span | None = None
    official_name: str = ""
    official_url: str = ""
    note: str = ""
    gist: str = ""
    unverified: bool = False
    quotes: tuple[str, ...] = ()
    """Of an instrument that is cited only as a whole."""
    provisions: tuple[Provision, ...] = ()

    @property
    def name(self) -> str:
        """The name used in running text, without 《》."""
        return self.short[0] if self.short else self.title.removeprefix("中华人民共和国")

    @property
    def url(self) -> str:
        """Address of its page below the site's root."""
        return f"laws/{self.id}/"


class Citation(Struct, frozen=True):
    """One provision, or a whole law, that a text relies on."""

    law: str
    """A law-id, or, when ``written``, a name such as 民法典 that the author wrote out."""
    key: str
    """``1034``, ``293-1``, ``hours``; empty for the whole law."""
    span: Span
    written: bool = False
    """《民法典》第一千零三十四条 instead of ``[@civil-code:1034]``."""
    historical: bool = False
    """Cited as history: may be repealed, expired, or a draft."""
    text: str = ""
    """What the author wrote out."""
    lead: str = ""
    """What stands between it and the one before: 和."""


class ResolvedCitation(Struct, frozen=True):
    """A citation that the registry knows."""

    law: Law
    provision: Provision | None
    historical: bool = False

    @property
    def url(self) -> str:
        """Below the site's root: ``laws/civil-code/#a1034``."""
        anchor = f"#{self.provision.anchor}" if self.provision else ""
        return f"{self.law.url}{anchor}"

    @property
    def label(self) -> str:
        """As shown in text: 《民法典》第1034条."""
        return f"《{self.law.name}》{self.provision.label if self.provision else ''}"
