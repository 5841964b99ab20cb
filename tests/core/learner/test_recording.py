import gc
import tracemalloc

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from curvegui.core.learner.recording import (
    LARGEST_FLOAT32,
    TRAIL_BYTES,
    TRAIL_CURVES,
    TRAIL_POINTS,
    CostHistory,
    Trail,
    TrailCurves,
    beside,
    cost_stride,
    thin_points,
)


def _curve(value: float, points: int = 3) -> NDArray[np.float32]:
    return np.full((2, points), value, np.float32)


def _trail(iterations: range, points: int = 3) -> Trail:
    trail = Trail()
    for iteration in iterations:
        trail.add(iteration, _curve(iteration, points))
    return trail


def _iterations(trail: Trail) -> list[int]:
    return trail.since(-1).iterations.tolist()


@pytest.mark.slow
def test_costs_are_recorded_in_every_iteration_at_first_and_then_900_times_a_decade() -> None:
    assert [cost_stride(i) for i in (0, 1, 999, 1_000, 9_999, 10_000, 1_000_000)] == [1, 1, 1, 10, 10, 100, 10_000]
    for decade in (1_000, 10_000):
        recorded = sum(1 for i in range(decade, 10 * decade) if i % cost_stride(i) == 0)
        assert recorded == 900


@pytest.mark.parametrize("points", [TRAIL_POINTS + 1, 1_234, 100_000])
def test_a_curve_of_many_points_keeps_as_many_as_can_be_seen_and_both_ends(points: int) -> None:
    curve = np.stack([np.arange(points), -np.arange(points)]).astype(np.float64)
    thinned = thin_points(curve)

    assert thinned.shape == (2, TRAIL_POINTS)
    assert thinned.dtype == np.float32
    assert thinned[0, 0] == 0
    assert thinned[0, -1] == points - 1
    steps = np.diff(thinned[0])
    assert steps.max() - steps.min() <= 1


def test_what_is_too_large_for_a_small_float_becomes_its_largest() -> None:
    assert thin_points(np.array([[1e200, -1e200], [0.5, 1e30]])).tolist() == [
        [LARGEST_FLOAT32, -LARGEST_FLOAT32],
        [0.5, float(np.float32(1e30))],
    ]


def test_a_trail_gives_back_what_is_later_than_an_iteration() -> None:
    trail = _trail(range(0, 500, 100))

    assert trail.since(200).iterations.tolist() == [300, 400]
    assert trail.since(250).iterations.tolist() == [300, 400]
    assert trail.since(-1, most=2).iterations.tolist() == [0, 100]
    assert len(trail.since(-1, most=0)) == len(trail.since(400)) == len(Trail().since(-1)) == 0


def test_a_curve_that_is_not_later_than_all_is_ignored() -> None:
    trail = _trail(range(0, 300, 100))
    trail.add(200, _curve(-1))
    trail.add(50, _curve(-1))

    assert _iterations(trail) == [0, 100, 200]
    assert trail.since(-1).curves.min() == 0


def test_a_trail_that_is_asked_for_what_is_due_stays_evenly_spaced_for_ever() -> None:
    trail = Trail()
    for iteration in range(200_000):
        if iteration % trail.spacing == 0:
            trail.add(iteration, _curve(0, points=1))

    steps = np.diff(_iterations(trail))
    assert set(steps) == {trail.spacing}
    assert TRAIL_CURVES / 2 <= len(trail) < TRAIL_CURVES


@pytest.mark.slow
@settings(max_examples=20)
@given(lengths=st.lists(st.integers(1, 500), min_size=2, max_size=5))
def test_a_trail_never_holds_more_bytes_than_it_may_whatever_the_lengths(lengths: list[int]) -> None:
    trail, held, iteration = Trail(), 0, 0
    for points in lengths:
        curve = _curve(0, points)
        for _ in range(2_500):
            trail.add(iteration, curve)
            iteration += 1
        held = max(held, sum(c.nbytes for c in trail._curves.views(slice(None))))

    assert held <= TRAIL_BYTES
    assert len(trail) <= TRAIL_CURVES


def test_a_trail_knows_how_much_memory_it_takes() -> None:
    assert Trail().nbytes == 0
    tracemalloc.start()
    trail = _trail(range(2_000), points=100)
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 1.15 * trail.since(-1).curves.nbytes
    assert 0.9 * taken < trail.nbytes <= taken


def test_curves_of_several_lengths_come_back_as_long_as_the_longest() -> None:
    trail = Trail()
    trail.add(0, np.array([[0, 1], [2, 3]], np.float32))
    trail.add(1, np.array([[4, 5, 6], [7, 8, 9]], np.float32))

    assert trail.since(-1).curves.tolist() == [[[0, 1, 1], [2, 3, 3]], [[4, 5, 6], [7, 8, 9]]]


def test_what_was_taken_back_is_forgotten_and_can_be_added_again() -> None:
    trail = _trail(range(0, 500, 100))
    trail.forget_after(200)
    assert _iterations(trail) == [0, 100, 200]

    trail.add(300, _curve(-3))

    assert _iterations(trail) == [0, 100, 200, 300]
    assert trail.since(250).curves.max() == -3


@pytest.mark.slow
@settings(max_examples=5)
@given(collected=st.lists(st.integers(1, 900), min_size=1, max_size=60))
def test_a_second_trail_thins_itself_as_the_first_one_was(collected: list[int]) -> None:
    """Whenever it is told, and however often the first one was thinned meanwhile."""
    first, second, iteration = Trail(), Trail(), 0
    points = TRAIL_BYTES // (8 * 600)  # so long that 600 of them are too many
    curve = np.zeros((2, points), np.float32)
    for count in collected:
        for _ in range(count):
            if iteration % first.spacing == 0:
                first.add(iteration, curve)
            iteration += 1
        second = second.thinned_to(first.spacing)
        second.extend(first.since(_iterations(second)[-1] if len(second) else -1))
        assert second.spacing == first.spacing
        assert _iterations(second) == _iterations(first)


@given(
    count=st.integers(0, 30),
    after=st.integers(-1, 30),
    most=st.integers(1, 9),
    last=st.integers(0, 30),
    one_in=st.integers(1, 9),
)
def test_one_in_so_many_is_the_last_of_them(count: int, after: int, most: int, last: int, one_in: int) -> None:
    trail = _trail(range(count))
    waiting = [iteration for iteration in range(count) if after < iteration <= last]
    found = trail.since(after, most, last, one_in).iterations.tolist()
    assert found == waiting[one_in - 1 :: one_in][:most]
    assert trail.count_since(after, last) == len(waiting)


def test_a_trail_that_was_kept_goes_on_with_its_spacing() -> None:
    first = _trail(range(0, 500, 100))
    again = Trail.of(first.since(-1), 4)
    again.add(900, _curve(9))

    assert again.spacing == 4
    assert _iterations(again) == [0, 100, 200, 300, 400, 900]


def test_a_trail_does_not_keep_the_memory_of_curves_that_it_has_dropped() -> None:
    trail = Trail()
    tracemalloc.start()
    try:
        count = 1_000
        curves = np.zeros((count, 2, TRAIL_POINTS), np.float32)
        trail.extend(TrailCurves(np.arange(count), curves))
        del curves
        trail.forget_after(9)
        gc.collect()
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert len(trail) == 10
    assert held < 20 * 2 * TRAIL_POINTS * 4


def test_a_cost_history_gives_back_rows_of_iteration_and_cost() -> None:
    history = CostHistory()
    for iteration in range(4):
        history.add(iteration, iteration / 8)

    assert history.since(-1).tolist() == [[0, 0], [1, 0.125], [2, 0.25], [3, 0.375]]
    assert history.since(2).tolist() == [[3, 0.375]]
    assert history.since(3).shape == (0, 2)
    assert history.since(3).dtype == np.float64


def test_a_history_comes_back_from_its_rows() -> None:
    rows = np.array([[0, 0.5], [3, 0.25]])
    history = CostHistory.of(rows)
    history.add(3, 0.1)
    history.add(4, 0.125)

    assert history.since(-1).tolist() == [[0, 0.5], [3, 0.25], [4, 0.125]]


def test_costs_that_were_taken_back_are_forgotten() -> None:
    history = CostHistory()
    for iteration in range(10):
        history.add(iteration, 1.0)
    history.forget_after(4)
    history.add(5, 0.5)

    assert history.since(3).tolist() == [[4, 1.0], [5, 0.5]]


def test_costs_beside_others_are_nan_where_there_are_none() -> None:
    costs = np.array([[0, 0.5], [1, 0.4], [2, 0.3], [3, 0.2]])

    np.testing.assert_array_equal(beside(costs, np.array([[1, 9.0], [3, 8.0]])), [np.nan, 9, np.nan, 8])
    assert np.isnan(beside(costs, np.empty((0, 2)))).all()


def test_several_costs_are_added_at_once_without_those_that_are_there() -> None:
    history = CostHistory([0, 1], [0.5, 0.4])
    history.extend(np.array([[1, 9.0], [2, 0.3]]))

    assert history.since(-1).tolist() == [[0, 0.5], [1, 0.4], [2, 0.3]]
