"""The names of a network's parts, and where they are in its flat vector."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.network.network import named_parameters, parameter_count
from curvegui.core.network.parts import Neuron, Parameter, incoming, parameter_at, parameters_of

SIZES = st.lists(st.integers(1, 5), min_size=2, max_size=5)


@given(SIZES)
def test_each_parameter_is_found_where_the_named_matrices_have_it(sizes):
    vector = np.arange(parameter_count(sizes), dtype=float)
    named = named_parameters(sizes, vector)
    for index, parameter in enumerate(parameters_of(sizes)):
        assert parameter.index_in(sizes) == index
        assert parameter_at(sizes, index) == parameter
        assert named[parameter.matrix][parameter.row, parameter.column or 0] == index


def test_what_a_network_does_not_have_has_no_place():
    for parameter in (Parameter(0, 0), Parameter(3, 0), Parameter(1, 6), Parameter(1, 0, 1), Parameter(1, -1)):
        assert not parameter.is_in((1, 6, 2))
        with pytest.raises(IndexError, match="has no"):
            parameter.index_in((1, 6, 2))
    for index in (-1, parameter_count((1, 6, 2))):
        with pytest.raises(IndexError, match="has no"):
            parameter_at((1, 6, 2), index)


def test_neurons_know_what_leads_to_them():
    sizes = (1, 3, 2)
    assert incoming(Neuron(2, 1), sizes) == [*(Parameter(2, 1, column) for column in range(3)), Parameter(2, 1)]
    assert incoming(Neuron(0, 0), sizes) == []
    assert Neuron(0, 0).is_in(sizes) and not Neuron(1, 3).is_in(sizes) and not Neuron(3, 0).is_in(sizes)


def test_a_parameter_knows_its_ends():
    assert (Parameter(2, 1, 0).source, Parameter(2, 1, 0).target) == (Neuron(1, 0), Neuron(2, 1))
    assert (Parameter(2, 1).source, Parameter(2, 1).is_bias, Parameter(2, 1).matrix) == (None, True, "b2")
    assert Parameter(2, 1, 0).matrix == "W2" and not Parameter(2, 1, 0).is_bias
