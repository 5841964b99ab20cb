"""Weight decay: the same term of the cost in every engine and optimiser, and nothing where it is 0."""

from dataclasses import replace

import numpy as np
import pytest

from curvegui.core.arrays import FloatArray
from curvegui.core.engine.loop import DescentEngine
from curvegui.core.learner.engines import builder
from curvegui.core.learner.target import training_data
from curvegui.core.network.network import Network, initial_parameters, layer_blocks
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.optimizers.descent import Descent
from tests.core.runs import BOTH

SIZES, FROZEN, DECAY = (1, 4, 5, 2), 2, 0.03
T, Y = training_data(30)
START = initial_parameters(SIZES, 3)


@pytest.fixture(params=BOTH)
def engine(request: pytest.FixtureRequest) -> DescentEngine:
    built = builder(request.param)(SIZES, "tanh", "logistic", T, Y)
    built.parameters = START
    return built


def _weights(parameters: FloatArray) -> FloatArray:
    """The parameters with 0 in place of the biases."""
    found = parameters.copy()
    for block in layer_blocks(SIZES, found):
        block[:, -1] = 0.0
    return found


def _slope(parameters: FloatArray) -> FloatArray:
    return Network(SIZES, parameters, "tanh", "logistic").gradient(T, Y) + DECAY * _weights(parameters)


def _cost(parameters: FloatArray) -> float:
    own = DECAY / 2 * float(np.sum(_weights(parameters) ** 2))
    return Network(SIZES, parameters, "tanh", "logistic").cost(T, Y) + own


def test_a_step_goes_down_the_cost_with_half_the_decay_times_the_squared_weights() -> None:
    nudge = 1e-5 * np.eye(START.size)
    tried = [(_cost(START + each) - _cost(START - each)) / 2e-5 for each in nudge]
    np.testing.assert_allclose(_slope(START), tried, atol=1e-9)


def test_plain_descent_is_the_textbook_loop(engine: DescentEngine) -> None:
    expected = START
    for _ in range(40):
        expected = expected - 0.5 * _slope(expected)
    engine.descend(0, 40, Descent(0.5, weight_decay=DECAY))
    np.testing.assert_allclose(engine.parameters, expected, rtol=0, atol=1e-13)


def test_momentum_is_the_textbook_loop(engine: DescentEngine) -> None:
    expected, velocity = START, np.zeros_like(START)
    for _ in range(40):
        velocity = 0.9 * velocity + _slope(expected)
        expected = expected - 0.1 * velocity
    engine.descend(0, 40, Descent(0.1, optimizer="momentum", weight_decay=DECAY))
    np.testing.assert_allclose(engine.parameters, expected, rtol=0, atol=1e-13)


@pytest.mark.slow
@pytest.mark.parametrize("optimizer", [name for name, entry in OPTIMIZERS.items() if entry.solver])
def test_the_second_order_finds_the_bottom_of_the_whole_cost(engine: DescentEngine, optimizer: str) -> None:
    engine.freeze((FROZEN,))
    engine.descend(0, 150, Descent(1.0, optimizer=optimizer, weight_decay=DECAY))
    slope = _slope(engine.parameters)
    slope[FROZEN] = 0.0
    np.testing.assert_allclose(slope, 0, atol=1e-7)
    assert engine.parameters[FROZEN] == START[FROZEN]


def test_mini_batches_and_noise_have_it_too(engine: DescentEngine) -> None:
    way = Descent(0.5, 0.3, 3, batch=7)
    engine.descend(0, 400, way)
    free = engine.parameters
    engine.parameters = START
    engine.descend(0, 400, replace(way, weight_decay=DECAY))
    assert np.linalg.norm(_weights(engine.parameters)) < 0.8 * np.linalg.norm(_weights(free))


def test_the_gradient_stays_that_of_the_points(engine: DescentEngine) -> None:
    engine.descend(0, 3, Descent(0.5, weight_decay=DECAY))
    exact = engine.network().gradient(T, Y)
    np.testing.assert_allclose(engine.gradient(), exact, rtol=0, atol=1e-14)
