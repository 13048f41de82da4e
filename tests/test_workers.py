"""Work over processes: in order, and an end to it when one of them is killed."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.torture.machine import environment

SCRIPT = """
import os, signal
from overdue_guide import workers

first = os.getpid()

def work(item):
    if {when} and os.getpid() != first:
        os.kill(os.getpid(), signal.SIGKILL)
    return item * 2

with workers.spread(work, range(100), 2, 10) as results:
    print([result for result, seconds in results] == [item * 2 for item in range(100)])
"""


@pytest.mark.parametrize(
    ("when", "expected"),
    [("False", "True"), ("item == 50", "ChildProcessError"), ("item == 99", "ChildProcessError")],
    ids=["nobody", "one in the middle", "one with the last item"],
)
def test_killed(when: str, expected: str) -> None:
    """Not in this process: what happens there must not happen to the tests."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(when=when)],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert expected in (done.stdout + done.stderr).splitlines()[-1]


TALK = """
import os, signal
from overdue_guide import workers

first = os.getpid()

def talk():
    told = yield os.getpid() != first
    if told == "die":
        os.kill(os.getpid(), signal.SIGKILL)
    if told == "fail":
        raise PermissionError(13, "no", "there")
    yield told * 2

with workers.beside(talk(), alone={alone}) as partner:
    print(partner.hear())
    partner.tell({told!r})
    print(partner.hear())
"""


@pytest.mark.parametrize(
    ("alone", "told", "elsewhere", "expected"),
    [
        (False, 21, "True", "42"),
        (True, 21, "False", "42"),
        (False, "fail", "True", "PermissionError: [Errno 13] no: 'there'"),
        (True, "fail", "False", "PermissionError: [Errno 13] no: 'there'"),
        (False, "die", "True", "ChildProcessError: [Errno 10] No child processes"),
    ],
)
def test_a_partner_answers_in_turn(
    alone: bool, told: object, elsewhere: str, expected: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", TALK.format(alone=alone, told=told)],
        env=environment(),
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert elsewhere == done.stdout.splitlines()[0]
    assert expected == (done.stdout + done.stderr).splitlines()[-1]


def test_a_partner_ends_with_whom_it_talks_to() -> None:
    """However that ends: it would else hold on to what it was lent."""
    script = """
import os, signal, time
from overdue_guide import workers

def talk():
    told = yield os.getpid()
    yield told

with workers.beside(talk(), alone=False) as partner:
    print(partner.hear(), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run(
        [sys.executable, "-c", script], env=environment(), capture_output=True, text=True
    )
    other = int(done.stdout)
    for _ in range(600):
        if not Path(f"/proc/{other}").exists():
            return
        time.sleep(0.1)
    raise AssertionError("it is still there")
