"""Front matter in one order and one way of quoting; comments stay with the key below them.

A line is only ever written anew when it holds a whole value; longer values keep their lines.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from overdue_guide import meant
from overdue_guide.shapes import Field

_STRING = "tag:yaml.org,2002:str"


def head(block: str, fields: Mapping[str, Field]) -> str:
    """The block between the markers, formatted; as it is when it holds a mistake of YAML."""
    root = _compose(block)
    if not isinstance(root, yaml.MappingNode) or root.flow_style:
        return block
    names = [key.value for key, _ in root.value]
    if len(set(names)) < len(names) or not all(isinstance(name, str) for name in names):
        return block
    order = {name: at for at, name in enumerate(fields)}
    lines, entries = block.split("\n"), []
    places = [key.start_mark.line for key, _ in root.value]
    first = [_with_comments(lines, at) for at in places]
    for (key, value), at, start, end in zip(
        root.value, places, first, [*first[1:], len(lines)], strict=True
    ):
        about, rest = lines[start:at], lines[at + 1 : end]
        own = [_entry(key, value, lines[at], fields.get(key.value)), *map(str.rstrip, rest)]
        entries.append((order.get(key.value, len(order)), [line for line in about if line], own))
    # Comments at the very end belong to no key.
    tail = _cut_tail(entries[-1][2], root.value[-1][1])
    made = [line for _, *parts in sorted(entries, key=lambda e: e[0]) for p in parts for line in p]
    text = "\n".join([*made, *tail])
    return text if _data(_compose(text), fields) == _data(root, fields) else block


def _compose(text: str) -> yaml.Node | None:
    try:
        # The last of several lines ends, too: block scalars count that.
        node = yaml.compose(text + "\n", Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, RecursionError):
        return None
    return node if isinstance(node, yaml.Node) else None


def _with_comments(lines: list[str], at: int) -> int:
    """The first of the comments and empty lines right above a key."""
    while at and (not lines[at - 1].strip() or lines[at - 1].startswith("#")):
        at -= 1
    return at


def _cut_tail(own: list[str], value: yaml.Node) -> list[str]:
    """Take the comments off the end of the last entry, and the empty lines away."""
    if isinstance(value, yaml.ScalarNode) and value.style in ("|", ">"):
        return []
    tail: list[str] = []
    while len(own) > 1 and (not own[-1] or own[-1].startswith("#")):
        line = own.pop()
        tail = [line, *tail] if line else tail
    return tail


def _entry(key: yaml.Node, value: yaml.Node, line: str, shape: Field | None) -> str:
    start, end = value.start_mark, value.end_mark
    at = key.start_mark.line
    if start.line != at or end.line != at or start.column == end.column or shape is None:
        return line.rstrip()
    written = _value(value, line[start.column : end.column], shape)
    comment = line[end.column :].strip()
    return f"{key.value}: {written}" + (f"  {comment}" if comment else "")


def _value(node: yaml.Node, raw: str, shape: Field) -> str:
    if shape.kind == "date" and isinstance(node, yaml.ScalarNode):
        return meant.day(node.value) or raw
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node, raw, "k: {}", shape)
    plain = isinstance(node, yaml.SequenceNode) and shape.kind == "texts"
    if plain and all(isinstance(item, yaml.ScalarNode) for item in node.value):
        offset = node.start_mark.column
        items = (
            _scalar(
                item,
                raw[item.start_mark.column - offset : item.end_mark.column - offset],
                "[{}]",
                shape,
            )
            for item in node.value
        )
        return "[" + ", ".join(items) + "]"
    return raw


def _scalar(node: yaml.ScalarNode, raw: str, place: str, shape: Field) -> str:
    """A text without quotes where it needs none, else in quotes; other values as they are."""
    if node.tag != _STRING or shape.kind not in ("text", "texts") or "\n" in node.value:
        return raw
    value = str(node.value)
    double = json.dumps(value, ensure_ascii=False)
    single = "'" + value.replace("'", "''") + "'"
    ways = (value, single, double) if "\\" in double[1:-1] else (value, double)
    return next((way for way in ways if _reads_as(place.format(way), value)), raw)


def _reads_as(text: str, value: str) -> bool:
    node = _compose(text)
    if not isinstance(node, yaml.MappingNode | yaml.SequenceNode) or len(node.value) != 1:
        return False
    item = node.value[0]
    scalar = item[1] if isinstance(item, tuple) else item
    return isinstance(scalar, yaml.ScalarNode) and (scalar.tag, scalar.value) == (_STRING, value)


def _data(node: yaml.Node | None, fields: Mapping[str, Field]) -> Any:
    """What the block says, in whatever order and quotes it is written."""
    if not isinstance(node, yaml.MappingNode):
        return None
    said = {}
    for key, value in node.value:
        shape = fields.get(key.value)
        day = shape and shape.kind == "date" and meant.day(str(value.value))
        said[key.value] = day or tuple(_flat(value))
    return said


def _flat(node: yaml.Node) -> Iterator[object]:
    if isinstance(node, yaml.ScalarNode):
        yield node.tag, node.value
        return
    yield node.tag, len(node.value)
    for item in node.value:
        for one in item if isinstance(item, tuple) else (item,):
            yield from _flat(one)
