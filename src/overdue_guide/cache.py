"""Results of earlier builds by the digest of all that they depend on; the only user of msgspec.

Entries are MessagePack, read back into declared types: a foreign cache can hold wrong data but
cannot run code. Whatever does not decode, or came of other code, is missing, not wrong.

Entries lie in packs, immutable files named by what they hold: two builds at once never write to the
same one. In a pack the small parts of all entries come first, in one piece, so that ten thousand of
them are read at once; the large part of an entry is read when it is asked for.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from overdue_guide import __version__
from overdue_guide.problems import SetupError
from overdue_guide.structs import Struct

H = TypeVar("H")
T = TypeVar("T")

TAG = "CACHEDIR.TAG"
"""Marks a folder as a cache, to us and to back-up programs (bford.info/cachedir)."""

_SIGNATURE = "Signature: 8a477f597d28d172789f06886806bc55\n"
_OURS = re.compile(r"\.?[0-9a-f]{32}\.pack(\.\d+)?")
"""A pack, or one that a killed build was writing."""
_MAGIC = b"overdue-guide pack 2\n"
_HEAD_SIZE = len(_MAGIC) + 16 + 4 + 8
_SMALL_PACK, _MOST_SMALL = 4_000_000, 12
"""Bytes of a small pack, and how many may lie about before they are joined: each build leaves one."""


def digest(*parts: str | bytes) -> str:
    """A digest of the parts and of the code that makes something of them."""
    raw = [
        part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part for part in parts
    ]
    # Each with its length; in one piece, for each of ten thousand pages has a digest or two.
    told = b"".join([b"%d:%b" % (len(part), part) for part in raw])
    return hashlib.blake2b(code() + told, digest_size=16).hexdigest()


def digest_of(value: object) -> str:
    """The digest of anything made of dataclasses, tuples, text, numbers and dates."""
    return digest(msgspec.msgpack.encode(value))


@cache
def code() -> bytes:
    """A digest of this package, of the packages beside it, and of Python."""
    state = hashlib.blake2b(repr((__version__, sys.version_info[:3])).encode(), digest_size=16)
    for source in sorted(Path(__file__).parent.rglob("*.py")):
        state.update(source.read_bytes())
    found = find_spec("markdown")
    if found and found.origin:
        # The names of the installed distributions hold their versions; asking each costs 40 ms.
        installed = Path(found.origin).parents[1].glob("*.dist-info")
        state.update("\n".join(sorted(path.name for path in installed)).encode())
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


def read(path: Path, kind: Any) -> Any:
    """A value of the declared type that ``write`` left; None when none can be read."""
    try:
        data = path.read_bytes()
    except OSError:
        return None
    body = _checked(data)
    try:
        return None if body is None else msgspec.msgpack.decode(body, type=kind)
    except msgspec.MsgspecError:
        return None


def write(path: Path, value: object) -> None:
    """Remember a value; a cache that cannot be written to is no reason to fail."""
    _replace(path, _sealed(msgspec.msgpack.encode(value)))


class Made(Struct, frozen=True):
    """An entry as a process made it: both parts encoded."""

    key: str
    small: bytes
    large: bytes


def made(key: str, small: object, large: object) -> Made:
    """An entry, encoded."""
    return Made(key, msgspec.msgpack.encode(small), msgspec.msgpack.encode(large))


_Row = tuple[str, msgspec.Raw, int, int, int]


class Packs(Generic[H, T]):
    """Entries of two parts below a folder; in memory where that cannot be written to.

    ``small`` and ``large`` are the types of the parts as msgspec takes them.
    """

    def __init__(self, folder: Path, small: Any, large: Any) -> None:
        self.folder = folder
        self._small = msgspec.msgpack.Decoder(small)
        self._large = msgspec.msgpack.Decoder(large)
        self._packs: list[tuple[Path | None, bytes | None]] = []
        self._rows: dict[str, tuple[int, msgspec.Raw, int, int, int]] = {}
        self.damaged = 0
        """Packs and entries that could not be read, and so are made again."""
        for path in sorted(folder.glob("*.pack")):
            self._open(path)
        for path in folder.glob(".*.pack.*"):
            # Left by a killed build; if one at work loses its own, it only remembers less.
            self._forget(path)

    def __contains__(self, key: str) -> bool:
        return key in self._rows

    def small(self, key: str) -> H | None:
        """The small part of an entry; None when there is none that can be read."""
        row = self._rows.get(key)
        try:
            found: H | None = self._small.decode(row[1]) if row else None
            return found
        except msgspec.MsgspecError:
            self.damaged += 1
            return None

    def large(self, key: str) -> T:
        """The large part of an entry; raises KeyError when it cannot be read."""
        pack, _, offset, length, checksum = self._rows[key]
        path, data = self._packs[pack]
        try:
            found = data[offset : offset + length] if data is not None else b""
            if data is None and path:
                with path.open("rb") as stream:
                    stream.seek(offset)
                    found = stream.read(length)
            if zlib.crc32(found) != checksum:
                raise KeyError(key)
            value: T = self._large.decode(found)
            return value
        except (OSError, msgspec.MsgspecError) as error:
            raise KeyError(key) from error

    def add(self, made: Iterable[Made]) -> None:
        """Remember entries, as one pack."""
        rows, bodies, offset = [], [], 0
        for one in made:
            checksum = zlib.crc32(one.large)
            rows.append((one.key, msgspec.Raw(one.small), offset, len(one.large), checksum))
            bodies.append(one.large)
            offset += len(one.large)
        if rows:
            self._keep(rows, b"".join(bodies))

    def prune(self, keys: Iterable[str]) -> None:
        """Forget what is not named: join packs of which most is not, and small ones when many."""
        wanted: dict[int, list[str]] = defaultdict(list)
        live: dict[int, int] = defaultdict(int)
        for key in keys:
            if key in self._rows:
                pack, _, _, length, _ = self._rows[key]
                wanted[pack].append(key)
                live[pack] += length
        sizes = dict(self._on_disk())
        small = {at for at, size in sizes.items() if size < _SMALL_PACK}
        old = {at for at, size in sizes.items() if 3 * live[at] < size and size > _SMALL_PACK}
        old |= small if len(small) > _MOST_SMALL else set()
        with suppress(KeyError):
            again = [self._again(key) for at in sorted(old) for key in wanted[at]]
            self.add(again)
            for at in old:
                self._forget(self._packs[at][0])

    def _on_disk(self) -> Iterator[tuple[int, int]]:
        """The packs that no other build has joined by now, and their sizes."""
        for at, (path, _) in enumerate(self._packs):
            if path:
                with suppress(OSError):
                    yield at, path.stat().st_size

    def _again(self, key: str) -> Made:
        return Made(key, bytes(self._rows[key][1]), msgspec.msgpack.encode(self.large(key)))

    def _open(self, path: Path) -> None:
        try:
            with path.open("rb") as stream:
                head = stream.read(_HEAD_SIZE)
                if head[: len(_MAGIC) + 16] != _MAGIC + code():
                    self._forget(path)
                    return
                checksum = int.from_bytes(head[-12:-8], "little")
                size = int.from_bytes(head[-8:], "little")
                table = stream.read(min(size, path.stat().st_size))
            if zlib.crc32(table) != checksum:
                raise ValueError
            rows = msgspec.msgpack.decode(table, type=list[_Row])
        except (OSError, ValueError, msgspec.MsgspecError):
            self.damaged += 1
            self._forget(path)
            return
        self._listed(rows, path, None, _HEAD_SIZE + len(table))

    def _keep(self, rows: list[_Row], bodies: bytes) -> None:
        table = msgspec.msgpack.encode(rows)
        name = hashlib.blake2b(table, digest_size=16).hexdigest()
        path = self.folder / f"{name}.pack"
        start = _HEAD_SIZE + len(table)
        head = _MAGIC + code() + zlib.crc32(table).to_bytes(4, "little")
        head += len(table).to_bytes(8, "little")
        if _replace(path, head, table, bodies):
            self._listed(rows, path, None, start)
        else:
            self._listed(rows, None, bodies, 0)

    def _listed(
        self, rows: Iterable[_Row], path: Path | None, data: bytes | None, start: int
    ) -> None:
        self._packs.append((path, data))
        for key, small, offset, length, checksum in rows:
            self._rows[key] = (len(self._packs) - 1, small, start + offset, length, checksum)

    def _forget(self, path: Path | None) -> None:
        if path and _OURS.fullmatch(path.name):
            with suppress(OSError):
                path.unlink()


def _sealed(body: bytes) -> bytes:
    return code() + zlib.crc32(body).to_bytes(4, "little") + body


def _checked(data: bytes) -> bytes | None:
    body = data[20:]
    sound = data[:16] == code() and zlib.crc32(body) == int.from_bytes(data[16:20], "little")
    return body if sound else None


def _replace(path: Path, *parts: bytes) -> bool:
    """Write a file whole or not at all; False when the folder cannot be written to."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as stream:
            stream.writelines(parts)
        temporary.replace(path)
        return True
    except OSError:
        with suppress(OSError):
            temporary.unlink()
        return False
