"""The corpus in each generator's own form: the same text, links, tags and tables.

    python -m benchmarks.flavours --articles 1000 --flavour ours --out DIR

Every peer has pages for articles, sections or categories, and (but for Zensical, which runs out of
memory with them) tags; templates and settings are the smallest that give these, to the peer's favour.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import SECTIONS, Sample, samples

Link = Callable[[Sample], str]


@dataclass(frozen=True, slots=True)
class Flavour:
    """How a generator wants its content."""

    head: Callable[[Sample], str]
    link: Link
    """The address of another article, as an author writes it."""
    settings: Callable[[], dict[str, str]]
    """Path → text of all other files."""
    folder: str = "content"


def write(count: int, name: str, out: Path) -> list[Path]:
    """Write the corpus into an empty folder; the articles' files, in order."""
    shutil.rmtree(out, ignore_errors=True)
    flavour, made, paths = FLAVOURS[name], samples(count), []
    for sample in made:
        path = out / flavour.folder / sample.section / f"{sample.slug}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(flavour.head(sample) + _body(sample, made, flavour.link), "utf-8")
        paths.append(path)
    for name, text in flavour.settings().items():
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return paths


def _body(sample: Sample, made: Sequence[Sample], link: Link) -> str:
    lines = []
    for at, (heading, texts) in enumerate(sample.parts):
        lines += [f"## {heading}", "", *(line for text in texts for line in (text, ""))]
        if at < 2:
            other = made[sample.links[at]]
            lines += [f"另见[{other.title}]({link(other)})。", ""]
    if sample.table:
        rows = (f"| 第 {n} 种 | {n} 日 |" for n in range(5))
        lines += ["| 情形 | 期限 |", "| --- | --- |", *rows, ""]
    return "\n".join(lines)


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _front_matter(sample: Sample, **values: object) -> str:
    told = {"title": sample.title, **values, "tags": list(sample.tags)}
    lines = (f"{key}: {_quoted(value)}" for key, value in told.items())
    return "\n".join(["---", *lines, "---", "", ""])


def _ours(sample: Sample) -> str:
    # A day is no string to us.
    head = _front_matter(sample, summary=sample.summary, reviewed="2026-10-01")
    return head.replace('"2026-10-01"', "2026-10-01")


def _described(sample: Sample) -> str:
    head = _front_matter(sample, description=sample.summary, date="2026-10-01")
    return head.replace('"2026-10-01"', "2026-10-01")


def _pelican(sample: Sample) -> str:
    lines = {
        "Title": sample.title,
        "Summary": sample.summary,
        "Date": "2026-10-01",
        "Category": sample.section,
        "Tags": ", ".join(sample.tags),
        "Slug": sample.slug,
    }
    return "".join(f"{key}: {value}\n" for key, value in lines.items()) + "\n"


def _beside(other: Sample) -> str:
    return f"../{other.section}/{other.slug}.md"


_OURS = """title: 指南
base_url: https://example.org/
# Sentences out of their context: what warned of a promise, or cited a law, is gone.
rules:
  advertising: off
  bare-provision: off
  clickbait: off
  false-promise: off
  forbidden-advice: off
  keyword-stuffing: off
  long-sentence: off
  unlisted-law: off
  unlisted-link: off
  unlisted-number: off
  unsourced-claim: off
  unsourced-quote: off
"""
_HUGO_PAGE = (
    '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>'
    '<body><nav><a href="/">首页</a></nav><main%s><h1>{{ .Title }}</h1>%s</main></body></html>\n'
)
_HUGO_LIST = (
    '<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a>'
    "<p>{{ .Description }}</p></li>{{ end }}</ul>"
)
_HUGO_ARTICLE = (
    "<p>{{ .Description }}</p>{{ .TableOfContents }}{{ .Content }}"
    '{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}'
    '{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}'
    '{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}'
)


def _hugo_settings() -> dict[str, str]:
    return {
        "hugo.toml": 'baseURL = "https://example.org/"\ntitle = "指南"\nlanguageCode = "zh-cn"\n',
        "layouts/_default/single.html": _HUGO_PAGE % (" data-pagefind-body", _HUGO_ARTICLE),
        "layouts/_default/list.html": _HUGO_PAGE % ("", _HUGO_LIST),
    }


def _material_settings(plugins: str) -> dict[str, str]:
    return {
        "docs/index.md": "# 指南\n",
        "mkdocs.yml": (
            "site_name: 指南\nsite_url: https://example.org/\n"
            "theme: {name: material, language: zh, font: false}\n"
            f"plugins: [{plugins}]\n"
        ),
    }


_PELICAN = """SITENAME, SITEURL, DEFAULT_LANG, TIMEZONE = "指南", "", "zh", "Asia/Shanghai"
PATH, THEME = "content", "theme"
ARTICLE_URL = "{category}/{slug}/"
ARTICLE_SAVE_AS = "{category}/{slug}/index.html"
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
AUTHOR_SAVE_AS = ""
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
CHECK_MODIFIED_METHOD = "mtime"
"""
_PELICAN_ARTICLE = """{% extends "!simple/base.html" %}
{% block content %}<main data-pagefind-body><h1>{{ article.title }}</h1>{{ article.summary }}
{{ article.content }}{% for tag in article.tags %}<a href="{{ SITEURL }}/{{ tag.url }}">{{ tag }}</a>{% endfor %}
</main>{% endblock %}
"""


def _pelican_settings() -> dict[str, str]:
    return {"pelicanconf.py": _PELICAN, "theme/templates/article.html": _PELICAN_ARTICLE}


_ELEVENTY = """export default function (config) {
  for (const section of %s)
    config.addCollection(section, (all) => all.getFilteredByGlob(`content/${section}/*.md`));
  config.setUseGitIgnore(false);
  return { dir: { input: "content", includes: "../includes" }, markdownTemplateEngine: false };
}
"""
_ELEVENTY_PAGE = """<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{{ title }}</title></head>
<body><nav><a href="/">首页</a></nav><main data-pagefind-body><h1>{{ title }}</h1><p>{{ description }}</p>
{{ content | safe }}{% for tag in tags %}<a href="/list/{{ tag }}/">{{ tag }}</a>{% endfor %}</main></body></html>
"""
_ELEVENTY_LIST = """---
pagination: {data: collections, size: 1, alias: name, filter: [all]}
permalink: "/list/{{ name }}/"
---
<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{{ name }}</title></head><body><ul>
{% for one in collections[name] %}<li><a href="{{ one.url }}">{{ one.data.title }}</a>
<p>{{ one.data.description }}</p></li>{% endfor %}</ul></body></html>
"""


def _eleventy_settings() -> dict[str, str]:
    return {
        "eleventy.config.mjs": _ELEVENTY % json.dumps(SECTIONS),
        "content/content.json": '{"layout": "article.njk"}\n',
        "content/list.njk": _ELEVENTY_LIST.replace("---\n<!", "layout: false\n---\n<!", 1),
        "includes/article.njk": _ELEVENTY_PAGE,
    }


FLAVOURS = {
    "ours": Flavour(_ours, _beside, lambda: {"content/site.yml": _OURS}),
    "hugo": Flavour(
        _described,
        lambda other: f'{{{{< relref "/{other.section}/{other.slug}.md" >}}}}',
        _hugo_settings,
    ),
    "eleventy": Flavour(
        _described, lambda other: f"/{other.section}/{other.slug}/", _eleventy_settings
    ),
    "pelican": Flavour(
        _pelican, lambda other: f"{{filename}}/{other.section}/{other.slug}.md", _pelican_settings
    ),
    "zensical": Flavour(_described, _beside, lambda: _material_settings("search"), "docs"),
    "mkdocs": Flavour(_described, _beside, lambda: _material_settings("search, tags"), "docs"),
}


def main() -> None:
    """Write a corpus from the command line."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    arguments.add_argument("--articles", type=int, required=True)
    arguments.add_argument("--flavour", choices=FLAVOURS, default="ours")
    arguments.add_argument("--out", type=Path, required=True)
    given = arguments.parse_args()
    write(given.articles, given.flavour, given.out)


if __name__ == "__main__":
    main()
