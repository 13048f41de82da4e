"""Results of earlier builds by the digest of all that they depend on; the only user of msgspec.

Entries are MessagePack, read back into a declared type: a foreign cache can hold wrong data but
cannot run code. An entry that does not decode is a miss.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from overdue_guide import __version__
from overdue_guide.problems import SetupError

T = TypeVar("T")
TAG = "CACHEDIR.TAG"
"""Marks a folder as a cache, to us and to back-up programs (bford.info/cachedir)."""

_SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55\n"
_OURS = re.compile(r"\.?[0-9a-f]{32}(\.\d+)?")
"""An entry, or one that a killed build was writing."""

_PACKAGES = ("markdown", "nh3", "pyyaml")


def digest(*parts: str | bytes) -> str:
    """A digest of the parts and of the code that makes something of them."""
    state = hashlib.blake2b(_code_digest(), digest_size=16)
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        state.update(len(data).to_bytes(8, "little"))
        state.update(data)
    return state.hexdigest()


@cache
def _code_digest() -> bytes:
    state = hashlib.blake2b(__version__.encode(), digest_size=16)
    for source in sorted(Path(__file__).parent.rglob("*.py")):
        state.update(source.read_bytes())
    for package in _PACKAGES:
        state.update(version(package).encode())
    return state.digest()


def prepare(folder: Path) -> None:
    """Mark a new or empty folder as a cache; one with files in it is used, but never made ours."""
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        if not any(folder.iterdir()):
            (folder / TAG).write_text(_SIGNATURE, "ascii")


def remove(folder: Path) -> None:
    """Remove a cache of ours; raises SetupError when the folder holds anything else."""
    if folder.exists() and not (folder / TAG).is_file():
        example = next((entry.name for entry in sorted(folder.iterdir())), "")
        raise SetupError("foreign-folder", folder=folder, example=example)
    shutil.rmtree(folder, ignore_errors=True)


class Store(Generic[T]):
    """Entries of one type below a folder; without a folder nothing is remembered.

    ``kind`` is the type as msgspec takes it, a tuple or a dataclass.
    """

    def __init__(self, folder: Path | None, kind: Any) -> None:
        self.folder = folder
        self._used: set[str] = set()
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(kind).decode

    def get(self, key: str) -> T | None:
        """The entry under ``key``, or None when there is none that can be read."""
        if self.folder is None:
            return None
        self._used.add(key)
        try:
            entry: T = self._decode((self.folder / key).read_bytes())
            return entry
        except (OSError, msgspec.MsgspecError):
            return None

    def put(self, key: str, value: T) -> None:
        """Remember a value; a cache that cannot be written to is no reason to fail."""
        if self.folder is None:
            return
        temporary = self.folder / f".{key}.{os.getpid()}"
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(self._encode(value))
            temporary.replace(self.folder / key)
        except OSError:
            with suppress(OSError):
                temporary.unlink()

    def prune(self) -> None:
        """Forget what this run did not ask for, so that the cache stays as large as the site."""
        if self.folder is None or not self.folder.is_dir():
            return
        for entry in self.folder.iterdir():
            if entry.name not in self._used and _OURS.fullmatch(entry.name):
                with suppress(OSError):
                    entry.unlink()
