"""Work over processes: in order, and an end to it when one of them is killed."""

import subprocess
import sys

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
