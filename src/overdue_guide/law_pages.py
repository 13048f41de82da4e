"""The registry's pages: each law with its provisions and who relies on them, and the list of laws."""

from __future__ import annotations

from overdue_guide.law import Law, Provision
from overdue_guide.law_views import ForceGroupView, LawsView, LawView, LinkView, ProvisionView
from overdue_guide.laws import FORCES, Standing, standing
from overdue_guide.library import Library, sureness


def law_views(library: Library) -> tuple[LawView, ...]:
    """A view for each law of the registry, in order of law-id."""
    laws = sorted(library.site.laws, key=lambda law: law.id)
    return tuple(_law(library, law) for law in laws)


def laws_view(library: Library) -> LawsView:
    """Laws by force, strongest first; within one, those in force first, then by name."""
    views, groups = law_views(library), []
    for force in FORCES.values():
        laws = [view for view in views if view.force == force.label]
        laws.sort(key=lambda view: (not view.in_force, view.name))
        if laws:
            groups.append(ForceGroupView(force.label, force.meaning, tuple(laws)))
    return LawsView(tuple(groups))


def _law(library: Library, law: Law) -> LawView:
    force, state = FORCES[law.force], standing(law, None, library.site.today)
    successor = library.registry.laws.get(law.successor)
    return LawView(
        title=law.title,
        name=law.name,
        url=law.url,
        issuer=law.issuer,
        number=law.number,
        adopted=law.adopted,
        effective=law.effective,
        amended=law.amended,
        ended=_ended(law, state),
        force=force.label,
        force_meaning=force.meaning,
        binding=force.binding,
        status=state.value,
        in_force=state is Standing.IN_FORCE,
        successor=LinkView(f"《{successor.name}》", successor.url) if successor else None,
        official_name=law.official_name,
        official_url=law.official_url,
        note=law.note,
        gist=law.gist,
        sureness=sureness(law, None),
        provisions=tuple(_provision(library, law, provision) for provision in law.provisions),
        cited_by=_users(library, law.id),
    )


def _provision(library: Library, law: Law, provision: Provision) -> ProvisionView:
    return ProvisionView(
        anchor=provision.anchor,
        label=provision.label,
        gist=provision.gist,
        sureness=sureness(law, provision),
        effective=provision.effective,
        cited_by=_users(library, f"{law.id}:{provision.key}"),
    )


def _ended(law: Law, state: Standing) -> str:
    if state is Standing.REPEALED:
        return "已废止" if law.repealed == "true" else f"已于 {law.repealed} 废止"
    if law.expires:
        return f"{'已于' if state is Standing.EXPIRED else '有效至'} {law.expires}" + (
            " 到期" if state is Standing.EXPIRED else ""
        )
    return ""


def _users(library: Library, key: str) -> tuple[LinkView, ...]:
    articles, checkers = library.cited_by.get(key, ()), library.checked_by.get(key, ())
    return (
        *(LinkView(article.meta.title, article.url) for article in articles),
        *(LinkView(checker.title, checker.url) for checker in checkers),
        *library.guided_by.get(key, ()),
    )
