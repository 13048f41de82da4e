"""Whether the search page finds whatever stands in an article: random pieces of a built site's texts.

``python -m tests.search.recall build [--queries 2000]`` asks the published scripts in Chromium for each piece
and prints how often they find its article, and how often the first result holds it. What a piece is, and
whether a page holds it, is worked out here from the HTML that readers see, not from the index.
"""

import argparse
import random
import re
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

LONGEST = 8
_BLOCKS = {"h1", "h2", "h3", "h4", "p", "li", "td", "th", "dt", "dd", "blockquote", "tr", "div"}
_SILENT = {"script", "style", "button", "summary", "nav", "form", "template", "select"}
_WORDY = re.compile(r"[^\W_]")

ASK = """async (asked) => {
  const core = document.querySelector("link[rel=modulepreload]").href;
  const { Engine } = await import(core);
  const engine = new Engine(document.documentElement.dataset.root);
  const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\\s/g, "");
  // Marks around words are no part of what is asked for; neither are the spaces between.
  const words = (query) => query.split(/\\s+/).map((word) => plain(word).replace(/^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+$/gu, ""));
  const answers = [];
  for (const [query, url] of asked) {
    const began = performance.now();
    const answer = await engine.search(query);
    let [at, found, held, milliseconds] = [0, false, false, 0];
    for await (const result of answer.results) {
      if (!at++) {
        milliseconds = performance.now() - began;
        const texts = result.passages.flatMap(({ heading, text }) => [heading, text]);
        const shown = [result.title, result.summary, ...texts, result.beside].map(plain).join("\\n");
        held = words(query).every((word) => shown.includes(word));
      }
      found = result.url === url;
      if (found) break;
    }
    answers.push({ query, url, found, held, count: answer.count, guess: answer.guess, milliseconds });
  }
  return answers;
}"""


@dataclass(frozen=True)
class Piece:
    """A piece of a text, as it is asked for, and the page on which it stands."""

    query: str
    url: str


class _Reader(HTMLParser):
    """The texts of an article as a reader sees them: its title, its answer and its body."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = [""]
        self._open: list[str] = []
        self._silent = 0
        self._within = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        if tag in ("br", "img", "input", "hr", "meta", "link", "wbr"):
            return
        self._open.append(tag)
        if tag in _SILENT or "answer__word" in classes:
            self._silent = self._silent or len(self._open)
        if not self._within and (tag == "h1" or {"prose", "answer"} & set(classes)):
            self._within = len(self._open)
        if tag in _BLOCKS:
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass
        if len(self._open) < self._silent:
            self._silent = 0
        if len(self._open) < self._within:
            self._within = 0
        if tag in _BLOCKS:
            self.texts.append("")

    def handle_data(self, data: str) -> None:
        if self._within and not self._silent:
            self.texts[-1] += data


def texts(site: Path) -> dict[str, list[str]]:
    """The paragraphs of each article of a built site, by address."""
    found = {}
    for path in sorted(site.glob("*/*/index.html")):
        html = path.read_text("utf-8")
        if "data-article" in html and not path.is_relative_to(site / "zh-hant"):
            reader = _Reader()
            reader.feed(html)
            shown = [" ".join(text.split()) for text in reader.texts]
            url = path.parent.relative_to(site).as_posix() + "/"
            found[url] = [text for text in shown if _WORDY.search(text)]
    return found


def pieces(found: dict[str, list[str]], count: int) -> Iterator[Piece]:
    """Random pieces of one to eight characters; every fifth is written wide, or in the other case."""
    chance = random.Random(20261123)
    urls = sorted(found)
    while count:
        url = chance.choice(urls)
        text = chance.choice(found[url])
        size = chance.randint(1, LONGEST)
        begin = chance.randrange(max(1, len(text) - size + 1))
        query = text[begin : begin + size].strip()
        if _WORDY.search(query):
            count -= 1
            yield Piece(_disguised(query) if count % 5 == 0 else query, url)


def _disguised(query: str) -> str:
    """The same in full-width characters, and in the other case."""
    wide = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in query.swapcase())
    return wide if unicodedata.normalize("NFKC", wide).lower() == query.lower() else query


def asked(page: Page, site: str, wanted: Sequence[Piece]) -> list[dict[str, Any]]:
    """What the search page at ``site`` says to each piece."""
    page.goto(f"{site}search/")
    found: list[dict[str, Any]] = page.evaluate(ASK, [[one.query, one.url] for one in wanted])
    return found


def main() -> None:
    """Measure, print, keep the figures."""
    from tests.browser.chromium import launched, served
    from tests.figures.records import Figure, begun, called

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("--queries", type=int, default=2000)
    options = parser.parse_args()
    measuring = begun(called("recall", sys.argv[2:]))
    wanted = list(pieces(texts(options.site), options.queries))
    with served(options.site) as address, launched() as browser:
        answers = asked(browser.new_page(), address, wanted)
    figures, of = [], f"of {len(answers):,}"
    for name in ("found", "held"):
        lost = [(one["query"], one["url"]) for one in answers if not one[name]]
        share = 1 - len(lost) / len(answers)
        figures.append(Figure(f"recall-{name}", share, f"all but {len(lost)} {of}"))
        print(f"{name:6} {share:.4f}  {lost[:20]}")  # noqa: T201
    empty = sum(not one["count"] for one in answers)
    taken = sorted(one["milliseconds"] for one in answers)[len(answers) // 2]
    print(f"empty  {empty}  of {len(answers)}; median to the first result {taken:.1f} ms")  # noqa: T201
    figures += [Figure("recall-empty", empty, of), Figure("recall-time", round(taken, 1))]
    measuring.record(figures)


if __name__ == "__main__":
    main()
