"""``build-manifest.json``: every file of a published folder with its SHA-256."""

from __future__ import annotations

import json
from collections.abc import Mapping
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
    # A manifest made by somebody else must not lead us out of the folder.
    return {path: digest for path, digest in listed.items() if _inside(path)}


def _inside(path: str) -> bool:
    return (
        not path.startswith("/") and "\\" not in path and not {"", ".", ".."} & set(path.split("/"))
    )


def text(digests: Mapping[str, str]) -> bytes:
    """The file's bytes."""
    listed = {path: digests[path] for path in sorted(digests)}
    text = json.dumps({"version": 1, "files": listed}, indent=0, ensure_ascii=False)
    return (text + "\n").encode()
