"""The contact log's view. The rules go to the browser as data; no entry ever leaves it."""

from __future__ import annotations

import json
from collections.abc import Mapping

from overdue_guide.contact import CHOICES, LEVELS, ContactRule, Occasion
from overdue_guide.law_views import CitationView
from overdue_guide.library import Library
from overdue_guide.log_views import LogView, RuleView
from overdue_guide.phrases import Phrases
from overdue_guide.resolve import cited_by

_BLANK_ROWS = 12
"""As many as fit on a sheet of A4."""

_OWN: Mapping[str, str] = {
    "lender": "log_lender",
    "agency": "log_agency",
    "debt": "log_debt",
    "new-loan": "log_new_loan",
}
"""Values of ``contact.CHOICES`` → the phrases in which a site has its own words for them."""


def log_view(library: Library) -> LogView:
    """Everything that the page shows."""
    rules = tuple(_rule(library, rule) for rule in library.site.contact_rules)
    return LogView(_choices(library.site.config.phrases), rules, _BLANK_ROWS)


def _choices(said: Phrases) -> Mapping[str, Mapping[str, str]]:
    """Field → value → its words, as this site says them."""
    own = {value: getattr(said, phrase) for value, phrase in _OWN.items()}
    return {
        name: {value: own.get(value, words) for value, words in values.items()}
        for name, values in CHOICES.items()
    }


def _rule(library: Library, rule: ContactRule) -> RuleView:
    found = cited_by(rule.cites, library.registry)
    cites = tuple(library.citation_view(cite) for cite in found)
    return RuleView(
        id=rule.id,
        title=rule.title,
        level=rule.level,
        word=LEVELS[rule.level],
        says=rule.says,
        cites=cites,
        force=_force(cites),
        when=json.dumps([_condition(one) for one in rule.when], separators=(",", ":")),
    )


def _condition(occasion: Occasion) -> dict[str, object]:
    """What is set of an occasion; the names are those that scripts/log/rules.mjs reads."""
    set_ = {
        "kind": occasion.kind,
        "who": occasion.who,
        "whom": occasion.whom,
        "answered": occasion.answered,
        "reachable": occasion.reachable,
        "said": occasion.said,
        "hours": occasion.hours,
        "fewerPersons": occasion.fewer_persons,
        "morePersons": occasion.more_persons,
        "moreThan": occasion.more_than,
    }
    found: dict[str, object] = {name: value for name, value in set_.items() if value}
    return {**found, "within": occasion.within} if occasion.more_than else found


def _force(cites: tuple[CitationView, ...]) -> str:
    """Each force once, in the order of the citations; hearsay is called so."""
    words: dict[str, None] = {}
    for cite in cites:
        reported = "（据公开报道）" if cite.sureness.startswith("据公开报道") else ""
        words[f"{cite.force}{reported}"] = None
    binding = any(cite.binding for cite in cites)
    return "、".join(words) + ("" if binding else "，不是法律")
