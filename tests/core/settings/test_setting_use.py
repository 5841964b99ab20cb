"""A setting that does nothing with what is tried is named, with what would use it."""

import pytest

from curvegui.core.settings.config import TrainingConfig
from curvegui.core.settings.setting_use import why_unused


def ways(*optimizers, schedule="constant"):
    return [TrainingConfig(optimizer=name, schedule=schedule) for name in optimizers]


@pytest.mark.parametrize("name", ["aggression", "noise", "hidden", "stop_cost", "batch", "schedule", "curve"])
def test_what_is_used_is_no_trouble(name):
    assert why_unused(name, ways("descent")) == ""


def test_one_of_the_ways_is_enough():
    assert why_unused("momentum", ways("descent", "adam")) == ""
    assert why_unused("schedule_over", [*ways("descent"), *ways("descent", schedule="step")]) == ""


@pytest.mark.parametrize(
    ("name", "tried", "sentence"),
    [
        (
            "momentum",
            ways("descent"),
            "Momentum: it does nothing with the optimiser descent, but with momentum, nesterov or adam.",
        ),
        ("memory", ways("descent"), "Memory: it does nothing with the optimiser descent, but with rmsprop or adam."),
        (
            "noise",
            ways("lbfgs", "levenberg-marquardt", "lbfgs"),
            "Noise: it does nothing with the optimiser lbfgs or levenberg-marquardt, "
            "but with descent, momentum, nesterov, rmsprop or adam.",
        ),
        (
            "schedule_over",
            ways("descent"),
            "Schedule over: it does nothing with the schedule constant, but with cosine or step.",
        ),
    ],
)
def test_what_would_use_it_is_named(name, tried, sentence):
    assert why_unused(name, tried) == sentence


def test_of_optimiser_and_schedule_the_optimiser_is_named_first():
    assert "optimiser lbfgs" in why_unused("schedule_over", ways("lbfgs"))
    assert "optimiser lbfgs" in why_unused("schedule_over", ways("lbfgs", schedule="step"))
