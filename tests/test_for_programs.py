"""What programs read of the site: facts, sitemap, security.txt, llms.txt, pictures, sound HTML."""

import datetime
import html
import json
import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
import yaml
from lxml import etree
from PIL import Image
from tinyhtml5.parser import HTMLParser

from overdue_guide import cards, structured
from overdue_guide.model import SiteConfig
from overdue_guide.theme import Theme
from overdue_guide.views import PageView
from tests import golden_site
from tests.content import HEAD, TEMPLATES, check, found, options, write
from tests.rendered import rendered

BASE = "https://guide.example/sub/"
SCHEMAS = Path(__file__).parent / "schemas"
SITEMAP = etree.XMLSchema(etree.parse(SCHEMAS / "sitemap.xsd"))
STRUCTURED = jsonschema.Draft202012Validator(
    json.loads((SCHEMAS / "structured.json").read_text("utf-8")),
    format_checker=jsonschema.FormatChecker(),
)
Files = Mapping[str, bytes]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The golden site in both kinds of characters."""
    folder = tmp_path_factory.mktemp("programs")
    files = {
        path.relative_to(golden_site.CONTENT).as_posix(): path.read_bytes()
        for path in golden_site.CONTENT.rglob("*")
        if path.is_file()
    }
    files["site.yml"] += b"traditional: true\n"
    write(folder, files)
    return rendered(options(folder))


def pages(site: Files) -> dict[str, str]:
    return {name: data.decode() for name, data in site.items() if name.endswith(".html")}


def facts(page: str) -> dict[str, Any]:
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    value: dict[str, Any] = json.loads(text)
    return value


def meta(page: str, name: str) -> str:
    (value,) = re.findall(rf'<meta (?:name|property)="{name}" content="([^"]*)">', page)
    return html.unescape(str(value))


def test_every_page_is_html_without_a_parse_error(site: Files) -> None:
    for name, text in pages(site).items():
        parser = HTMLParser()
        parser.parse(text)
        assert [] == [(place, code) for place, code, _ in parser.errors], name


def test_every_page_tells_facts_of_the_shape_that_schema_org_has(site: Files) -> None:
    for name, text in pages(site).items():
        if name == "404.html" or name.endswith("/404.html") or 'http-equiv="refresh"' in text:
            assert "ld+json" not in text
            continue
        value = facts(text)
        STRUCTURED.validate(value)
        page = value["@graph"][0]
        canonical = re.search(r'<link rel="canonical" href="([^"]*)"', text)
        assert canonical
        assert BASE + name.removesuffix("index.html") == unquote(canonical[1])
        assert canonical[1] == page["url"] == meta(text, "og:url")
        assert re.search(r'<html lang="([^"]*)"', text)[1] == page["inLanguage"]  # type: ignore[index]
        assert page["name"] == meta(text, "og:title")


def test_an_article_that_asks_says_who_answers_and_when_that_was_reviewed(site: Files) -> None:
    page, article = facts(pages(site)["contact/family/index.html"])["@graph"]
    assert ("FAQPage", "Article") == (page["@type"], article["@type"])
    assert ("2026-10-01", "小指南") == (page["lastReviewed"], page["reviewedBy"]["name"])
    (question,) = page["mainEntity"]
    assert "会通知家人吗？" == question["name"]
    assert "没有法律给放款机构“通知家人”的权利。" in question["acceptedAnswer"]["text"]
    assert [{"@type": "Person", "name": "编辑甲"}] == article["author"]
    assert "2026-10-01" == article["dateModified"]


def test_what_is_not_known_is_not_told(site: Files) -> None:
    (page,) = facts(pages(site)["tags/index.html"])["@graph"]
    assert "lastReviewed" not in page
    assert "reviewedBy" not in page
    assert "WebPage" == page["@type"]


def test_the_way_to_a_page_is_the_one_that_readers_see(site: Files) -> None:
    for name, text in pages(site).items():
        shown = re.search(r'<ol class="crumbs__list.*?</ol>', text, re.DOTALL)
        if not shown:
            continue
        seen = [html.unescape(word) for word in re.findall(r"<a [^>]*>([^<]*)</a>", shown[0])]
        told = facts(text)["@graph"][0]["breadcrumb"]["itemListElement"]
        assert seen == [item["name"] for item in told[:-1]], name
        assert list(range(1, len(told) + 1)) == [item["position"] for item in told]
        for item in told:
            assert unquote(item["item"]).removeprefix(BASE) + "index.html" in site


def test_the_traditional_edition_tells_its_own_addresses_and_words(site: Files) -> None:
    page = facts(pages(site)["zh-hant/contact/family/index.html"])["@graph"][0]
    assert ("zh-Hant", "會通知家人嗎？") == (page["inLanguage"], page["name"])
    assert BASE + "zh-hant/contact/family/" == page["url"]


def test_an_address_in_chinese_is_told_in_ascii_in_both_editions(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "site.yml": f"base_url: {BASE}\ntraditional: true\n",
            "contact/a.md": HEAD.replace("题", "题\ntags: [证据]"),
        },
    )
    made = rendered(options(tmp_path))
    for folder in ("", "zh-hant/"):
        text = made[f"{folder}tags/证据/index.html"].decode()
        wanted = BASE + folder + "tags/%E8%AF%81%E6%8D%AE/"
        assert wanted == meta(text, "og:url") == facts(text)["@graph"][0]["url"]


HOSTILE = '</script><script>alert(1)</script><!-- " \u2028 \\u003c ]]> &amp; 题'


def test_no_title_ends_the_script_that_tells_it(tmp_path: Path) -> None:
    title = HOSTILE.replace("\u2028 ", "") + "吗"
    front = HEAD.replace("title: 题", f"title: {json.dumps(title)}")
    write(tmp_path, {"contact/a.md": front, "site.yml": f"base_url: {BASE}\n"})
    text = rendered(options(tmp_path))["contact/a/index.html"].decode()
    (data,) = re.findall(r'<script type="application/ld\+json">(.*)</script>', text)
    assert not set(data) & set("<>&\u2028\u2029")
    assert title == json.loads(data)["@graph"][0]["name"]
    assert 2 == text.count("</script>")


def test_what_is_told_holds_no_character_that_could_end_it() -> None:
    page = PageView("", "./", HOSTILE, HOSTILE, BASE, "")
    about = {"home": BASE, "language": "zh-CN", "reviewed": "", "updated": ""}
    data = structured.data(None, page, SiteConfig(title=HOSTILE), **about)
    assert not set(data) & set("<>&\u2028\u2029")
    assert HOSTILE == json.loads(data)["@graph"][0]["name"]


def test_the_sitemap_is_valid_and_lists_what_is_there(site: Files) -> None:
    tree = etree.fromstring(site["sitemap.xml"])
    SITEMAP.assertValid(tree)
    space = {
        "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
        "x": "http://www.w3.org/1999/xhtml",
    }
    places = [str(node.text) for node in tree.findall("s:url/s:loc", space)]
    assert len(set(places)) == len(places)
    assert BASE + "zh-hant/contact/family/" in places
    for url in tree.findall("s:url", space):
        twins = {n.get("hreflang"): n.get("href") for n in url.findall("x:link", space)}
        assert {"zh-Hans", "zh-Hant"} == set(twins)
        assert url.findtext("s:loc", "", space) in twins.values()


def test_every_page_of_the_sitemap_says_that_it_is_the_one_to_list(site: Files) -> None:
    tree, texts = etree.fromstring(site["sitemap.xml"]), pages(site)
    canonical = {
        found[1]: text
        for text in texts.values()
        if 'http-equiv="refresh"' not in text
        and (found := re.search(r'<link rel="canonical" href="([^"]*)"', text))
    }
    for node in tree.iter("{*}loc"):
        text = canonical[str(node.text)]
        assert 'name="robots" content="noindex"' not in text


def test_search_by_the_browser_is_described(site: Files) -> None:
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    root = etree.fromstring(site["opensearch.xml"])
    assert f"{space}OpenSearchDescription" == root.tag
    assert 0 < len(root.findtext(f"{space}ShortName", "")) <= 16
    assert 0 < len(root.findtext(f"{space}Description", "")) <= 1024
    url = root.find(f"{space}Url")
    assert url is not None
    assert BASE + "search/?q={searchTerms}" == url.get("template")


def test_language_models_get_a_short_list_of_pages_that_there_are(site: Files) -> None:
    text = site["llms.txt"].decode()
    assert text.startswith("# 小指南\n\n> 用来测试的小网站\n")
    links = re.findall(r"^- \[[^\]]+\]\(([^)]+)\)(?:：\S.*)?$", text, re.MULTILINE)
    rows = [line for line in text.splitlines() if line.startswith("-")]
    assert len(rows) == len(links) > 5
    for link in links:
        place = link.removeprefix(BASE)
        assert (f"{place}index.html" if place.endswith("/") else place) in site
    assert "\n\n\n" not in text


def test_who_finds_a_hole_is_told_where_to_report_it(site: Files) -> None:
    lines = site[".well-known/security.txt"].decode().splitlines()
    fields = dict(line.split(": ", 1) for line in lines)
    assert {
        "Contact": "mailto:security@guide.example",
        "Expires": "2027-10-01T00:00:00Z",
        "Preferred-Languages": "zh, en",
        "Canonical": BASE + ".well-known/security.txt",
    } == fields


def test_our_own_guide_names_a_contact() -> None:
    own = yaml.safe_load((TEMPLATES.parent / "content/site.yml").read_text("utf-8"))
    assert own["security"]["contact"].startswith("https://")


def test_without_a_contact_there_is_no_security_file(tmp_path: Path) -> None:
    write(tmp_path, {"contact/a.md": HEAD})
    assert ".well-known/security.txt" not in rendered(options(tmp_path))


SECURITY = "security: {{contact: {contact}, expires: {expires}}}\n"


@pytest.mark.parametrize(
    ("expires", "wrong"),
    [
        ("2026-11-22", True),
        ("2026-11-23", True),
        ("2026-11-24", False),
        ("2027-11-23", False),
        ("2027-11-24", True),
        ("9999-12-31", True),
    ],
)
def test_a_contact_holds_for_a_year_at_most(tmp_path: Path, expires: str, wrong: bool) -> None:
    text = SECURITY.format(contact='"mailto:a@guide.example"', expires=expires)
    report = check(tmp_path, {"site.yml": text, "contact/a.md": HEAD})
    assert ([("site.yml", 1, "security-expiry")] if wrong else []) == found(report)


@pytest.mark.parametrize("contact", ["a@guide.example", "http://guide.example/", '"javascript:x"'])
def test_a_contact_is_an_address_that_can_be_used(tmp_path: Path, contact: str) -> None:
    text = SECURITY.format(contact=contact, expires="2027-01-01")
    report = check(tmp_path, {"site.yml": text, "contact/a.md": HEAD})
    assert [("site.yml", 1, "bad-value")] == found(report)


def test_every_page_has_a_picture_that_there_is(site: Files) -> None:
    shown = {
        meta(text, "og:image").removeprefix(BASE)
        for text in pages(site).values()
        if 'property="og:image"' in text
    }
    drawn = {name for name in site if name.startswith("cards/")}
    assert shown == drawn
    assert {"cards/home.png", "cards/contact.png", "cards/laws.png"} <= drawn
    for name in drawn:
        with Image.open(BytesIO(site[name])) as picture:
            assert ("PNG", (1200, 630)) == (picture.format, picture.size)
        assert len(site[name]) < 20_000


def white(data: bytes) -> int:
    """How many pixels are written on."""
    with Image.open(BytesIO(data)) as picture:
        return sum(picture.convert("L").histogram()[250:])


def test_a_picture_says_what_it_stands_for_in_the_colour_of_the_site() -> None:
    pens = cards.Pens(Theme(TEMPLATES).file(cards.FONT))
    one, other = (
        cards.card(title, "小指南", "#0b4d42", pens) for title in ("联系规则", "法律依据")
    )
    assert one != other
    assert white(one) > 1000
    with Image.open(BytesIO(cards.card("题", "", "#123456", pens))) as picture:
        assert (0x12, 0x34, 0x56) == picture.convert("RGB").getpixel((600, 20))


def test_words_that_the_font_lacks_are_left_out_whole() -> None:
    pens = cards.Pens(Theme(TEMPLATES).file(cards.FONT))
    assert 0 == white(cards.card("龘家", "", "#0b4d42", pens))
    assert white(cards.card("家" * 200, "", "#0b4d42", pens)) > 1000


def test_an_authors_own_picture_stays(tmp_path: Path) -> None:
    own = {"contact/a.md": HEAD.encode(), "cards/contact.png": b"own"}
    write(tmp_path, own)
    made = rendered(options(tmp_path))
    assert b"own" == made["cards/contact.png"]
    assert made["cards/home.png"].startswith(b"\x89PNG")


def test_a_correction_is_newer_than_a_review(tmp_path: Path) -> None:
    change = "changes:\n  - {date: 2026-11-20, note: 改了。}\n---\n"
    write(tmp_path, {"contact/a.md": HEAD.removesuffix("---\n") + change})
    made = rendered(options(tmp_path, today=datetime.date(2026, 11, 23)))
    page, article = facts(made["contact/a/index.html"].decode())["@graph"]
    assert ("2026-11-01", "2026-11-20") == (page["lastReviewed"], article["dateModified"])
