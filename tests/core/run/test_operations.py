"""Operations on networks: what is drawn stays, whatever the network."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from curvegui.core.arrays import FloatArray
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.network.inserted_layer import NEW_LAYER
from curvegui.core.network.network import Network, initial_parameters, named_parameters
from curvegui.core.run.operations import (
    AddLayer,
    AddNeurons,
    Operation,
    RemoveLayer,
    RemoveNeurons,
    config_after,
    operated,
)
from curvegui.core.settings.config import TrainingConfig

T: FloatArray = np.linspace(0, 1, 301)[np.newaxis]
NAMES = [name for name in ACTIVATIONS if name != "linear"]
CONFIGS = st.builds(
    TrainingConfig,
    hidden=st.lists(st.integers(1, 9), min_size=1, max_size=4).map(tuple),
    activation=st.sampled_from(NAMES),
    output_activation=st.sampled_from(list(ACTIVATIONS)),
    seed=st.integers(0, 1_000),
)


def drawn(config: TrainingConfig, parameters: FloatArray) -> FloatArray:
    return Network(config.sizes, parameters, config.activation, config.output_activation).draw(T)


def after(
    config: TrainingConfig, parameters: FloatArray, *operations: Operation, iteration: int = 7
) -> tuple[TrainingConfig, FloatArray]:
    return config_after(config, operations), operated(config, operations, parameters, iteration, T)


@given(config=CONFIGS, layer=st.integers(1, 4), count=st.integers(1, 5), scale=st.floats(0.1, 5))
def test_new_neurons_leave_the_curve_as_it_is(config: TrainingConfig, layer: int, count: int, scale: float) -> None:
    layer = min(layer, len(config.hidden))
    before = scale * initial_parameters(config.sizes, config.seed)

    grown, parameters = after(config, before, AddNeurons(layer, count))

    assert grown.hidden[layer - 1] == config.hidden[layer - 1] + count
    np.testing.assert_allclose(drawn(grown, parameters), drawn(config, before), rtol=1e-14, atol=1e-13)
    named = named_parameters(grown.sizes, parameters)
    assert not named[f"W{layer + 1}"][:, -count:].any()
    assert np.unique(named[f"W{layer}"][-count:]).size == named[f"W{layer}"][-count:].size


def test_neurons_added_one_after_the_other_at_one_iteration_differ_and_follow_from_the_seed() -> None:
    config = TrainingConfig()
    before = initial_parameters(config.sizes, config.seed)
    twice = AddNeurons(1), AddNeurons(1)

    grown, parameters = after(config, before, *twice)

    first, second = named_parameters(grown.sizes, parameters)["W1"][-2:]
    assert first != second
    np.testing.assert_array_equal(parameters, after(config, before, *twice)[1])
    assert not np.array_equal(parameters, after(config, before, *twice, iteration=8)[1])
    assert not np.array_equal(parameters, after(replace(config, seed=6), before, *twice)[1])


@given(config=CONFIGS, layer=st.integers(1, 4), index=st.integers(0, 8))
def test_a_neuron_that_nobody_listens_to_is_the_least_important_and_changes_nothing_when_it_goes(
    config: TrainingConfig, layer: int, index: int
) -> None:
    layer = min(layer, len(config.hidden))
    if config.hidden[layer - 1] == 1:
        return
    index = min(index, config.hidden[layer - 1] - 1)
    before = initial_parameters(config.sizes, config.seed)
    named_parameters(config.sizes, before)[f"W{layer + 1}"][:, index] = 0

    shrunk, parameters = after(config, before, RemoveNeurons(layer))

    np.testing.assert_allclose(drawn(shrunk, parameters), drawn(config, before), rtol=0, atol=1e-12)
    assert after(config, before, RemoveNeurons(layer, 1, (index,)))[1].size == parameters.size


@given(config=CONFIGS, seed=st.integers(0, 1_000))
def test_of_the_neurons_of_a_layer_the_one_goes_without_which_the_curve_changes_least(
    config: TrainingConfig, seed: int
) -> None:
    layer = 1 + seed % len(config.hidden)
    neurons = config.hidden[layer - 1]
    if neurons == 1:
        return
    before = initial_parameters(config.sizes, seed)

    def change(*chosen: int) -> float:
        left, parameters = after(config, before, RemoveNeurons(layer, 1, chosen))
        return float(np.square(drawn(left, parameters) - drawn(config, before)).sum())

    assert change() == pytest.approx(min(change(index) for index in range(neurons)), rel=1e-6, abs=1e-20)


@pytest.mark.slow
@given(config=CONFIGS, scale=st.floats(0.1, 2.5))
@example(config=TrainingConfig(hidden=(1,), activation="sine", output_activation="sine", seed=0), scale=2.0)
@settings(max_examples=12)
def test_a_new_layer_leaves_the_curve_as_it_is_to_a_millionth(config: TrainingConfig, scale: float) -> None:
    before = scale * initial_parameters(config.sizes, config.seed)

    grown, parameters = after(config, before, AddLayer(NEW_LAYER))

    assert grown.hidden == (*config.hidden, NEW_LAYER)
    np.testing.assert_allclose(drawn(grown, parameters), drawn(config, before), rtol=0, atol=1e-6)


@pytest.mark.parametrize("activation", NAMES)
@pytest.mark.parametrize("layer", [1, 2])
def test_a_new_layer_further_in_leaves_the_curve_nearly_as_it_is(activation: str, layer: int) -> None:
    before = initial_parameters((1, 6, 7, 2), 5)
    config = TrainingConfig(activation=activation, frozen=(before.size - 1,))

    grown, parameters = after(config, before, AddLayer(NEW_LAYER, layer))

    assert grown.hidden == ((14, 6, 7), (6, 14, 7))[layer - 1]
    np.testing.assert_allclose(drawn(grown, parameters), drawn(config, before), rtol=0, atol=0.01)
    assert [parameters[place] for place in grown.frozen] == [before[-1]]
    assert np.abs(parameters).max() < 100


@pytest.mark.parametrize("neurons", [1, 2, 3, 4, 5])
def test_a_layer_too_small_to_hand_the_sums_on_does_what_it_can(neurons: int) -> None:
    config = TrainingConfig()
    before = initial_parameters(config.sizes, config.seed)

    grown, parameters = after(config, before, AddLayer(neurons))

    assert grown.hidden == (6, 7, neurons)
    assert np.abs(drawn(grown, parameters) - drawn(config, before)).max() < 0.1


@pytest.mark.slow
@settings(max_examples=12)
@given(config=CONFIGS)
def test_a_layer_that_hands_its_sums_on_can_be_removed_again(config: TrainingConfig) -> None:
    before = initial_parameters(config.sizes, config.seed)

    left, parameters = after(config, before, AddLayer(NEW_LAYER), RemoveLayer(len(config.hidden) + 1))

    assert left == config
    np.testing.assert_allclose(drawn(left, parameters), drawn(config, before), rtol=0, atol=0.05)


@pytest.mark.parametrize("activation", NAMES)
def test_a_network_that_has_run_away_stays_within_the_numbers(activation: str) -> None:
    config = TrainingConfig(activation=activation, output_activation="linear")
    before = 1e200 * initial_parameters(config.sizes, config.seed)
    layers = AddLayer(NEW_LAYER), AddLayer(9, 2), RemoveLayer(1), RemoveLayer(2)
    for operation in (AddNeurons(2), RemoveNeurons(1), *layers):
        assert np.isfinite(after(config, before, operation)[1]).all()


def test_what_is_frozen_stays_so_under_its_new_place() -> None:
    config = TrainingConfig(hidden=(2, 2), frozen=(0, 4, 5, 6, 11))  # W1[0], the neuron 0 of layer 2, an output's W
    before = np.arange(16.0)

    grown, parameters = after(config, before, AddNeurons(1))
    assert [parameters[place] for place in grown.frozen] == [0, 4, 5, 0, 6, 11]  # and what leads to a frozen neuron
    shrunk, parameters = after(config, before, RemoveNeurons(1, 1, (0,)))
    assert [parameters[place] for place in shrunk.frozen] == [5, 6, 11]
    larger, parameters = after(config, before, AddLayer(3))
    assert [parameters[place] for place in larger.frozen] == [0, 4, 5, 6]
    smaller, _ = after(config, before, RemoveLayer(2))
    assert smaller.frozen == (0,)
    smaller, parameters = after(config, before, RemoveLayer(1))
    assert [parameters[place] for place in smaller.frozen] == [11]


def test_a_frozen_bias_takes_nothing_over_from_a_neuron_that_goes() -> None:
    config = TrainingConfig(hidden=(2, 2), frozen=(6,))
    _, parameters = after(config, np.arange(16.0), RemoveNeurons(1, 1, (0,)))
    assert named_parameters((1, 1, 2, 2), parameters)["b2"][0] == 6
    assert named_parameters((1, 1, 2, 2), parameters)["b2"][1] > 9


def test_where_something_is_frozen_it_must_be_known_which_neuron_goes() -> None:
    with pytest.raises(ValueError, match="which neurons go"):
        config_after(TrainingConfig(frozen=(0,)), [RemoveNeurons(1)])


def test_layers_that_cannot_be_are_refused() -> None:
    with pytest.raises(ValueError, match="hidden layers"):
        config_after(TrainingConfig(hidden=(3,)), [RemoveLayer(1)])
    with pytest.raises(ValueError, match="from 1 to 20,000"):
        config_after(TrainingConfig(hidden=(1,)), [RemoveNeurons(1)])
