"""ES modules → one classic script; for pages opened from a disk, where browsers load no modules.

Understands what our scripts use: named imports and exports, re-exports, ``import("./x.mjs")``. The
modules come without comments, each statement whole, as the theme publishes them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

_IMPORT = re.compile(r'(?<![\w$.])import\s*(?:\{([^{}]*)\}\s*from\s*)?(["\'])([^"\']+)\2;?')
_REEXPORT = re.compile(r'(?<![\w$.])export\s*\{([^{}]*)\}\s*from\s*(["\'])([^"\']+)\2;?')
_EXPORT_LIST = re.compile(r"(?<![\w$.])export\s*\{([^{}]*)\};?")
_EXPORT = re.compile(
    r"(?<![\w$.])export\s+((?:async\s+)?function\s*\*?\s*|async\s*function\s*\*?\s*|class\s+|const\s+|let\s+)([\w$]+)"
)
_DYNAMIC = re.compile(r'(?<![\w$.])import\(\s*(["\'])([^"\']+)\1\s*\)')
_LEFT = re.compile(r"(?<![\w$.])(?:import\b(?!\s*:)|export)\s*[\s{*\"'(]")

_FRAME = """(() => {{"use strict";
const parts = {{}}, made = {{}};
const use = (name) => {{
if (!made[name]) {{ made[name] = {{}}; parts[name](made[name]); }}
return made[name];
}};
{parts}
use({entry});
}})();
"""


class NotBundled(Exception):
    """A module uses what this cannot turn into a classic script."""


def bundle(entry: str, modules: Mapping[str, str]) -> str:
    """One classic script that does what the module ``entry`` does; raises NotBundled."""
    parts: dict[str, str] = {}
    waiting = [entry]
    while waiting:
        name = waiting.pop()
        if name in parts:
            continue
        if name not in modules:
            raise NotBundled(f"{entry}: no module {name}")
        parts[name], needed = _part(name, modules[name])
        waiting += needed
    made = "\n".join(
        f"parts[{_quoted(name)}] = (out) => {{\n{parts[name]}\n}};" for name in sorted(parts)
    )
    return _FRAME.format(parts=made, entry=_quoted(entry))


def entries(modules: Mapping[str, str]) -> list[str]:
    """The modules that pages begin with: no other module asks for them."""
    asked = {needed for name, source in modules.items() for needed in _needed(name, source)}
    return sorted(modules.keys() - asked)


def _needed(name: str, source: str) -> Iterator[str]:
    for pattern, path in (_IMPORT, 3), (_REEXPORT, 3), (_DYNAMIC, 2):
        for match in pattern.finditer(source):
            yield _found(name, match[path])


def _found(name: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))


def _part(name: str, source: str) -> tuple[str, list[str]]:
    """A module as the body of a function that fills ``out``, and the modules it needs."""
    needed: list[str] = []
    exported: list[tuple[str, str]] = []

    def target(path: str) -> str:
        needed.append(_found(name, path))
        return _quoted(needed[-1])

    def imported(match: re.Match[str]) -> str:
        names = match[1]
        use = f"use({target(match[3])});"
        return use if names is None else f"const {{{_pairs(names)}}} = {use}"

    def passed_on(match: re.Match[str]) -> str:
        used = target(match[3])
        return "".join(f"out.{new} = use({used}).{old};" for old, new in _names(match[1]))

    def listed(match: re.Match[str]) -> str:
        exported.extend(_names(match[1]))
        return ""

    def declared(match: re.Match[str]) -> str:
        exported.append((match[2], match[2]))
        return match[1] + match[2]

    body = _REEXPORT.sub(passed_on, source)
    body = _EXPORT.sub(declared, _EXPORT_LIST.sub(listed, body))
    body = _IMPORT.sub(imported, body)
    body = _DYNAMIC.sub(lambda m: f"Promise.resolve().then(() => use({target(m[2])}))", body)
    body = body.replace("import.meta.url", "document.baseURI")
    if left := _LEFT.search(body):
        raise NotBundled(f"{name}: {body[left.start() : left.start() + 60]}")
    # Getters: what a module fills in later is seen by those who imported it early.
    outs = "".join(
        f"Object.defineProperty(out, {_quoted(new)}, {{ get: () => {old} }});"
        for old, new in exported
    )
    return f"{outs}\n{body}", needed


def _names(text: str) -> list[tuple[str, str]]:
    """``a, b as c`` → (a, a), (b, c)."""
    pairs = [item.split(" as ") for item in text.split(",") if item.strip()]
    return [(pair[0].strip(), pair[-1].strip()) for pair in pairs]


def _pairs(text: str) -> str:
    return ", ".join(f"{old}: {new}" for old, new in _names(text))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
