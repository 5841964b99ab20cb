import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import arc_length
from curvegui.core.presets.presets import PIECES_BETWEEN, PRESETS, by_length, evenly, smooth

DENSE = np.linspace(0, 1, 2_001)
T = np.linspace(0, 1, 101)
OTHERS = [name for name in PRESETS if name != "heart"]


def test_there_are_many_with_names_of_their_own_and_the_heart_is_the_first() -> None:
    labels = [preset.label for preset in PRESETS.values()]

    assert len(set(labels)) == len(labels) >= 18
    assert next(iter(PRESETS)) == "heart"
    assert sum(not preset.closed for preset in PRESETS.values()) >= 3


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_gives_finite_points_inside_the_unit_square(name: str) -> None:
    points = PRESETS[name](np.arange(1000) / 1000)

    assert points.shape == (2, 1000)
    assert np.isfinite(points).all()
    assert points.min() >= 0
    assert points.max() <= 1


@pytest.mark.parametrize("name", OTHERS)
def test_a_preset_fills_the_room_and_is_in_the_middle_of_it(name: str) -> None:
    points = PRESETS[name](DENSE)
    low, high = points.min(axis=1), points.max(axis=1)

    assert points.min() == pytest.approx(0.1, abs=1e-3)
    assert points.max() == pytest.approx(0.9, abs=1e-3)
    assert low + high == pytest.approx([1, 1], abs=2e-3)
    assert (high - low).min() > 0.25


@pytest.mark.parametrize("name", PRESETS)
def test_the_ends_of_a_preset_meet_if_it_is_closed(name: str) -> None:
    start, end = PRESETS[name](np.array([0.0, 1.0])).T

    assert (np.hypot(*(end - start)) < 1e-9) == PRESETS[name].closed


@pytest.mark.parametrize("name", OTHERS)
def test_a_preset_hurries_nowhere(name: str) -> None:
    points = PRESETS[name](DENSE)
    pieces = np.hypot(*np.diff(points, axis=1))

    assert pieces.max() < 2.01 * arc_length(points, closed=False) / pieces.size


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_is_the_same_whatever_points_are_asked_for(name: str) -> None:
    np.testing.assert_allclose(PRESETS[name](DENSE[::7]), PRESETS[name](DENSE)[:, ::7], rtol=0, atol=1e-15)


def test_the_heart_spans_what_the_exercise_draws() -> None:
    x, y = PRESETS["heart"](np.arange(10_000) / 10_000)

    assert (x.min(), x.max()) == pytest.approx((0.1, 0.9), abs=1e-6)
    assert (y.min(), y.max()) == pytest.approx((0.075, 0.798), abs=1e-3)


def test_the_heart_begins_at_its_notch_and_turns_at_its_tip() -> None:
    (x0, xt), (y0, yt) = PRESETS["heart"](np.array([0.0, 0.5]))

    assert (x0, y0) == pytest.approx((0.5, 0.625))
    assert (xt, yt) == pytest.approx((0.5, 0.075))


def test_the_corners_of_the_square_and_the_tips_of_the_star_are_among_a_hundred_points() -> None:
    t = np.arange(100) / 100
    square, star = PRESETS["square"](t), PRESETS["star"](t)

    assert square[:, ::25] == pytest.approx(np.array([[0.1, 0.9, 0.9, 0.1], [0.1, 0.1, 0.9, 0.9]]))
    assert star[:, 20] == pytest.approx([0.9, star[1, 80]])
    assert star[1, 0] == pytest.approx(0.8804, abs=1e-4)


def line(t: FloatArray) -> FloatArray:
    """Along the x axis, ever faster."""
    return np.stack([7 + 3 * t**2, np.zeros_like(t)])


def test_half_of_the_way_is_shared_out_by_length() -> None:
    x, _ = evenly(line)(T)
    own = np.sqrt(np.maximum(x - 0.1, 0) / 0.8)

    assert (own + own**2) / 2 == pytest.approx(T, abs=1e-6)


def test_a_drawn_line_is_followed_at_constant_speed() -> None:
    corner = by_length(lambda: np.array([[0.0, 3.0, 3.0], [0.0, 0.0, 1.0]]))

    x, y = corner(np.array([0, 0.375, 0.75, 1]))
    assert x == pytest.approx([0.1, 0.5, 0.9, 0.9])
    assert y == pytest.approx([11 / 30, 11 / 30, 11 / 30, 19 / 30])


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
