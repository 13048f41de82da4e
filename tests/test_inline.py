"""The shorter inline pass gives what Python-Markdown's own gives."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown.treeprocessors import InlineProcessor

from overdue_guide import inline, markup

CONTENT = Path(__file__).parent.parent / "content"
PIECES = [*"`\\[]()!<>&*_{}《》\n催收ab. ", "  \n", "[@a:1]", "《民法典》第1条", "{{name}}", "[^1]"]
PIECES += [
    "[[channel:police]]",
    "&amp;",
    "<b>",
    "https://a.example",
    "![a](b.png)",
    "[x][y]",
    "**",
    "__",
]


def both(text: str) -> tuple[markup.Body, markup.Body]:
    """The text rendered by our pass and by the stock one."""
    md, _ = markup.parser()
    ours = markup.render(text)
    shorter = md.treeprocessors["inline"]
    md.treeprocessors.register(InlineProcessor(md), "inline", 20)
    try:
        return ours, markup.render(text)
    finally:
        md.treeprocessors.register(shorter, "inline", 20)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_text_renders_as_it_does_with_the_stock_pass(text: str) -> None:
    ours, stock = both(text)
    assert stock == ours


def test_our_articles_render_as_they_do_with_the_stock_pass() -> None:
    for path in sorted(CONTENT.glob("c*/*.md")):
        ours, stock = both(path.read_text("utf-8").split("\n---\n", 1)[-1])
        assert stock == ours, path


def test_every_pattern_of_the_library_is_known() -> None:
    md, _ = markup.parser()
    assert len(inline._NEEDS) == len(md.inlinePatterns)
    assert all(name in md.inlinePatterns for name in (*inline._NEEDS, *inline._REFERRING))
