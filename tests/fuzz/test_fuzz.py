"""A short campaign, and everything that an earlier one found."""

from typing import Any

import pytest

from tests.fuzz.campaign import attempt, decoded, encoded, kept
from tests.fuzz.targets import TARGETS

INPUTS = {"markdown": 400, "front-matter": 300, "yaml": 300, "folder": 40, "command": 40}


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@pytest.mark.parametrize("name", TARGETS)
def test_no_input_of_a_short_campaign_breaks_anything(name: str) -> None:
    assert attempt(TARGETS[name], INPUTS[name], 1) >= INPUTS[name]


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name in TARGETS for value in kept(name)]
)
def test_what_was_found_before_stays_mended(name: str, value: Any) -> None:
    TARGETS[name].holds(value)


def test_an_input_that_breaks_something_is_kept_as_it_was() -> None:
    value = ({"a.md": b"\xff", "b": "fifo"}, [("site.yml", "\udcff")])
    assert [{"a.md": b"\xff", "b": "fifo"}, [["site.yml", "\udcff"]]] == decoded(encoded(value))


def test_every_kind_of_trouble_has_an_input_that_is_kept() -> None:
    assert all(kept(name) for name in TARGETS)
