"""Where time went: measured for every stage, and told when it is asked for."""

from pathlib import Path

import pytest

from overdue_guide.clock import Clock
from tests.content import HEAD, run, write
from tests.test_terminal import on_terminal

STAGES = ["look", "import", "load", "check", "plan", "index", "render", "offline", "write"]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, {f"a/b{n}.md": HEAD + "正文。\n" for n in range(12)})
    return tmp_path


def quiet(stage: str, done: int, total: int) -> None:
    pass


def test_a_clock_keeps_the_ten_slowest_of_each_stage() -> None:
    clock = Clock(quiet)
    for at in (*range(0, 12, 2), *range(1, 12, 2)):
        clock.took("load", f"{at}.md", float(at))
    clock.took("render", "a/", 0.5)
    assert (
        ("load", tuple((f"{at}.md", float(at)) for at in range(11, 1, -1))),
        ("render", (("a/", 0.5),)),
    ) == clock.slowest


def test_a_stage_in_pieces_counts_once() -> None:
    clock = Clock(quiet)
    with clock.stage("plan"), clock.stage("index"):
        pass
    first = dict(clock.told)["plan"]
    with clock.stage("plan"):
        pass
    assert ["index", "plan"] == [stage for stage, _ in clock.told]
    assert dict(clock.told)["plan"] > first


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_profile_tells_stages_and_the_slowest_work(jobs: str, here: Path) -> None:
    write(here, {f"c/d{n}.md": HEAD + "正文。\n" for n in range(60)})
    typed = ("build", "--no-cache", "--today", "2026-11-23", "--jobs", jobs)
    told = run(*typed, "--profile").err
    table, load, render = told.split("\n\n")
    assert ["start", *STAGES, "rest", "total"] == [line.split()[0] for line in table.splitlines()]
    assert table.endswith("100.0%")
    assert "load: the slowest" == load.splitlines()[0]
    assert {".md"} == {line[-3:] for line in load.splitlines()[1:]}
    assert [10, 10] == [len(part.splitlines()) - 1 for part in (load, render)]
    for part in (load, render):
        seconds = [float(line.split()[0]) for line in part.splitlines()[1:]]
        assert sorted(seconds, reverse=True) == seconds
    assert "" == run(*typed).err


def test_what_was_remembered_took_no_time(here: Path) -> None:
    typed = ("build", "--today", "2026-11-23", "--profile")
    run(*typed)
    (here / "content" / "a" / "b3.md").write_text(HEAD + "正文，改过。\n", "utf-8")
    _, load, _ = run(*typed).err.split("\n\n")
    assert ["a/b3.md"] == [line.split()[-1] for line in load.splitlines()[1:]]
    assert "slowest" not in run(*typed).err


def test_a_terminal_shows_each_stage_in_turn(here: Path) -> None:
    said, _ = on_terminal(here, "build", "--jobs", "1")
    shown = [part.split()[0] for part in said.split("\r\x1b[K") if part.strip()]
    assert STAGES == list(dict.fromkeys(shown))
    assert "查看" in on_terminal(here, "build", LC_ALL="zh_CN.UTF-8")[0]
