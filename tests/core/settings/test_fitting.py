"""Settings that fit a network to a curve: more neurons for more corners, and nothing to change for a simple one."""

from typing import Any

import numpy as np
import pytest

from curvegui.core.curve.curve import Curve
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig, usual
from curvegui.core.settings.fitting import FEWEST, MOST, corners, fitting_settings, jump_count
from tests.core.runs import quickest


def _zigzag(teeth: int, jumps: tuple[int, ...] = ()) -> Curve:
    """Right angles all along."""
    x = np.linspace(0.1, 0.9, teeth + 1)
    points, skipped = (
        np.stack([x, 0.5 + np.where(np.arange(teeth + 1) % 2, 1, -1) * (x[1] - x[0]) / 2]),
        np.zeros(teeth + 1, dtype=bool),
    )
    skipped[list(jumps)] = True
    return Curve("zigzag", points, np.linspace(0, 1, teeth + 1), False, skipped)


def test_corners_are_counted_in_right_angles() -> None:
    assert corners(_zigzag(2)) == pytest.approx(1)
    assert corners(_zigzag(30)) == pytest.approx(29)
    assert corners(_zigzag(1)) == 0


def test_what_was_not_drawn_turns_by_nothing() -> None:
    assert jump_count(_zigzag(30, (4, 5, 9))) == 2  # one of several lines is one
    assert corners(_zigzag(30, (4,))) == pytest.approx(27)  # nor do the lines before and after it


def test_a_simple_curve_needs_no_change() -> None:
    assert fitting_settings(TrainingConfig(), _zigzag(4)) == {}


def test_more_corners_want_more_neurons_up_to_a_bound() -> None:
    found = [fitting_settings(TrainingConfig(), _zigzag(teeth)) for teeth in (40, 80, 400)]
    neurons = [changes["hidden"][0] for changes in found]
    assert FEWEST <= neurons[0] < neurons[1] <= neurons[2] == MOST
    assert [changes["points"] for changes in found] == sorted(changes["points"] for changes in found)


def test_a_network_that_is_large_enough_stays() -> None:
    assert fitting_settings(TrainingConfig(hidden=(MOST, MOST)), _zigzag(80)) == {}


def test_all_of_them_can_be_set_at_once_with_the_usual_aggression() -> None:
    curve = _zigzag(40)
    changes: dict[str, Any] = fitting_settings(TrainingConfig(), curve)
    config = TrainingConfig(curve=curve).changed(**changes)
    assert config.aggression == usual(config)
    assert (config.optimizer, config.noise) == ("adam", 0)


def test_it_learns_a_word_like_curve_much_better() -> None:
    curve = _zigzag(40)
    usual_one = TrainingConfig(curve=curve)
    costs = []
    for config in (usual_one, usual_one.changed(**fitting_settings(usual_one, curve))):
        trainer = Trainer(config, quickest())
        trainer.advance(2_000)
        costs.append(trainer.snapshot().cost)
    assert costs[1] < costs[0] / 2
