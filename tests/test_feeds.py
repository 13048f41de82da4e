"""Feeds: valid in both formats, short, and true about what changed in law."""

import datetime
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import feedparser
import jsonschema
import pytest
from lxml import etree

from overdue_guide import feeds
from tests import golden_site
from tests.content import HEAD, TODAY, options, write
from tests.rendered import rendered

BASE = "https://guide.example/sub/"
SCHEMAS = Path(__file__).parent / "schemas"
ATOM = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
JSON_FEED = jsonschema.Draft202012Validator(
    json.loads((SCHEMAS / "jsonfeed.json").read_text("utf-8")),
    format_checker=jsonschema.FormatChecker(),
)
LAW = """title: 某办法
issuer: 某部
force: departmental-rule
gist: 管催收的办法。
{dates}
provisions:
  "1": {{gist: 第一条的要点。}}
  "2": {{gist: 第二条的要点。{own}}}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    return rendered(golden_site.options(tmp_path_factory.mktemp("feeds")))


def read(site: Mapping[str, bytes], name: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(site[name])
    return value


def named(site: Mapping[str, bytes], ending: str) -> list[str]:
    return sorted(name for name in site if re.fullmatch(rf"(.*/)?(feed|changes)\.{ending}", name))


def test_every_atom_feed_is_valid(site: Mapping[str, bytes]) -> None:
    assert ["changes.xml", "contact/feed.xml", "coping/feed.xml", "feed.xml"] == named(site, "xml")
    for name in named(site, "xml"):
        ATOM.assertValid(etree.fromstring(site[name]))
        parsed = feedparser.parse(site[name])
        assert not parsed.bozo, name
        assert "atom10" == parsed.version
        ids = [entry.id for entry in parsed.entries]
        assert len(set(ids)) == len(ids) > 0
        assert parsed.feed.updated == max(entry.updated for entry in parsed.entries)
        (own,) = [link.href for link in parsed.feed.links if link.rel == "self"]
        assert own == BASE + name


def test_a_json_feed_says_what_the_atom_feed_says(site: Mapping[str, bytes]) -> None:
    assert len(named(site, "xml")) == len(named(site, "json"))
    for name in named(site, "json"):
        value = read(site, name)
        JSON_FEED.validate(value)
        atom = feedparser.parse(site[name.replace(".json", ".xml")])
        assert [(e.id, e.link, e.title, e.summary, e.updated) for e in atom.entries] == [
            (i["id"], i["url"], i["title"], i["content_text"], i["date_modified"])
            for i in value["items"]
        ]
        assert (atom.feed.title, BASE + name) == (value["title"], value["feed_url"])


def test_every_feed_leads_to_pages_that_there_are(site: Mapping[str, bytes]) -> None:
    for name in named(site, "json"):
        value = read(site, name)
        for address in [value["home_page_url"], *(item["url"] for item in value["items"])]:
            assert address.removeprefix(BASE).partition("#")[0] + "index.html" in site, address


def test_a_section_has_its_own_feed_and_its_page_leads_there(site: Mapping[str, bytes]) -> None:
    items = read(site, "contact/feed.json")["items"]
    assert {"contact"} == {item["url"].split("/")[-3] for item in items}
    page = site["contact/index.html"].decode()
    for kind in ("application/atom+xml", "application/feed+json"):
        assert f'<link rel="alternate" type="{kind}" href="feed.' in page


def test_a_feed_stays_short_however_large_the_site(tmp_path: Path) -> None:
    many = {f"contact/page-{at:03}.md": HEAD for at in range(feeds.LENGTH + 10)}
    late = HEAD.replace("2026-11-01", "2026-11-20")
    write(tmp_path, {**many, "contact/late.md": late})
    items = read(rendered(options(tmp_path)), "contact/feed.json")["items"]
    assert feeds.LENGTH == len(items)
    assert items[0]["url"].endswith("/contact/late/")


def test_a_correction_is_told_where_readers_follow(tmp_path: Path) -> None:
    change = "changes:\n  - {date: 2026-11-20, note: 期限是 15 日。}\n---\n"
    fixed = HEAD.removesuffix("---\n") + change
    write(tmp_path, {"contact/a.md": fixed, "contact/b.md": HEAD})
    made = rendered(options(tmp_path))
    first = read(made, "feed.json")["items"][0]
    assert first["url"].endswith("/contact/a/")
    assert "更正：期限是 15 日。" in first["content_text"]
    (told,) = read(made, "changes.json")["items"]
    assert ("更正：题", "2026-11-20T00:00:00Z") == (told["title"], told["date_modified"])


CASES = [
    ("effective: 2026-12-10", "", [("2026-11-10", "《某办法》将自 2026-12-10 起施行")]),
    ("effective: 2027-01-10", "", []),
    (
        "adopted: 2026-05-01\neffective: 2026-10-01",
        "",
        [
            ("2026-10-01", "《某办法》自 2026-10-01 起施行"),
            ("2026-05-01", "《某办法》2026-05-01 通过或公布，自 2026-10-01 起施行"),
        ],
    ),
    ("adopted: 2026-05-01\neffective: 2026-05-01", "", [("2026-05-01", "起施行")]),
    ("amended: 2026-06-01", "", [("2026-06-01", "《某办法》2026-06-01 修改过")]),
    ("repealed: 2026-11-01", "", [("2026-11-01", "《某办法》自 2026-11-01 起废止")]),
    ("repealed: 2026-12-01", "", [("2026-11-01", "《某办法》将自 2026-12-01 起废止")]),
    ("repealed: true", "", []),
    ("expires: 2026-11-22", "", [("2026-11-23", "《某办法》2026-11-22 已到期")]),
    ("expires: 2026-11-23", "", [("2026-10-24", "《某办法》有效至 2026-11-23")]),
    ("expires: 2026-10", "", [("2026-11-01", "《某办法》2026-10 已到期")]),
    ("expires: 9999-12-31", "", []),
    (
        "effective: 2025-01-01",
        ", effective: 2026-02-01",
        [
            ("2026-02-01", "《某办法》第2条自 2026-02-01 起施行"),
            ("2025-01-01", "《某办法》自 2025-01-01 起施行"),
        ],
    ),
    ("draft: true\neffective: 2026-12-01", "", []),
]
"""(dates of the law, date of its second provision, what is told: day and words)"""


@pytest.fixture(scope="module")
def news(tmp_path_factory: pytest.TempPathFactory) -> Sequence[list[tuple[str, str]]]:
    """(day, title) of every entry about each law of ``CASES``, on one site."""
    folder = tmp_path_factory.mktemp("news")
    laws = {f"case-{at}": LAW.format(dates=case[0], own=case[1]) for at, case in enumerate(CASES)}
    return list(changes(folder, laws, TODAY).values())


def changes(
    folder: Path, laws: Mapping[str, str], today: datetime.date
) -> Mapping[str, list[tuple[str, str]]]:
    """(day, title) of every entry about each law."""
    files = {f"reference/laws/{name}.yml": text for name, text in laws.items()}
    write(folder, {"contact/a.md": HEAD, **files})
    items = read(rendered(options(folder, today=today)), "changes.json")["items"]
    return {
        name: [
            (item["date_modified"][:10], item["title"])
            for item in items
            if f"/laws/{name}/" in item["url"]
        ]
        for name in laws
    }


@pytest.mark.parametrize("case", range(len(CASES)), ids=[case[0] for case in CASES])
def test_what_changes_in_law_is_told(news: Sequence[list[tuple[str, str]]], case: int) -> None:
    told = CASES[case][2]
    assert [day for day, _ in told] == [day for day, _ in news[case]]
    for (_, wanted), (_, title) in zip(told, news[case], strict=True):
        assert wanted in title


def test_a_change_that_was_announced_comes_again_on_its_day(tmp_path: Path) -> None:
    law = LAW.format(dates="effective: 2026-12-01", own="")
    before = changes(tmp_path, {"new": law}, datetime.date(2026, 11, 30))["new"]
    after = changes(tmp_path, {"new": law}, datetime.date(2026, 12, 1))["new"]
    assert [("2026-11-01", "《某办法》将自 2026-12-01 起施行")] == before
    assert [("2026-12-01", "《某办法》自 2026-12-01 起施行")] == after


def test_what_is_known_only_from_reports_says_so(tmp_path: Path) -> None:
    law = LAW.format(dates="effective: 2026-01-01\nunverified: true", own="")
    write(tmp_path, {"contact/a.md": HEAD, "reference/laws/told.yml": law})
    (item,) = read(rendered(options(tmp_path)), "changes.json")["items"]
    assert "据公开报道，未见正式文本。管催收的办法。" == item["content_text"]


def test_a_law_that_ended_names_what_replaced_it(site: Mapping[str, bytes]) -> None:
    titles = [item["title"] for item in read(site, "changes.json")["items"]]
    assert "《旧法》自 2026-01-01 起废止，现在看《民法典》" in titles
