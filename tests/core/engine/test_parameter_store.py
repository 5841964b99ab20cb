import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.engine.parameter_store import ParameterStore, padded
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.network.network import layer_blocks, parameter_count
from tests.core.networks import NAMES, PAIRS

SIZES = (1, 3, 6, 2)
HIDDEN = st.lists(st.integers(1, 9), max_size=4)


def _store(sizes: tuple[int, ...], hidden: str = "logistic", output: str = "logistic") -> ParameterStore:
    return ParameterStore(sizes, [ACTIVATIONS[hidden]] * (len(sizes) - 2) + [ACTIVATIONS[output]])


@pytest.mark.parametrize(("width", "expected"), [(1, 4), (4, 4), (5, 8), (8, 8), (65, 68)])
def test_a_width_is_padded_to_the_next_multiple_of_four(width: int, expected: int) -> None:
    assert padded(width) == expected


@given(hidden=HIDDEN, names=st.sampled_from(PAIRS), seed=st.integers(0, 1000))
def test_parameters_come_back_to_the_last_bit(hidden: list[int], names: tuple[str, str], seed: int) -> None:
    sizes = (1, *hidden, 2)
    store = _store(sizes, *names)
    parameters = np.random.default_rng(seed).standard_normal(parameter_count(sizes))
    vector = store.zeros()
    store.store(parameters, vector)

    assert np.array_equal(store.read(vector, 1 / store.units), parameters)


def test_what_lies_between_weights_and_biases_is_zeroed() -> None:
    store = _store(SIZES)
    vector = store.zeros()
    vector.fill(np.nan)
    store.store(np.ones(parameter_count(SIZES)), vector)

    assert np.isfinite(vector).all()
    assert vector.size > parameter_count(SIZES)


def test_each_number_is_read_times_the_factor_of_its_own_jacobian() -> None:
    store = _store(SIZES, "tanh", "tanh")
    vector = store.zeros()
    store.store(np.ones(parameter_count(SIZES)), vector)
    read = layer_blocks(SIZES, store.read(vector, np.arange(1.0, 7.0)))

    for layer, block in enumerate(read):
        assert (block[:, :-1] == 1 + layer).all()
        assert (block[:, -1] == 4 + layer).all()


def test_each_stored_number_belongs_to_the_jacobian_in_whose_block_it_lies() -> None:
    store = _store(SIZES)

    for layer, block in enumerate(store.blocks(store.owner)):
        assert (block[:, :-1] == layer).all()
        assert (block[:, -1] == 3 + layer).all()


def test_numbers_that_run_away_are_read_without_a_warning() -> None:
    store = _store(SIZES)
    vector = store.zeros()
    vector.fill(1e308)

    assert np.isinf(store.read(vector, 1 / store.units)).any()


@pytest.mark.parametrize("name", [name for name in NAMES if name != "logistic"])
def test_a_function_that_is_not_stretched_is_stored_as_it_is(name: str) -> None:
    store = _store(SIZES, name, name)

    assert (store.units == 1).all()
    assert (store.sum_units == 2).all()


def test_logistic_weights_are_stored_as_those_of_the_tanh_that_they_are() -> None:
    store = _store(SIZES)

    # σ(z) = 1/2 + 1/2 tanh(z / 2): the first layer's weights are halved, the others' once more, the biases once
    assert store.units.tolist() == [0.5, 0.25, 0.25, 0.5, 0.5, 0.5]
