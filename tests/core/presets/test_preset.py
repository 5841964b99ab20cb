import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.arrays import FloatArray
from curvegui.core.presets.preset import PIECES_BETWEEN, by_length, evenly, smooth

T = np.linspace(0, 1, 101)


def line(t: FloatArray) -> FloatArray:
    """Along the x axis, ever faster."""
    return np.stack([7 + 3 * t**2, np.zeros_like(t)])


def test_what_is_even_already_is_only_fitted() -> None:
    points = evenly(lambda t: np.stack([3 + 2 * t, 4 * t]))(T)

    np.testing.assert_allclose(points, [0.3 + 0.4 * T, 0.1 + 0.8 * T], atol=1e-12)


def test_half_of_the_way_is_shared_out_by_length() -> None:
    x, _ = evenly(line)(T)
    own = np.sqrt(np.maximum(x - 0.1, 0) / 0.8)

    assert (own + own**2) / 2 == pytest.approx(T, abs=1e-6)


def test_a_curve_is_measured_once_and_not_before_it_is_drawn() -> None:
    asked: list[int] = []

    def watched(t: FloatArray) -> FloatArray:
        asked.append(t.size)
        return line(t)

    traced = evenly(watched)
    assert asked == []
    traced(T)
    traced(T)
    assert len(asked) == 3


def test_a_drawn_line_is_followed_at_constant_speed() -> None:
    corner = by_length(lambda: np.array([[0.0, 3.0, 3.0], [0.0, 0.0, 1.0]]))

    x, y = corner(np.array([0, 0.375, 0.75, 1]))
    assert x == pytest.approx([0.1, 0.5, 0.9, 0.9])
    assert y == pytest.approx([11 / 30, 11 / 30, 11 / 30, 19 / 30])


def test_what_a_function_draws_is_still_said_of_it() -> None:
    assert evenly(line).__doc__ == "Along the x axis, ever faster."


PLACES = st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=2, max_size=9, unique=True)


@given(PLACES)
def test_a_smooth_line_goes_through_all_places_in_order(places: list[tuple[float, float]]) -> None:
    drawn = smooth(places)

    assert drawn.shape == (2, PIECES_BETWEEN * (len(places) - 1) + 1)
    np.testing.assert_allclose(drawn[:, ::PIECES_BETWEEN].T, places, atol=1e-12)


def test_places_in_a_row_give_a_straight_line() -> None:
    x, y = smooth([(0, 0), (1, 1), (5, 5)])

    np.testing.assert_allclose(x, y, atol=1e-12)
    assert (np.diff(x) > 0).all()
