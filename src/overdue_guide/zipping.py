"""A zip archive of parts that are squeezed already, so that the same ones need not be squeezed again.

Read by ``zipfile``, which cannot write what it did not squeeze itself; written by the few records of
APPNOTE 6.3.10 (4.3.7, 4.3.12, 4.3.16) that an archive below 4 GB with fewer than 65,536 files needs.
Names are UTF-8, times are the earliest there are: same parts, same bytes.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

from overdue_guide.structs import Struct

_NEEDS, _UNIX, _UTF_8, _DEFLATED = 20, 3, 0x800, 8
_DAY = 1 << 5 | 1
"""1 January 1980."""
_MODE = 0o100644 << 16
_COMMON = struct.Struct("<HHHHHIIIHH")
"""Version needed, flags, method, time, day, checksum, squeezed size, size, lengths of name and extra."""
_LOCAL = b"PK\3\4"


class Part(Struct, frozen=True):
    """A file as it lies in an archive."""

    checksum: int
    size: int
    """In bytes, before it was squeezed."""
    squeezed: bytes


def part(data: bytes, *, squeezed: bool = False) -> Part:
    """A file, squeezed; ``squeezed``: nothing in it repeats, it is only written in few characters."""
    strategy = zlib.Z_HUFFMAN_ONLY if squeezed else zlib.Z_DEFAULT_STRATEGY
    press = zlib.compressobj(wbits=-zlib.MAX_WBITS, strategy=strategy)
    return Part(zlib.crc32(data), len(data), press.compress(data) + press.flush())


def read(archive: bytes) -> dict[str, Part]:
    """The parts of an archive that ``write`` made, by name; raises BadZipFile when it is damaged."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        for info in opened.infolist():
            name = len(info.filename.encode())
            start = info.header_offset + len(_LOCAL) + _COMMON.size + name
            squeezed = archive[start : start + info.compress_size]
            found[info.filename] = Part(info.CRC, info.file_size, squeezed)
    return found


def write(parts: Mapping[str, Part]) -> bytes:
    """The archive, its parts in order of their names."""
    body, directory = bytearray(), bytearray()
    for name in sorted(parts):
        one, called = parts[name], name.encode()
        sizes = one.checksum, len(one.squeezed), one.size, len(called), 0
        common = _COMMON.pack(_NEEDS, _UTF_8, _DEFLATED, 0, _DAY, *sizes)
        directory += b"PK\1\2" + struct.pack("<BB", _NEEDS, _UNIX) + common
        directory += struct.pack("<HHHII", 0, 0, 0, _MODE, len(body)) + called
        body += _LOCAL + common + called + one.squeezed
    end = struct.pack("<HHHHIIH", 0, 0, len(parts), len(parts), len(directory), len(body), 0)
    return bytes(body + directory + b"PK\5\6" + end)
