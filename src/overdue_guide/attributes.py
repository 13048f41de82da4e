"""HTML with marks (see ``markup``) → the same without marks in attributes: no HTML can stand there."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence

# The cleaner leaves a > within an attribute as it is.
_TAG = re.compile(r'<[a-zA-Z](?:[^">]++|"[^"]*")*+>')


def written_out(body: str, mark: re.Pattern[str], written: Mapping[str, Sequence[str]]) -> str:
    """Each mark in an attribute as its author wrote it: ``written`` has the texts of a kind of mark.

    ``mark`` finds a mark; its groups are kind and number. One that was forged comes to nothing.
    """

    def text(found: re.Match[str]) -> str:
        kind, number = written[found[1]], int(found[2])
        return html.escape(kind[number]) if number < len(kind) else ""

    if "\x02" not in body:
        return body
    return _TAG.sub(lambda tag: mark.sub(text, tag[0]) if "\x02" in tag[0] else tag[0], body)
