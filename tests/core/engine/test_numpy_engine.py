import numpy as np
import pytest
from hypothesis import given, settings

from curvegui.core.arrays import FloatArray
from curvegui.core.engine.numpy_engine import Engine
from curvegui.core.learner.target import training_data
from curvegui.core.network.network import Network, initial_parameters, layer_blocks
from curvegui.core.network.noise import BLOCK_ITERATIONS, noise_block
from tests.core.networks import PAIRS, Case, assert_close, cases, random_case
from tests.help import exercise_reference

HEART = (1, 6, 7, 2)
AROUND_BLOCKS = [1, 2, 119, 120, 121, 383, 384, 385, 1023, 1024, 1025, 1535, 1536, 1537, 2500]


def _heart_engine(points: int = 100, sizes: tuple[int, ...] = HEART, seed: int = 1) -> Engine:
    engine = Engine(sizes, "logistic", "logistic", *training_data(points))
    engine.parameters = initial_parameters(sizes, seed)
    return engine


@pytest.mark.parametrize(
    ("hidden", "output", "points"),
    [
        *(("logistic", "sine", points) for points in AROUND_BLOCKS),
        *((*pair, points) for points in (2, 121, 1025) for pair in PAIRS if pair != ("logistic", "sine")),
    ],
)
def test_the_engine_agrees_with_the_network_however_many_points(hidden: str, output: str, points: int) -> None:
    case = random_case((1, 5, 3, 3, 2), hidden, output, points, seed=points)
    network, engine = case.network(), case.engine()
    curve, cost = engine.evaluate()
    z, a = network.feed_forward(case.t)[-1]

    assert_close(engine.gradient(), network.gradient(case.t, case.y))
    assert_close(curve, a)
    assert cost == pytest.approx(network.cost(case.t, case.y), rel=1e-12)
    assert_close(engine.output_slopes(), network.layers[-1].activation.slope_at(z, a))


@pytest.mark.parametrize("points", [179, 181, 575, 577, 1_000])
def test_the_engine_agrees_with_the_network_where_wide_layers_make_narrow_blocks(points: int) -> None:
    case = random_case((1, 200, 30, 2), "logistic", "logistic", points, seed=points)
    engine = case.engine()

    assert_close(engine.gradient(), case.network().gradient(case.t, case.y))
    assert_close(engine.evaluate()[0], case.network().draw(case.t))


@settings(max_examples=40, deadline=None)
@given(case=cases(max_neurons=9))
def test_the_engine_agrees_with_the_network_for_any_layers(case: Case) -> None:
    network, engine = case.network(), case.engine()

    expected = network.gradient(case.t, case.y)
    np.testing.assert_allclose(engine.gradient(), expected, rtol=0, atol=1e-12 * max(1e-3, np.abs(expected).max()))
    np.testing.assert_allclose(engine.evaluate()[0], network.draw(case.t), rtol=1e-12, atol=1e-14)


def test_parameters_come_out_as_they_went_in_and_as_a_copy() -> None:
    engine = _heart_engine()
    parameters = engine.parameters
    assert np.array_equal(parameters, initial_parameters(HEART, 1))

    parameters[:] = 0

    assert np.array_equal(engine.parameters, initial_parameters(HEART, 1))


@pytest.mark.parametrize(("hidden", "output"), PAIRS)
@pytest.mark.parametrize("points", [40, 2000])
def test_without_noise_an_iteration_is_a_step_of_steepest_descent(hidden: str, output: str, points: int) -> None:
    case = random_case((1, 4, 3, 2), hidden, output, points, seed=9)
    engine = case.engine()
    engine.run(0, 1, learning_rate=0.5, noise=0, seed=1)

    step = case.parameters - engine.parameters
    assert_close(step, 0.5 * case.network().gradient(case.t, case.y), relative=1e-11)


def _applied_factors(first: int, noise: float, seed: int) -> FloatArray:
    """By how much each Jacobian was multiplied in one iteration, J_W1 ... J_W3, then J_b1 ... J_b3."""
    engine = _heart_engine()
    before, gradient = engine.parameters, engine.gradient()
    engine.run(first, 1, learning_rate=2.0, noise=noise, seed=seed)
    ratios = layer_blocks(HEART, (before - engine.parameters) / (2.0 * gradient))
    parts = [block[:, :-1] for block in ratios] + [block[:, -1:] for block in ratios]
    for part in parts:
        np.testing.assert_allclose(part, part[0, 0], rtol=1e-8)  # one number for the whole Jacobian
    return np.array([part[0, 0] for part in parts])


@pytest.mark.parametrize("iteration", [0, 99, 100, 12_345])
@pytest.mark.parametrize("noise", [1.0, 0.25])
def test_each_jacobian_is_multiplied_by_a_noisy_number_of_its_own(iteration: int, noise: float) -> None:
    block, row = divmod(iteration, BLOCK_ITERATIONS)
    expected = 1 + noise * noise_block(5, block, 6)[row]

    found = _applied_factors(iteration, noise, seed=5)

    np.testing.assert_allclose(found, expected, rtol=1e-8)
    assert len(set(found)) == 6


class _GivenNumbers:
    """Hands out the engine's noise where the exercise asks for random numbers."""

    def __init__(self, seed: int) -> None:
        self._numbers = iter(noise_block(seed, 0, 6).ravel())

    def randn(self) -> float:
        return next(self._numbers)


@pytest.mark.parametrize("noise", [0.0, 1.0])
def test_a_hundred_iterations_are_those_of_the_exercise(noise: float) -> None:
    x, y = training_data()
    layers = Network(HEART, initial_parameters(HEART, 1)).layers
    reference = exercise_reference.Parameters(*(w.weights for w in layers), *(w.biases for w in layers))
    exercise_reference.train(reference, x, y, 99, aggression=7, noise=noise, random=_GivenNumbers(seed=3))
    engine = _heart_engine()
    engine.run(0, 100, learning_rate=7, noise=noise, seed=3)

    found = Network(HEART, engine.parameters).layers
    for layer, name in zip(found, "123", strict=True):
        np.testing.assert_allclose(layer.weights, getattr(reference, f"W{name}"), rtol=1e-9, atol=1e-10)
        np.testing.assert_allclose(layer.biases, getattr(reference, f"b{name}"), rtol=1e-9, atol=1e-10)


@pytest.mark.parametrize(("value", "finite"), [(1e100, True), (1e200, False), (np.inf, False), (np.nan, False)])
def test_parameters_count_as_finite_where_they_can_be_squared(value: float, finite: bool) -> None:
    engine = _heart_engine()
    parameters = engine.parameters
    parameters[40] = value
    engine.parameters = parameters

    assert engine.is_finite() is finite


def test_a_run_that_is_driven_away_does_not_warn() -> None:
    case = random_case(HEART, "relu", "linear", 100, seed=1)
    engine = case.engine()
    engine.run(0, 200, learning_rate=1e300, noise=1000, seed=1)

    assert not engine.is_finite()
    assert not np.isfinite(engine.evaluate()[1])
    assert not np.isfinite(engine.gradient()).all()
    engine.output_slopes()


# Single precision


@pytest.mark.parametrize(("hidden", "output"), PAIRS)
@pytest.mark.parametrize("points", [50, 1_500])
def test_single_precision_agrees_to_its_own_rounding(hidden: str, output: str, points: int) -> None:
    case = random_case((1, 5, 3, 2), hidden, output, points, seed=7)
    engine, expected = Engine(case.sizes, hidden, output, case.t, case.y, precision="single"), case.engine()
    engine.parameters = case.parameters
    engine.freeze((0, 4))
    engine.run(0, 3, 0.1, 1.0, 5)
    expected.freeze((0, 4))
    expected.run(0, 3, 0.1, 1.0, 5)

    assert_close(engine.parameters, expected.parameters, relative=1e-4)
    assert_close(engine.evaluate()[0], expected.evaluate()[0], relative=1e-4)
    assert engine.parameters[[0, 4]].tolist() == np.float32(case.parameters[[0, 4]]).tolist()
    assert engine._blocks[0].workspace.output.dtype == engine._stored.dtype == np.float32


def test_what_is_beyond_single_precision_is_found_out_without_a_warning() -> None:
    engine = Engine(HEART, "logistic", "logistic", *training_data(10), precision="single")
    engine.parameters = np.full(initial_parameters(HEART, 1).size, 1e300)

    assert not engine.is_finite()


def test_it_steps_by_factors_from_outside_as_the_exercise_does() -> None:
    engine, random = _heart_engine(), np.random.RandomState(1)
    sixes = exercise_reference.reset(6, 7, random)
    layers = [(sixes.W1, sixes.b1), (sixes.W2, sixes.b2), (sixes.W3, sixes.b3)]
    engine.parameters = np.concatenate([np.hstack(layer).ravel() for layer in layers])
    factors = 7 * (1 + np.random.RandomState(2).randn(20, 6))
    exercise_reference.train(sixes, *training_data(100), 19, aggression=7, noise=1, random=np.random.RandomState(2))
    engine.step_by(factors[:5])
    engine.step_by(factors[5:])

    layers = [(sixes.W1, sixes.b1), (sixes.W2, sixes.b2), (sixes.W3, sixes.b3)]
    assert_close(engine.parameters, np.concatenate([np.hstack(layer).ravel() for layer in layers]))
