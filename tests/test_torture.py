"""A build that is killed, starved, interrupted or not alone leaves one whole site, and nothing lost.

Where the machine is unkind by design (``tests.torture.server``), a build dies at each change of the
disk in turn. ``make torture`` does the same by chance and at length.
"""

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from overdue_guide import workarea
from overdue_guide.build import build
from tests.content import options, write
from tests.torture.machine import (
    FOREIGN,
    Machine,
    arguments,
    article,
    built,
    command,
    differing,
    edit,
    environment,
    place,
    publish,
    published,
    started,
    tree,
    whole,
    write_content,
)
from tests.torture.server import Wish

Site = Mapping[str, bytes]
SAME = {"a/b/index.html": b"same"}
OLD: Site = {**SAME, "index.html": b"old", "c.html": b"gone", "f.html": b"once"}
NEW: Site = {**SAME, "index.html": b"new", "d/e/index.html": b"come", "f.html": b"for one site"}
THIRD: Site = {**SAME, "index.html": b"3rd", "c.html": b"back", "f.html": b"once"}


@pytest.fixture(scope="module")
def machine() -> Iterator[Machine]:
    with started() as machine:
        yield machine


def prepared(output: Path, sites: Sequence[Site]) -> dict[str, bytes]:
    """Publish these one after the other, and let somebody put files beside them; those files."""
    for site in sites:
        publish(site, output)
    if not sites:
        return {}
    for path, data in FOREIGN.items():
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).write_bytes(data)
    return dict(FOREIGN)


@pytest.mark.parametrize(
    ("how", "exchange", "before", "after"),
    [
        pytest.param("kill", True, (), NEW, id="the first site"),
        pytest.param("kill", True, (OLD,), NEW, id="the second"),
        pytest.param("kill", True, (THIRD, OLD), THIRD, id="with a tree of the site before"),
        pytest.param("tear", True, (THIRD, OLD), NEW, id="in the middle of a write"),
        pytest.param("kill", False, (OLD,), NEW, id="where two renames publish"),
    ],
)
def test_killed_at_any_change_of_the_disk(
    machine: Machine,
    tmp_path: Path,
    how: str,
    exchange: bool,
    before: Sequence[Site],
    after: Site,
) -> None:
    for at in count(1):
        output = tmp_path / str(at) / "site"
        foreign = prepared(output, before)
        died = machine.publish(NEW, output, how=how, at=at, exchange=exchange)
        assert died.code in (-9, 0), died
        if not exchange:
            # One rename away at worst, and put right before anything else is done.
            with workarea.locked(output):
                pass
        if before or output.exists():
            assert published(output, foreign) in (OLD, NEW)
        publish(after, output)
        assert after == published(output, foreign)
        if died.code == 0:
            break
    assert at > 10


@pytest.mark.parametrize("before", [(), (NEW, OLD)], ids=["the first site", "another"])
def test_a_disk_full_from_any_change_on(
    machine: Machine, tmp_path: Path, before: Sequence[Site]
) -> None:
    for at in count(1):
        output = tmp_path / str(at) / "site"
        foreign = prepared(output, before)
        starved = machine.publish(NEW, output, how="ENOSPC", at=at)
        if starved.code == 0:
            break
        assert starved.code == 3
        assert "No space left" in starved.said
        if before:
            assert OLD == published(output, foreign)
        else:
            assert not output.exists()
        publish(NEW, output)
        assert NEW == published(output, foreign)
    assert at > 5


# Whole builds, of a small guide that is edited to and fro.


@pytest.fixture(scope="module")
def states(
    machine: Machine, tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """What a build from nothing makes of the guide, and of the guide after the edit."""
    folder = tmp_path_factory.mktemp("states")
    write_content(folder)
    made = []
    for edited in (False, True):
        edit(folder, edited)
        # What the machine loads for it is there for all builds that follow.
        wish = Wish(arguments(folder, "--no-cache", "--quiet"), here=True)
        assert machine.run(wish).code == 0
        made.append(whole(place(folder, "output")))
    one, other = made
    assert len(differing(one, other)) > 5
    return one, other


def test_whole_builds_killed_along_the_way(
    machine: Machine, tmp_path: Path, states: tuple[Site, Site]
) -> None:
    write_content(tmp_path)
    edit(tmp_path, False)
    output = place(tmp_path, "output")
    for at in (3, 120):
        assert built(machine, tmp_path, how="kill", at=at).code == -9
        assert not output.exists()
    assert built(machine, tmp_path).code == 0
    assert [] == differing(states[0], whole(output))
    changes = 0
    for turn, part in enumerate((0, 0.1, 0.6, 0.95), 1):
        edit(tmp_path, bool(turn % 2))
        before = whole(output)
        died = built(machine, tmp_path, how="kill", at=int(changes * part))
        assert died.code == (-9 if part else 0), died
        # The first edit also makes the tree, so the others have fewer changes.
        changes = changes or died.changes // 2
        assert [] in (differing(before, whole(output)), differing(states[turn % 2], whole(output)))
        assert built(machine, tmp_path).code == 0
        assert [] == differing(states[turn % 2], whole(output))


def test_a_clean_that_was_killed_is_made_good(
    machine: Machine, tmp_path: Path, states: tuple[Site, Site]
) -> None:
    write_content(tmp_path)
    edit(tmp_path, False)
    assert built(machine, tmp_path).code == 0
    folders = [
        word for name in ("output", "cache") for word in (f"--{name}", str(place(tmp_path, name)))
    ]
    wish = Wish(("clean", *folders), below=str(tmp_path), how="kill", at=20)
    assert machine.run(wish).code == -9
    assert built(machine, tmp_path).code == 0
    assert [] == differing(states[0], whole(place(tmp_path, "output")))


def test_an_output_that_cannot_be_written_to_is_told_in_one_line(
    machine: Machine, tmp_path: Path, states: tuple[Site, Site]
) -> None:
    write_content(tmp_path)
    edit(tmp_path, False)
    output = place(tmp_path, "output")
    below = str(output.parent)
    for unkind in ({"how": "EROFS", "at": 1}, {"how": "EACCES", "at": 3}, {"most": 20_000}):
        refused = built(machine, tmp_path, **{"below": below, **unkind})
        assert (3, 1) == (refused.code, refused.said.count("\n")), refused
        assert not output.exists()
    assert built(machine, tmp_path).code == 0
    edit(tmp_path, True)
    for unkind in ({"how": "EROFS", "at": 1}, {"how": "ENOSPC", "at": 9}, {"most": 500}):
        refused = built(machine, tmp_path, **{"below": below, **unkind})
        assert (3, 1) == (refused.code, refused.said.count("\n")), refused
        assert [] == differing(states[0], whole(output))
    assert built(machine, tmp_path).code == 0
    assert [] == differing(states[1], whole(output))


def test_a_cache_that_cannot_be_written_to_is_no_failure(
    machine: Machine, tmp_path: Path, states: tuple[Site, Site]
) -> None:
    write_content(tmp_path)
    for edited, how in ((False, "EROFS"), (True, "ENOSPC")):
        edit(tmp_path, edited)
        made = built(machine, tmp_path, how=how, at=1, below=str(place(tmp_path, "cache")))
        assert (0, "") == (made.code, made.said)
        assert [] == differing(states[edited], whole(place(tmp_path, "output")))
    assert {} == tree(place(tmp_path, "cache"))


def test_a_mounted_disk_cannot_be_the_output(machine: Machine, tmp_path: Path) -> None:
    write_content(tmp_path)
    output = place(tmp_path, "output")
    output.mkdir(parents=True)
    refused = built(machine, tmp_path, mount=str(output))
    assert (2, 1) == (refused.code, refused.said.count("\n"))
    assert f"{output} is a mounted disk" in refused.said


def test_an_edit_is_seen_whatever_clock_and_times_say(machine: Machine, tmp_path: Path) -> None:
    write_content(tmp_path)
    times = {"n0": 4e9, "n1": 0.0, "n2": 1.7e9}
    # At first the clock is a day ahead, so that everything seems old; then right; then set back.
    for text, late in (("甲说法", -86_400), ("乙说法", 0), ("丙说法", 86_400)):
        for name, stamp in times.items():
            path = tmp_path / "content" / "contact" / f"{name}.md"
            path.write_text(article("题", text + name), "utf-8")
            os.utime(path, (stamp, stamp))
        assert built(machine, tmp_path, late=late).code == 0
        for name in times:
            page = place(tmp_path, "output") / "contact" / name / "index.html"
            assert text + name in page.read_text("utf-8")


@pytest.mark.parametrize(
    "edited", ["content/contact/p.png", "content/contact/n0.md", "templates/styles/print.css"]
)
def test_what_is_edited_while_a_build_runs_is_in_the_next(tmp_path: Path, edited: str) -> None:
    write_content(tmp_path)
    styles = tmp_path / "templates" / "styles" / "print.css"
    styles.parent.mkdir(parents=True)
    styles.write_text("p{color:#111}")
    settings = options(
        tmp_path, cache=tmp_path / "cache", templates=tmp_path / "templates", download=False
    )

    def meanwhile(stage: str, done: int, total: int) -> None:
        if stage == "load" and done:
            path = tmp_path / edited
            path.write_text("p{color:#222}" if path == styles else article("题", "丁说法"), "utf-8")

    build(settings, meanwhile)
    build(settings)
    cold = replace(settings, cache=None, output=tmp_path / "cold")
    build(cold)
    assert [] == differing(whole(cold.output), whole(settings.output))


def test_three_builds_at_once_with_one_cache(tmp_path: Path, states: tuple[Site, Site]) -> None:
    write_content(tmp_path)
    edit(tmp_path, False)
    other = tmp_path / "elsewhere" / "site"
    more = ((), (), ("--output", str(other)))
    running = [subprocess.Popen(command(tmp_path, *some), env=environment()) for some in more]
    assert [0, 0, 0] == [one.wait() for one in running]
    for output in (place(tmp_path, "output"), other):
        assert [] == differing(states[0], whole(output))


def test_the_process_itself_killed_and_interrupted(
    tmp_path: Path, states: tuple[Site, Site]
) -> None:
    """The index's process, and enough articles for two more: all go down with the first."""
    write_content(tmp_path)
    edit(tmp_path, False)
    output = place(tmp_path, "output")
    done = subprocess.run(command(tmp_path), env=environment(), check=True)
    assert done.returncode == 0
    pages = {f"contact/m{at}.md": article(f"多{at}") for at in range(80)}
    write(tmp_path, pages)
    for some, sent, expected in (
        (1, signal.SIGKILL, -9),
        (1, signal.SIGINT, 130),
        (3, signal.SIGKILL, -9),
        (3, signal.SIGINT, 130),
    ):
        build = subprocess.Popen(
            command(tmp_path, "--jobs", "2"),
            env=environment(),
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert build.stderr
        with build.stderr:
            while build.poll() is None and len(children(build.pid)) < some:
                time.sleep(0.001)
            os.killpg(build.pid, sent)
            try:
                assert (expected, "") == (build.wait(300), build.stderr.read())
                while sent == signal.SIGKILL and members(build.pid):
                    time.sleep(0.001)  # all are killed, but nobody waits for the others to be gone
                assert [] == members(build.pid)
            finally:
                with suppress(ProcessLookupError):
                    os.killpg(build.pid, signal.SIGKILL)
        assert [] == differing(states[0], whole(output))
    for path in pages:
        (tmp_path / "content" / path).unlink()
    edit(tmp_path, True)
    subprocess.run(command(tmp_path, "--quiet"), env=environment(), check=True)
    assert [] == differing(states[1], whole(output))


def children(process: int) -> list[str]:
    """The processes that it began and that are still there."""
    try:
        return Path(f"/proc/{process}/task/{process}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def members(session: int) -> list[str]:
    """The processes of a session, which need not be children of anybody."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(FileNotFoundError, ProcessLookupError):
            state, _, _, of = stat.read_text().rpartition(")")[2].split()[:4]
            if int(of) == session and state != "Z":
                found.append(stat.parent.name)
    return found
