"""Python-Markdown without the steps that a text does not need: same HTML, less work.

A step is left out only when the text lacks a character without which it can do nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Self, TypeVar
from xml.etree.ElementTree import HTML_EMPTY, Element

from markdown import Extension, Markdown
from markdown.extensions.abbr import AbbrExtension
from markdown.extensions.admonition import AdmonitionExtension
from markdown.extensions.attr_list import AttrListExtension
from markdown.extensions.def_list import DefListExtension
from markdown.extensions.fenced_code import FencedCodeExtension
from markdown.extensions.sane_lists import SaneListExtension
from markdown.serializers import RE_AMP, to_html_string
from markdown.util import Registry

from overdue_guide.blocks import Blocks

_Step = TypeVar("_Step")

_PREPROCESSORS = {"fenced_code_block": ("```", "~~~"), "html_block": ("<", "&")}
_TREEPROCESSORS = {"attr_list": ("{",), "unescape": ("\\",)}
"""Step → one of these must be in the text for it to do anything; any other step is always taken."""

_UNEVEN = ("\t", "\r", " \n", "\x02", "\x03")
"""What the step that evens out white space changes."""


def extensions() -> list[Extension]:
    """The library's extensions that need no settings.

    By their names, it would look for them in every installed package, which takes as long as ten articles.
    """
    return [
        DefListExtension(),
        AdmonitionExtension(),
        AttrListExtension(),
        AbbrExtension(),
        FencedCodeExtension(),
        SaneListExtension(),
    ]


class Parser(Markdown):
    """Markdown to HTML; made once and used for many texts."""

    def build_parser(self) -> Self:
        """Build the parts as the library does, but for the block pass."""
        super().build_parser()
        self.parser = Blocks(self.parser)
        self._block_level = frozenset(self.block_level_elements)
        return self

    def is_block_level(self, tag: object) -> bool:
        """Whether this names an element that stands by itself, such as ``p``."""
        if tag in self._block_level:
            return True
        return isinstance(tag, str) and tag.lower().rstrip("/") in self._block_level

    def convert(self, source: str) -> str:
        """The HTML of a text; ``reset`` comes first."""
        if not source.strip():
            return ""
        text = self._prepared(source)
        root = self.parser.parseDocument([text]).getroot()
        assert root is not None
        for step in _taken(self.treeprocessors, _TREEPROCESSORS, text):
            changed = step.run(root)
            root = root if changed is None else changed
        output = html_of(root)
        output = output[output.index("<div>") + 5 : output.rindex("</div>")].strip()
        for after in self.postprocessors:
            output = after.run(output)
        return output.strip()

    def _prepared(self, source: str) -> str:
        """The text with even white space, and with marks in place of code and HTML."""
        text, even = source + "\n\n", self.preprocessors["normalize_whitespace"]
        if any(sign in text for sign in _UNEVEN):
            text = "\n".join(even.run(source.split("\n")))
        for step in _taken(self.preprocessors, _PREPROCESSORS, text):
            if step is not even:
                text = "\n".join(step.run(text.split("\n")))
        return text


def html_of(root: Element) -> str:
    """What the library's serializer gives; that knows comments and name spaces, too."""
    parts: list[str] = []
    waiting: list[Element | str] = [root]
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            parts.append(one)
            continue
        parts.append(f"<{one.tag}{_attributes(one)}>" if one.attrib else f"<{one.tag}>")
        if one.text:
            parts.append(_escaped(one.text))
        end = "" if one.tag in HTML_EMPTY else f"</{one.tag}>"
        if one.tail:
            end += _escaped(one.tail)
        if len(one):
            waiting += (end, *reversed(one))
        else:
            parts.append(end)
    return "".join(parts)


def _attributes(element: Element) -> str:
    parts = []
    for name, value in sorted(element.items()):
        if value is None or name == value:  # the library knows which names stand by themselves
            parts.append(to_html_string(Element("a", {name: value}))[2:-5])
        else:
            quoted = _escaped(value).replace('"', "&quot;")
            parts.append(f' {name}="{quoted}"')
    return "".join(parts)


def _escaped(text: str) -> str:
    if "&" in text:  # entities stay as they are
        text = RE_AMP.sub("&amp;", text)
    if "<" in text or ">" in text:
        text = text.replace("<", "&lt;").replace(">", "&gt;")
    return text


def _taken(steps: Registry[_Step], needs: Mapping[str, Iterable[str]], text: str) -> list[_Step]:
    idle = {steps[name] for name, signs in needs.items() if not any(one in text for one in signs)}
    return [step for step in steps if step not in idle]
