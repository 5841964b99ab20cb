"""The curves to meet by hand can be met: exactly by the network that drew them, and learning leads there."""

from dataclasses import replace

import numpy as np
import pytest

from curvegui.core.challenges.by_hand import HAND_CURVES
from curvegui.core.challenges.smallest import GOAL, reached
from curvegui.core.language.text import english
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


def test_its_curve_is_the_same_in_every_language_and_files_that_have_it_in_another_one_are_tries_at_it(in_brackets):
    for curve in HAND_CURVES:
        fresh = replace(curve, name=english(curve, "name"))  # whose settings nobody has asked for yet
        assert fresh.config.curve == curve.config.curve
        assert fresh.config.curve.name == f"By hand: {english(curve, 'name')}"
        assert curve.is_played(replace(fresh.config, curve=fresh.config.curve.called("Von Hand: Stufe")))
    assert not HAND_CURVES[0].is_played(HAND_CURVES[1].config)


def test_a_file_that_has_its_curve_as_another_version_rounded_it_is_a_try_at_it():
    own = HAND_CURVES[0].config.curve
    points = own.points.copy()
    points[:, 7] = np.nextafter(points[:, 7], 1)
    assert HAND_CURVES[0].is_played(replace(HAND_CURVES[0].config, curve=replace(own, points=points)))
    points[:, 7] += 0.001
    assert not HAND_CURVES[0].is_played(replace(HAND_CURVES[0].config, curve=replace(own, points=points)))


def test_a_run_that_has_met_it_is_noted_in_the_same_words_in_every_language(in_brackets):
    step = HAND_CURVES[0]
    assert reached(step.record(step.drawn_by), "").title == "By hand: Step"
