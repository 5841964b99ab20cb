"""How many points are enough to show a curve."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.curve.curve import Curve, curve_through
from curvegui.core.curve.point_count import COUNTS, LARGEST_ERROR, enough_points, sampling_error

SQUARE = np.array([[0.0, 1.0, 1.0, 0.0], [0.0, 0.0, 1.0, 1.0]])


def ring(count: int) -> Curve:
    angle = 2 * np.pi * np.arange(count) / count
    return curve_through("ring", np.stack([np.cos(angle), np.sin(angle)]), closed=True)


def zigzag(teeth: int, closed: bool = False) -> Curve:
    x = np.arange(teeth + 1) / teeth
    return curve_through("zigzag", np.stack([x, np.arange(teeth + 1) % 2]), closed=closed)


def test_what_the_points_cut_off_a_square_is_as_computed_by_hand() -> None:
    square = curve_through("square", SQUARE, closed=True)

    assert sampling_error(square, 4) == pytest.approx(0)  # the corners themselves
    assert sampling_error(square, 2) == pytest.approx(0.4 * 2**0.5)  # a diagonal, there and back
    assert sampling_error(curve_through("bend", SQUARE[:, :3], closed=False), 2) == pytest.approx(0.4 * 2**0.5)


def test_an_arc_leaves_its_chord_by_the_sagitta() -> None:
    assert sampling_error(ring(100_000), 50) == pytest.approx(0.4 * (1 - np.cos(np.pi / 50)), rel=1e-3)


@given(teeth=st.integers(1, 60), closed=st.booleans(), count=st.integers(2, 400))
def test_no_place_of_the_curve_is_farther_from_the_line(teeth: int, closed: bool, count: int) -> None:
    curve = zigzag(teeth, closed)
    far = sampling_error(curve, count)

    places = curve.at(np.linspace(0, 1, 500))
    ends = np.append(curve.sampled(count).t, 1.0)
    line = np.column_stack([curve.sampled(count).points, curve.at(np.ones(1))])
    before = np.clip(np.searchsorted(ends, np.linspace(0, 1, 500), side="right") - 1, 0, count - 1)
    for i, start in enumerate(before):
        chord = np.linspace(line[:, start], line[:, start + 1], 30).T
        nearest = np.hypot(*(chord - places[:, [i]])).min()
        assert nearest <= far + np.hypot(*(line[:, start + 1] - line[:, start])) / 29


def test_a_smooth_curve_keeps_the_present_number_and_one_with_many_corners_gets_more() -> None:
    assert enough_points(ring(1_000)) == COUNTS[0]
    assert enough_points(ring(1_000), 40) == 40
    found = enough_points(zigzag(13))
    assert 100 < found < 2_000
    assert sampling_error(zigzag(13), found) <= LARGEST_ERROR


def test_it_may_be_looked_at_more_closely() -> None:
    assert enough_points(ring(100_000), largest_error=1e-7) == COUNTS[-1]
    assert enough_points(ring(100_000), 50, largest_error=1e-4) == 200


def test_where_nothing_is_enough_it_is_the_largest() -> None:
    assert enough_points(zigzag(5_000)) == COUNTS[-1]
    assert enough_points(zigzag(5_000), 4_000) == 4_000


def test_a_single_point_is_shown_by_any_number() -> None:
    assert enough_points(curve_through("dot", np.array([[3.0], [4.0]]), closed=True), 2) == 2
