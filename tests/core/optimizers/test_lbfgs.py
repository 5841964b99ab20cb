"""L-BFGS and its line search, against closed forms and an independent implementation of the update."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui.core.arrays import FloatArray
from curvegui.core.engine.numpy_engine import Engine
from curvegui.core.learner.target import training_data
from curvegui.core.network.network import initial_parameters
from curvegui.core.optimizers.descent import Descent
from curvegui.core.optimizers.lbfgs import (
    ENOUGH,
    FLATTER,
    HISTORY,
    TRIES,
    CurvatureHistory,
    CurvaturePair,
    Function,
    LineSearch,
    Position,
    iterate,
)


def _rosenbrock(x: FloatArray) -> tuple[float, FloatArray]:
    a, b = x[0], x[1]
    gradient = np.array([-2 * (1 - a) - 400 * a * (b - a * a), 200 * (b - a * a)])
    return float((1 - a) ** 2 + 100 * (b - a * a) ** 2), gradient


def _bowl(curvatures: FloatArray, bottom: FloatArray) -> Function:
    return lambda x: (float(curvatures @ (x - bottom) ** 2) / 2, curvatures * (x - bottom))


def _positions(function: Function, x: FloatArray, count: int) -> Iterator[Position]:
    here, history = Position(x, *function(x)), CurvatureHistory()
    for _ in range(count):
        here = iterate(function, here, history)
        yield here


def test_it_finds_the_bottom_of_rosenbrocks_valley_in_fifty_iterations() -> None:
    costs = [here.cost for here in _positions(_rosenbrock, np.array([-1.2, 1.0]), 50)]

    assert costs[-1] < 1e-20
    assert all(later <= earlier for earlier, later in pairwise(costs))


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(size=st.integers(1, HISTORY), seed=st.integers(0, 10_000))
def test_a_bowl_of_no_more_dimensions_than_are_remembered_is_solved(size: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    curvatures, bottom = 10 ** random.uniform(-2, 2, size), random.standard_normal(size)
    *_, last = _positions(_bowl(curvatures, bottom), random.standard_normal(size), 400)

    np.testing.assert_allclose(last.x, bottom, atol=1e-4)


def _inverse_by_bfgs(steps: list[CurvaturePair]) -> FloatArray:
    """The inverse curvature as a matrix, one BFGS update after the other."""
    moved, turned = steps[-1]
    inverse = (moved @ turned) / (turned @ turned) * np.eye(moved.size)
    for moved, turned in steps:
        rho = 1 / (moved @ turned)
        left = np.eye(moved.size) - rho * np.outer(moved, turned)
        inverse = left @ inverse @ left.T + rho * np.outer(moved, moved)
    return inverse


@settings(max_examples=30, deadline=None)
@given(count=st.integers(1, 2 * HISTORY), size=st.integers(1, 8), seed=st.integers(0, 10_000))
def test_a_direction_is_that_of_the_written_out_update(count: int, size: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    root = random.standard_normal((size, size))
    curvature, history, steps = root @ root.T + np.eye(size), CurvatureHistory(), []
    for _ in range(count):
        moved = random.standard_normal(size)
        steps.append(CurvaturePair(moved, curvature @ moved))
        history.learn(steps[-1])
    gradient = random.standard_normal(size)

    expected = -_inverse_by_bfgs(steps[-HISTORY:]) @ gradient
    np.testing.assert_allclose(history.direction(gradient), expected, rtol=1e-6, atol=1e-9)


def test_without_a_history_it_goes_along_the_gradient() -> None:
    assert np.array_equal(CurvatureHistory().direction(np.array([1.0, -2.0])), [-1.0, 2.0])


@pytest.mark.parametrize("turned", [[-1.0, 0.0], [0.0, 1.0], [np.nan, 0.0], [np.inf, 0.0]])
def test_a_step_on_which_the_cost_is_no_bowl_teaches_nothing(turned: list[float]) -> None:
    history = CurvatureHistory()
    history.learn(CurvaturePair(np.array([1.0, 0.0]), np.array(turned)))

    assert len(history) == 0


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), first=st.floats(1e-3, 100))
def test_a_line_search_ends_where_it_is_lower_and_flatter(seed: int, first: float) -> None:
    """On a wavy line that ends in a bowl; the strong Wolfe conditions."""
    random = np.random.default_rng(seed)
    waves, depth = random.uniform(0.5, 5), random.uniform(0, 1)

    def function(x: FloatArray) -> tuple[float, FloatArray]:
        value = x[0] ** 2 + depth * np.cos(waves * x[0])
        return float(value), 2 * x - depth * waves * np.sin(waves * x)

    x = random.uniform(1, 5, 1)
    cost, gradient = function(x)
    if gradient[0] == 0:
        return
    found = LineSearch(function, x, cost, gradient, -gradient).find(first)

    slope = -float(gradient @ gradient)
    assert found.cost <= cost + ENOUGH * found.distance * slope
    assert abs(found.slope) <= FLATTER * abs(slope)
    assert found.cost == function(found.x)[0]


def test_a_line_search_turns_back_from_where_there_are_no_numbers() -> None:
    def function(x: FloatArray) -> tuple[float, FloatArray]:
        return (float((x[0] - 1) ** 2), 2 * (x - 1)) if x[0] < 1.5 else (np.nan, np.full(1, np.nan))

    found = LineSearch(function, np.zeros(1), *function(np.zeros(1)), np.ones(1)).find(64.0)

    assert 0 < found.x[0] < 1.5


def test_a_line_search_gives_up_where_it_falls_for_ever() -> None:
    looked = []

    def function(x: FloatArray) -> tuple[float, FloatArray]:
        looked.append(x)
        return -float(x[0]), -np.ones(1)

    found = LineSearch(function, np.zeros(1), 0.0, -np.ones(1), np.ones(1)).find(1.0)

    assert len(looked) == TRIES
    assert found.cost == -found.x[0] < -1e6


def test_where_nothing_is_lower_it_forgets_and_stays() -> None:
    """A gradient that lies: it says downhill where all is uphill."""

    def function(x: FloatArray) -> tuple[float, FloatArray]:
        return float(abs(x[0])), np.ones(1)

    history = CurvatureHistory()
    history.learn(CurvaturePair(np.ones(1), np.ones(1)))
    here = Position(np.zeros(1), 0.0, np.ones(1))

    assert iterate(function, here, history) is here
    assert len(history) == 0


@pytest.mark.parametrize("gradient", [0.0, np.nan, np.inf])
def test_where_there_is_no_downhill_it_stays(gradient: float) -> None:
    history = CurvatureHistory()
    history.learn(CurvaturePair(np.ones(1), np.ones(1)))
    here = Position(np.zeros(1), 0.0, np.full(1, gradient))

    assert iterate(lambda x: (0.0, np.zeros(1)), here, history) is here
    assert len(history) == 0


def test_the_heart_is_drawn_and_never_gets_worse() -> None:
    engine = Engine((1, 6, 7, 2), "logistic", "logistic", *training_data())
    engine.parameters = initial_parameters((1, 6, 7, 2), 3)
    costs = [engine.evaluate()[1]]
    for first in range(0, 600, 10):
        engine.descend(first, 10, Descent(0.0, optimizer="lbfgs"))
        costs.append(engine.evaluate()[1])

    assert costs[-1] < 3e-3
    assert all(later <= earlier for earlier, later in pairwise(costs))
