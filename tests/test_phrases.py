"""A site's own words on the pages that it makes itself, and words that fit any subject without."""

from pathlib import Path

from overdue_guide.build import build
from overdue_guide.phrases import DOCS, Phrases
from tests.content import HEAD, options, write

SITE = """title: 小站
stages:
  - {id: early, title: 开头, days: 1-3}
  - {id: late, title: 后来}
phrases:
"""
CHECK = """title: 问一问
summary: 一题。
reviewed: 2026-11-01
questions:
  one: {asks: 是吗？, answers: [{says: 是, to: end}]}
outcomes:
  end:
    verdict: act
    title: 做这个
    means: 先做这个。
    sure: 不一定。
    reasons: [{says: 规则。, cites: ["law:1"]}]
    steps: [{does: 做。}]
"""
LAW = """title: 某法
issuer: 某部
effective: 2021-01-01
force: statute
provisions: {"1": {gist: 规则。}}
"""
RULE = """- id: one
  title: 夜里来
  level: ask
  says: 问一问。
  cites: ["law:1"]
  when: [{hours: 22-8}]
"""
FILES = {
    "a/b.md": HEAD + "正文。\n",
    "reference/contact-rules.yml": RULE,
    "letters/one.md": HEAD + "正文。\n",
    "checks/one.yml": CHECK,
    "reference/laws/law.yml": LAW,
    "reference/glossary.yml": "- {term: 词, meaning: 意思。}\n",
}


def built(folder: Path, site: str) -> str:
    """All the pages of a site that has every kind which a phrase stands on."""
    write(folder, {**FILES, "site.yml": site})
    assert () == build(options(folder)).problems
    pages = sorted((folder / "site").rglob("*.html"))
    return "\n".join(page.read_text("utf-8") for page in pages)


def test_every_phrase_is_described_for_authors() -> None:
    assert list(Phrases.__struct_fields__) == list(DOCS)


def test_every_phrase_of_a_site_is_shown(tmp_path: Path) -> None:
    own = {name: f"自己的 {name}。" for name in DOCS}
    site = SITE + "".join(f"  {name}: {text}\n" for name, text in own.items())
    pages = built(tmp_path, site)
    assert [] == [name for name, text in own.items() if text not in pages]


def test_without_them_other_words_are_shown(tmp_path: Path) -> None:
    pages = built(tmp_path, SITE + "  licence: 可以转载。\n")
    said = {name: getattr(Phrases(), name) for name in DOCS}
    assert [] == [name for name, text in said.items() if text not in pages]
