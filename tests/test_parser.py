"""The parser that leaves work out gives what Python-Markdown's own gives."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, SubElement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions.toc import TocExtension
from markdown.serializers import to_html_string
from markdown.treeprocessors import InlineProcessor

from overdue_guide import blocks, markup, parser
from tests.case_files import all_cases

CONTENT = Path(__file__).parent.parent / "content"
PIECES = [
    *'催收人员，。a1 #*_-+=>:|`~\\[]()!{}<&"\n\n\n\t',
    "\n\n",
    "\n    ",
    "\n   - ",
    "\n2. ",
    "\n２. ",
    "\n> ",
    "\n## ",
    "\n---\n",
    "\n* * *\n",
    "\n===\n",
    "\n| a | b |\n| - | -: |\n| 1 | `|` |\n",
    "\n:   定义",
    '\n!!! note "题"\n    ',
    "\n*[缩]: 写\n",
    "\n[^1]: 注\n    ",
    "\n[y]: z.md 'T'\n",
    "\n```\n",
    " {#x .y reversed z}",
    "&amp;",
    "<b>",
    "</b>",
    "<div>",
    "</div>\n",
    "<!--",
    "-->",
    "[x](y)",
    "[x][y]",
    "[^1]",
    "[@a:1]",
    "《甲法》第1条",
    "[[channel:c]]",
    "{{ b }}",
    "  \n",
    "**",
    " _字_ ",
    "\n~~~\n",
    "&#65 ",
    "<DIV>",
]
SAMPLES = [
    "字\n:   甲\n\n        - 乙\n\n        丙\n\n- 丁\n\n    戊\n\n        己",
    "*字* 与 _字_\n\n只有 _字_",
    "甲\n\n***\n\n* * *\n乙",
    "## 甲 & 乙\n\n## 甲 <b>\n\n## 甲 &amp; 乙\n\n## 甲 &amp; 乙",
    "## 甲 [乙](x) `c`\n\n## 甲[^1]\n\n[^1]: 注",
    "<p>[[channel:{{ x }}]]</p>\n\n## 甲\n\n## 甲",
    "## 甲 {: data-toc-label=' href=\"x:' }",
    "~~~\n字\n~~~\n\n    ~~~",
    "甲 &#65 乙 &#x41字",
    "<DIV>\n字\n</DIV>\n\n<P>字",
    "[甲 [乙](x)](y) ![丙](z) [丁] ![丁] [甲][丁]\n\n[丁]: w",
    "甲 [乙][] 丙 [@a:1][乙]\n\n[乙]: x 'T'",
]
"""What random texts seldom hold."""
TEXTS = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def _library_anchors(slug: Callable[[str], str]) -> TocExtension:
    return TocExtension(marker="", slugify=lambda text, _separator: slug(text))


@cache
def library() -> Any:
    """Our parser, made of the library's parts alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup, "Parser", Markdown)
        patch.setattr(markup, "Anchors", _library_anchors)
        patch.setattr(markup, "Inline", InlineProcessor)
        return markup.parser.__wrapped__()


def by_library(text: str) -> markup.Body:
    made = library()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(markup, "parser", lambda: made)
        return markup.render(text)


@settings(max_examples=250, deadline=None)
@given(TEXTS)
def test_any_text_renders_as_by_the_library(text: str) -> None:
    assert by_library(text) == markup.render(text)


@pytest.mark.parametrize("text", SAMPLES)
def test_a_sample_renders_as_by_the_library(text: str) -> None:
    assert by_library(text) == markup.render(text)


def test_our_articles_and_cases_render_as_by_the_library() -> None:
    articles = [path.read_text("utf-8") for path in sorted(CONTENT.glob("[cl]*/*.md"))]
    for text in [*articles, *(case.markdown for case in all_cases())]:
        assert by_library(text) == markup.render(text)


def test_every_block_processor_of_the_library_is_known() -> None:
    md, _ = markup.parser()
    known = md.parser.blockprocessors
    assert len(blocks._SIGNS) + 1 == len(known)  # a paragraph needs no sign
    assert all(name in known for name in blocks._SIGNS)


def test_each_step_that_may_be_left_out_is_one_of_the_library() -> None:
    md, _ = markup.parser()
    assert all(name in md.preprocessors for name in parser._PREPROCESSORS)
    assert all(name in md.treeprocessors for name in parser._TREEPROCESSORS)


NAMES = st.sampled_from(["p", "div", "em", "a", "br", "img", "ol", "code"])
WORDS = st.none() | st.text("字a &<>\"'\n;#1", max_size=8)
ATTRIBUTES = st.dictionaries(st.sampled_from(["id", "reversed", "title"]), WORDS, max_size=3)


@given(st.lists(st.tuples(NAMES, ATTRIBUTES, WORDS, WORDS, st.integers(0, 5)), max_size=8))
def test_a_tree_is_written_as_by_the_library(
    parts: list[tuple[str, dict[str, str], str | None, str | None, int]],
) -> None:
    made = [Element("div")]
    for name, attributes, text, tail, parent in parts:
        made.append(SubElement(made[parent % len(made)], name, attributes))
        made[-1].text, made[-1].tail = text, tail
    for one in made[1:]:
        if one.get("reversed"):
            one.set("reversed", "reversed")
    assert to_html_string(made[0]) == parser.html_of(made[0])
