"""The shape of what editors write in YAML, declared once, and the values read by it.

A :class:`Field` serves three ends: ``records`` checks an author's values by it and types them for the
loaders, and ``json_schema`` turns it into the JSON Schema that editors complete from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Literal

from overdue_guide.problems import Problem, Span
from overdue_guide.structs import Struct

FieldKind = Literal[
    "text", "texts", "date", "loose-date", "number", "flag", "record", "records", "table"
]


class Field(Struct, frozen=True):
    """What a key may hold."""

    kind: FieldKind
    required: bool = False
    choices: tuple[str, ...] = ()
    called: Mapping[str, str] = {}
    """Choice → its Chinese name, which editors may write by mistake and are shown beside it."""
    fields: Mapping[str, Field] = {}
    """Of a ``record``, of each of ``records``, or of each value of a ``table``."""
    pattern: str = ""
    """For text: a regular expression that the whole value must match."""
    names: bool = False
    """For texts: each is a name such as a tag, in which no Chinese comma stands."""
    doc: str = ""
    """One Chinese line for the JSON Schema: editors see it while they type."""


class Record(Struct, frozen=True):
    """Values read by shape, with the span of each; absent keys are absent."""

    values: Mapping[str, Any]
    spans: Mapping[str, Span]
    span: Span

    def text(self, key: str, default: str = "") -> str:
        """The text under ``key``."""
        value = self.values.get(key, default)
        assert isinstance(value, str)
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts under ``key``."""
        value: tuple[str, ...] = self.values.get(key, ())
        return value

    def day(self, key: str) -> date | None:
        """The date under ``key``."""
        value: date | None = self.values.get(key)
        return value

    def number(self, key: str) -> int:
        """The whole number under ``key``, or 0."""
        value: int = self.values.get(key, 0)
        return value

    def flag(self, key: str) -> bool:
        """Whether ``key`` is true."""
        return self.values.get(key) is True

    def records(self, key: str) -> tuple[Record, ...]:
        """The records under ``key``."""
        value: tuple[Record, ...] = self.values.get(key, ())
        return value

    def table(self, key: str) -> Mapping[str, Record]:
        """The named records under ``key``."""
        value: Mapping[str, Record] = self.values.get(key, {})
        return value


def repeated(records: Iterable[Record], key: str) -> Iterator[Problem]:
    """A problem for each record that has the same text under ``key`` as one before it."""
    first: dict[str, int] = {}
    for record in records:
        name = record.text(key)
        if name and name in first:
            span = record.spans[key]
            yield Problem.at(span, "duplicate-key", key=name, line=str(first[name]))
        elif name:
            first[name] = record.spans[key].line


def json_schema(fields: Mapping[str, Field], title: str) -> dict[str, object]:
    """The JSON Schema (draft 2020-12) of a mapping with these fields."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **_object_schema(fields),
    }


def _object_schema(fields: Mapping[str, Field]) -> dict[str, object]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, shape in fields.items() if shape.required],
        "properties": {name: _field_schema(shape) for name, shape in fields.items()},
    }


def _field_schema(shape: Field) -> dict[str, object]:
    schema: dict[str, object]
    match shape.kind:
        case "text":
            schema = {"type": "string"}
            if shape.choices:
                schema["enum"] = list(shape.choices)
            if shape.called:  # VS Code shows it while one chooses
                schema["enumDescriptions"] = [shape.called[one] for one in shape.choices]
            if shape.pattern:
                schema["pattern"] = f"^(?:{shape.pattern})$"
        case "texts":
            schema = {"type": "array", "items": {"type": ["string", "integer"]}}
        case "date":
            schema = {"type": "string", "format": "date"}
        case "loose-date":
            schema = {"type": ["string", "integer", "boolean"]}
        case "number":
            schema = {"type": "integer"}
        case "flag":
            schema = {"type": "boolean"}
        case "record":
            schema = _object_schema(shape.fields)
        case "records":
            schema = {"type": "array", "items": _object_schema(shape.fields)}
        case "table":
            schema = {"type": "object", "additionalProperties": _object_schema(shape.fields)}
    return {**schema, "description": shape.doc} if shape.doc else schema
