"""The factor of arrows: round, and steady while they can be seen."""

import numpy as np
import pytest

from curvegui.ui.insight.steady_scale import LONGEST, PATIENCE_S, SteadyScale, scale_of


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


def arrows(longest):
    return np.array([[0.0, longest], [0.0, 0.0]])


def test_the_longest_arrow_can_be_seen_and_nothing_is_no_arrow():
    ways = np.array([[0.0, 3e-4, np.nan], [0.0, 4e-4, 1.0]])
    assert scale_of(ways) == pytest.approx(200)  # of 240
    assert scale_of(np.zeros((2, 4))) is None
    assert scale_of(np.full((2, 4), np.nan)) is None


@pytest.mark.parametrize("longest", np.geomspace(2e-7, 3.0, 40))
def test_the_factor_is_round_and_draws_no_arrow_too_long_or_too_short(longest):
    factor = scale_of(arrows(longest))
    assert LONGEST / 2.51 <= factor * longest <= LONGEST * 1.001
    assert f"{factor:.0e}"[0] in "125"


def test_it_stays_while_arrows_can_be_seen(scale):
    first = scale.factor(arrows(1e-3))
    for longest in (1.9e-3, 0.3e-3, 1.2e-3, 0.25e-3):
        assert scale.factor(arrows(longest)) == first
    assert not scale.is_waiting


def test_arrows_that_become_too_long_are_drawn_shorter_at_once(scale):
    first = scale.factor(arrows(1e-3))
    assert scale.factor(arrows(1.0)) < first / 100


def test_arrows_that_become_short_are_drawn_longer_when_they_stay_so(scale, clock):
    first = scale.factor(arrows(1e-3))
    for at, longest, stays in (
        (0.0, 1e-5, True),
        (0.9 * PATIENCE_S, 1e-5, True),
        (1.0 * PATIENCE_S, 1e-3, True),  # a jump: it waits anew
        (1.1 * PATIENCE_S, 1e-5, True),
        (2.0 * PATIENCE_S, 1e-5, True),
        (2.2 * PATIENCE_S, 1e-5, False),
    ):
        clock.now = at
        assert (scale.factor(arrows(longest)) == first) is stays
        assert scale.is_waiting is (stays and longest == 1e-5)


def test_where_there_is_no_arrow_the_next_one_has_its_own_factor(scale):
    scale.factor(arrows(1e-3))
    assert scale.factor(arrows(0.0)) is None
    assert scale.factor(arrows(1e-5)) == scale_of(arrows(1e-5))
