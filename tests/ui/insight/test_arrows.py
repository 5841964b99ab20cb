"""Arrows as one path, and how much longer they are drawn."""

import numpy as np
import pytest

from curvegui.ui.insight.items import LIMIT_PX, LONGEST, PATIENCE_S, SHORTEST_PX, SteadyScale, arrows, scale_of, thinned


def corners(path):
    return [(path.elementAt(i).x, path.elementAt(i).y) for i in range(path.elementCount())]


def test_an_arrow_goes_from_its_start_to_its_end_and_its_head_lies_behind_the_end():
    shafts, heads = arrows(np.array([[10.0], [20.0]]), np.array([[50.0], [20.0]]))
    (start, neck), (tip, left, right, back) = corners(shafts), corners(heads)
    assert (start, tip, back) == ((10, 20), (50, 20), (50, 20))
    assert neck == (left[0], 20)
    assert left[0] == right[0] < 50
    assert left[1] - 20 == pytest.approx(20 - right[1])
    assert left[1] != 20


def test_what_cannot_be_drawn_is_left_out():
    starts = np.zeros((2, 5))
    ends = np.array([[30.0, np.nan, np.inf, SHORTEST_PX / 2, 2 * LIMIT_PX], [0.0] * 5])
    assert [len(corners(path)) for path in arrows(starts, ends)] == [2, 4]
    assert all(path.isEmpty() for path in arrows(np.empty((2, 0)), np.empty((2, 0))))


def test_arrows_are_thinned_evenly_and_both_ends_are_kept():
    assert thinned(5, 10).tolist() == [0, 1, 2, 3, 4]
    some = thinned(1000, 60)
    assert (some.size, some[0], some[-1]) == (60, 0, 999)
    assert set(np.diff(some)) <= {16, 17}
    assert thinned(0, 60).size == 0


class Clock:
    """Tells a time that a test sets."""

    now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def scale(clock):
    return SteadyScale(clock)


def ways_of(longest):
    return np.array([[0.0, longest], [0.0, 0.0]])


def test_the_longest_arrow_can_be_seen_and_nothing_is_no_arrow():
    ways = np.array([[0.0, 3e-4, np.nan], [0.0, 4e-4, 1.0]])
    assert scale_of(ways) == pytest.approx(200)  # of 240
    assert scale_of(np.zeros((2, 4))) is None
    assert scale_of(np.full((2, 4), np.nan)) is None


@pytest.mark.parametrize("longest", np.geomspace(2e-7, 3.0, 40))
def test_the_factor_is_round_and_draws_no_arrow_too_long_or_too_short(longest):
    factor = scale_of(ways_of(longest))
    assert LONGEST / 2.51 <= factor * longest <= LONGEST * 1.001
    assert f"{factor:.0e}"[0] in "125"


def test_arrows_that_become_too_long_are_drawn_shorter_at_once(scale):
    first = scale.factor(ways_of(1e-3))
    assert scale.factor(ways_of(1.0)) < first / 100


def test_arrows_that_become_short_are_drawn_longer_when_they_stay_so(scale, clock):
    first = scale.factor(ways_of(1e-3))
    for at, longest, stays in (
        (0.0, 1e-5, True),
        (0.9 * PATIENCE_S, 1e-5, True),
        (1.0 * PATIENCE_S, 1e-3, True),  # a jump: it waits anew
        (1.1 * PATIENCE_S, 1e-5, True),
        (2.0 * PATIENCE_S, 1e-5, True),
        (2.2 * PATIENCE_S, 1e-5, False),
    ):
        clock.now = at
        assert (scale.factor(ways_of(longest)) == first) is stays
        assert scale.is_waiting is (stays and longest == 1e-5)
