"""``python -m tests.torture.server``: runs commands in processes to which the machine is unkind.

One JSON object a line comes in (a ``Wish``), one goes out (an ``Outcome``). Each wish has a forked
process of its own, so it may die for good. What changes the disk is
seen by an audit hook (PEP 578), whichever function does it: that is where the process dies, or is
told that the disk is full.
"""

from __future__ import annotations

import errno
import json
import os
import resource
import sys
import tempfile
import threading
import time
from base64 import b64decode
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

CHANGES = {
    "os.chmod",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.symlink",
    "os.truncate",
    "os.utime",
}
"""Audit events that change the disk, besides opening to write and the exchange of two folders."""
NEEDS_SPACE = {"open", "os.link", "os.mkdir", "os.symlink"}
TO_WRITE = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


@dataclass(frozen=True, slots=True)
class Wish:
    """A command, and what shall go wrong."""

    arguments: tuple[str, ...] = ()
    """Of ``overdue-guide``."""
    publish: dict[str, str] | None = None
    """Instead: path → base64 of the files that ``write`` shall publish in ``output``."""
    output: str = ""
    below: str = ""
    """Only what happens in this folder counts."""
    how: str = ""
    """``kill``: die before the change; ``tear``: in the middle of it; or the name of an error."""
    at: int = 0
    """Which change it is, from 1; 0: none."""
    exchange: bool = True
    """False: the system cannot swap two folders in one step."""
    mount: str = ""
    """A folder said to be a mounted disk."""
    most: int = 0
    """No file may grow longer than so many bytes; 0: any."""
    here: bool = False
    """In the server itself, where nothing goes wrong: what this loads is there for all that follow."""
    after: float = 0
    """Seconds until the process is killed, wherever it is; 0: never."""
    late: int = 0
    """Seconds by which the clock is wrong."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the process ended."""

    code: int
    """Exit code; -9 when it was killed."""
    changes: int
    """Changes of the disk that it began."""
    said: str
    """On standard error."""


class Unkind:
    """An audit hook that goes wrong as wished."""

    def __init__(self, wish: Wish) -> None:
        self.wish = wish
        self.changes = 0
        self.busy = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.busy or not self._is_change(event, arguments):
            return
        self.changes += 1
        if not self.wish.at or self.changes < self.wish.at:
            return
        if self.wish.how in ("kill", "tear"):
            self.busy = True
            if self.wish.how == "tear" and event == "open":
                Path(arguments[0]).write_bytes(b"torn")
            os.kill(os.getpid(), 9)
        if self.wish.how != "ENOSPC" or event in NEEDS_SPACE:
            code = getattr(errno, self.wish.how)
            raise OSError(code, os.strerror(code), str(arguments[0]))

    def _is_change(self, event: str, arguments: tuple[Any, ...]) -> bool:
        if event == "ctypes.dlsym":
            return bool(arguments[1] == "renameat2")
        if event == "open":
            if isinstance(arguments[0], int) or not arguments[2] & TO_WRITE:
                return False
        elif event not in CHANGES:
            return False
        path = Path(os.fsdecode(arguments[0]))
        if event in ("os.remove", "os.rmdir") and arguments[1] >= 0:
            # A tree is removed with names relative to open folders.
            path = Path(f"/proc/self/fd/{arguments[1]}").readlink() / path
        return path.is_relative_to(self.wish.below)


def run(wish: Wish, said: str) -> Outcome:
    """Do what is wished in a process of its own."""
    if wish.here:
        return Outcome(_command(wish), 0, "")
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        code = 70
        try:
            code = _run(wish, said, send)
        finally:
            os._exit(code)
    os.close(send)
    killed = threading.Timer(wish.after, os.kill, (child, 9))
    if wish.after:
        killed.start()
    with os.fdopen(receive) as stream:
        told = stream.read()
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
    # Its number is not another's before it is waited for.
    killed.cancel()
    if wish.after:
        killed.join()
    _, status = os.waitpid(child, 0)
    return Outcome(
        os.waitstatus_to_exitcode(status), int(told or 0), Path(said).read_text("utf-8", "replace")
    )


def _run(wish: Wish, said: str, send: int) -> int:
    from overdue_guide import workarea

    os.dup2(os.open(said, os.O_WRONLY | os.O_TRUNC), 2)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    if not wish.exchange:
        workarea._exchange = lambda one, other: False
    if wish.mount:
        os.path.ismount = lambda path: str(path) == wish.mount
    if wish.most:
        resource.setrlimit(resource.RLIMIT_FSIZE, (wish.most, wish.most))
    if wish.late:
        right = time.time_ns
        time.time_ns = lambda: right() - wish.late * 1_000_000_000
    unkind = Unkind(wish)
    sys.addaudithook(unkind)
    code = _publish(wish) if wish.publish is not None else _command(wish)
    unkind.busy = True
    os.write(send, str(unkind.changes).encode())
    sys.stderr.flush()
    return code


def _command(wish: Wish) -> int:
    from overdue_guide import cli

    return cli.main(wish.arguments)


def _publish(wish: Wish) -> int:
    from overdue_guide import workarea, write
    from overdue_guide.model import OutputFile
    from overdue_guide.problems import SetupError

    files = [OutputFile(path, b64decode(data)) for path, data in (wish.publish or {}).items()]
    try:
        with workarea.locked(Path(wish.output)), write.stage(Path(wish.output)) as stage:
            stage.add([stage.put(file) for file in files])
            stage.publish()
    except SetupError as error:
        sys.stderr.write(error.key)
        return 2
    except OSError as error:
        sys.stderr.write(str(error))
        return 3
    return 0


def main() -> None:
    """Serve until there are no more wishes."""
    import overdue_guide.write  # noqa: F401  before any process is forked

    with tempfile.NamedTemporaryFile() as said:
        for line in sys.stdin:
            wish = Wish(**json.loads(line))
            sys.stdout.write(json.dumps(asdict(run(wish, said.name))) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
