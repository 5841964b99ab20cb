"""Two runs' settings in words."""

import numpy as np
import pytest

from curvegui.core.curve.curve import Curve, curve_through
from curvegui.core.learner.morphing import Morph
from curvegui.core.settings.comparison import compare_settings
from curvegui.core.settings.config import TrainingConfig


def words(one, other, **options):
    return [each.words for each in compare_settings(TrainingConfig(**one), TrainingConfig(**other), **options)]


def test_what_differs_comes_first_and_the_rest_is_the_same():
    said = words({"aggression": 7, "hidden": (6, 7)}, {"aggression": 3, "hidden": (10,)})
    assert said[:2] == ["Layers: 6–7 and 10", "Aggression: 7 and 3"]
    assert "Noise: the same (1)" in said[2:]
    assert all(": the same (" in each for each in said[2:])


def test_a_setting_that_only_one_of_two_optimisers_has_is_compared():
    said = words({"optimizer": "adam"}, {})
    assert said[0] == "Optimiser: Adam and Steepest descent"
    assert "Momentum: 0.9 and none" in said
    assert "Aggression: 7 and none" in words({}, {"optimizer": "lbfgs"})
    assert not any(each.startswith("Schedule over") for each in said)


def own_curve(name: str, count: int, height: float = 1.0) -> Curve:
    return curve_through(name, np.stack([np.arange(count), height * np.arange(count) ** 2]), closed=False)


def test_curves_of_one_name_are_told_apart_by_what_differs() -> None:
    few, many, high = own_curve("Heart", 3), own_curve("Heart", 1_200), own_curve("Heart", 3, height=2.0)
    assert words({"curve": few}, {"curve": many})[0] == "Curve: Heart (3 points) and Heart (1,200 points)"
    assert words({"curve": few}, {})[0] == "Curve: Heart (3 points) and Heart (preset)"
    (first, *_) = compare_settings(TrainingConfig(curve=few), TrainingConfig(curve=high))
    assert (first.label, first.is_same) == ("Curve", False)
    assert first.one == f"Heart (3 points, {few.digest.hex()[:6]})"


@pytest.mark.usefixtures("german")
def test_curves_that_the_app_has_named_are_called_in_the_chosen_language() -> None:
    usual = TrainingConfig()
    (morphed, *_) = compare_settings(usual, usual.changed(curve=Morph(("heart", "star"), 0.5).curve(50)))
    assert (morphed.one, morphed.other) == ("Herz", "Herz zu Stern")
    (own, *_) = compare_settings(usual, usual.changed(curve=own_curve("my heart to keep", 3)))
    assert own.other == "my heart to keep"
    (small, *_) = compare_settings(usual, usual.changed(curve=own_curve("heart", 3)))
    assert "3" in small.other and small.one.startswith("Herz (") and not small.is_same
