import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from curvegui.core.curve.curve import EDGE, CurveError, Units, arc_length
from curvegui.core.curve.hand_drawn import FEWEST, MOST, SMALLEST, drawn_curve
from curvegui.core.presets.presets import PRESETS

Points = NDArray[np.float64]
PIXEL = 1 / 600  # of the unit square, on a canvas as usual
places = st.floats(-0.5, 1.5, width=32)
strokes = st.lists(st.tuples(places, places), min_size=2, max_size=40).map(lambda rows: np.array(rows).T)


def ellipse(a: float, b: float, angle: float, count: int, way: float = 1.0) -> Points:
    """Points round an ellipse in the middle, or some of the way."""
    turn = 2 * np.pi * way * np.linspace(0, 1, count)
    x, y = a * np.cos(turn), b * np.sin(turn)
    return np.stack([0.5 + x * np.cos(angle) - y * np.sin(angle), 0.5 + x * np.sin(angle) + y * np.cos(angle)])


def shaken(points: Points, seed: int = 1) -> Points:
    """As a hand and a mouse leave them: in whole pixels, and off by about one."""
    moved = points + np.random.default_rng(seed).normal(0, PIXEL, points.shape)
    return np.asarray(np.round(moved / PIXEL) * PIXEL)


def spacings(points: Points, closed: bool) -> Points:
    ring = np.column_stack([points, points[:, 0]]) if closed else points
    return np.asarray(np.hypot(*np.diff(ring, axis=1)))


@pytest.mark.parametrize("count", [60, 200, 600])
def test_a_heart_drawn_by_hand_is_smooth_and_as_large_as_it_was_drawn(count: int) -> None:
    heart = PRESETS["heart"]
    exact = heart(np.linspace(0, 1, 5_000))

    curve = drawn_curve(shaken(heart(np.linspace(0, 0.99, count))))

    assert curve.closed
    assert arc_length(curve.points, True) == pytest.approx(arc_length(exact, True), rel=0.02)
    assert np.ptp(curve.points, axis=1) == pytest.approx(np.ptp(exact, axis=1), rel=0.02)
    off = [np.hypot(*(exact - place[:, np.newaxis])).min() for place in curve.points.T]
    assert max(off) < 5 * PIXEL


def test_a_trembling_hand_is_evened_out() -> None:
    drawn = shaken(ellipse(0.3, 0.3, 0, 500))
    radii = np.hypot(*(drawn_curve(drawn).points - 0.5))

    assert np.std(np.hypot(*(drawn - 0.5))) > PIXEL
    assert np.std(radii) < 0.5 * np.std(np.hypot(*(drawn - 0.5)))
    assert np.mean(radii) == pytest.approx(0.3, abs=0.5 * PIXEL)


def test_a_quick_hand_means_no_polygon() -> None:
    radii = np.hypot(*(drawn_curve(ellipse(0.4, 0.4, 0, 17)).points - 0.5))

    assert np.cos(np.pi / 16) * 0.4 < 0.393  # how near the sides of the polygon come to the middle
    assert radii.min() > 0.396
    assert radii.max() < 0.404


def test_a_corner_that_was_drawn_as_one_stays_a_corner() -> None:
    side = np.linspace(0.2, 0.8, 150)
    corner = np.array([0.8, 0.2])

    curve = drawn_curve(np.stack([np.append(side, np.full(150, 0.8)), np.append(np.full(150, 0.2), side)]))

    assert np.hypot(*(curve.points - corner[:, np.newaxis])).min() < 3 * PIXEL
    assert curve.points.max() < 0.8 + 2 * PIXEL


@given(strokes)
def test_whatever_is_drawn_makes_an_even_curve_or_a_sentence(points: Points) -> None:
    if np.ptp(points, axis=1).max() < SMALLEST:
        with pytest.raises(CurveError, match="too small"):
            drawn_curve(points)
        return
    curve = drawn_curve(points)

    assert FEWEST <= curve.t.size <= MOST
    assert np.isfinite(curve.points).all()
    assert not curve.jumps.any()
    apart = spacings(curve.points, curve.closed)
    assert apart.max() < 1.5 * apart.mean()
    size = np.ptp(points, axis=1).max()
    assert curve.closed == (np.hypot(*(points[:, -1] - points[:, 0])) <= 0.06 * size and points.shape[1] > 2)
    kept = curve.units.to_person(curve.points)
    if not curve.closed:
        assert kept[:, [0, -1]] == pytest.approx(points[:, [0, -1]], abs=1e-9)


@given(st.integers(8, 300), st.floats(0, 0.055), st.floats(0, 6.28))
def test_ends_that_meet_are_drawn_together_without_a_kink(count: int, gap: float, towards: float) -> None:
    circle = ellipse(0.35, 0.35, 0, count)
    pull = 0.7 * gap * np.array([[np.cos(towards)], [np.sin(towards)]])

    curve = drawn_curve(circle + pull * np.linspace(-0.5, 0.5, count))

    assert curve.closed
    ways = np.diff(np.column_stack([curve.points, curve.points[:, :2]]), axis=1)
    turns = np.diff(np.unwrap(np.arctan2(ways[1], ways[0])))
    assert np.abs(turns).max() < 0.25  # of one point to the next, in radians


def test_what_lies_inside_stays_where_it_was_drawn_and_what_does_not_is_fitted() -> None:
    inside, outside = ellipse(0.2, 0.1, 0, 200), ellipse(0.7, 0.2, 0, 200)

    kept, fitted = drawn_curve(inside), drawn_curve(outside)

    assert kept.units == Units()
    assert kept.points.mean(axis=1) == pytest.approx([0.5, 0.5], abs=1e-3)
    assert np.ptp(kept.points[0]) == pytest.approx(0.4, rel=0.01)
    assert [fitted.points[0].min(), fitted.points[0].max()] == pytest.approx([EDGE, 1 - EDGE])
    back = fitted.units.to_person(fitted.points)
    assert np.ptp(back[0]) == pytest.approx(1.4, rel=0.01)


@pytest.mark.parametrize(
    "points", [np.empty((2, 0)), np.array([[0.5], [0.5]]), np.full((2, 30), 0.25), np.array([[0.5, 0.51], [0.5, 0.5]])]
)
def test_a_click_is_no_curve(points: Points) -> None:
    with pytest.raises(CurveError, match="too small to be a curve"):
        drawn_curve(points)


def test_what_is_no_number_is_no_curve() -> None:
    with pytest.raises(CurveError, match="not all numbers"):
        drawn_curve(np.array([[0.1, np.nan], [0.2, 0.3]]))
