"""Hostile texts from ``table.toml``, and a content folder that has each of them in every field.

``RUN`` becomes a call that tells which payload ran, ``AWAY`` an address on ``AWAY_HOST``; both hold
no quotes and no spaces, so that they stand in any payload as it is.
"""

import json
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

AWAY_HOST = "away.example"
NAMES = ("constructor", "toString", "hasOwnProperty", "prototype", "valueOf", "then")
"""File names that are names in JavaScript, too."""
_RULES = (
    "unsafe-html heading-level duplicate-anchor unsourced-claim unlisted-law review-due "
    "broken-link broken-anchor unknown-footnote address-clash"
)


@dataclass(frozen=True)
class Payload:
    """One hostile text."""

    number: int
    kind: str
    text: str
    carriers: tuple[str, ...] = ()
    """Texts with ``ADDRESS``; where it may stand, for a payload that is an address."""

    @property
    def id(self) -> str:
        return f"p{self.number}"


@dataclass
class Chunk:
    """Lines of a file; the second are put in their place where a check refuses the first."""

    hostile: str
    safe: str = ""
    payload: Payload | None = None
    refused: bool = False

    @property
    def text(self) -> str:
        return self.safe if self.refused else self.hostile


@dataclass
class Hostile:
    """A content folder in the making: path → its chunks."""

    files: dict[str, list[Chunk]] = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        for path, chunks in self.files.items():
            place = folder / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text("".join(chunk.text for chunk in chunks), "utf-8")

    def refuse(self, places: Iterable[tuple[str, int]]) -> None:
        """Take back what stands at these lines, counted in what was written."""
        wrong = [self._chunk(path, line) for path, line in places]
        for chunk in wrong:
            chunk.refused = True

    def _chunk(self, path: str, line: int) -> Chunk:
        """The last hostile chunk that begins at or before a line."""
        at, found = 1, None
        for chunk in self.files[path]:
            if at > line:
                break
            found = chunk if chunk.payload else found
            at += chunk.text.count("\n")
        assert found, (path, line)
        return found

    def published(self) -> set[int]:
        """Numbers of the payloads that stand somewhere in what is built."""
        chunks = (chunk for chunks in self.files.values() for chunk in chunks)
        return {chunk.payload.number for chunk in chunks if chunk.payload and not chunk.refused}


def payloads() -> Iterator[Payload]:
    """Every payload of the table, numbered."""
    table = tomllib.loads((Path(__file__).parent / "table.toml").read_text("utf-8"))
    number = 0
    for kind, group in table.items():
        for text in group["payloads"]:
            number += 1
            carriers = tuple(_armed(one, number) for one in group.get("carriers", []))
            yield Payload(number, kind, _armed(text, number), carriers)


def _armed(text: str, number: int) -> str:
    return text.replace("RUN", f"ran({number})").replace("AWAY", f"//{AWAY_HOST}/{number}")


def hostile_site() -> Hostile:
    """Every payload in an article, in a law, and so on: each kind of file and each field of it."""
    each = list(payloads())
    site = Hostile()
    site.files["site.yml"] = [*_site(each)]
    site.files["reference/channels.yml"] = [*map(_channel, each[::3])]
    site.files["reference/glossary.yml"] = [*map(_term, each[1::3])]
    site.files["reference/synonyms.yml"] = [*map(_synonym, each)]
    site.files["reference/contact-rules.yml"] = [*map(_contact_rule, each[::9])]
    site.files["reference/laws/civil-code.yml"] = [Chunk(_LAW), *map(_provision, each[2::3])]
    for group in range(0, len(each), 12):
        some = each[group : group + 12]
        site.files[f"reference/laws/law-{group}.yml"] = [*_law(some[0], some[1:])]
        site.files[f"checks/check-{group}.yml"] = [*_checker(some)]
        site.files[f"letters/letter-{group}.md"] = [*_letter(some)]
    for payload in each:
        site.files[f"{payload.kind}/{payload.id}.md"] = [*_article(payload)]
    for name in NAMES:
        site.files[f"names/{name}.md"] = [
            Chunk(f"---\ntitle: {name}\nsummary: 要点\n{_DAY}---\n字\n")
        ]
    return site


_DAY = "reviewed: 2026-11-01\n"
_LAW = """title: 中华人民共和国民法典
short: [民法典]
issuer: 全国人民代表大会
effective: 2021-01-01
force: statute
provisions:
  "1033": {gist: 私生活安宁。}
"""


def _yaml(value: object) -> str:
    """JSON is YAML, and leaves no text any way out."""
    return json.dumps(value, ensure_ascii=True)


def _line(key: str, payload: Payload, safe: str = "", wrap: str = "{}") -> Chunk:
    return Chunk(f"{key}: {wrap.format(_yaml(payload.text))}\n", safe, payload)


def _article(payload: Payload) -> Iterator[Chunk]:
    yield Chunk("---\n")
    yield _line("title", payload, "title: 题\n")
    yield _line("summary", payload, "summary: 要点\n")
    yield Chunk(f"{_DAY}risk: low\n")
    yield _line("question", payload)
    if payload.number % 6 == 0:  # each has a page of its own
        yield _line("tags", payload, wrap="[{}]")
    yield _line("keywords", payload, wrap="[{}]")
    yield _line("authors", payload, wrap="[{}]")
    yield _line("changes", payload, wrap="[{{date: 2026-11-02, note: {}}}]")
    yield Chunk(f"---\n\n要点：{payload.id}。\n\n")
    for place in _places(payload):
        yield Chunk(f"{place}\n\n", "字\n\n", payload)
    yield Chunk("要点在最后。\n")


def _places(payload: Payload) -> Iterator[str]:
    """Where in a text it may stand; those that follow an unclosed tag are eaten by it."""
    text = payload.text
    if payload.carriers:
        yield from (one.replace("ADDRESS", text) for one in payload.carriers)
        return
    if "\n" not in text:
        yield f"## {text}"
        yield f"- {text}\n- **{text}**"
        yield f"| {text} | 字 |\n| --- | --- |\n| 字 | {text} |"
        yield f"[{text}](https://fine.example/)"
        yield f'[字](https://fine.example/ "{text}")'
        yield f"`{text}`"
        yield f'!!! note "{text}"\n    {text}'
        yield f"字[^1]\n\n[^1]: {text}"
        yield f"> {text}"
    yield text


def _site(each: list[Payload]) -> Iterator[Chunk]:
    by = {payload.text.partition(">")[0]: payload for payload in each}
    bold = by["</script"]
    yield Chunk("base_url: https://guide.example/sub/\ntraditional: true\n")
    rules = ", ".join(f"{rule}: off" for rule in _RULES.split())
    yield Chunk(f"rules: {{{rules}}}\n")
    yield _line("title", bold, "title: 题\n")
    yield _line("tagline", by['"'])
    yield Chunk("help: [c1]\nsections:\n")
    kinds = dict.fromkeys(payload.kind for payload in each)
    for kind in kinds:
        some = next(payload for payload in each if payload.kind == kind)
        fields = {"slug": kind, "title": some.text, "summary": some.text}
        safe = f"  - {{slug: {kind}, title: 题}}\n"
        yield Chunk(f"  - {_yaml(fields)}\n", safe, some)
    yield Chunk("stages:\n")
    for payload in each[::15]:
        says = [{"says": payload.text}]
        fields = {"id": f"s{payload.number}", "title": payload.text, "summary": payload.text}
        more = {"short": payload.text, "this_week": says, "next": says}
        yield Chunk(f"  - {_yaml({**fields, **more})}\n", "", payload)


def _record(payload: Payload, fields: Mapping[str, object]) -> Chunk:
    return Chunk(f"- {_yaml(fields)}\n", "", payload)


def _channel(payload: Payload) -> Chunk:
    texts = dict.fromkeys(("name", "handles", "not_for", "before", "where", "note"), payload.text)
    web = "https://fine.example/" + payload.text.replace("\n", "")
    return _record(
        payload, {"id": f"c{payload.number}", **texts, "web": web, "source": payload.text}
    )


def _term(payload: Payload) -> Chunk:
    text = payload.text
    return _record(payload, {"term": text, "aka": [f"俗称{text}"], "meaning": text, "group": "组"})


def _synonym(payload: Payload) -> Chunk:
    return _record(
        payload, {"says": [f"说{payload.number}", payload.text], "means": [payload.text]}
    )


def _contact_rule(payload: Payload) -> Chunk:
    fields = {"id": f"r{payload.number}", "title": payload.text, "says": payload.text}
    law = {"level": "law", "cites": ["civil-code:1033"], "when": [{"whom": ["family"]}]}
    return _record(payload, {**fields, **law})


def _provision(payload: Payload) -> Chunk:
    fields = {"article": payload.text, "gist": payload.text}
    return Chunk(f'  "{5000 + payload.number}": {_yaml(fields)}\n', "", payload)


def _law(first: Payload, others: list[Payload]) -> Iterator[Chunk]:
    yield _line("title", first, f"title: 法{first.number}\n")
    yield _line("issuer", first, "issuer: 某机关\n")
    yield _line("note", first)
    yield _line("gist", first)
    yield _line("short", first, wrap="[{}]")
    yield _line("official", first, wrap="{{name: {}, url: 'https://fine.example/'}}")
    yield Chunk("effective: 2021-01-01\nforce: statute\nprovisions:\n  '1': {gist: 要点。}\n")
    yield from map(_provision, others)


def _checker(some: list[Payload]) -> Iterator[Chunk]:
    first, second, third, *rest = [*some, *some, *some]
    yield _line("title", first, f"title: 自查{first.number}\n")
    yield _line("summary", first, "summary: 要点\n")
    yield Chunk(f"{_DAY}questions:\n  q:\n")
    yield _line("    asks", second, "    asks: 问\n")
    yield _line("    help", second)
    yield Chunk("    answers:\n")
    for payload in rest[:5]:
        answer = {"says": payload.text, "note": payload.text, "to": "end"}
        yield Chunk(f"      - {_yaml(answer)}\n", "", payload)
    yield Chunk("      - {says: 其他, to: end}\n      - {says: 都不是, to: end}\n")
    yield Chunk("outcomes:\n  end:\n    verdict: unclear\n")
    for name in ("title", "means", "sure"):
        yield _line(f"    {name}", third, f"    {name}: 字\n")
    reason = {"says": third.text, "cites": ["civil-code:1033"]}
    yield Chunk("    reasons:\n")
    yield Chunk(f"      - {_yaml(reason)}\n", "", third)
    yield Chunk("      - {says: 字, cites: ['civil-code:1033']}\n    steps:\n      - {does: 字}\n")
    for payload in rest[5:9]:
        yield Chunk(f"      - {_yaml({'does': payload.text})}\n", "", payload)
    yield _line("    keep", third, wrap="[{}]")


def _letter(some: list[Payload]) -> Iterator[Chunk]:
    first = some[0]
    yield Chunk("---\n")
    yield _line("title", first, "title: 信\n")
    yield _line("summary", first, "summary: 要点\n")
    yield Chunk(f"{_DAY}blanks:\n  - {{id: name, label: 姓名, kind: text}}\n")
    for payload in some:
        blank = {"id": payload.id, "label": payload.text, "kind": "lines", "hint": payload.text}
        yield Chunk(f"  - {_yaml(blank)}\n", f"  - {{id: {payload.id}, label: 空}}\n", payload)
    yield Chunk("---\n\n先看日期。\n\n## 范本\n\n我是 {{name}}。\n\n")
    for payload in some:
        yield Chunk(f"致：{{{{{payload.id}}}}}\n\n")
