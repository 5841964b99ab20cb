"""The curves to meet by hand can be met: exactly by the network that drew them, and learning leads there."""

import numpy as np
import pytest

from curvegui.core.challenges.by_hand import HAND_CURVES
from curvegui.core.challenges.smallest import GOAL
from curvegui.core.run.trainer import Trainer


@pytest.mark.parametrize("curve", HAND_CURVES, ids=lambda each: each.name)
def test_a_curve_can_be_met_and_is_not_met_at_the_start(curve):
    met, start = (Trainer.going_on(curve.record(parameters)) for parameters in (curve.drawn_by, ()))
    assert met.snapshot().cost < GOAL / 1_000
    assert np.ptp(met.snapshot().target.points, axis=1).min() > 0.5  # it fills the picture
    assert start.iteration == 0
    before = start.snapshot().cost
    assert before > 10 * GOAL
    start.advance(1_000)
    assert start.snapshot().cost < before / 2
    assert curve.is_played(start.config)
    assert not curve.is_played(start.config.changed(hidden=(3,)))
    assert not curve.is_played(start.config.changed(curve="heart"))
