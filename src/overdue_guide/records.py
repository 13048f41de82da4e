"""YAML text → typed values with spans, by a declared shape; the only user of yaml.

Reading never raises for what an author wrote: every problem is reported, and what can be read is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import yaml

from overdue_guide import repair
from overdue_guide.problems import Problem, Source, Span, suggesting
from overdue_guide.shapes import Field, Record

try:
    from yaml import CSafeLoader as Loader
except ImportError:  # PyYAML built without libyaml: ten times slower, same nodes
    from yaml import SafeLoader as Loader  # type: ignore[assignment]

_MAX_MISTAKES = 20
"""After so many places that are no YAML, the rest of a file is not read."""

_LOOSE_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?\Z")
_OPENED = re.compile("flow|quoted|simple key")
"""What libyaml was reading when the mistake stands where that begins, not where it gave up."""
_TAG = "tag:yaml.org,2002:"


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
    if node is None and not reader.problems:
        reader.missing(fields, head)
    return record or Record({}, {}, head), tuple(reader.problems)


def read_records(
    source: Source, fields: Mapping[str, Field]
) -> tuple[tuple[Record, ...], tuple[Problem, ...]]:
    """Read a file that is one list of mappings."""
    reader = _Reader(source, 1)
    node = reader.compose(source.text)
    value = () if node is None else reader.value(node, "", Field("records", fields=fields))
    return value or (), tuple(reader.problems)


class _Reader:
    """Walks YAML nodes by shape and collects problems."""

    def __init__(self, source: Source, first_line: int) -> None:
        self.source = source
        self.offset = first_line - 1
        self.problems: list[Problem] = []
        self._seen: set[int] = set()
        self._lost: set[str] = set()
        """Keys whose lines are no YAML: written, though unreadable."""

    def compose(self, text: str) -> yaml.Node | None:
        """The node tree of all that is YAML, or None when nothing is."""
        text = self._mended(text)
        if repair.too_deep(text):
            head = self.source.at(self.offset + 1, 1)
            self._report(head, "yaml-syntax", detail="nested too deeply")
            return None
        for _ in range(_MAX_MISTAKES):
            try:
                node = yaml.compose(text, Loader=Loader)
            except yaml.YAMLError as error:
                shorter = self._without(text, error)
                if shorter == text:
                    return None
                text = shorter
            else:
                assert node is None or isinstance(node, yaml.Node)
                # A lone marker makes an empty value, placed after the end of the text.
                return None if isinstance(node, yaml.ScalarNode) and not node.value else node
        return None

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
        for name, key_node, value_node in self._items(node):
            shape = fields.get(name)
            if shape is None:
                self._unknown(name, key_node, fields)
                continue
            value = self.value(value_node, name, shape)
            if value is not None:
                values[name] = value
            spans[name] = self._span(value_node)
            if shape.kind == "texts" and isinstance(value_node, yaml.SequenceNode):
                for at, item in enumerate(filter(_is_word, value_node.value)):
                    spans[f"{name}.{at}"] = self._span(item)
        absent = {k: f for k, f in fields.items() if k not in spans and k not in self._lost}
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
                return self._texts(node, name)
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
            first[name] = self._span(key_node).line
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

    def _texts(self, node: yaml.Node, name: str) -> tuple[str, ...] | None:
        if not isinstance(node, yaml.SequenceNode):
            self._report(self._span(node), "wrong-type", key=name, expected="texts")
            return None
        for item in node.value:
            if isinstance(item, yaml.ScalarNode) and not item.value.strip():
                self._report(self._span(item), "empty-value", key=name)
            elif not _is_word(item):
                self._report(self._span(item), "wrong-type", key=name, expected="texts")
        return tuple(item.value.strip() for item in node.value if _is_word(item))

    def _scalar(self, node: yaml.Node, name: str, shape: Field) -> Any:
        span = self._span(node)
        expected = shape.kind
        if not isinstance(node, yaml.ScalarNode):
            self._report(span, "wrong-type", key=name, expected=expected)
            return None
        kind, raw = _kind(node), node.value.strip()
        if kind == "null" or (kind == "str" and not raw):
            if shape.required:
                self._report(span, "empty-value", key=name)
            return None
        match expected:
            # YAML 1.1 reads an unquoted off as a boolean; as one of the choices it is a word.
            case "text" if kind == "str" or shape.choices:
                return self._text(raw, name, shape, span)
            case "number" if kind == "int" and re.fullmatch(r"[-+]?\d{1,9}", raw):
                return int(raw)
            case "flag" if kind == "bool":
                return raw.lower() in ("true", "yes", "on", "y")
            case "date" if re.fullmatch(r"\d{4}-\d\d-\d\d", raw):
                return self._date(raw, name, span)
            case "loose-date" if raw in shape.choices:
                return raw
            case "loose-date" if _LOOSE_DATE.match(raw):
                # Of 2026-11, only that there is such a month can be checked.
                return raw if self._date(raw, name, span) else None
        self._report(span, "wrong-type", key=name, expected=expected)
        return None

    def _text(self, raw: str, name: str, shape: Field, span: Span) -> str | None:
        if shape.choices and raw not in shape.choices:
            allowed = ", ".join(shape.choices)
            self.problems.append(
                suggesting(
                    "bad-value", span, raw, shape.choices, key=name, value=raw, choices=allowed
                )
            )
            return None
        if shape.pattern and not re.fullmatch(shape.pattern, raw):
            self._report(span, "bad-value", key=name, value=raw, choices=shape.pattern)
            return None
        return raw

    def _date(self, raw: str, name: str, span: Span) -> date | None:
        try:
            return date.fromisoformat((raw + "-01-01")[:10])
        except ValueError:
            self._report(span, "bad-date", key=name, value=raw)
            return None

    def _unknown(self, name: str, node: yaml.Node, fields: Mapping[str, Field]) -> None:
        span, known = self._span(node), ", ".join(fields)
        self.problems.append(suggesting("unknown-key", span, name, fields, key=name, known=known))

    def _mended(self, text: str) -> str:
        # YAML stops at the first tab; reading on shows the author the other mistakes too.
        for at, offset in repair.tab_indents(text):
            self._report(self.source.at(self.offset + at + 1, offset + 1), "yaml-tab")
        text = text.replace("\t", " ")
        for at, key in repair.wide_colons(text):
            span = self.source.at(self.offset + at + 1, len(key) + 1)
            self._report(span, "full-width-colon", key=key)
            text = self._without_line(text, at)
        return text

    def _without(self, text: str, error: yaml.YAMLError) -> str:
        """The text without the entry that is no YAML, which is reported; or all of it as it was."""
        context = str(getattr(error, "context", None) or "")
        problem = str(getattr(error, "problem", None) or str(error).splitlines()[0])
        opened, stopped = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
        mark = opened if opened and _OPENED.search(context) else stopped or opened
        at, column = repair.written_before(text, mark.line, mark.column) if mark else (0, 0)
        # A line with a tab in its indentation was reported as such.
        if not any(
            p.rule == "yaml-tab" and p.span.line == self.offset + at + 1 for p in self.problems
        ):
            detail = f"{context}: {problem}" if _OPENED.search(context) else problem
            span = self.source.at(self.offset + at + 1, column + 1)
            self._report(span, "yaml-syntax", detail=detail)
        return text if "document" in context + problem else self._without_line(text, at)

    def _without_line(self, text: str, at: int) -> str:
        text, key = repair.without_entry(text, at)
        self._lost.add(key)
        return text

    def _report(self, span: Span, rule: str, **args: str) -> None:
        self.problems.append(Problem.at(span, rule, **args))

    def _span(self, node: yaml.Node) -> Span:
        start, end = node.start_mark, node.end_mark
        length = end.column - start.column if end.line == start.line else 1
        return self.source.at(self.offset + start.line + 1, start.column + 1, length)


def _shown(node: yaml.Node) -> str:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)[:20]
    return "{…}" if isinstance(node, yaml.MappingNode) else "[…]"


def _is_word(node: yaml.Node) -> bool:
    # A tag such as 12378 is a number to YAML and a word to its author.
    known = isinstance(node, yaml.ScalarNode) and _kind(node) in ("str", "int")
    return known and bool(node.value.strip())


def _kind(node: yaml.ScalarNode) -> str:
    tag = str(node.tag)
    return tag.removeprefix(_TAG) if tag.startswith(_TAG) else "unknown"
