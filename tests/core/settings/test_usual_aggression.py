"""Which aggression suits a network, and which one to try next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.core.settings.usual_aggression import bolder, gentler, is_timid, usual

CONFIGS = st.builds(
    TrainingConfig,
    aggression=st.floats(0, SETTINGS["aggression"].high),
    activation=st.sampled_from([name for name in ACTIVATIONS if name != "linear"]),
    output_activation=st.sampled_from(list(ACTIVATIONS)),
)


def test_the_usual_one_is_that_of_the_exercise_for_its_network_and_less_for_steeper_ones():
    assert usual(TrainingConfig(aggression=3)) == 7
    assert usual(TrainingConfig(activation="tanh")) == 0.5
    assert usual(TrainingConfig(output_activation="linear")) == 0.1


@given(CONFIGS)
def test_one_goes_down_and_the_other_up_within_what_is_allowed(config):
    assert gentler(config) < config.aggression or config.aggression == 0
    assert gentler(config) <= usual(config)
    assert (
        config.aggression < bolder(config) <= SETTINGS["aggression"].high or config.aggression == bolder(config) == 1e6
    )


@pytest.mark.parametrize(("aggression", "raised"), [(0, 7), (0.01, 7), (3, 7), (4, 8), (7, 14), (14, 16.8), (70, 84)])
def test_a_timid_one_becomes_the_usual_and_a_bold_one_a_little_bolder(aggression, raised):
    config = TrainingConfig(aggression=aggression)
    assert is_timid(config) == (aggression < 3.5)
    assert bolder(config) == pytest.approx(raised)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"optimizer": "adam"}, 0.1),
        ({"optimizer": "adam", "activation": "tanh"}, 0.1),
        ({"optimizer": "momentum"}, 1.0),
        ({"optimizer": "momentum", "output_activation": "linear"}, 0.1 / 7),
        ({"optimizer": "lbfgs", "aggression": 3.0}, 3.0),
    ],
)
def test_what_is_usual_depends_on_the_optimiser(settings, expected):
    assert usual(TrainingConfig(**settings)) == pytest.approx(expected)
