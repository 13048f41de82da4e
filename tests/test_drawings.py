"""An SVG of the content is a picture, and nothing else."""

import pytest

from overdue_guide.drawings import mistakes

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'


def found(inside: str, before: str = "") -> list[str]:
    text = f"{before}{OPEN}{inside}</svg>"
    return [dict(problem.args)["found"] for problem in mistakes("a/b.svg", text.encode())]


@pytest.mark.parametrize(
    ("inside", "what"),
    [
        ("<script>x()</script>", "<script>"),
        ("<SCRIPT>x()</SCRIPT>", "<SCRIPT>"),
        ('<path onclick="x()"/>', "onclick="),
        ('<path ONLOAD="x()"/>', "ONLOAD="),
        ("<foreignObject><p>x</p></foreignObject>", "<foreignObject>"),
        ('<a href="javascript:x()"><text>x</text></a>', "<a>"),
        ('<image href="https://elsewhere.example/a.png"/>', "href=https://elsewhere.example/a.png"),
        ('<use xlink:href="other.svg#a"/>', "href=other.svg#a"),
        ('<image href="data:image/svg+xml,&lt;svg/&gt;"/>', "href=data:image/svg+xml,<svg/>"),
        ('<animate attributeName="href" values="javascript:x()"/>', "<animate>"),
        ('<set attributeName="onload" to="x()"/>', "<set>"),
        ("<style>@import 'a.css';</style>", "@import 'a.css';"),
        ('<path style="fill: url(https://elsewhere.example/a)"/>', "style="),
        ('<path fill="url( //elsewhere.example/a#b )"/>', "fill="),
        (r'<path style="fill: \75rl(a)"/>', "style="),
        ('<feImage href="#a"/>', "<feImage>"),
        ('<p xmlns="http://www.w3.org/1999/xhtml">x</p>', "<p>"),
        ('<script xmlns="">x()</script>', "<script>"),
    ],
)
def test_what_is_no_drawing_is_refused(inside: str, what: str) -> None:
    assert [what] == found(inside)


@pytest.mark.parametrize(
    ("before", "what"),
    [
        ('<?xml-stylesheet href="a.css"?>', "<?xml-stylesheet"),
        ('<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>', "<!DOCTYPE"),
        ('<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>', "<!DOCTYPE"),
    ],
)
def test_nothing_stands_before_it(before: str, what: str) -> None:
    assert [what] == found("<title>x</title>", before)


@pytest.mark.parametrize(
    "inside",
    [
        '<defs><linearGradient id="a"/></defs><path fill="url(#a)" d="M0 0"/>',
        "<style>path { fill: url('#a'); stroke: red }</style>",
        '<use href="#a"/><use xlink:href=" #a"/>',
        '<image href="data:image/png;base64,AAAA"/>',
        '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>',
        "<text>javascript: 和 on 都只是文字</text>",
    ],
)
def test_a_drawing_is_let_through(inside: str) -> None:
    assert [] == found(inside)


def test_what_drawing_programs_write_before_it_is_let_through() -> None:
    doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    assert [] == found("<title>x</title>", f'<?xml version="1.0" encoding="UTF-8"?>\n{doctype}\n')


@pytest.mark.parametrize("data", [b"", b"<svg>", b"\xff\xfe<", b"\x00", b"GIF89a", b"<svg/><svg/>"])
def test_what_is_no_svg_is_refused(data: bytes) -> None:
    assert 1 == len(mistakes("a/b.svg", data))
