"""One colour for a site: whatever it is, what is written in it or on it can be read."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overdue_guide import colours
from overdue_guide.layers import packaged

ANY = st.integers(0, 0xFFFFFF).map(lambda value: f"#{value:06x}")
DARK_PAPER = "#151e1b"


def properties(sheet: str) -> list[dict[str, str]]:
    """The custom properties by day and by night."""
    return [
        dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{6})", block))
        for block in sheet.split("@media")[1:]
    ]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [("#000000", "#ffffff", 21.0), ("#ffffff", "#ffffff", 1.0), ("#767676", "#ffffff", 4.54)],
)
def test_contrast_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    assert expected == pytest.approx(colours.contrast(one, other), abs=0.005)
    assert colours.contrast(one, other) == colours.contrast(other, one)


@given(ANY)
def test_every_colour_can_be_darkened_until_it_is_readable(colour: str) -> None:
    dark = colours.darkened(colour)
    assert colours.weakest(dark) >= colours.ENOUGH
    assert dark == colours.darkened(dark)


@given(ANY)
def test_text_is_readable_by_day_and_by_night(colour: str) -> None:
    day, night = properties(colours.stylesheet(colours.darkened(colour)))
    pairs = [
        (day["brand"], "#ffffff"),
        (day["action"], "#ffffff"),
        (day["action-deep"], "#ffffff"),
        (day["link"], day["brand-tint"]),
        (night["brand"], "#ffffff"),
        (night["link"], DARK_PAPER),
        (night["link"], night["brand-tint"]),
        (night["action"], night["on-action"]),
        (night["action-deep"], night["on-action"]),
    ]
    assert [] == [pair for pair in pairs if colours.contrast(*pair) < colours.ENOUGH]


def test_the_address_changes_with_the_colour() -> None:
    assert "" == colours.address("")
    assert colours.address("#0b4d42") != colours.address("#8a3b12")


def test_everything_written_in_our_own_colours_can_be_read() -> None:
    tokens = (packaged() / "styles" / "tokens.css").read_text("utf-8")
    assert [] == list(colours.faint(tokens))
    named = set(re.findall(r"--([a-z-]+):", tokens))
    assert {name for pair in colours._TEXT_ON for name in pair} <= named


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (":root{--ink:#777;--paper:#fff}", [(1, "ink", "paper")]),
        (":root {\n  --link: #0B5;\n  --ground: #FFFFFF;\n}", [(3, "link", "ground")]),
        (":root{--ink:#000;--paper:#fff}", []),
        (":root{--ink:var(--x);--paper:#fff}", []),
        (
            ":root{--ink:#000;--paper:#fff}\n"
            "@media (prefers-color-scheme: dark) {\n:root{--paper:#111}}",
            [(3, "ink", "paper")],
        ),
    ],
    ids=["grey", "lines", "fine", "unknown", "night"],
)
def test_what_is_faint_is_named_with_its_line(
    sheet: str, expected: list[tuple[int, str, str]]
) -> None:
    assert expected == [(one.line, one.text, one.on) for one in colours.faint(sheet)]
