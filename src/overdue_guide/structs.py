"""Frozen classes, made in C: quickly declared, made, compared and read."""

from __future__ import annotations

import msgspec


class Struct(msgspec.Struct, frozen=True):
    """A class whose fields are declared as a dataclass's are.

    Made, compared and read from the cache in C, three times as fast as a dataclass: an edit among ten
    thousand articles reads the head of each. Declared in 10 µs instead of 360: a build imports more
    than a hundred classes, and an edit of one article takes a third of a second.
    """


replace = msgspec.structs.replace
"""As ``dataclasses.replace``: a new value with some fields changed."""
