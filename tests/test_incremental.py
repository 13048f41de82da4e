"""A build that begins where the last one ended makes what a build from nothing makes, byte by byte."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from overdue_guide.build import build
from overdue_guide.options import Options
from tests.content import CIVIL_CODE, options, write

SITE = "title: 指南\nbase_url: https://example.org/guide/\ntraditional: true\nsections:\n  - {slug: contact, title: 联系}\n"
WORDS = [
    "催收",
    "还款",
    "家人",
    "单位",
    "法院",
    "利息",
    "征信",
    "投诉",
    "电话",
    "短信",
    "協商",
    "分期",
    "12378",
    "LPR",
    "𠮷",
]
TAGS = ["家人", "隐私", "法院", "分期"]


def article(random: Random, names: list[str]) -> str:
    """A page with some of everything that refers to something else."""
    words = [random.choice(WORDS) for _ in range(12)]
    lines = [
        f"title: {words[0]}{words[1]}{random.randrange(9)}怎么办",
        f"summary: 先{words[2]}，再{words[3]}。",
        f"tags: [{random.choice(TAGS)}, {random.choice(TAGS)}]",
        f"weight: {random.randrange(3)}",
        "reviewed: 2026-11-01",
    ]
    if random.random() < 0.3 and names:
        lines.append(f"related: [{random.choice(names).removesuffix('.md')}]")
    if random.random() < 0.1:
        lines.append(f"aliases: [/old/{random.randrange(99)}/]")
    if random.random() < 0.1:
        lines.append("draft: true")
    body = [f"{words[4]}要{words[5]}，逾期别怕。", f"## {words[6]}", f"说{words[7]}和{words[8]}。"]
    if random.random() < 0.5:
        body.append("不得公开。[@civil-code:1034]")
    if random.random() < 0.3:
        body.append("[[channel:police]]")
    return "---\n" + "\n".join(lines) + "\n---\n" + "\n\n".join(body) + "\n"


def edit(content: Path, random: Random) -> None:
    """Change one thing, as an editor would."""
    names = sorted(
        path.relative_to(content).as_posix() for path in content.glob("contact/[a-z]*.md")
    )
    some = [name for name in names if not name.endswith("index.md")]
    new = f"contact/n{random.randrange(40)}.md"

    def rewritten(name: str, old: str, fresh: str) -> None:
        path = content / name
        path.write_text(path.read_text("utf-8").replace(old, fresh, 1), "utf-8")

    changes: list[Callable[[], object]] = [
        lambda: write(content.parent, {random.choice(some or [new]): article(random, some)}),
        lambda: write(content.parent, {new: article(random, some)}),
        lambda: (content / random.choice(some)).unlink() if len(some) > 2 else None,
        lambda: (content / random.choice(some)).rename(content / new) if some else None,
        lambda: rewritten(random.choice(some), "。\n", "，说清楚。\n") if some else None,
        lambda: rewritten(random.choice(some), "title: ", "title: 新") if some else None,
        lambda: write(content.parent, {"contact/index.md": f"---\ntitle: 联系\n---\n{new}。\n"}),
        lambda: write(content.parent, {"index.md": f"{random.choice(WORDS)}，看这里。\n"}),
        lambda: rewritten("site.yml", "title: 指", "title: 新指"),
        lambda: rewritten("reference/laws/civil-code.yml", "gist: ", "gist: 又"),
        lambda: rewritten("reference/glossary.yml", "meaning: ", "meaning: 就是"),
        lambda: rewritten(
            "reference/synonyms.yml", "means: [", f"means: [{random.choice(WORDS)}, "
        ),
        lambda: rewritten("reference/channels.yml", "handles: ", "handles: 又"),
        lambda: write(content.parent, {"contact/p.svg": f"<svg><!-- {new} --></svg>"}),
        lambda: write(
            content.parent.parent,
            {"templates/styles/print.css": f"p{{color:#{random.randrange(999):03}}}"},
        ),
        lambda: None,
    ]
    random.choice(changes)()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("incremental")


def start(folder: Path, random: Random) -> Options:
    """A small site, and what builds it."""
    shutil.rmtree(folder, ignore_errors=True)
    files = {
        "site.yml": SITE,
        "reference/laws/civil-code.yml": CIVIL_CODE,
        "reference/glossary.yml": "- {term: 逾期, meaning: 到期没还。}\n",
        "reference/synonyms.yml": "- {says: [爆通讯录], means: [联系第三人]}\n",
        "reference/channels.yml": "- {id: police, name: 报警, handles: 威胁, phone: '110'}\n",
    }
    names = [f"contact/n{number}.md" for number in range(5)]
    write(folder / "here", files | {name: article(random, []) for name in names})
    (folder / "templates" / "styles").mkdir(parents=True)
    return replace(
        options(folder / "here"),
        content=folder / "here" / "content",
        templates=folder / "templates",
        output=folder / "site",
        cache=folder / "cache",
        download=False,
    )


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@settings(
    max_examples=4,
    deadline=None,
    # A failing sequence of edits is told by its seed; making it smaller takes minutes.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@given(seed=st.integers(0, 10**9))
def test_a_warm_build_equals_a_cold_one_after_any_edits(place: Path, seed: int) -> None:
    random = Random(seed)
    warm = start(place / "w", random)
    assert build(warm).pages
    for _ in range(5):
        for _ in range(random.randrange(1, 3)):
            edit(warm.content, random)
        report = build(warm)
        cold = replace(warm, output=place / "w" / "cold", cache=None)
        again = build(cold)
        assert report.problems == again.problems
        assert report.pages == again.pages
        if report.pages:
            assert tree(warm.output) == tree(cold.output)


def test_what_did_not_change_keeps_its_time(place: Path) -> None:
    settings_ = start(place / "t", Random(1))
    build(settings_)
    before = {path: path.stat().st_mtime_ns for path in settings_.output.rglob("*.html")}
    path = settings_.content / "contact" / "n1.md"
    path.write_text(path.read_text("utf-8") + "\n多说一句。\n", "utf-8")
    report = build(settings_)
    after = {path: path.stat().st_mtime_ns for path in settings_.output.rglob("*.html")}
    changed = {path.parent.name for path in before if before[path] != after[path]}
    assert changed <= {"n1"}
    assert report.files.written < 20


def test_nothing_is_done_when_nothing_changed(place: Path) -> None:
    settings_ = start(place / "n", Random(2))
    first = build(settings_)
    told: list[str] = []
    again = build(settings_, lambda stage, done, total: told.append(stage))
    assert (first.problems, first.pages, first.base_url) == (
        again.problems,
        again.pages,
        again.base_url,
    )
    assert (0, 0, first.files.written) == (
        again.files.written,
        again.files.removed,
        again.files.kept,
    )
    assert {"look"} == set(told)


@pytest.mark.parametrize("spoil", ["log-*", "articles/*.pack", "search/*"])
def test_a_damaged_cache_is_made_anew(place: Path, spoil: str) -> None:
    settings_ = start(place / "d", Random(3))
    build(settings_)
    good = tree(settings_.output)
    assert settings_.cache
    for path in settings_.cache.glob(spoil):
        if path.is_file():
            data = bytearray(path.read_bytes())
            for at in range(len(data) // 2, len(data), 7):
                data[at] ^= 0x55
            path.write_bytes(data)
    path = settings_.content / "contact" / "n1.md"
    text = path.read_text("utf-8")
    path.write_text(text + "\n多说一句。\n", "utf-8")
    build(settings_)
    path.write_text(text, "utf-8")
    build(settings_)
    assert good == tree(settings_.output)


def test_two_outputs_share_a_cache(place: Path) -> None:
    one = start(place / "s", Random(4))
    other = replace(one, output=place / "s" / "other")
    for number in range(3):
        path = one.content / "contact" / "n1.md"
        path.write_text(path.read_text("utf-8") + f"\n第{number}句。\n", "utf-8")
        build(one)
        build(other)
        assert tree(one.output) == tree(other.output)


def test_what_was_taken_from_the_output_is_put_back_with_the_next_edit(place: Path) -> None:
    settings_ = start(place / "p", Random(5))
    build(settings_)
    good = tree(settings_.output)
    for name in ("contact/n0/index.html", "search/a.bin", "index.html"):
        (settings_.output / name).unlink()
    path = settings_.content / "contact" / "n1.md"
    text = path.read_text("utf-8")
    path.write_text(text + "\n多说一句。\n", "utf-8")
    build(settings_)
    path.write_text(text, "utf-8")
    build(settings_)
    assert good == tree(settings_.output)
