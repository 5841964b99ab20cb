import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.curve.curve import Units

COORDINATES = st.floats(-1e9, 1e9).map(lambda number: round(number, 6))
POINTS = st.lists(st.tuples(COORDINATES, COORDINATES), min_size=1, max_size=30).map(lambda rows: np.array(rows).T)


@given(points=POINTS, flipped=st.booleans())
def test_what_is_fitted_can_be_taken_back(points: np.ndarray, flipped: bool) -> None:
    units = Units.fitting(points, flipped)

    back = units.to_person(units.to_square(points))

    largest = np.abs(points).max()
    assert np.abs(back - points).max() <= 4 * np.finfo(float).eps * max(largest, units.scale)


def test_the_aspect_is_kept() -> None:
    points = np.array([[0.0, 40.0, 40.0], [0.0, 0.0, 10.0]])

    width, height = np.ptp(Units.fitting(points).to_square(points), axis=1)

    assert (width, height) == pytest.approx((0.8, 0.2))


def test_what_points_down_is_turned_round() -> None:
    points = np.array([[0.0, 10.0], [0.0, 10.0]])
    units = Units.fitting(points, flipped=True)

    (_, _), (top, bottom) = units.to_square(points)

    assert (top, bottom) == pytest.approx((0.9, 0.1))
    assert np.allclose(units.to_person(units.to_square(points)), points)


def test_a_point_alone_goes_to_the_middle() -> None:
    point = np.array([[7.0], [-3.0]])

    assert Units.fitting(point).to_square(point).ravel().tolist() == [0.5, 0.5]
