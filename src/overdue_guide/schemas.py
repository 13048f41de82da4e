"""JSON Schemas of everything editors write, from the same shapes that check it."""

from __future__ import annotations

from collections.abc import Mapping

from overdue_guide import checkers, config, contact_rules, frontmatter, laws, reference
from overdue_guide.shapes import Field, json_schema
from overdue_guide.structs import replace


def schema(kind: str) -> dict[str, object]:
    """The schema of one kind of file; raises KeyError for an unknown kind."""
    title = f"overdue-guide {kind}"
    match kind:
        case "front-matter":
            return json_schema(_any_kind(), title)
        case "site":
            return json_schema(config.FIELDS, title)
        case "law":
            return json_schema(laws.FIELDS, title)
        case "check":
            return json_schema(checkers.FIELDS, title)
    rows = {
        "channels": reference.CHANNEL_FIELDS,
        "glossary": reference.TERM_FIELDS,
        "synonyms": reference.SYNONYM_FIELDS,
        "contact-rules": contact_rules.FIELDS,
    }[kind]
    item = json_schema(rows, title)
    return {
        "$schema": item.pop("$schema"),
        "title": item.pop("title"),
        "type": "array",
        "items": item,
    }


def _any_kind() -> Mapping[str, Field]:
    """Every key; only what an article must have is required, for an editor cannot tell kinds apart."""
    article = frontmatter.fields_for("article")
    return {
        name: replace(shape, required=shape.required and name in article)
        for name, shape in frontmatter.FIELDS.items()
    }
