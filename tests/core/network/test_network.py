import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui.core.arrays import FloatArray
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.network.network import Network, initial_parameters, layer_blocks, named_parameters
from curvegui.core.network.noise import initial_normals
from tests.core.networks import Case, assert_close, cases, random_case
from tests.help import exercise_reference

STEP = 1e-5  # where the errors of rounding and of the third derivative are about the same


def _kinks(network: Network, t: FloatArray) -> list[FloatArray]:
    """On which side of its kink every ReLU is, for every point."""
    relu = ACTIVATIONS["relu"]
    passed = network.feed_forward(t)[1:]
    return [z > 0 for layer, (z, _) in zip(network.layers, passed, strict=True) if layer.activation is relu]


def _central_differences(case: Case) -> FloatArray:
    """dC/dparameter by moving each parameter both ways; nan where a ReLU passes its kink in between."""
    network = case.network()
    found = np.full(network.parameters.size, np.nan)
    for index, value in enumerate(case.parameters):
        costs, kinks = [], []
        for moved in (value + STEP, value - STEP):
            network.parameters[index] = moved
            costs.append(network.cost(case.t, case.y))
            kinks.append(_kinks(network, case.t))
        network.parameters[index] = value
        if all(np.array_equal(up, down) for up, down in zip(*kinks, strict=True)):
            found[index] = (costs[0] - costs[1]) / (2 * STEP)
    return found


@settings(max_examples=25, deadline=None)
@given(case=cases(max_neurons=6))
def test_the_jacobians_are_the_slopes_of_the_cost(case: Case) -> None:
    gradient = case.network().gradient(case.t, case.y)
    differences = _central_differences(case)
    smooth = np.isfinite(differences)

    scale = max(1.0, np.max(np.abs(gradient)), case.network().cost(case.t, case.y))
    np.testing.assert_allclose(gradient[smooth], differences[smooth], rtol=0, atol=1e-7 * scale)
    if "relu" not in (case.activation, case.output_activation):
        assert smooth.all()


def test_the_kink_of_relu_hides_few_parameters_from_that_check() -> None:
    smooth = [
        np.isfinite(_central_differences(random_case((1, 4, 4, 2), "relu", "relu", 100, seed))).mean()
        for seed in range(5)
    ]

    assert np.mean(smooth) > 0.9


def _exercise_parameters(network: Network) -> exercise_reference.Parameters:
    weights = [layer.weights.copy() for layer in network.layers]
    biases = [layer.biases.copy() for layer in network.layers]
    return exercise_reference.Parameters(*weights, *biases)


@settings(max_examples=25, deadline=None)
@given(n1=st.integers(1, 12), n2=st.integers(1, 12), points=st.integers(1, 200), seed=st.integers(0, 2**32 - 1))
def test_the_jacobians_are_the_six_formulas_of_the_exercise(n1: int, n2: int, points: int, seed: int) -> None:
    case = random_case((1, n1, n2, 2), "logistic", "logistic", points, seed)
    network = case.network()
    parameters = _exercise_parameters(network)
    found = network.jacobians(case.t, case.y)

    for layer, (j_w, j_b) in enumerate(found, start=1):  # sums over the points, whose terms may nearly cancel
        assert_close(j_w, exercise_reference.JACOBIANS[f"W{layer}"](parameters, case.t, case.y), relative=1e-10)
        assert_close(j_b, exercise_reference.JACOBIANS[f"b{layer}"](parameters, case.t, case.y), relative=1e-10)


@given(case=cases())
def test_feeding_forward_fills_every_layer_with_what_the_formula_says(case: Case) -> None:
    network = case.network()
    passed = network.feed_forward(case.t)

    assert [a.shape for _, a in passed] == [(size, case.t.size) for size in case.sizes]
    for layer, (_, before), (z, a) in zip(network.layers, passed, passed[1:], strict=False):
        np.testing.assert_allclose(z, layer.weights @ before + layer.biases)
        np.testing.assert_allclose(a, layer.activation(z))
    assert np.array_equal(network.draw(case.t), passed[-1][1])


def test_the_cost_is_the_mean_squared_distance_of_the_points() -> None:
    network = Network((1, 2), np.array([0.0, 0.3, 0.0, 0.4]), output_activation="linear")

    assert network.cost(np.array([[0.0, 0.5]]), np.zeros((2, 2))) == pytest.approx(0.25)


def test_the_gradient_holds_the_jacobians_in_the_order_of_the_parameters() -> None:
    case = random_case((1, 3, 4, 2), "tanh", "logistic", 20, seed=1)
    blocks = layer_blocks(case.sizes, case.network().gradient(case.t, case.y))

    for block, (j_w, j_b) in zip(blocks, case.network().jacobians(case.t, case.y), strict=True):
        assert np.array_equal(block[:, :-1], j_w)
        assert np.array_equal(block[:, -1:], j_b)


def test_the_layers_are_views_of_the_flat_vector() -> None:
    network = Network((1, 2, 2), np.zeros(10))
    network.layers[0].weights[1, 0] = 5
    network.layers[1].biases[0, 0] = 7

    assert network.parameters.tolist() == [0, 0, 5, 0, 0, 0, 7, 0, 0, 0]


@pytest.mark.parametrize("shape", [(9,), (11,), (2, 5), (0,)])
def test_a_vector_that_does_not_fit_the_layers_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"\(1, 2, 2\) need 10 parameters"):
        Network((1, 2, 2), np.zeros(shape))


def test_numbers_that_run_away_do_not_warn() -> None:
    network = Network((1, 2, 2), np.full(10, 1e308), "relu", "linear")
    t, y = np.ones((1, 3)), np.zeros((2, 3))

    assert not np.isfinite(network.cost(t, y))
    assert not np.isfinite(network.gradient(t, y)).any()


def test_initial_parameters_are_normal_and_halved() -> None:
    parameters = initial_parameters((1, 300, 300, 2), seed=1)
    error = 0.5 / np.sqrt(parameters.size)

    assert abs(parameters.mean()) < 5 * error
    assert abs(parameters.std() - 0.5) < 5 * error


def test_initial_parameters_are_drawn_in_the_order_of_the_exercise() -> None:
    normals = initial_normals(5, 77) / 2
    network = Network((1, 6, 7, 2), initial_parameters((1, 6, 7, 2), seed=5))

    weights = np.concatenate([layer.weights.ravel() for layer in network.layers])
    biases = np.concatenate([layer.biases.ravel() for layer in network.layers])
    assert np.array_equal(np.concatenate([weights, biases]), normals)


def test_initial_parameters_depend_on_the_seed_alone() -> None:
    sizes = (1, 6, 7, 2)

    assert np.array_equal(initial_parameters(sizes, 1), initial_parameters(sizes, 1))
    assert not np.isin(initial_parameters(sizes, 1), initial_parameters(sizes, 2)).any()


def test_parameters_have_the_exercises_names_weights_first_and_are_views() -> None:
    vector = np.arange(77.0)
    named = named_parameters((1, 6, 7, 2), vector)

    assert {name: array.shape for name, array in named.items()} == {
        "W1": (6, 1), "W2": (7, 6), "W3": (2, 7), "b1": (6, 1), "b2": (7, 1), "b3": (2, 1),
    }  # fmt: skip
    assert list(named) == ["W1", "W2", "W3", "b1", "b2", "b3"]
    for layer, block in enumerate(layer_blocks((1, 6, 7, 2), vector), start=1):
        assert np.array_equal(np.hstack([named[f"W{layer}"], named[f"b{layer}"]]), block)
    named["b3"][1, 0] = -1
    assert vector[-1] == -1
