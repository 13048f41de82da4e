"""Laws of the code that hold for any input, tried on many made-up ones."""

import re
import tempfile
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from overdue_guide import cleaning, config, laws, markup, reference
from overdue_guide.articles import normalised, parse
from overdue_guide.build import build
from overdue_guide.citations import label, numeral, parse_marked, parse_numeral
from overdue_guide.laws import Registry, standing
from overdue_guide.problems import Source
from tests.content import HEAD, check, found, options, write
from tests.fuzz.inputs import FRAGMENTS, YAML_FRAGMENTS
from tests.well_said import assert_well_said, lines_of

bodies = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=5), max_size=40).map("".join)
blocks = st.lists(st.sampled_from(YAML_FRAGMENTS) | st.text(max_size=3), max_size=30).map("".join)
quickly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(bodies)
@example("\ufeff[@civil-code:1034]\r\n")
@quickly
def test_any_text_parses_and_every_reference_slices_back(body: str) -> None:
    text = HEAD + body
    article, problems = parse("contact/a.md", text)
    assert_well_said(problems, text)
    lines = lines_of(text)
    for mark in article.body.citations:
        span = mark[0].span
        raw = lines[span.line - 1][span.column - 1 : span.end_column - 1]
        # What is written otherwise than it reads, with an entity, is said to stand at the start.
        assert raw.startswith(("[@", "《")) or (span.line, span.column) == (HEAD.count("\n") + 1, 1)


@given(
    st.lists(
        st.sampled_from(
            ["[@a:1]", "《甲法》第三条", "文", " 𠀀 ", "\n\n", "`[@a:1]`", "[见](x.md)"]
        )
    )
)
@quickly
def test_a_reference_stands_exactly_where_it_is_written(parts: list[str]) -> None:
    text = HEAD + "".join(parts)
    article, _ = parse("contact/a.md", text)
    places = [(mark[0].span, mark[0].written) for mark in article.body.citations]
    expected = []
    offset = len(HEAD)
    for part in parts:
        if part in ("[@a:1]", "《甲法》第三条"):
            expected.append(
                (Source("contact/a.md", text).span(offset, offset + len(part)), part[0] == "《")
            )
        offset += len(part)
    assert sorted(expected, key=str) == sorted(places, key=str)


class _Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@given(bodies)
@quickly
def test_whatever_is_written_renders_to_something_harmless(body: str) -> None:
    rendered = markup.render(body)
    for tag, attributes in _Tags(rendered.html).tags:
        assert tag in cleaning.ALLOWED_TAGS
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        for name in ("href", "src"):
            scheme = re.match(r"\s*([a-z]+):", attributes.get(name) or "", re.IGNORECASE)
            assert not scheme or scheme[1].lower() in ("http", "https", "mailto", "tel")


@given(bodies)
@quickly
def test_no_link_stands_in_a_link(body: str) -> None:
    resolved = markup.resolve(
        markup.render(body).html,
        reference=lambda target: target,
        citation=lambda number: "<a>c</a>",
        mention=lambda number: "c",
        channel=lambda number: "",
        blank=lambda number: "",
    )
    assert "\x02" not in re.sub(r"\x02(?![cthb]\d+\x03)", "", resolved)
    assert not re.search(r"<a\b(?:(?!</a>).)*<a\b", resolved, re.DOTALL)


@given(blocks)
@example('title: "\\x1b[31m\\n"\n')
@quickly
def test_any_front_matter_is_read_or_reported(block: str) -> None:
    text = f"---\n{block}\n---\n正文\n"
    assert_well_said(parse("contact/a.md", text)[1], text)


@given(blocks)
@quickly
def test_any_reference_file_is_read_or_reported(block: str) -> None:
    source, _ = normalised("a.yml", block)
    registry, found = laws.read(source, "a")
    assert_well_said(found, block)
    # Whatever dates were accepted can be compared.
    standing(registry, None, date(2026, 11, 23))
    Registry([registry], date(2026, 11, 23))
    assert_well_said(config.read(source)[1], block)
    assert_well_said(reference.read_channels(source)[1], block)
    assert_well_said(reference.read_terms(source)[1], block)
    assert_well_said(reference.read_synonyms(source)[1], block)


@given(
    st.dictionaries(
        st.sampled_from(["a/b.md", "a/c.md", "site.yml", "reference/laws/x.yml", "p.png"]),
        st.binary(max_size=60),
    )
)
@settings(deadline=None, max_examples=50)
def test_any_bytes_are_read_or_reported(files: dict[str, bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = check(Path(folder), files)
        assert {path for path, _, _ in found(made)} <= set(files)


@given(st.integers(1, 9999))
def test_a_numeral_reads_back(number: int) -> None:
    assert number == parse_numeral(numeral(number))
    assert label(str(number)) == f"第{number}条"


@given(st.text(alphabet="零一二三四五六七八九十百千两〇0123456789条", max_size=12))
def test_any_numeral_is_a_number_or_none(text: str) -> None:
    number = parse_numeral(text)
    assert number is None or number >= 0


@given(st.text(alphabet="ab1-:;@ ：；历史", max_size=20))
def test_a_marked_citation_names_what_it_says(inner: str) -> None:
    names = parse_marked(inner)
    if names is not None:
        again = ";".join(
            f"{n.law}{':' + n.key if n.key else ''}{' 历史' if n.historical else ''}" for n in names
        )
        assert names == parse_marked(again)


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["a/one.md", "a/two.md", "b/three.md"]),
        st.sampled_from([None, "一", "二[@x:1 历史]", "## 三"]),
    ),
    min_size=1,
    max_size=3,
)
"""(file, new body, or None to remove it), one after the other."""


@given(EDITS)
@settings(deadline=None, max_examples=4)
def test_an_incremental_build_equals_a_clean_one(edits: list[tuple[str, str | None]]) -> None:
    law = "title: 甲法\nissuer: 乙\nforce: statute\nprovisions: {1: {gist: 丙}}\n"
    start = {
        "a/one.md": HEAD,
        "b/three.md": HEAD + "[看](../a/one.md)",
        "reference/laws/x.yml": law,
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        content = write(folder, start)
        build(options(folder, cache=folder / "cache"))
        for file, body in edits:
            path = content / file
            if body is None:
                path.unlink(missing_ok=True)
            else:
                path.write_text(HEAD + body, "utf-8")
            warm = build(options(folder, cache=folder / "cache"))
            cold = build(options(folder, output=folder / "clean"))
            assert (cold.pages, cold.problems) == (warm.pages, warm.problems)
            if cold.pages:
                assert tree(folder / "clean") == tree(folder / "site")


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
