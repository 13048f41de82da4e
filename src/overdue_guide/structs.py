"""Frozen classes for what there are ten thousands of."""

from __future__ import annotations

import msgspec


class Struct(msgspec.Struct, frozen=True):
    """A class whose fields are declared as a dataclass's are.

    Made, compared and read from the cache in C, three times as fast as a dataclass: an edit among ten
    thousand articles reads the head of each.
    """
