"""The curve without parts of the network, against networks that do not have them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.inspection.ablation import draw_without
from curvegui.core.network.parts import Neuron, Parameter, parameters_of
from tests.core.networks import assert_close, cases, random_case


def with_zeros(case, parameters):
    """The case's network where some weights and biases are 0."""
    vector = case.parameters.copy()
    for parameter in parameters:
        vector[parameter.index_in(case.sizes)] = 0.0
    return case.network(vector)


def parts(case):
    neurons = [Neuron(layer, i) for layer, size in enumerate(case.sizes) for i in range(size)]
    return [*neurons, *parameters_of(case.sizes)]


@given(cases(), st.data())
def test_a_muted_weight_or_bias_is_zero_and_a_muted_neuron_leads_nowhere(case, data):
    last = len(case.sizes) - 1
    muted = data.draw(st.sets(st.sampled_from([p for p in parts(case) if p.layer < last or isinstance(p, Parameter)])))
    zeros = [part for part in muted if isinstance(part, Parameter)]
    zeros += [p for p in parameters_of(case.sizes) if isinstance(p, Parameter) and p.source in muted and p.source.layer]
    expected = with_zeros(case, zeros).draw(case.t)
    found = draw_without(case.network(), case.t, muted, None)
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=1e-12)


@given(cases())
def test_nothing_silenced_is_the_curve_itself_and_the_network_is_left_alone(case):
    network = case.network()
    assert_close(draw_without(network, case.t, (), None), network.draw(case.t))
    draw_without(network, case.t, parts(case), parts(case)[-1])
    np.testing.assert_array_equal(network.parameters, case.parameters)


@given(cases(), st.data())
def test_solo_mutes_what_is_beside_it(case, data):
    part = data.draw(st.sampled_from(parts(case)))
    if isinstance(part, Neuron):
        beside = {Neuron(part.layer, i) for i in range(case.sizes[part.layer])} - {part}
    else:
        beside = {Parameter(part.layer, part.row, c) for c in range(case.sizes[part.layer - 1])} - {part}
    network = case.network()
    np.testing.assert_array_equal(draw_without(network, case.t, (), part), draw_without(network, case.t, beside, None))


@pytest.mark.parametrize(("output", "level"), [("logistic", 0.5), ("tanh", 0.0)])
def test_a_muted_output_is_what_the_activation_makes_of_zero(output, level):
    case = random_case((1, 4, 2), "logistic", output, 10, 3)
    drawn = draw_without(case.network(), case.t, {Neuron(2, 0)}, None)
    np.testing.assert_array_equal(drawn[0], level)
    np.testing.assert_array_equal(drawn[1], case.network().draw(case.t)[1])
    np.testing.assert_array_equal(draw_without(case.network(), case.t, (), Neuron(2, 1)), drawn)


def test_the_input_and_what_is_not_there_are_heard():
    case = random_case((1, 4, 2), "tanh", "linear", 10, 3)
    strangers = {Neuron(0, 0), Neuron(1, 4), Neuron(7, 0), Parameter(1, 4), Parameter(2, 0, 9)}
    expected = case.network().draw(case.t)
    assert_close(draw_without(case.network(), case.t, strangers, Neuron(5, 5)), expected)
    assert_close(draw_without(case.network(), case.t, (), Parameter(2, 0, 9)), expected)


def test_what_is_muted_stays_so_when_it_is_soloed():
    case = random_case((1, 3, 2), "logistic", "logistic", 10, 3)
    alone = draw_without(case.network(), case.t, {Neuron(1, 1)}, Neuron(1, 1))
    assert_close(alone, draw_without(case.network(), case.t, {Neuron(1, i) for i in range(3)}, None))


def test_a_neuron_that_has_left_the_numbers_is_silent_when_muted():
    case = random_case((1, 2, 2), "linear", "linear", 5, 3)
    case.parameters[0] = np.nan
    assert np.isfinite(draw_without(case.network(), case.t, {Neuron(1, 0)}, None)).all()
