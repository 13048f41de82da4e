"""Views of the law: a citation at an article's end, a law's page, the list of laws."""

from __future__ import annotations

from overdue_guide.structs import Struct

MOST_USES = 150
"""Links to a law's provisions that its own page still holds: it must stay light."""


class LinkView(Struct, frozen=True):
    """A link."""

    title: str
    url: str


class CitationView(Struct, frozen=True):
    """A provision that the page relies on, shown at its end and in the in-place preview."""

    key: str
    """Matches ``data-cite`` of the citations in the text: ``civil-code:1034``."""
    label: str
    """《民法典》第1034条"""
    gist: str
    force: str
    """法律, 行业自律 …"""
    force_meaning: str
    """One sentence: how that force binds."""
    binding: bool
    """False for standards, pacts, policy papers, drafts."""
    status: str
    """现行有效, 已废止 …"""
    in_force: bool
    sureness: str
    """Empty, or 据媒体引述原文 / 据公开报道，未见正式文本"""
    url: str
    official_name: str
    official_url: str


class ProvisionView(Struct, frozen=True):
    """A provision on its law's page."""

    anchor: str
    label: str
    gist: str
    sureness: str
    effective: str
    cited_by: tuple[LinkView, ...]


class LawView(Struct, frozen=True):
    """A law's page."""

    title: str
    name: str
    url: str
    issuer: str
    number: str
    adopted: str
    effective: str
    amended: str
    ended: str
    """已于 2021-01-01 废止, or empty."""
    force: str
    force_meaning: str
    binding: bool
    status: str
    in_force: bool
    successor: LinkView | None
    official_name: str
    official_url: str
    note: str
    gist: str
    sureness: str
    provisions: tuple[ProvisionView, ...]
    cited_by: tuple[LinkView, ...]
    """Pages that cite the law as a whole."""

    @property
    def used_url(self) -> str:
        """Where it stands who uses which provision, if that is too long for the law's own page."""
        many = sum(len(provision.cited_by) for provision in self.provisions) > MOST_USES
        return f"{self.url}used/" if many else ""


class ForceGroupView(Struct, frozen=True):
    """Laws of one binding force, on the list of laws."""

    force: str
    meaning: str
    laws: tuple[LawView, ...]


class LawsView(Struct, frozen=True):
    """All laws cited, by force; repealed ones last."""

    groups: tuple[ForceGroupView, ...]
