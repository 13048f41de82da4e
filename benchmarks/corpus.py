"""A corpus of any size for timing site generators, made from this repository's own articles.

    python benchmarks/corpus.py --articles 1000 --flavour ours --out DIR

Paragraphs of ``content/`` are recombined with a fixed seed: the same number of articles always gives
the same bytes, and each flavour holds the same text. Each article has 1,500 to 2,300 characters,
four headings, three tags of forty, and two links to others; every tenth has a table.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

CONTENT = Path(__file__).parent.parent / "content"
SECTIONS = ("stages", "contact", "coping", "negotiate", "complain", "credit", "court", "special")
TAGS = tuple(f"标签{number}" for number in range(40))
_MARKUP = re.compile(
    r"\[\[.*?\]\]|（\[@[^\]]*\]）|\[@[^\]]*\]|\[([^\]]*)\]\([^)]*\)|[*_`|<>#\[\]{}]"
)


@dataclass(frozen=True, slots=True)
class Sample:
    """One article of the corpus."""

    section: str
    slug: str
    title: str
    summary: str
    tags: tuple[str, ...]
    parts: tuple[tuple[str, tuple[str, ...]], ...]
    """(heading, paragraphs)"""
    links: tuple[int, int]
    table: bool


def paragraphs() -> list[str]:
    """Plain paragraphs of this repository's articles, in order of file."""
    found = []
    for path in sorted(CONTENT.glob("*/*.md")):
        body = path.read_text("utf-8").split("\n---\n", 1)[-1]
        for line in body.split("\n"):
            text = _MARKUP.sub(lambda match: match[1] or "", line).strip(" -0123456789.")
            if len(text) > 20:
                found.append(text)
    return found


def samples(count: int) -> list[Sample]:
    """The corpus; the first articles of a larger one are those of a smaller one, but for links."""
    pool = paragraphs()
    return [_sample(number, count, pool) for number in range(count)]


def _sample(number: int, count: int, pool: Sequence[str]) -> Sample:
    chance = random.Random(number)
    chosen: list[str] = []
    wanted = chance.randint(1500, 2300)
    while sum(map(len, chosen)) < wanted:
        chosen.append(chance.choice(pool))
    quarter = max(len(chosen) // 4, 1)
    pieces = [tuple(chosen[at : at + quarter]) for at in range(0, quarter * 4, quarter)]
    heads = [f"{piece[0][:12]}（{at}）" for at, piece in enumerate(pieces, 1) if piece]
    return Sample(
        section=SECTIONS[number % len(SECTIONS)],
        slug=f"a{number:06d}",
        title=f"{chosen[0][:18]}（{number}）",
        summary=chosen[-1][:80],
        tags=tuple(chance.sample(TAGS, 3)),
        parts=tuple(zip(heads, pieces, strict=False)),
        links=((number * 7 + 1) % count, (number * 13 + 5) % count),
        table=number % 10 == 0,
    )


def _body(sample: Sample, link: Callable[[int], str]) -> str:
    lines = []
    for at, (heading, texts) in enumerate(sample.parts):
        lines += [f"## {heading}", "", *(line for text in texts for line in (text, ""))]
        if at < 2:
            lines += [f"另见{link(sample.links[at])}。", ""]
    if sample.table:
        lines += [
            "| 情形 | 期限 |",
            "| --- | --- |",
            *(f"| 第 {n} 种 | {n} 日 |" for n in range(5)),
            "",
        ]
    return "\n".join(lines)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def write(count: int, flavour: str, out: Path) -> list[Path]:
    """Write the corpus in a generator's own form; the articles' files, in order."""
    shutil.rmtree(out, ignore_errors=True)
    made = samples(count)
    root = out / ("docs" if flavour == "mkdocs" else "content")
    paths = []
    for sample in made:
        path = root / sample.section / f"{sample.slug}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_FLAVOURS[flavour](sample, made), "utf-8")
        paths.append(path)
    _SETTINGS[flavour](out)
    return paths


def _ours(sample: Sample, made: Sequence[Sample]) -> str:
    def link(number: int) -> str:
        return f"[{made[number].title}](../{made[number].section}/{made[number].slug}.md)"

    head = [
        f"title: {_quoted(sample.title)}",
        f"summary: {_quoted(sample.summary)}",
        "reviewed: 2026-10-01",
    ]
    return "\n".join(
        ["---", *head, f"tags: [{', '.join(sample.tags)}]", "---", "", _body(sample, link)]
    )


def _hugo(sample: Sample, made: Sequence[Sample]) -> str:
    def link(number: int) -> str:
        target = made[number]
        return f'[{target.title}]({{{{< relref "/{target.section}/{target.slug}.md" >}}}})'

    head = [
        f"title: {_quoted(sample.title)}",
        f"description: {_quoted(sample.summary)}",
        "date: 2026-10-01",
    ]
    tags = json.dumps(sample.tags, ensure_ascii=False)
    return "\n".join(["---", *head, f"tags: {tags}", "---", "", _body(sample, link)])


def _hugo_settings(out: Path) -> None:
    layouts = out / "layouts" / "_default"
    layouts.mkdir(parents=True)
    page = (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>'
        '<body><nav><a href="/">首页</a></nav><main data-pagefind-body><h1>{{ .Title }}</h1>%s</main></body></html>'
    )
    listed = '<ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a><p>{{ .Description }}</p></li>{{ end }}</ul>'
    article = (
        "<p>{{ .Description }}</p>{{ .TableOfContents }}{{ .Content }}"
        '{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}'
        '{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}'
        '{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}'
    )
    (layouts / "single.html").write_text(page % article, "utf-8")
    (layouts / "list.html").write_text((page % listed).replace(" data-pagefind-body", ""), "utf-8")
    (out / "hugo.toml").write_text(
        'baseURL = "https://example.org/"\ntitle = "指南"\nlanguageCode = "zh-cn"\n', "utf-8"
    )


def _mkdocs_settings(out: Path) -> None:
    (out / "docs" / "index.md").write_text("# 指南\n", "utf-8")
    (out / "mkdocs.yml").write_text(
        "site_name: 指南\nsite_url: https://example.org/\n"
        "theme: {name: material, language: zh, font: false}\n"
        "plugins: [search, tags]\n",
        "utf-8",
    )


def _nothing(out: Path) -> None:
    pass


_FLAVOURS: dict[str, Callable[[Sample, Sequence[Sample]], str]] = {
    "ours": _ours,
    "hugo": _hugo,
    "mkdocs": _ours,
}
_SETTINGS: dict[str, Callable[[Path], None]] = {
    "ours": _nothing,
    "hugo": _hugo_settings,
    "mkdocs": _mkdocs_settings,
}


def main() -> None:
    """Write a corpus from the command line."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    arguments.add_argument("--articles", type=int, required=True)
    arguments.add_argument("--flavour", choices=sorted(_FLAVOURS), default="ours")
    arguments.add_argument("--out", type=Path, required=True)
    given = arguments.parse_args()
    write(given.articles, given.flavour, given.out)


if __name__ == "__main__":
    main()
