"""How provisions are named: [@law:key], 《law》第N条, and numerals."""

import pytest

from overdue_guide.citations import (
    WRITTEN,
    Name,
    label,
    numeral,
    parse_marked,
    parse_numeral,
    parse_written,
    spoken_label,
    unclosed,
    written_parts,
)


@pytest.mark.parametrize(
    ("inner", "names"),
    [
        ("civil-code:1034", (Name("civil-code", "1034"),)),
        ("civil-code", (Name("civil-code", ""),)),
        ("criminal-law:293-1", (Name("criminal-law", "293-1"),)),
        ("cba-guideline-2026:hours", (Name("cba-guideline-2026", "hours"),)),
        ("a:1;b:2", (Name("a", "1"), Name("b", "2"))),
        ("a:1; @b:2", (Name("a", "1"), Name("b", "2"))),
        ("a：1；b：2", (Name("a", "1"), Name("b", "2"))),
        ("a:1 历史", (Name("a", "1", historical=True),)),
        ("a 草案", (Name("a", "", historical=True),)),
        ("a:1 historical", (Name("a", "1", historical=True),)),
        (" a : 1 ", (Name("a", "1"),)),
    ],
)
def test_a_marked_citation_is_read(inner: str, names: tuple[Name, ...]) -> None:
    assert names == parse_marked(inner)


@pytest.mark.parametrize(
    "inner",
    [
        "",
        " ",
        "a:",
        ":1",
        "a:1;",
        ";a",
        "Civil:1",
        "民法典:1",
        "a:1 foo",
        "a b",
        "a::1",
        "a:第1条",
        "-a",
    ],
)
def test_what_is_no_marked_citation_is_refused(inner: str) -> None:
    assert parse_marked(inner) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("《民法典》第一千零三十四条", Name("民法典", "1034")),
        ("《民法典》第1034条", Name("民法典", "1034")),
        ("《民法典》第 1034 条", Name("民法典", "1034")),
        ("《刑法》第二百九十三条之一", Name("刑法", "293-1")),
        ("《民法典》（2020年）第十条", Name("民法典", "10")),
        ("《民法典》第一〇三四条", Name("民法典", "1034")),
        ("《 民法典 》第一条", Name("民法典", "1")),
        ("《民法典》的第一条", Name("民法典", "1")),
        ("《民法典》第１０３４条", Name("民法典", "1034")),
        ("《民法典》第十条第二款", Name("民法典", "10")),
    ],
)
def test_a_written_citation_is_read(text: str, name: Name) -> None:
    match = WRITTEN.fullmatch(text)
    assert match
    assert (name,) == parse_written(match)


@pytest.mark.parametrize("between", ["和", "、", "至", "以及", "或 "])
def test_further_articles_of_the_same_law_are_read(between: str) -> None:
    text = f"《刑法》第二百九十三条之一{between}第九千条"
    match = WRITTEN.fullmatch(text)
    assert match
    assert (Name("刑法", "293-1"), Name("刑法", "9000")) == parse_written(match)
    parts = written_parts(text)
    assert (("", "《刑法》第二百九十三条之一"), (between, "第九千条")) == parts
    assert text == "".join(lead + part for lead, part in parts)


@pytest.mark.parametrize(
    "text", ["《民法典》", "民法典第一条", "《民法典》第条", "《法》第一条", "第一条"]
)
def test_what_names_no_article_is_no_written_citation(text: str) -> None:
    assert WRITTEN.search(text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("十五", 15),
        ("二十", 20),
        ("一百零一", 101),
        ("一百二十", 120),
        ("一千零三十四", 1034),
        ("一千二百六十", 1260),
        ("两千", 2000),
        ("二〇", 20),
        ("1034", 1034),
        ("零", 0),
    ],
)
def test_a_numeral_is_read(text: str, number: int) -> None:
    assert number == parse_numeral(text)


@pytest.mark.parametrize("text", ["", "十百", "百千", "一百千", "甲", "一x", "1千"])
def test_what_is_no_numeral_is_refused(text: str) -> None:
    assert parse_numeral(text) is None


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "一"), (10, "十"), (15, "十五"), (20, "二十"), (101, "一百零一"), (110, "一百一十"),
     (1001, "一千零一"), (1010, "一千零一十"), (1034, "一千零三十四"), (9999, "九千九百九十九")],
)  # fmt: skip
def test_a_number_is_written_as_laws_do(number: int, text: str) -> None:
    assert text == numeral(number)


@pytest.mark.parametrize(
    ("key", "shown", "spoken"),
    [
        ("1034", "第1034条", "第一千零三十四条"),
        ("293-1", "第293条之一", "第二百九十三条之一"),
        ("10-12", "第10条之十二", "第十条之十二"),
        ("hours", "", ""),
        ("0", "第0条", ""),
        ("2017-2a", "", ""),
    ],
)
def test_a_key_is_labelled(key: str, shown: str, spoken: str) -> None:
    assert (shown, spoken) == (label(key), spoken_label(key))


def test_a_bracket_that_is_not_closed_on_its_line_is_found() -> None:
    assert [5, 13] == list(unclosed("[@a] [@b\n[@c][@d"))


def test_a_law_whose_name_names_an_article_is_cited_by_what_follows_the_name() -> None:
    raw = "《关于第一条的解释》第二条和第三条"
    match = WRITTEN.search(raw)
    assert match
    assert (Name("关于第一条的解释", "2"), Name("关于第一条的解释", "3")) == parse_written(match)
    assert (("", "《关于第一条的解释》第二条"), ("和", "第三条")) == written_parts(raw)


@pytest.mark.parametrize("text", ["十十", "百百", "一千一千", "十百"])
def test_a_unit_that_does_not_go_down_makes_no_numeral(text: str) -> None:
    assert parse_numeral(text) is None


@pytest.mark.parametrize(("number", "text"), [(1000, "一千"), (100, "一百"), (10, "十")])
def test_a_round_number_has_its_unit(number: int, text: str) -> None:
    assert text == numeral(number)


def test_what_stands_before_a_written_citation_changes_nothing() -> None:
    match = WRITTEN.search("他们按照了《刑法》第二百九十三条和第九千条")
    assert match
    assert (Name("刑法", "293"), Name("刑法", "9000")) == parse_written(match)


def test_a_written_citation_whose_numeral_is_none_names_nothing() -> None:
    match = WRITTEN.search("《刑法》第一条和第十百条")
    assert match
    assert () == parse_written(match)
