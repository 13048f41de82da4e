"""A reference in an attribute stays text: no HTML can stand there."""

from html.parser import HTMLParser
from pathlib import Path

import pytest

from overdue_guide import markup
from overdue_guide.build import build
from tests.content import CIVIL_CODE, HEAD, options, write

CHANNEL = '- {id: c1, name: "a\\"b", handles: x, source: x, where: x}\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![[@a:1] 图](x.png)", 'alt="[@a:1] 图"'),
        ("![[[channel:c1]]](x.png)", 'alt="[[channel:c1]]"'),
        ("![{{name}}](x.png)", 'alt="{{name}}"'),
        ('[字](x.md "[@a:1;@b:2]")', 'title="[@a:1;@b:2]"'),
        ('[字](x.md "《民法典》第1033条")', 'title="《民法典》第1033条"'),
        ('![字](x.png "{{a}} [[channel:b]]")', 'title="{{a}} [[channel:b]]"'),
        ("*[缩]: [@a:1]\n\n缩", 'title="[@a:1]"'),
        ('<p title="&#2;c0&#3; &#2;h9&#3;">字</p>\n\n[@a:1]', "<p title="),
    ],
)
def test_no_mark_is_left_in_an_attribute(text: str, expected: str) -> None:
    body = markup.render(text)
    assert expected in body.html
    for tag in body.html.split("<")[1:]:
        assert "\x02" not in tag.partition(">")[0]


def test_a_mark_in_the_text_beside_it_is_kept() -> None:
    body = markup.render('[字](x.md "[@a:1]") 和 [@b:2]。x="[@c:3]"')
    assert 3 == len(body.citations)
    assert 2 == body.html.count("\x02")


class _Tags(HTMLParser):
    """The attributes of the images and links to elsewhere on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if dict(attrs).get("title") or tag == "img":
            self.found.append(dict(attrs))


def test_the_page_has_the_attributes_that_were_written(tmp_path: Path) -> None:
    text = '![[[channel:c1]] 图](x.png)\n\n[字](b.md "[@civil-code:1033] [[channel:c1]]")\n'
    files: dict[str, str | bytes] = {
        "a/b.md": HEAD + text,
        "a/x.png": b"x",
        "reference/channels.yml": CHANNEL,
        "reference/laws/civil-code.yml": CIVIL_CODE,
    }
    write(tmp_path, files)
    assert build(options(tmp_path)).pages
    page = (tmp_path / "site/a/b/index.html").read_text("utf-8")
    tags = _Tags()
    tags.feed(page[page.index('class="prose"') :].partition("</article>")[0])
    assert {"alt": "[[channel:c1]] 图", "src": "../../a/x.png"} in tags.found
    assert {"href": "../../a/b/", "title": "[@civil-code:1033] [[channel:c1]]"} in tags.found
