"""The series itself: what it draws, how its arms stand, and in which order its circles are counted."""

import numpy as np
import pytest

from curvegui.core.fourier.series import FourierSeries, frequencies


@pytest.fixture
def series():
    return FourierSeries(np.random.default_rng(3).normal(size=(2, 7)).T @ np.array([1, 1j]))


def test_the_slowest_circles_come_first_and_those_that_turn_left_before_those_that_turn_right():
    assert frequencies(6).tolist() == [0, 1, -1, 2, -2, 3]
    assert FourierSeries(np.ones(6, complex)).numbers == 12


def test_the_curve_is_the_sum_of_its_terms(series):
    t = np.arange(20) / 20
    z = sum(c * np.exp(2j * np.pi * n * t) for n, c in zip(frequencies(7), series.coefficients, strict=True))
    assert series.along(20) == pytest.approx(np.stack([z.real, z.imag]), abs=1e-12)
    assert series.along(7) == pytest.approx(
        np.stack([series.joints(k / 7)[:, -1] for k in range(7)], axis=1), abs=1e-12
    )


def test_the_arms_begin_in_the_middle_are_as_long_as_the_radii_the_largest_first_and_end_on_the_curve(series):
    joints = series.joints(0.3)
    c = series.coefficients
    assert joints[:, 0] == pytest.approx([c[0].real, c[0].imag])
    assert np.hypot(*np.diff(joints, axis=1)) == pytest.approx(np.sort(np.abs(c[1:]))[::-1])
    assert joints[:, -1] == pytest.approx(series.along(10)[:, 3])


def test_a_single_circle_is_a_point():
    point = FourierSeries(np.array([0.25 + 0.5j]))
    assert point.along(3).tolist() == [[0.25] * 3, [0.5] * 3]
    assert point.joints(0.9).tolist() == [[0.25], [0.5]]
