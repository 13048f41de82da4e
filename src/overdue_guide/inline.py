"""Python-Markdown's inline pass, without trying patterns that cannot match.

A pattern is tried on each piece of text, some twenty of them; nearly all need a character that most
texts lack. Looking for those first, in the whole text and then in each piece, makes this pass up to
three times as fast, and changes nothing else. What Python keeps as InlineProcessor's own is called by
the name under which it keeps that: a new release that has other parts fails every test of Markdown.
"""

from __future__ import annotations

from collections import deque
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import InlineProcessor
from markdown.util import INLINE_PLACEHOLDER_PREFIX, AtomicString

_NEEDS = {
    "backtick": ("`",),
    "escape": ("\\",),
    "channel": ("[[",),
    "footnote": ("[^",),
    "citation": ("[@",),
    "blank": ("{{",),
    "reference": ("[",),
    "link": ("](",),
    "image_link": ("![",),
    "image_reference": ("![",),
    "short_reference": ("[",),
    "short_image_ref": ("![",),
    "autolink": ("<",),
    "automail": ("<",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "written-citation": ("《",),
    "em_strong": ("*", "_"),
}
"""Pattern → one of these must be there for it to match; any other pattern is always tried."""

_REFERRING = ("reference", "image_reference", "short_reference", "short_image_ref")
"""Patterns that only find what a line such as ``[name]: address`` defined."""

_Found = tuple[Element, list[str]]
"""An element that a pattern made, and the tags that it stands in."""


class Inline(InlineProcessor):
    """Finds emphasis, links, citations and the like in the text of each block."""

    def __init__(self, md: Markdown) -> None:
        """Take the patterns as they are registered now."""
        super().__init__(md)
        needs = {self.inlinePatterns[name]: needed for name, needed in _NEEDS.items()}
        self._listed = [(needs.get(one, ("",)), one) for one in self.inlinePatterns]
        self._referring = {self.inlinePatterns[name] for name in _REFERRING}
        self._tried: list[tuple[str, Any]] = []
        self._signs: list[str] = []

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Put elements in place of what the patterns find in the texts of a tree.

        Elements are visited by level, each child's text before its tail: marks are numbered so.
        """
        self.stashed_nodes: dict[str, Element | str] = {}
        self._expect("\n".join(tree.itertext()))
        waiting = deque([(tree, list(ancestors or ()))])
        while waiting:
            element, self.ancestors = waiting.popleft()
            self.ancestors.append(element.tag.lower())
            made = []
            for child in element:  # with those that a tail before it came to
                if child.text and self._may_match(child.text):
                    found = self._in_text(child)
                    made.append((child, found))
                    waiting += found
                if child.tail and self._may_match(child.tail):
                    self._in_tail(element, child)
                if len(child):
                    waiting.append((child, self.ancestors[:]))
            for child, found in made:
                for at, (node, _) in enumerate(found):
                    child.insert(at, node)
        return tree

    def _expect(self, text: str) -> None:
        """Note what can match in a text, and what its parts must hold for that."""
        self._tried, self._signs = [], [INLINE_PLACEHOLDER_PREFIX]
        for needs, pattern in self._listed:
            # One character is found ten times as fast as two.
            held = [needed for needed in needs if needed[:1] in text and needed in text]
            if held and (self.md.references or pattern not in self._referring):
                self._tried.append((held[0] if len(held) == 1 else "", pattern))
                self._signs += held

    def _may_match(self, text: str) -> bool:
        for sign in self._signs:  # noqa: SIM110 - asked forty times an article
            if sign in text:
                return True
        return False

    def _in_text(self, element: Element) -> list[_Found]:
        text = element.text
        if text is None or isinstance(text, AtomicString):
            return []
        self.ancestors.append(element.tag.lower())
        handled = self._InlineProcessor__handleInline(text)
        element.text = None
        found: list[_Found] = self._InlineProcessor__processPlaceholders(  # type: ignore[attr-defined]
            handled, element
        )
        self.ancestors.pop()
        return found

    def _in_tail(self, parent: Element, element: Element) -> None:
        handled = self._InlineProcessor__handleInline(element.tail or "")
        outside = Element("d")
        found: list[_Found] = self._InlineProcessor__processPlaceholders(  # type: ignore[attr-defined]
            handled, outside, False
        )
        element.tail = outside.tail
        at = list(parent).index(element) + 1
        for node, _ in reversed(found):
            parent.insert(at, node)

    # InlineProcessor.__handleInline as it was there, but for the look at what a pattern needs.
    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:
        if isinstance(data, AtomicString):
            return data
        start = 0
        while patternIndex < len(self._tried):
            need, pattern = self._tried[patternIndex]
            matched, begun = False, start
            start = 0
            if need in data:
                data, matched, start = self._InlineProcessor__applyPattern(  # type: ignore[attr-defined]
                    pattern, data, patternIndex, begun
                )
            if not matched:
                patternIndex += 1
        return data
