"""Calculators: cases, and an independent reckoning of each."""
