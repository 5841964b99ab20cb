"""How much each neuron has to do with a stretch of the curve."""

import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.inspection.ablation import influence
from curvegui.core.network.network import Network, parameter_count
from tests.core.networks import cases, random_case

STRETCHES = st.tuples(st.floats(0, 1), st.floats(0, 1))


def by_hand(case, stretch):
    """One neuron after the other, with the definition's own words."""
    network, last = case.network(), len(case.sizes) - 1
    inside = (case.t[0] >= min(stretch)) & (case.t[0] <= max(stretch))
    drawn, found = network.draw(case.t), []
    for number in range(1, last + 1):
        changes = []
        for index in range(case.sizes[number]):
            a = network.feed_forward(case.t)[number][1].copy()
            a[index] = a[index].mean()
            for layer in network.layers[number:]:
                a = layer.activation(layer.weights @ a + layer.biases)
            changes.append(np.sqrt(np.mean(np.sum((a - drawn)[:, inside] ** 2, axis=0))))
        found.append(np.array(changes))
    return found


@given(cases(max_points=60), st.integers(0, 59), st.integers(0, 59))
def test_it_is_the_change_when_each_neuron_is_at_its_mean(case, first, second):
    n = case.t.size
    stretch = (float(case.t[0, first % n]), float(case.t[0, second % n]))
    found, expected = influence(case.network(), case.t, stretch), by_hand(case, stretch)
    hidden = max((each.max() for each in expected[:-1]), default=0.0)
    for layer, (mine, theirs) in enumerate(zip(found, expected, strict=True), start=1):
        most = hidden if layer < len(expected) else theirs.max()
        if most > 1e-9:
            np.testing.assert_allclose(mine, theirs / most, rtol=1e-6, atol=1e-6)


@given(cases(), STRETCHES, st.sampled_from([1.0, 1e3, 1e160, 1e300]), st.booleans())
def test_it_is_finite_and_from_0_to_1_whatever_comes(case, stretch, factor, spoilt):
    with np.errstate(all="ignore"):
        parameters = case.parameters * factor
    parameters[::3] = np.nan if spoilt else parameters[::3]
    found = influence(case.network(parameters), case.t, stretch)
    assert [each.shape for each in found] == [(size,) for size in case.sizes[1:]]
    for each in found:
        assert np.isfinite(each).all() and (each >= 0).all() and (each <= 1).all()


@given(cases())
def test_the_most_of_any_hidden_neuron_is_1_or_all_are_0(case):
    hidden = influence(case.network(), case.t, (0.0, 1.0))[:-1]
    assert not hidden or max(each.max() for each in hidden) in (0.0, 1.0)


@pytest.mark.parametrize("level", [0.0, 0.1, 40.0])
def test_where_no_neuron_tells_points_apart_nothing_matters(level):
    """0.1 is no binary number: the mean of a hundred of them is another one."""
    sizes = (1, 6, 7, 2)
    parameters = np.full(parameter_count(sizes), level)
    parameters[0:12:2] = 0.0  # the weights of t
    t = np.linspace(0, 1, 100)[np.newaxis]
    assert not any(each.any() for each in influence(Network(sizes, parameters), t, (0.2, 0.4)))


def test_a_neuron_that_bends_only_a_stretch_counts_there_most():
    """One rectifier works before t = 0.5 alone, and the other one after it."""
    first, second = [-2.0, 1.0], [2.0, -1.0]
    network = Network((1, 2, 2), np.array([*first, *second, 1.0, 1.0, 0.0, 1.0, 1.0, 0.0]), "relu", "linear")
    t = np.linspace(0, 1, 101)[np.newaxis]
    early, late = influence(network, t, (0.0, 0.1))[0], influence(network, t, (1.0, 0.9))[0]
    assert early[0] == late[1] == 1.0
    assert early[1] < 0.5 and late[0] < 0.5


def test_between_two_points_the_nearest_one_counts():
    case = random_case((1, 4, 3, 2), "logistic", "logistic", 10, 1)
    case.t[:] = np.linspace(0, 0.9, 10)
    network = case.network()
    np.testing.assert_array_equal(
        np.concatenate(influence(network, case.t, (0.52, 0.53))), np.concatenate(influence(network, case.t, (0.5, 0.5)))
    )


def test_large_networks_are_thinned_to_nearly_the_same():
    case = random_case((1, 40, 40, 2), "tanh", "logistic", 2_000, 5)
    case.t[:] = np.linspace(0, 1, 2_000)
    network = case.network()
    found, expected = influence(network, case.t, (0.1, 0.6)), by_hand(case, (0.1, 0.6))
    most = max(each.max() for each in expected[:-1])
    for mine, theirs in zip(found[:-1], expected[:-1], strict=True):
        np.testing.assert_allclose(mine, theirs / most, atol=0.08)


def calls_made(hidden):
    """How many functions are called for a network, NumPy's among them."""
    case, calls = random_case((1, *hidden, 2), "logistic", "logistic", 100, 5), []
    network = case.network()
    sys.setprofile(lambda frame, event, function: calls.append(event))
    try:
        influence(network, case.t, (0.0, 1.0))
    finally:
        sys.setprofile(None)
    return calls.count("call") + calls.count("c_call")


def test_it_is_not_computed_neuron_by_neuron():
    """Which would be too slow for 30 pictures a second."""
    assert calls_made((12, 14)) == calls_made((6, 7))
