"""Colours for paper: readable, or refused with the nearest that is."""

import pytest

from policyguide.firms.colours import (
    LEAST_CONTRAST,
    contrast_on_white,
    nearest_readable,
)


@pytest.mark.parametrize(
    ("colour", "contrast"),
    [("#ffffff", 1.0), ("#000000", 21.0), ("#777777", 4.48), ("#767676", 4.54)],
)
def test_the_contrast_is_that_of_wcag(colour, contrast):
    assert contrast_on_white(colour) == pytest.approx(contrast, abs=0.01)


@pytest.mark.parametrize("colour", ["#ffffff", "#ffcc00", "#00ffff", "#777777"])
def test_the_nearest_readable_colour_is_only_just_readable(colour):
    nearest = nearest_readable(colour)

    assert LEAST_CONTRAST <= contrast_on_white(nearest) < LEAST_CONTRAST + 0.15


def test_the_nearest_readable_colour_keeps_its_hue():
    red, green, blue = bytes.fromhex(nearest_readable("#ff8800")[1:])

    assert blue == 0
    assert green / red == pytest.approx(0x88 / 0xFF, abs=0.02)


def test_a_readable_colour_stays():
    assert nearest_readable("#99183f") == "#99183f"
