"""The colours of a heat map: the sign, the size, and numbers that are none."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PySide6.QtGui import QColor

from curvegui.ui.jacobians.maps import NEGATIVE, POSITIVE, HeatScale, heat_image, largest_of
from curvegui.ui.look.theme import DARK, LIGHT
from tests.ui.person import colours, put_on

VALUES = arrays(np.float64, (3, 4), elements=st.floats(-1e300, 1e300))


@given(VALUES, st.booleans())
def test_strengths_keep_sign_and_order_and_the_largest_is_the_strongest(values, logarithmic):
    found = HeatScale(is_logarithmic=logarithmic).strengths(values, largest_of(values))
    assert (np.abs(found) <= 1).all()
    assert (found * values >= 0).all()
    order = np.argsort(values, axis=None)
    assert (np.diff(found.ravel()[order]) >= 0).all()
    if largest_of(values):
        assert np.abs(found).max() == 1


def test_a_logarithmic_scale_shows_small_entries_and_leaves_out_the_tiniest():
    values = np.array([[1.0, -0.01, 1e-5, 0.0]])
    assert HeatScale(is_logarithmic=True).strengths(values, 1.0).ravel() == pytest.approx([1, -1 / 3, 0, 0])
    assert HeatScale(is_logarithmic=False).strengths(values, 1.0).ravel() == pytest.approx([1, -0.01, 1e-5, 0])


def test_what_is_no_number_has_a_colour_too():
    values = np.array([[np.nan, np.inf, -np.inf, 2.0]])
    assert largest_of(values) == 2
    assert HeatScale().strengths(values, 2.0).ravel().tolist() == [0, 1, -1, 1]
    assert largest_of(np.full((2, 2), np.nan)) == 0
    assert not HeatScale().strengths(values, 0.0).any()


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_blue_is_negative_orange_positive_and_nothing_has_the_colour_of_the_theme(qapp, theme):
    put_on(theme)
    image = heat_image(np.array([[-1.0, 0.0, 1.0], [-0.5, 0.0, 0.5]]))
    assert image.size().toTuple() == (3, 2)
    hexes = [QColor(*pixel).name() for pixel in colours(image)[0].tolist()]
    assert hexes == [NEGATIVE, theme.chip, POSITIVE]
