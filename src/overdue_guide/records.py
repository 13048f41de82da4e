"""YAML text → typed values with spans, by a declared shape.

Reading never raises for what an author wrote: every problem is reported, and what can be read is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import yaml

from overdue_guide import limits
from overdue_guide.composing import Composer
from overdue_guide.meant import meant, parted
from overdue_guide.problems import Problem, Source, Span
from overdue_guide.shapes import Field, Record

_LONGEST_GUESS = 200
"""A longer value was meant to be something else altogether."""
_REMARK = re.compile(r"[ \t]+(#[^\s#\"].*?)[ \t]*\Z")
_LOOSE_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?\Z")
_TAG = "tag:yaml.org,2002:"
_WORDS = frozenset({f"{_TAG}str", f"{_TAG}int"})
"""A tag such as 12378 is a number to YAML and a word to its author."""


def read_record(
    source: Source, fields: Mapping[str, Field], *, text: str | None = None, first_line: int = 1
) -> tuple[Record, tuple[Problem, ...]]:
    """Read one mapping; ``text`` is a part of the source that begins at ``first_line``.

    What the whole mapping lacks is reported on the line before it, or on the first.
    """
    reader = _Reader(source, first_line)
    node = reader.compose(source.text if text is None else text)
    head = source.at(max(first_line - 1, 1), 1)
    record = reader.record(node, fields, head) if node else None
    if node is None and not reader.problems.told():
        reader.missing(fields, head)
    return record or Record({}, {}, head), reader.problems.told()


def read_records(
    source: Source, fields: Mapping[str, Field]
) -> tuple[tuple[Record, ...], tuple[Problem, ...]]:
    """Read a file that is one list of mappings."""
    reader = _Reader(source, 1)
    node = reader.compose(source.text)
    value = () if node is None else reader.value(node, "", Field("records", fields=fields))
    return value or (), reader.problems.told()


class _Reader(Composer):
    """Walks the nodes of a text by shape."""

    def __init__(self, source: Source, first_line: int) -> None:
        super().__init__(source, first_line)
        self._seen: set[int] = set()

    def record(
        self, node: yaml.Node, fields: Mapping[str, Field], head: Span | None = None
    ) -> Record | None:
        """A mapping's values, or None when it is no mapping; ``head``: where to say what it lacks."""
        span = self._span(node)
        if not isinstance(node, yaml.MappingNode):
            self._report(span, "wrong-type", key=_shown(node), expected="record")
            return None
        values: dict[str, Any] = {}
        spans: dict[str, Span] = {}
        meant_keys: set[str] = set()  # mistyped, so that they are not missing as well
        for name, key_node, value_node in self._items(node):
            shape = fields.get(name)
            if shape is None:
                meant_keys.add(self._unknown(name, key_node, fields))
                continue
            value = self.value(value_node, name, shape)
            if value is not None:
                values[name] = value
            spans[name] = self._span(value_node)
            if shape.kind == "texts" and isinstance(value_node, yaml.SequenceNode):
                for at, item in enumerate(filter(_is_word, value_node.value)):
                    spans[f"{name}.{at}"] = self._span(item)
        written = spans.keys() | self._lost | meant_keys
        absent = {key: shape for key, shape in fields.items() if key not in written}
        self.missing(absent, head or span)
        return Record(values, spans, span)

    def value(self, node: yaml.Node, name: str, shape: Field) -> Any:
        """The node's value by its shape, or None after reporting why not."""
        if id(node) in self._seen and not isinstance(node, yaml.ScalarNode):
            self._report(
                self._span(node), "yaml-syntax", detail="anchors and aliases are not used here"
            )
            return None
        self._seen.add(id(node))
        match shape.kind:
            case "record":
                return self.record(node, shape.fields)
            case "records":
                return self._list(node, name, shape)
            case "table":
                return self._table(node, name, shape)
            case "texts":
                return self._texts(node, name, shape)
            case _:
                return self._scalar(node, name, shape)

    def missing(self, fields: Mapping[str, Field], span: Span) -> None:
        """Report the required ones of these fields as missing."""
        for name, shape in fields.items():
            if shape.required:
                self._report(span, "missing-key", key=name)

    def _items(self, node: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
        first: dict[str, int] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._report(
                    self._span(key_node), "wrong-type", key=_shown(key_node), expected="text"
                )
                continue
            name = key_node.value
            if name in first:
                self._report(self._span(key_node), "duplicate-key", key=name, line=str(first[name]))
                continue
            first[name] = self._line(key_node)
            yield name, key_node, value_node

    def _list(self, node: yaml.Node, name: str, shape: Field) -> tuple[Record, ...] | None:
        if not isinstance(node, yaml.SequenceNode):
            self._report(self._span(node), "wrong-type", key=name or _shown(node), expected="list")
            return None
        records = (self.record(item, shape.fields) for item in node.value)
        return tuple(record for record in records if record is not None)

    def _table(self, node: yaml.Node, name: str, shape: Field) -> dict[str, Record] | None:
        if not isinstance(node, yaml.MappingNode):
            self._report(self._span(node), "wrong-type", key=name, expected="record")
            return None
        rows: dict[str, Record] = {}
        for key, key_node, value_node in self._items(node):
            record = self.record(value_node, shape.fields)
            if record is not None:
                rows[key] = Record(record.values, record.spans, self._span(key_node))
        return rows

    def _texts(self, node: yaml.Node, name: str, shape: Field) -> tuple[str, ...] | None:
        if not isinstance(node, yaml.SequenceNode):
            self._wrong(node, name, "texts")
            return None
        if len(node.value) > limits.MOST_ITEMS:
            span, most = self._span(node.value[limits.MOST_ITEMS]), str(limits.MOST_ITEMS)
            self._report(span, "too-complex", what="items", most=most)
            return None
        words = []
        for item in node.value:
            if isinstance(item, yaml.ScalarNode) and not item.value.strip():
                self._report(self._span(item), "empty-value", key=name)
            elif not _is_word(item):
                self._report(self._span(item), "wrong-type", key=name, expected="texts")
            else:
                words.append(item.value.strip())
                if shape.names and node.flow_style and not item.style:
                    self._one_word(item)
        return tuple(words)

    def _one_word(self, item: yaml.ScalarNode) -> None:
        if parted(item.value):
            span, written = self._span(item), meant("texts", item.value)
            self._report(span, "full-width-list", value=item.value, suggestion=written)

    def _scalar(self, node: yaml.Node, name: str, shape: Field) -> Any:
        expected = shape.kind
        if not isinstance(node, yaml.ScalarNode):
            self._wrong(node, name, expected)
            return None
        kind, raw = _kind(node), node.value.strip()
        if kind == "null" or (kind == "str" and not raw):
            if shape.required:
                self._report(self._span(node), "empty-value", key=name)
            return None
        match expected:
            # YAML 1.1 reads an unquoted off as a boolean; as one of the choices it is a word.
            case "text" if kind == "str" or shape.choices:
                self._remark(node, name, raw)
                return self._text(raw, name, shape, node)
            case "number" if kind == "int" and re.fullmatch(r"[-+]?\d{1,9}", raw):
                return int(raw)
            case "flag" if kind == "bool":
                return raw.lower() in ("true", "yes", "on", "y")
            case "date" if re.fullmatch(r"\d{4}-\d\d-\d\d", raw):
                return self._date(raw, name, node)
            case "loose-date" if raw in shape.choices:
                return raw
            case "loose-date" if _LOOSE_DATE.match(raw):
                # Of 2026-11, only that there is such a month can be checked.
                return raw if self._date(raw, name, node) else None
        self._wrong(node, name, expected)
        return None

    def _remark(self, node: yaml.ScalarNode, name: str, raw: str) -> None:
        """A # right before a word is meant to be read, and YAML takes it for a remark."""
        at, column = node.end_mark.line, node.end_mark.column
        rest = _REMARK.match(self._lines[at], column) if at < len(self._lines) else None
        if rest and not node.style:
            span = self.source.at(self.offset + at + 1, rest.start(1) + 1, len(rest[1]))
            written = f'{name}: "{raw} {rest[1]}"'
            self._report(span, "lost-remark", text=rest[1], suggestion=written)

    def _wrong(self, node: yaml.Node, name: str, expected: str) -> None:
        raw = node.value if isinstance(node, yaml.ScalarNode) else ""
        near = meant(expected, raw) if len(raw) <= _LONGEST_GUESS else ""
        extra = {"suggestion": near} if near else {}
        self._report(self._span(node), "wrong-type", key=name, expected=expected, **extra)

    def _text(self, raw: str, name: str, shape: Field, node: yaml.Node) -> str | None:
        if shape.choices and raw not in shape.choices:
            self._other_choice(raw, name, shape, self._span(node))
            return None
        if shape.pattern and not re.fullmatch(shape.pattern, raw):
            span = self._span(node)
            self._report(span, "bad-value", key=name, value=raw, choices=shape.pattern)
            return None
        return raw

    def _other_choice(self, raw: str, name: str, shape: Field, span: Span) -> None:
        """Report a word that is none of the choices; the one whose Chinese name it is."""
        named = [f"{one} {shape.called.get(one, '')}".rstrip() for one in shape.choices]
        told = {"key": name, "value": raw, "choices": ", ".join(named)}
        meant_one = [one for one, word in shape.called.items() if word == raw]
        if meant_one:
            self._report(span, "bad-value", suggestion=meant_one[0], **told)
        else:
            self._suggest("bad-value", span, raw, shape.choices, **told)

    def _date(self, raw: str, name: str, node: yaml.Node) -> date | None:
        try:
            return date.fromisoformat((raw + "-01-01")[:10])
        except ValueError:
            self._report(self._span(node), "bad-date", key=name, value=raw)
            return None

    def _unknown(self, name: str, node: yaml.Node, fields: Mapping[str, Field]) -> str:
        """Report a key that has no shape; the one that it may mean."""
        span, known = self._span(node), ", ".join(fields)
        key = name.partition("：")[0]
        if key != name and key in fields:  # in braces, where a colon looks like any other sign
            self._report(span, "full-width-colon", key=key)
            return key
        return self._suggest("unknown-key", span, name, fields, key=name, known=known)


def _shown(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)[:20]
    return "{…}" if isinstance(node, yaml.MappingNode) else "[…]"


def _is_word(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag in _WORDS and bool(node.value.strip())


def _kind(node: yaml.ScalarNode) -> str:
    tag = str(node.tag)
    return tag.removeprefix(_TAG) if tag.startswith(_TAG) else "unknown"
