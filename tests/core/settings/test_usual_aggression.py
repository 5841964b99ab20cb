"""Which aggression suits a network, and which one to try next."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.diagnosis.remedies import bolder, gentler
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.settings.config import SETTINGS, TrainingConfig, is_timid, usual
from curvegui.core.settings.usual_aggression import STEEP, USUAL, usual_rate
from curvegui.files.disk.resources import resource
from tests.help.new_things import add_activation, add_optimizer

CONFIGS = st.builds(
    TrainingConfig,
    aggression=st.floats(0, SETTINGS["aggression"].high),
    activation=st.sampled_from([name for name in ACTIVATIONS if name != "linear"]),
    output_activation=st.sampled_from(list(ACTIVATIONS)),
)


def test_the_usual_one_is_that_of_the_exercise_for_its_network_and_less_for_steeper_ones():
    assert usual(TrainingConfig(aggression=3)) == 7
    assert usual(TrainingConfig(activation="tanh")) == 2
    assert usual(TrainingConfig(output_activation="linear")) == 0.3


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
        ({"optimizer": "adam"}, 0.01),
        ({"optimizer": "adam", "activation": "tanh"}, 0.003),
        ({"optimizer": "adam", "activation": "tanh", "output_activation": "linear"}, 0.003),
        ({"optimizer": "momentum"}, 1.0),
        ({"optimizer": "momentum", "activation": "sine"}, 1.0),
        ({"optimizer": "momentum", "output_activation": "linear"}, 0.03),
        ({"optimizer": "lbfgs", "aggression": 3.0}, 3.0),
    ],
)
def test_what_is_usual_depends_on_the_optimiser_and_the_neurons(settings, expected):
    assert usual(TrainingConfig(**settings)) == pytest.approx(expected)


def test_the_tables_know_all_neurons_and_optimisers_and_no_others():
    hidden = {name for name, entry in ACTIVATIONS.items() if entry.is_hidden}
    rates = {name for name, entry in OPTIMIZERS.items() if entry.usual}
    assert USUAL.keys() == STEEP.keys() == hidden
    assert all(rates <= row.keys() <= OPTIMIZERS.keys() for row in USUAL.values())
    assert all(row.keys() == {name for name in rates if not OPTIMIZERS[name].is_adaptive} for row in STEEP.values())
    assert all(STEEP[name][each] <= USUAL[name][each] for name in STEEP for each in STEEP[name])


def test_new_neurons_and_optimisers_have_a_usual_aggression_too(monkeypatch):
    add_activation(monkeypatch.setattr)
    add_optimizer(monkeypatch.setattr)
    assert usual_rate("descent", "gentle", "logistic") == USUAL["tanh"]["descent"]
    assert usual_rate("signs", "tanh", "linear") == 0.01


def test_the_guide_has_these_numbers():
    chapter = resource("guide.md").read_text(encoding="utf-8").split("\n### Optimisers\n")[1].split("\n## ")[0]
    for each, rates in USUAL.items():
        numbers = [
            f"{OPTIMIZERS[name].label} {rate:g}" + ("" if OPTIMIZERS[name].is_adaptive else f" ({STEEP[each][name]:g})")
            for name, rate in rates.items()
            if name in STEEP[each] or OPTIMIZERS[name].is_adaptive
        ]
        assert f"- **{ACTIVATIONS[each].label}**: {', '.join(numbers)}\n" in chapter
