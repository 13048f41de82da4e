"""Logarithms in whole numbers: the same to the bit in every language and on every machine."""

from __future__ import annotations


def log2_64(value: float) -> int:
    """floor(64 · log2(value)) for value ≥ 1, by squaring: exact to the bit in every language."""
    whole = 0
    while value >= 2:
        value /= 2
        whole += 1
    for _ in range(6):
        value *= value
        whole *= 2
        if value >= 2:
            value /= 2
            whole += 1
    return whole


def rarity(documents: int, frequency: int) -> int:
    """Inverse document frequency, ln(N / df) + 1, in 1/92."""
    return 92 + log2_64((documents + 1) / (frequency + 1))
