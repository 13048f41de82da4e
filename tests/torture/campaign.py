"""``python -m tests.torture.campaign``: builds killed by chance, on full disks, and two at once.

Whatever happened, the output must hold one whole build: the one before or the one after; and the
next build must make what a build from nothing makes. The first time that it is not so, it is told
with the seed, and everything is left in its folder.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.figures.records import Figure, begun, called
from tests.torture.machine import (
    FOREIGN,
    Machine,
    arguments,
    built,
    command,
    differing,
    edit,
    environment,
    place,
    started,
    whole,
    write_content,
)
from tests.torture.server import Wish

SIZES = (0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.75, 0.9, 1.1)
"""Of a disk, as parts of what a build from nothing needs."""

TOO_LATE = "done before it was killed"


@dataclass(slots=True)
class Campaign:
    """Two machines, a folder, and what a build from nothing makes of the guide in it."""

    random: Random
    folder: Path
    machine: Machine
    other: Machine
    states: list[dict[str, bytes]] = field(default_factory=list)
    """Before and after the edit."""
    edited: bool = False
    seconds: float = 1
    """That the last build took; loads change."""
    disks: int = 0
    """Tried so far."""

    def begin(self) -> None:
        """Write the guide; find out what comes of it and how long it takes."""
        write_content(self.folder)
        for edited in (False, True):
            edit(self.folder, edited)
            for machine in (self.machine, self.other):
                wish = Wish(arguments(self.folder, "--no-cache", "--quiet"), here=True)
                assert machine.run(wish).code == 0
            self.states.append(whole(self.output))
        self.turn()
        self.right()
        for path, data in FOREIGN.items():
            (self.output / path).parent.mkdir(parents=True, exist_ok=True)
            (self.output / path).write_bytes(data)

    @property
    def output(self) -> Path:
        """Where the site is published."""
        return place(self.folder, "output")

    def turn(self) -> None:
        """Edit the guide to and fro."""
        self.edited = not self.edited
        edit(self.folder, self.edited)
        if self.random.random() < 0.3:
            shutil.rmtree(place(self.folder, "cache"), ignore_errors=True)

    def found(self, foreign: Mapping[str, bytes] = FOREIGN) -> str:
        """Which site is there."""
        files = whole(self.output, foreign)
        for name, edited in (("new", self.edited), ("old", not self.edited)):
            if not differing(files, self.states[edited]):
                return f"the {name} site"
        raise AssertionError("the site is whole, but neither the old one nor the new one")

    def right(self, foreign: Mapping[str, bytes] | None = None) -> None:
        """The next build makes what a build from nothing makes."""
        began = time.monotonic()
        made = built(self.machine, self.folder)
        self.seconds = time.monotonic() - began
        assert made.code == 0, made
        assert [] == differing(whole(self.output, foreign), self.states[self.edited])


def killed(campaign: Campaign) -> str:
    """Kill a build somewhere; every fourth is a process of its own with two more below it."""
    campaign.turn()
    after = campaign.random.uniform(0.001, 1) * campaign.seconds
    if campaign.random.random() < 0.75:
        code = built(campaign.machine, campaign.folder, after=after).code
    else:
        # It takes a moment to begin.
        done = subprocess.Popen(
            command(campaign.folder, "--quiet", "--jobs", "2"), env=environment()
        )
        with suppress(subprocess.TimeoutExpired):
            done.wait(campaign.random.uniform(0, 2) * campaign.seconds + 0.3)
        done.kill()
        code = done.wait()
    assert code in (-9, 0), code
    found = campaign.found()
    campaign.right(FOREIGN)
    return f"killed, {found}" if code else f"{TOO_LATE}, {found}"


def together(campaign: Campaign) -> str:
    """Two builds at once, of one output or of two, with one cache."""
    campaign.turn()
    other = campaign.folder / "elsewhere" / "site"
    same = campaign.random.random() < 0.7
    more = () if same else ("--output", str(other))
    if campaign.random.random() < 0.3:
        shutil.rmtree(campaign.output.parent)
        shutil.rmtree(other.parent, ignore_errors=True)
    campaign.machine.begin(Wish(arguments(campaign.folder)))
    campaign.other.begin(Wish(arguments(campaign.folder, *more)))
    ended = campaign.machine.end(), campaign.other.end()
    assert [(0, ""), (0, "")] == [(one.code, one.said) for one in ended], ended
    for output in (campaign.output, campaign.output if same else other):
        foreign = FOREIGN if (output / "CNAME").exists() else {}
        assert [] == differing(whole(output, foreign), campaign.states[campaign.edited])
    return "both right, one output" if same else "both right, two outputs"


def starved(campaign: Campaign) -> str:
    """A build from nothing, and one after an edit, on a disk too small or just large enough."""
    if os.geteuid():
        raise PermissionError(
            "only root can mount a small disk (tmpfs): run `make torture` as root"
        )
    disk = campaign.folder / "public"
    shutil.rmtree(disk, ignore_errors=True)
    shutil.rmtree(place(campaign.folder, "cache"), ignore_errors=True)
    disk.mkdir()
    need = 2 * sum(len(data) + 4096 for data in campaign.states[0].values())
    part = SIZES[campaign.disks % len(SIZES)]
    campaign.disks += 1
    subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={int(need * part)}", "tmpfs", disk], check=True
    )
    try:
        first = _told(campaign)
        assert first == "done" or not campaign.output.exists()
        _resize(disk, 4 * need)
        campaign.right()
        campaign.turn()
        used = shutil.disk_usage(disk).used
        _resize(disk, used + int(need * part * 0.2))
        second = _told(campaign)
        assert campaign.found({}) == ("the new site" if second == "done" else "the old site")
        _resize(disk, 4 * need)
        campaign.right()
    finally:
        subprocess.run(["umount", disk], check=True)
    return f"first {first}, then {second}"


def _told(campaign: Campaign) -> str:
    made = built(campaign.machine, campaign.folder)
    if made.code:
        assert (3, 1) == (made.code, made.said.count("\n")), made
        assert "No space left" in made.said
    return "disk full" if made.code else "done"


def _resize(disk: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", disk], check=True)


@dataclass(frozen=True, slots=True)
class Kind:
    """A way to be unkind."""

    name: str
    figure: str
    """What its attempts are recorded as."""
    attempt: Callable[[Campaign], str]


KINDS = (
    Kind("killed", "torture-kills", killed),
    Kind("two at once", "torture-together", together),
    Kind("disk full", "torture-disks", starved),
)


def _rounds(kind: Kind, count: int, campaign: Campaign, done: Counter[str]) -> Counter[str]:
    told: Counter[str] = Counter()
    while done[kind.figure] < count:
        what = kind.attempt(campaign)
        told[what] += 1
        done[kind.figure] += not what.startswith(TOO_LATE)
        sys.stderr.write(f"\r{kind.name}: {done[kind.figure]} of {count}")
        sys.stderr.flush()
    sys.stderr.write("\n")
    return told


def _run(seed: int, counts: Sequence[int], done: Counter[str]) -> None:
    """All rounds, counted in ``done``; prints a table."""
    folder = Path(tempfile.mkdtemp())
    with ExitStack() as stack:
        machines = stack.enter_context(started()), stack.enter_context(started())
        campaign = Campaign(Random(seed), folder, *machines)
        campaign.begin()
        for kind, count in zip(KINDS, counts, strict=True):
            began = time.monotonic()
            for what, times in sorted(_rounds(kind, count, campaign, done).items()):
                sys.stdout.write(f"| {kind.name} | {what} | {times} |\n")
            sys.stdout.write(f"| {kind.name} | seconds | {time.monotonic() - began:.0f} |\n")
            sys.stdout.flush()
    shutil.rmtree(folder)


def main() -> None:
    """Run the campaign, print a table, keep the figures."""
    parser = argparse.ArgumentParser("make torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--together", type=int, default=50)
    parser.add_argument("--disks", type=int, default=10)
    parser.add_argument("--seed", type=int, default=Random().randrange(10**6))
    options = parser.parse_args()
    sys.stdout.write(f"seed {options.seed}\n")
    measuring = begun(called("torture", sys.argv[1:]))
    done: Counter[str] = Counter()
    try:
        _run(options.seed, (options.kills, options.together, options.disks), done)
    except AssertionError:
        measuring.record(_figures(done, options.seed, 1))
        raise
    measuring.record(_figures(done, options.seed, 0))


def _figures(done: Counter[str], seed: int, wrong: int) -> list[Figure]:
    tried = [Figure(kind.figure, done[kind.figure]) for kind in KINDS]
    return [*tried, Figure("torture-wrong", wrong, f"seed {seed}")]


if __name__ == "__main__":
    main()
