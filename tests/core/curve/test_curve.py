from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.curve.curve import (
    COUNTS,
    LARGEST_ERROR,
    LONGEST_NAME,
    MOST_POINTS,
    Curve,
    CurveError,
    Units,
    arc_fractions,
    arc_length,
    clean_name,
    curve_through,
    enough_points,
    merged,
    sampling_error,
    spaced,
)

SQUARE = np.array([[0.0, 1.0, 1.0, 0.0], [0.0, 0.0, 1.0, 1.0]])
COORDINATES = st.floats(-1e6, 1e6)
POINTS = st.lists(st.tuples(COORDINATES, COORDINATES), min_size=1, max_size=30).map(lambda rows: np.array(rows).T)


def ellipse(count: int, a: float, b: float) -> np.ndarray:
    angle = 2 * np.pi * np.arange(count) / count
    return np.stack([a * np.cos(angle), b * np.sin(angle)])


def square(**changes: Any) -> Curve:
    return curve_through("square", SQUARE, **{"closed": True} | changes)


def test_a_closed_curve_goes_on_to_its_first_point() -> None:
    curve = square()

    assert curve.t.tolist() == pytest.approx([0, 0.25, 0.5, 0.75])
    assert np.allclose(curve.at(np.array([0.0, 0.125, 0.875, 1.0])), [[0.1, 0.5, 0.1, 0.1], [0.1, 0.1, 0.5, 0.1]])


def test_an_open_curve_ends_at_its_last_point() -> None:
    curve = square(closed=False)

    assert curve.t.tolist() == pytest.approx([0, 1 / 3, 2 / 3, 1])
    assert np.allclose(curve.at(np.array([0.0, 0.5, 1.0])), [[0.1, 0.9, 0.1], [0.1, 0.5, 0.9]])


def test_the_first_point_repeated_at_the_end_counts_once() -> None:
    ring = np.column_stack([SQUARE, SQUARE[:, 0]])

    assert curve_through("square", ring, closed=True) == square()
    assert curve_through("square", ring, closed=True, t=np.linspace(0, 1, 5)).t.tolist() == [0, 0.25, 0.5, 0.75]


@given(points=POINTS, closed=st.booleans(), count=st.integers(1, 60))
def test_sampled_points_lie_in_the_square_and_evenly_along_the_curve(
    points: np.ndarray, closed: bool, count: int
) -> None:
    curve = curve_through("any", points, closed=closed)

    sampled = curve.at(spaced(count, closed))

    assert sampled.shape == (2, count)
    assert sampled.min() >= 0.1 - 1e-9
    assert sampled.max() <= 0.9 + 1e-9
    step = arc_length(curve.points, closed) / (count if closed else max(count - 1, 1))
    assert np.hypot(*np.diff(sampled, axis=1)).max(initial=0) <= step * (1 + 1e-6) + 1e-9


@pytest.mark.slow
@pytest.mark.parametrize(("a", "b"), [(1.0, 1.0), (3.0, 1.0), (1.0, 40.0)])
def test_arc_length_is_exact_to_a_millionth_on_curves_whose_length_is_known(a: float, b: float) -> None:
    points = ellipse(20_000, a, b)
    angle = (np.arange(400_000) + 0.5) * (2 * np.pi / 400_000)
    length = np.hypot(a * np.sin(angle), b * np.cos(angle)).mean() * 2 * np.pi
    quarter = arc_fractions(points, closed=True)[5_000]

    assert arc_length(points, closed=True) == pytest.approx(length, rel=1e-6)
    assert quarter == pytest.approx(0.25, abs=1e-6)


@given(points=POINTS, closed=st.booleans(), count=st.integers(1, 40))
def test_a_curve_in_few_points_gives_the_same_training_points_to_the_last_bit(
    points: np.ndarray, closed: bool, count: int
) -> None:
    curve = curve_through("any", points, closed=closed, jumps=np.arange(points.shape[1]) % 3 == 1)
    t, few = spaced(count, closed), curve.sampled(count)

    assert few.at(t).tobytes() == curve.at(t).tobytes()
    assert few.jumps_at(t).tolist() == curve.jumps_at(t).tolist()
    assert few.sampled(count) == few


def test_curves_with_the_same_content_are_equal_and_others_are_not() -> None:
    assert square() == square()
    assert hash(square()) == hash(square())
    assert repr(square()) == "Curve('square', 4 points)"
    assert square() != "square"
    others = [square(closed=False), square(flipped=True), square().called("other"), square(t=np.arange(4) / 5)]
    assert all(square() != other for other in others)
    assert square().nbytes == 8 * 4 * 3 + 4


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"t": np.array([0.0, 0.2, 0.1, 0.3])}, "out of order"),
        ({"t": np.array([0.0, 0.2, 0.5, 1.1])}, "out of order"),
        ({"t": np.array([0.0, 0.2, 0.5, np.nan])}, "out of order"),
        ({"t": np.array([0.0, 0.2, np.inf, np.inf])}, "out of order"),
        ({"t": np.zeros(3)}, "do not fit"),
        ({"jumps": np.zeros(3, bool)}, "do not fit"),
        ({"points": np.full((2, 4), np.nan)}, "not all near"),
        ({"points": np.full((2, 4), 1e7)}, "not all near"),
        ({"t": np.empty(0), "points": np.empty((2, 0))}, "from 1 to 200,000"),
        ({"t": np.zeros(MOST_POINTS + 1)}, "from 1 to 200,000"),
        ({"name": ""}, "name cannot be used"),
        ({"name": "a" * (LONGEST_NAME + 1)}, "name cannot be used"),
        ({"name": "a\nb"}, "name cannot be used"),
        ({"units": Units(scale=0.0)}, "units have no size"),
        ({"units": Units(scale=float("inf"))}, "units have no size"),
        ({"units": Units(x=float("nan"))}, "units are no numbers"),
    ],
)
def test_what_is_no_curve_is_refused(changes: dict[str, Any], words: str) -> None:
    with pytest.raises(CurveError, match=words):
        replace(square(), **changes)


@pytest.mark.parametrize("points", [np.empty((2, 0)), np.zeros((3, 2)), np.zeros(4), np.array([[np.inf], [0.0]])])
def test_points_that_are_none_are_refused(points: np.ndarray) -> None:
    with pytest.raises(CurveError, match="not all numbers"):
        curve_through("none", points, closed=False)


def test_a_single_point_is_a_curve() -> None:
    for closed in (False, True):
        curve = curve_through("point", np.array([[3.0], [4.0]]), closed=closed)
        assert np.allclose(curve.at(spaced(5, closed)), 0.5)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("heart", "heart"),
        ("  a \n\t b  ", "a b"),
        ("", "curve"),
        ("\x00", "curve"),
        ("I ❤ backpropagation", "I ❤ backpropagation"),
        ("می\u200cروم", "می\u200cروم"),
        ("a\u202eb", "a b"),
        ("x" * 100, "x" * (LONGEST_NAME - 1) + "…"),
    ],
)
def test_names_are_made_printable_and_short(name: str, clean: str) -> None:
    assert clean_name(name) == clean
    assert square().called(name).name == clean


def test_points_that_repeat_the_one_before_are_merged_and_counted() -> None:
    points, (labels,), count = merged(
        np.array([[0.0, 0.0, 1.0, 0.0, 0.0, 0.0], [0.0, 0.0, 1.0, 0.0, 0.0, 2.0]]), np.arange(6)
    )

    assert points.tolist() == [[0, 1, 0, 0], [0, 1, 0, 2]]
    assert labels.tolist() == [0, 2, 3, 5]
    assert count == 2


@pytest.mark.parametrize(("count", "closed", "last"), [(1, True, 0), (1, False, 0), (4, True, 0.75), (49, False, 1)])
def test_fractions_are_evenly_spaced(count: int, closed: bool, last: float) -> None:
    assert spaced(count, closed)[-1] == last
    assert spaced(count, closed).size == count


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


def test_a_smooth_curve_keeps_the_present_number_and_one_with_many_corners_gets_more() -> None:
    assert enough_points(ring(1_000)) == COUNTS[0]
    assert enough_points(ring(1_000), 40) == 40
    found = enough_points(zigzag(13))
    assert 100 < found < 2_000
    assert sampling_error(zigzag(13), found) <= LARGEST_ERROR


def test_where_nothing_is_enough_it_is_the_largest() -> None:
    assert enough_points(zigzag(5_000)) == COUNTS[-1]
    assert enough_points(zigzag(5_000), 4_000) == 4_000


def test_a_curve_keeps_how_it_was_trained_on_and_is_the_same_curve() -> None:
    curve = curve_through("a line", np.array([[0.1, 0.9], [0.2, 0.8]]), closed=False)
    trained = curve.trained_on(500, fits=True)
    assert trained == curve
    assert trained.trained is not None
    assert (trained.trained.points, trained.trained.fits) == (500, True)
