"""The traditional edition: which words change, which addresses do not."""

import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urljoin
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overdue_guide.build import build
from overdue_guide.editions import TRADITIONAL, editions
from overdue_guide.model import OutputFile
from overdue_guide.resolve import root_of
from overdue_guide.traditional import Edition, words
from tests import test_golden
from tests.golden_site import CONTENT, options

ASSETS = (
    OutputFile("assets/0123456789/site.css", b".a{}"),
    OutputFile("assets/0123456789/main.mjs", 'say("已复制");'.encode()),
    OutputFile("assets/0123456789/search/text.mjs", 'm=/^(\\d+)(万?)$/;k="万"'.encode()),
)


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        pytest.param("头发和发卡行，以后和皇后", "頭髮和發卡行，以後和皇后", id="one to many"),
        pytest.param("卡里、邻里、三公里", "卡裡、鄰里、三公里", id="inside or mile"),
        pytest.param("别不签收，撕掉标签", "別不簽收，撕掉標籤", id="sign or label"),
        pytest.param("征信、征得同意、信用报告", "徵信、徵得同意、信用報告", id="credit record"),
        pytest.param("微粒贷、芝麻信用、花呗", "微粒貸、芝麻信用、花唄", id="names"),
        pytest.param("诉讼程序、支持、数据", "訴訟程序、支持、數據", id="words of law stay"),
        pytest.param("《个人信息保护法》第13条", "《個人信息保護法》第13條", id="a law's name"),
        pytest.param("收到短信，别点链接", "收到簡訊，別點連結", id="words that differ"),
        pytest.param(
            "「短信侵扰」和“短信”", "「短信侵擾」和「簡訊」", id="a provision's words stay"
        ),
        pytest.param("催收干的、弄干净、若干", "催收幹的、弄乾淨、若干", id="do, dry, some"),
        pytest.param("公布、散布、占有", "公布、散布、占有", id="as statutes write"),
        pytest.param("拨打 12378", "撥打 12378", id="hotlines"),
        pytest.param("mail@example.org", "mail@example.org", id="nothing Chinese"),
    ],
)
def test_words(simplified: str, traditional: str) -> None:
    assert traditional == words().convert(simplified)


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        pytest.param(
            '<h2 id="现在怎么做">现在怎么做</h2>',
            '<h2 id="现在怎么做">現在怎麼做</h2>',
            id="anchors",
        ),
        pytest.param(
            '<img alt="图" title="说明" src="x.png">',
            '<img alt="圖" title="說明" src="../../../contact/family/x.png">',
            id="names and a picture",
        ),
        pytest.param(
            '<a href="../law/#a1?">法</a>', '<a href="../law/#a1?">法</a>', id="a page with a twin"
        ),
        pytest.param('<a href="../../">首页</a>', '<a href="../../">首頁</a>', id="home"),
        pytest.param('<a href="#a">上</a>', '<a href="#a">上</a>', id="the same page"),
        pytest.param(
            '<a href="../../feed.xml">订阅</a>', '<a href="../../../feed.xml">訂閱</a>', id="a feed"
        ),
        pytest.param(
            '<a href="../../tags/%E5%AE%B6/">家</a>',
            '<a href="../../tags/%E5%AE%B6/">家</a>',
            id="an encoded address",
        ),
        pytest.param('<a href="tel:110">报警</a>', '<a href="tel:110">報警</a>', id="a telephone"),
        pytest.param(
            '<a href="../../../contact/family/" hreflang="zh-Hans" lang="zh-Hans">简体版</a> 页',
            '<a href="../../../contact/family/" hreflang="zh-Hans" lang="zh-Hans">简体版</a> 頁',
            id="the way back",
        ),
    ],
)
def test_tags(simplified: str, traditional: str) -> None:
    edition = Edition(("", "contact/family/", "contact/law/", "tags/家/"), ASSETS)
    assert traditional == edition.page(simplified, "contact/family/")


ADDRESSES = st.lists(st.sampled_from(["a/", "家/", "b%20c/", "../", "./"]), max_size=5).map("".join)
TWINS = ("", "a/", "a/a/", "家/", "家/a/", "b%20c/", "b c/a/")


@given(st.sampled_from(TWINS), ADDRESSES | st.sampled_from(TWINS))
def test_a_link_leads_to_a_twin_where_there_is_one_and_else_where_it_led(
    url: str, link: str
) -> None:
    for written in (link, root_of(url) + link):
        if written and urljoin(f"http://x/site/{url}", written).startswith("http://x/site/"):
            made = Edition(TWINS, ()).page(f'<a href="{written}">', url)[9:-2]
            goal = unquote(urljoin("/" + url, written)).removeprefix("/")
            folder = f"/{TRADITIONAL}" if goal in TWINS else "/"
            assert folder + goal == unquote(urljoin(f"/{TRADITIONAL}{url}", made))


def test_scripts_say_traditional_words_and_understand_both() -> None:
    main, text = Edition((), ASSETS).scripts
    assert 'say("已複製");' == main.data.decode()
    assert 'm=/^(\\d+)(万?)$/;k="萬"' == text.data.decode()
    assert main.path.rpartition("/")[0] + "/search/text.mjs" == text.path
    assert main.path != ASSETS[1].path


def test_a_page_links_to_its_twin() -> None:
    assert ["", "../../zh-hant/contact/family/"] == [
        edition.link for edition in editions("https://guide.example/", "contact/family/")
    ]
    assert ["../", ""] == [
        edition.link for edition in editions("https://guide.example/", "", TRADITIONAL)
    ]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("traditional")
    content = folder / "content"
    shutil.copytree(CONTENT, content)
    with (content / "site.yml").open("a", encoding="utf-8") as config:
        config.write("traditional: true\n")
    report = build(options(folder, content=content))
    assert report.pages, report.problems
    return folder / "site"


def test_every_page_has_a_twin(site: Path) -> None:
    twins = {path.relative_to(site / TRADITIONAL) for path in (site / TRADITIONAL).rglob("*.html")}
    pages = {
        path.relative_to(site)
        for path in site.rglob("*.html")
        if path.name != "404.html" and "refresh" not in path.read_text("utf-8")
    }
    assert pages == twins | {Path(TRADITIONAL) / path for path in twins}


def test_twins_name_each_other(site: Path) -> None:
    url = "https://guide.example/sub/{}contact/family/"
    for folder in ("", TRADITIONAL):
        text = (site / folder / "contact/family/index.html").read_text("utf-8")
        assert f'<link rel="canonical" href="{url.format(folder)}">' in text
        found = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', text)
        assert [("zh-Hans", url.format("")), ("zh-Hant", url.format(TRADITIONAL))] == found


def test_the_sitemap_lists_both(site: Path) -> None:
    root = ElementTree.parse(site / "sitemap.xml").getroot()
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    places = {url.findtext(f"{name}loc"): url for url in root.iter(f"{name}url")}
    twin = places["https://guide.example/sub/zh-hant/contact/family/"]
    assert 2 == len(twin.findall("{http://www.w3.org/1999/xhtml}link"))
    assert "https://guide.example/sub/contact/family/" in places


def test_every_link_leads_somewhere(site: Path) -> None:
    test_golden.test_every_link_of_every_page_leads_somewhere(site)


def test_a_second_build_writes_nothing(site: Path) -> None:
    content = site.parent / "content"
    assert 0 == build(options(site.parent, content=content)).files.written
