"""``build-manifest.json``: every file of a published folder with its SHA-256."""

from __future__ import annotations

import json
from collections.abc import Mapping
from json.encoder import encode_basestring as _quoted
from pathlib import Path

NAME = "build-manifest.json"
"""Also the mark that a folder is ours."""


def read(output: Path) -> Mapping[str, str]:
    """Path → SHA-256 of the build in a folder; empty when no build of ours made it."""
    try:
        manifest = json.loads((output / NAME).read_text("utf-8"))
        listed = {str(path): str(digest) for path, digest in manifest["files"].items()}
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return {}
    # A manifest made by somebody else must not lead us out of the folder; ours never does, which
    # one look at all of its paths tells.
    if _inside("/".join(listed)):
        return listed
    return {path: digest for path, digest in listed.items() if _inside(path)}


def _inside(path: str) -> bool:
    """Whether each part of it is a name."""
    parts = f"/{path}/"
    return not any(other in parts for other in ("//", "/./", "/../", "\\"))


def text(digests: Mapping[str, str]) -> bytes:
    """The file's bytes."""
    # A line for each file by hand: json lays out ten thousand lines slowly.
    lines = ",\n".join(f'{_quoted(path)}: "{digests[path]}"' for path in sorted(digests))
    return f'{{\n"version": 1,\n"files": {{\n{lines}\n}}\n}}\n'.encode()
