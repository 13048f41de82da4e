"""A Markdown file → the same file, formatted; or as it was, where that would change its page."""

from __future__ import annotations

import re
from collections.abc import Mapping

from overdue_guide import articles, frontmatter, limits, markup
from overdue_guide.formatting.body import Step
from overdue_guide.formatting.head import head
from overdue_guide.problems import Source

_ROUNDS = 5
"""One step can make room for another; a text that has not settled by then is left alone."""

_PRE = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
_BLOCKS = (
    "blockquote|br|caption|dd|details|div|dl|dt|h[1-6]|hr|li|ol|p|summary|table|tbody|td|tfoot|th|"
    "thead|tr|ul"
)
_AROUND_BLOCKS = re.compile(rf"\s*(</?(?:{_BLOCKS})\b[^>]*>)\s*")
# A blank at the end of a Chinese line would show in the middle of its paragraph; nobody wants it.
_LINE_END = re.compile("(?<=[\u2e80-\U0003ffff])[ \t]+\n(?=[\u2e80-\U0003ffff])")
_CHINESE, _LATIN = (
    "[\u2e80-\u2fdf\u3040-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]",
    r"[0-9A-Za-z%\u00a1-\u04ff]",
)
_SPACING = re.compile(f"(?<={_CHINESE}) (?={_LATIN})|(?<={_LATIN}) (?={_CHINESE})")


def formatted(path: str, text: str, steps: Mapping[str, Step]) -> str:
    """The file at ``path`` (below the content folder), formatted.

    Formatting it again changes nothing, and its page says the same, but for blanks where Chinese
    meets Latin. A step that would say anything else is left out for this file.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    source = Source(path, text)
    if any(limits.too_long(source, limits.MOST_CHARACTERS)):
        return text
    fields = frontmatter.fields_for(articles.place(path)[0])
    start = _body_start(source)
    if any(limits.too_complex(source, start)):
        return text
    above = ""
    if start:
        marker, *block, end = text[: start - 1].split("\n")
        lines = [marker.rstrip(), head("\n".join(block), fields), end.rstrip()]
        above = "\n".join(lines) + "\n"
    below = _settled(text[start:], steps)
    return above + below


def _body_start(source: Source) -> int:
    """Where the body begins; 0 without a closed block of front matter."""
    _, start, problems = frontmatter.read(source, articles.place(source.path)[0])
    closed = not any(problem.rule == "front-matter-unclosed" for problem in problems)
    return start if closed and source.text[start - 1 : start] == "\n" else 0


def _settled(body: str, steps: Mapping[str, Step]) -> str:
    page = None
    now = body
    for _ in range(_ROUNDS):
        before = now
        for step in steps.values():
            made = "\n".join(step(now.rstrip("\n").split("\n")))
            made = made + "\n" if made.strip() else ""
            if made == now:
                continue
            page = _page(body) if page is None else page
            if _page(made) == page:
                now = made
        if now == before:
            return now
    return body


def _page(body: str) -> str | None:
    """What a page shows, without what formatting may change; None when it cannot be rendered."""
    try:
        parts = _PRE.split(markup.render(body).html)
    except RecursionError:
        markup.parser.cache_clear()  # what it had begun would end up in the next text
        return None
    for at in range(0, len(parts), 2):
        joined = _LINE_END.sub("", parts[at])
        flowing = _AROUND_BLOCKS.sub(r"\1", " ".join(re.split(r"\s+", joined)))
        parts[at] = _SPACING.sub("", flowing)
    return "".join(parts)
