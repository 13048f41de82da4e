"""Whether a rule of the contact log says no more than its provisions bear."""

from __future__ import annotations

from collections.abc import Iterator

from overdue_guide.contact import ContactRule
from overdue_guide.law import Citation
from overdue_guide.laws import FORCES, Registry
from overdue_guide.problems import Problem


def contact_problems(rule: ContactRule, registry: Registry) -> Iterator[Problem]:
    """A rule that speaks of law must cite law in force whose text we have seen."""
    if rule.level == "law" and not any(_is_law(cite, registry) for cite in rule.cites):
        yield Problem.at(rule.span, "overstated-rule", name=rule.id)


def _is_law(cite: Citation, registry: Registry) -> bool:
    found = registry.bearing(cite)
    return (
        found is not None
        and found.provision is not None
        and FORCES[found.law.force].binding
        and not (found.law.unverified or found.provision.unverified)
    )
