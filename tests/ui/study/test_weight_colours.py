"""The colours of weights: signs and sizes can be told apart, and what is written on them can be read."""

import math

import numpy as np
import pytest

from curvegui.ui.look.theme import CHOICES
from curvegui.ui.study.weight_colours import LEVELS, levels_of, tint_of, weight_colour, weight_scale
from tests.help.contrast import contrast

THEMES = pytest.mark.parametrize("theme", CHOICES.values(), ids=CHOICES)


@THEMES
def test_negative_is_blue_and_positive_is_orange(theme):
    negative, positive = weight_colour(-3, 3, theme), weight_colour(3, 3, theme)
    assert negative.blue() > negative.green() > negative.red()
    assert positive.red() > positive.green() > positive.blue()
    assert min(negative.blue() - positive.blue(), positive.red() - negative.red()) > 100  # for the colour-blind


@THEMES
def test_beyond_the_scale_and_without_one_there_is_a_colour_too(theme):
    assert weight_colour(1e300, 1, theme) == weight_colour(1, 1, theme) == weight_colour(math.inf, 1, theme)
    assert weight_colour(math.nan, 1, theme) == weight_colour(0, 1, theme) == weight_colour(1, 0, theme)
    assert weight_colour(1, math.inf, theme) == weight_colour(1, math.nan, theme) == weight_colour(0, 1, theme)


@THEMES
def test_text_on_a_tint_can_be_read(theme):
    tints = (tint_of(level, theme).name() for level in range(-LEVELS, LEVELS + 1))
    assert min(contrast(tint, theme.text) for tint in tints) >= 4.5


@pytest.mark.parametrize(
    ("values", "scale"),
    [([0.5, -3.1], 5), ([1.0], 1), ([-2.0], 2), ([70], 100), ([0], 0.1), ([0.3, np.nan, np.inf], 0.5)],
)
def test_the_scale_ends_at_a_round_weight(values, scale):
    assert weight_scale(np.array(values, float)) == pytest.approx(scale)


def test_levels_keep_the_sign_and_the_order_of_values():
    values = np.array([-9.0, -1.3, -0.004, 0.0, 0.07, 0.55, 4.9, np.inf])
    levels = levels_of(values, 5.0)
    assert (np.diff(levels) >= 0).all() and (levels * values >= 0).all()
    assert levels_of(values, 0.0).tolist() == levels_of(values, np.nan).tolist() == [0] * values.size
