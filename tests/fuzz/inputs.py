"""Hostile texts, folders and command lines, as Hypothesis strategies.

Nothing here knows what the program does with them; ``targets`` does.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from hypothesis import strategies as st

from overdue_guide import checkers, config, contact_rules, frontmatter, laws, reference
from overdue_guide.shapes import Field

FRAGMENTS = (
    "文字", "English words ", "𠀀😀", "\n", "\n\n", "  ", "\t", "> ", "- ", "1. ", "## ", "### 标题\n", "# ",
    "[@civil-code:1034]", "[@a:1;@b]", "[@坏]", "[@", "]", "《民法典》第一千零三十四条", "《甲法》第十百条", "[文](x.md)",
    "[文](../a/b.md#锚)", "![图](p.png)", "[", "](", ")", "`", "```\n", "    ", "**", "*", "_", "[^1]", "\n\n[^1]: 注\n",
    "[[channel:police]]", "[[channel:", "{{name}}", "{{", "| a | b |\n|---|---|\n| ", " | ", "!!! note\n    ", "<b>", "</b>",
    "<script>alert(1)</script>", "<div>", "</div>", "<!--", "-->", "<a href='x.md'>", "&lt;", "&#2;c0&#3;", "\\", "\x02c0\x03",
    "\ufeff", "\r\n", "\u200b", "---\n", "词\n:   义\n", "*[词]: 义\n", "{: #id .x }", "javascript:", "\x00", "http://x.y/",
)  # fmt: skip
"""What Markdown and this project give a meaning to, and what spoils it."""

YAML_FRAGMENTS = (
    "title: ", "summary: ", "tags: ", "reviewed: ", "2026-11-01", "2026-02-30", "[", "]", "{", "}", ", ", ": ", "：", "\n",
    "\n  ", "\n- ", "- ", "\t", "'", '"', "|\n  ", ">\n  ", "&a ", "*a", "!!int ", "? ", "# ", "---\n", "...\n", "文", "12", "true",
    "~", "%", "@", "`", "\x00", "\u2028", "<<: ", "id: ", "provisions:\n  \"1\": {gist: 文}\n", "rules: {", "off",
)  # fmt: skip

NAMES = (
    "a.md", "A.md", "index.md", "b.yml", "site.yml", "README.md", "..", "...md", ".hidden.md", "_x.md", "x~", "con.md", "NUL", "a b.md",
    "词.md", "é.md", "e\u0301.md", "😀.md", "a" * 250 + ".md", "长" * 84 + ".md", "a\nb.md", "a\\b.md", "a:b.md", "-a.md", "a.MD", "a.png", "a.svg",
    "a.yaml", "x.exe", "%2e%2e", "\u202ea.md", "ａ.md", "channels.yml", "glossary.yml", "search", "tags", "404.html", "a.html", "\udcff.md",
)  # fmt: skip
FOLDERS = (
    "",
    "a/",
    "b/",
    "letters/",
    "tools/",
    "checks/",
    "reference/",
    "reference/laws/",
    "laws/",
    "search/",
    "a/b/c/",
)

_SHORT = st.text(max_size=5)
_UNITS = (
    *FRAGMENTS,
    "[",
    "(",
    ")",
    "<",
    "&",
    "=",
    "'",
    '"',
    "|",
    "《",
    "不得",
    "\n> ",
    "\n- ",
    "\n    ",
)

_joined = st.lists(st.sampled_from(FRAGMENTS) | _SHORT, max_size=40).map("".join)
_many = st.builds(
    lambda units, times, end: "".join(units) * times + end,
    st.lists(st.sampled_from(_UNITS), min_size=1, max_size=3),
    st.sampled_from([2, 7, 40, 300]),
    st.sampled_from(("", *_UNITS)),
)
_nested = st.builds(
    lambda opened, inner, closed, depth: opened * depth + inner + closed * depth,
    st.sampled_from(_UNITS),
    st.sampled_from(_UNITS) | _SHORT,
    st.sampled_from(_UNITS),
    st.sampled_from([2, 5, 29, 31, 120]),
)
bodies = st.one_of(_joined, _joined, _joined, _many, _nested, st.text(max_size=80))
"""Markdown: mixed, repeated, nested, or anything at all."""

blocks = st.lists(st.sampled_from(YAML_FRAGMENTS) | st.text(max_size=3), max_size=30).map("".join)
"""YAML that is seldom any."""

_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.text(max_size=8),
    st.sampled_from(FRAGMENTS),
    st.sampled_from(
        ["2026-11-01", "2026-02-30", "9999-12-31", "0001-01-01", "2026-11", "true", "a/b", "/old/a/", "../x", "@a:1", "a:1;b:2", "https://x.y", "police"]
    ),
)  # fmt: skip
_WILD = st.recursive(
    _VALUES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_SHORT, inner, max_size=3), max_leaves=4
)  # fmt: skip


def shaped(fields: Mapping[str, Field]) -> st.SearchStrategy[dict[str, Any]]:
    """Mappings that mostly have the right keys and often the right values."""
    return st.fixed_dictionaries(
        {name: _shaped(shape) for name, shape in fields.items() if shape.required},
        optional={name: _shaped(shape) for name, shape in fields.items() if not shape.required},
    )


def _shaped(shape: Field) -> st.SearchStrategy[Any]:
    right: st.SearchStrategy[Any] = _VALUES
    match shape.kind:
        case "text":
            right = st.sampled_from(shape.choices) if shape.choices else _SHORT
        case "texts":
            right = st.lists(_VALUES, max_size=3)
        case "date" | "loose-date":
            right = st.dates().map(str)
        case "number":
            right = st.integers(-2, 20)
        case "flag":
            right = st.booleans()
        case "record":
            right = st.deferred(lambda: shaped(shape.fields))
        case "records":
            right = st.deferred(lambda: st.lists(shaped(shape.fields), max_size=2))
        case "table":
            names = st.sampled_from(["1", "1034", "a", "b", "文", ""])
            right = st.deferred(lambda: st.dictionaries(names, shaped(shape.fields), max_size=2))
    # Two in three are right, so that whole records get through to what looks at them next.
    return st.one_of(right, right, _WILD)


def _spoilt(values: st.SearchStrategy[Any]) -> st.SearchStrategy[str]:
    """The values as JSON, which is YAML, sometimes with a fragment in the middle of it."""
    return st.builds(
        lambda value, at, fragment: _inserted(json.dumps(value, ensure_ascii=False), at, fragment),
        values,
        st.integers(0, 400),
        st.sampled_from(("", "", "", *YAML_FRAGMENTS)),
    )


def _inserted(text: str, at: int, fragment: str) -> str:
    return text[:at] + fragment + text[at:]


def _rows(fields: Mapping[str, Field]) -> st.SearchStrategy[str]:
    return _spoilt(st.lists(shaped(fields), max_size=3))


def _lines(fields: Iterable[str]) -> st.SearchStrategy[str]:
    """``key: something`` line by line, as people write it."""
    line = st.builds(
        lambda key, colon, value: f"{key}{colon}{value}\n",
        st.sampled_from((*fields, "title", "x")),
        st.sampled_from([": ", ":", "： ", ":\n  - ", ": |\n  "]),
        st.sampled_from(YAML_FRAGMENTS) | _VALUES.map(str),
    )
    return st.lists(line, max_size=8).map("".join)


front_matter = st.one_of(blocks, _lines(frontmatter.FIELDS), _spoilt(shaped(frontmatter.FIELDS)))
"""What stands between the two ``---``."""

yaml_files = st.one_of(
    st.tuples(st.just("site.yml"), st.one_of(blocks, _lines(config.FIELDS), _spoilt(shaped(config.FIELDS)))),
    st.tuples(st.just("reference/laws/a.yml"), st.one_of(blocks, _lines(laws.FIELDS), _spoilt(shaped(laws.FIELDS)))),
    st.tuples(st.just("checks/a.yml"), st.one_of(blocks, _lines(checkers.FIELDS), _spoilt(shaped(checkers.FIELDS)))),
    st.tuples(st.just("reference/channels.yml"), st.one_of(blocks, _rows(reference.CHANNEL_FIELDS))),
    st.tuples(st.just("reference/glossary.yml"), st.one_of(blocks, _rows(reference.TERM_FIELDS))),
    st.tuples(st.just("reference/synonyms.yml"), st.one_of(blocks, _rows(reference.SYNONYM_FIELDS))),
    st.tuples(st.just("reference/contact-rules.yml"), st.one_of(blocks, _rows(contact_rules.FIELDS))),
)  # fmt: skip
"""(path, text) of every kind of YAML file."""

_texts = st.one_of(
    bodies.map(lambda body: f"---\ntitle: 题\nsummary: 要点\nreviewed: 2026-11-01\n---\n{body}".encode("utf-8", "surrogatepass")),
    st.builds(lambda block, body: f"---\n{block}\n---\n{body}".encode("utf-8", "surrogatepass"), front_matter, bodies),
    yaml_files.map(lambda file: file[1].encode("utf-8", "surrogatepass")),
    st.text(max_size=20).map(lambda text: text.encode("utf-16", "surrogatepass")),
    st.binary(max_size=40),
)  # fmt: skip
_paths = st.builds(str.__add__, st.sampled_from(FOLDERS), st.sampled_from(NAMES) | _SHORT)
SPECIAL = ("loop", "link-out", "fifo", "socket", "unreadable", "folder")
"""What may stand where a file is looked for."""
folders = st.tuples(
    st.dictionaries(_paths, _texts | st.sampled_from(SPECIAL), max_size=5),
    st.lists(yaml_files, max_size=3),
)
"""Files by path, a kind of ``SPECIAL`` among them; and YAML files where they belong."""

_WORDS = (
    "build", "check", "search", "new", "impact", "explain", "schema", "clean", "verify", "fmt", "init", "override", "completion", "chekc",
    "--content", "--templates", "--output", "--cache", "--today", "--base-url", "--jobs", "--format", "--json", "--drafts", "--strict",
    "--quiet", "--profile", "--no-cache", "--limit", "--explain", "--title", "--check", "--diff", "--sentences", "--help", "--version", "-q",
    "content", "content/a", "content/a/b.md", "build", "missing", "a/b", "../../x", "./", "--", "", "-", "-1", "0", "9999999999", "2026-11-23",
    "2026-02-30", "text", "json", "sarif", "github", "junit", "markdown", "law", "site", "check", "front-matter", "a", "a:1", "broken-link",
    "https://x.y", "javascript:x", "https://[", "base.html", "../base.html", "bash", "zsh", "fish", "催收", "\udcff", "\x00", "\n", "😀", "{reason}", "%s",
)  # fmt: skip
arguments = st.lists(st.sampled_from(_WORDS) | _SHORT, max_size=7)
"""Command lines; ``serve`` is not among the words, for it does not end."""
