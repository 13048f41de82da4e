"""Numbers and texts → the bytes of one file of the search index.

Every file begins with the format's version and the stamp of the documents' numbering, so that files of two
builds are never mixed; the rest is a zlib stream (the browser's DecompressionStream("deflate")).
"""

from __future__ import annotations

import json
import zlib

import numpy as np
from numpy.typing import ArrayLike, NDArray

FORMAT = 3
"""Raised whenever an older reader would misread a file."""
_LEVEL = 6
"""The next level costs half as much again and saves a two-hundredth."""


def squeezed(body: bytes) -> bytes:
    """A body compressed, the same way everywhere."""
    return zlib.compress(body, _LEVEL)


def loosened(squeezed: bytes | memoryview) -> bytes:
    """The body again."""
    return zlib.decompress(squeezed)


def file(stamp: bytes, squeezed: bytes | memoryview) -> bytes:
    """One file."""
    return b"".join((bytes([FORMAT]), stamp, squeezed))


def plain(value: object) -> bytes:
    """JSON without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def varints(values: ArrayLike) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """LEB128 of each number, and where each begins (with the end as one more)."""
    numbers = np.asarray(values, dtype=np.uint64)
    sizes = np.ones(len(numbers), dtype=np.int64)
    for bits in (7, 14, 21, 28):
        sizes += numbers >= (np.uint64(1) << np.uint64(bits))
    begins = np.concatenate(([0], np.cumsum(sizes)))
    data = np.zeros(int(begins[-1]), dtype=np.uint8)
    for place in range(5):
        long = sizes > place
        low = (numbers[long] >> np.uint64(7 * place) & np.uint64(127)).astype(np.uint8)
        more = np.where(sizes[long] > place + 1, 128, 0).astype(np.uint8)
        data[begins[:-1][long] + place] = low | more
    return data, begins


def varint(number: int) -> bytes:
    """LEB128 of one number."""
    found = bytearray()
    while number > 127:
        found.append(number & 127 | 128)
        number >>= 7
    found.append(number)
    return bytes(found)
