"""From marks to final HTML: citations, channels, blanks and addresses in place."""

from pathlib import Path

import pytest

from overdue_guide.build import checked_site
from overdue_guide.model import CheckedArticle
from overdue_guide.passages import parted
from tests.content import CIVIL_CODE, HEAD, options, write

GUIDELINE = """title: 催收指引
issuer: 协会
effective: 2026-01-01
force: self-discipline
provisions:
  hours: {article: 夜间时段, gist: 夜里不打。, unverified: true}
"""


def article(folder: Path, body: str, path: str = "contact/a.md") -> CheckedArticle:
    """The article after checking, in a site with two laws and a channel."""
    files = {
        path: HEAD + body,
        "contact/b.md": HEAD,
        "index.md": "",
        "reference/laws/civil-code.yml": CIVIL_CODE,
        "reference/laws/guideline.yml": GUIDELINE,
        "reference/channels.yml": "- {id: police, name: 报警, handles: 威胁, phone: '110'}\n",
    }
    write(folder, files)
    return checked_site(options(folder)).texts[path]


def test_a_citation_becomes_a_link_to_the_laws_page(tmp_path: Path) -> None:
    made = article(tmp_path, "按[@civil-code:1034]。")
    assert (
        '<p>按<a class="citation" href="../../laws/civil-code/#a1034" data-cite="civil-code:1034">'
        "《民法典》第1034条</a>。</p>"
    ) == made.html


def test_a_written_citation_keeps_the_authors_words(tmp_path: Path) -> None:
    made = article(tmp_path, "按《中华人民共和国民法典》第一千零三十四条。")
    assert ">《中华人民共和国民法典》第一千零三十四条</a>" in made.html
    assert 'data-cite="civil-code:1034"' in made.html


def test_a_rule_that_does_not_bind_says_so(tmp_path: Path) -> None:
    made = article(tmp_path, "[@guideline:hours]")
    assert '<span class="citation__force">行业自律·据报道</span>' in made.html


def test_a_citation_in_a_links_text_is_no_link(tmp_path: Path) -> None:
    made = article(tmp_path, "[看[@guideline:hours]](b.md)")
    assert '<p><a href="../../contact/b/">看《催收指引》夜间时段</a></p>' == made.html


def test_several_citations_are_joined(tmp_path: Path) -> None:
    made = article(tmp_path, "[@civil-code:1033;civil-code:1034]")
    assert "第1033条</a>、<a" in made.html


def test_each_provision_is_listed_once_in_order(tmp_path: Path) -> None:
    made = article(
        tmp_path, "[@civil-code:1034] 《民法典》第1033条 [@civil-code:1034] [@civil-code]"
    )
    assert ["《民法典》第1034条", "《民法典》第1033条", "《民法典》"] == [
        c.label for c in made.citations
    ]


@pytest.mark.parametrize(
    ("path", "target", "address"),
    [
        ("contact/a.md", "b.md", "../../contact/b/"),
        ("contact/a.md", "b.md#x", "../../contact/b/#x"),
        ("contact/a.md", "../index.md", "../../"),
        ("contact/a.md", "#x", "#x"),
        ("contact/a.md", "https://example.org/a.md", "https://example.org/a.md"),
        ("contact/index.md", "b.md", "../contact/b/"),
        ("contact/deep/a.md", "../b.md", "../../../contact/b/"),
        ("about.md", "contact/b.md", "../contact/b/"),
    ],
)
def test_an_address_fits_the_page(tmp_path: Path, path: str, target: str, address: str) -> None:
    assert f'href="{address}"' in article(tmp_path, f"[x]({target})", path).html


def test_a_reference_that_finds_nothing_is_left_as_text(tmp_path: Path) -> None:
    made = article(tmp_path, "[@x:1] 《甲法》第一条 {{name}} [[channel:x]]")
    assert made.html == "<p>[@x:1] 《甲法》第一条 {{name}} </p>"


def test_a_forged_mark_is_harmless(tmp_path: Path) -> None:
    made = article(tmp_path, "&#2;c0&#3; &#2;t7&#3; &#2;h0&#3; &#2;b0&#3;")
    assert "citation" not in made.html


def test_a_letters_blanks_are_named(tmp_path: Path) -> None:
    head = HEAD.replace("---\ntitle", "---\nblanks: [{id: name, label: '你的<姓名>'}]\ntitle")
    write(tmp_path, {"letters/a.md": head + "本人 {{name}}"})
    (made,) = checked_site(options(tmp_path)).texts.values()
    assert '<p>本人 <span class="blank" data-blank="name">你的&lt;姓名&gt;</span></p>' == made.html


def test_a_channel_is_shown_whole(tmp_path: Path) -> None:
    made = article(tmp_path, "[[channel:police]]")
    assert "110" in made.html
    assert "<p><" not in made.html[:2]


def test_a_channels_text_is_found_beside_an_articles_own(tmp_path: Path) -> None:
    made = article(
        tmp_path, "## 求助\n\n先这样。\n\n[[channel:police]]\n\n再那样。\n\n[[channel:police]]"
    )
    own, beside = parted(made.html, made.blocks)
    assert [("求助", "先这样。\n再那样。")] == [(p.heading, p.text) for p in own]
    assert 2 == beside.count("报警")
    assert "威胁" in beside
    assert () == article(tmp_path, "先这样。").blocks


def test_passages_hold_what_a_reader_sees(tmp_path: Path) -> None:
    made = article(
        tmp_path, "开头[@civil-code:1034]。\n\n## 依据《民法典》第1033条\n\n- 一\n- 二\n\n### 空\n"
    )
    assert [
        ("", "", "开头《民法典》第1034条。"),
        ("依据-民法典-第1033条", "依据《民法典》第1033条", "一\n二"),
        ("空", "空", ""),
    ] == [(p.anchor, p.heading, p.text) for p in parted(made.html, made.blocks)[0]]
