"""Python-Markdown's anchors of headings, without the table of contents that nobody reads."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from xml.etree.ElementTree import Element

from markdown.extensions.toc import (
    TocExtension,
    TocTreeprocessor,
    remove_fnrefs,
    render_inner_html,
    strip_tags,
    unique,
)

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_MARKUP = re.compile("[<>&\x02]")


class _Anchors(TocTreeprocessor):
    """Gives each heading an id."""

    def run(self, doc: Element) -> None:
        """Name each heading that its author did not name after its text."""
        headings = [one for one in doc.iter() if one.tag in _HEADINGS]
        for heading in headings:
            if heading.get("id", "") is None:  # {id}, which is no name
                del heading.attrib["id"]
        if self.md.htmlStash.rawHtmlBlocks:
            # Each look at a heading's HTML also looks for references in the HTML of the author.
            super().run(doc)
            return
        used = {one.attrib["id"] for one in doc.iter() if "id" in one.attrib}
        for heading in headings:
            heading.attrib.pop("data-toc-label", None)
            if "id" not in heading.attrib:
                heading.set("id", unique(self.slugify(self._text(heading), self.sep), used))

    def _text(self, heading: Element) -> str:
        text = heading.text or ""
        if not len(heading) and not _MARKUP.search(text):
            return " ".join(text.split())
        return html.unescape(strip_tags(render_inner_html(remove_fnrefs(heading), self.md)))


class Anchors(TocExtension):
    """Gives each heading an id, made of its text by ``slug``."""

    TreeProcessorClass = _Anchors

    def __init__(self, slug: Callable[[str], str]) -> None:
        """Replace no marker."""
        super().__init__(marker="", slugify=lambda text, _separator: slug(text))
