"""Levenberg-Marquardt against closed forms, certified values and the figures that are promised."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui.core.arrays import FloatArray
from curvegui.core.engine.numpy_engine import Engine
from curvegui.core.learner.target import training_data
from curvegui.core.network.network import initial_parameters
from curvegui.core.optimizers.descent import Descent
from curvegui.core.optimizers.levenberg_marquardt import Damping, iterate, sum_of_squares

HEART = (1, 6, 7, 2)
MISRA1A = np.array(  # NIST StRD, Misra1a: y = b1 (1 - exp(-b2 x))
    [
        (10.07, 77.6), (14.73, 114.9), (17.94, 141.1), (23.93, 190.8), (29.61, 239.9), (35.18, 289.0), (40.02, 332.8),
        (44.82, 378.4), (50.76, 434.8), (55.05, 477.3), (61.01, 536.8), (66.40, 593.1), (75.47, 689.1), (81.78, 760.0),
    ]
)  # fmt: skip
CERTIFIED, CERTIFIED_SUM = [2.3894212918e02, 5.5015643181e-04], 1.2455138894e-01

Residuals = Callable[[FloatArray], FloatArray]


def _run(x: FloatArray, residuals: Residuals, jacobian: Callable[[FloatArray], FloatArray], count: int) -> FloatArray:
    damping = Damping()
    for _ in range(count):
        before = sum_of_squares(residuals(x))
        x, damping = iterate(x, residuals, jacobian(x), damping)
        assert sum_of_squares(residuals(x)) <= before
    return x


def _misra(b: FloatArray) -> FloatArray:
    y, x = MISRA1A.T
    return np.asarray(b[0] * (1 - np.exp(-b[1] * x)) - y)


def _misra_jacobian(b: FloatArray) -> FloatArray:
    x = MISRA1A[:, 1]
    return np.stack([1 - np.exp(-b[1] * x), b[0] * x * np.exp(-b[1] * x)], axis=1)


def test_it_finds_the_certified_values_of_misra1a() -> None:
    scale = np.array([1e2, 1e-4])  # their units differ by a million, which damping of one size for all cannot see
    x = _run(np.array([5.0, 1.0]), lambda x: _misra(scale * x), lambda x: _misra_jacobian(scale * x) * scale, count=200)

    np.testing.assert_allclose(scale * x, CERTIFIED, rtol=1e-8)
    assert sum_of_squares(_misra(scale * x)) == pytest.approx(CERTIFIED_SUM, rel=1e-9)


def test_it_finds_the_bottom_of_rosenbrocks_valley() -> None:
    def residuals(x: FloatArray) -> FloatArray:
        return np.array([10 * (x[1] - x[0] ** 2), 1 - x[0]])

    found = _run(np.array([-1.2, 1.0]), residuals, lambda x: np.array([[-20 * x[0], 10.0], [-1.0, 0.0]]), count=60)

    np.testing.assert_allclose(found, [1, 1], rtol=1e-9)


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(rows=st.integers(1, 12), columns=st.integers(1, 12), seed=st.integers(0, 10_000))
def test_linear_residuals_are_as_small_as_they_can_be(rows: int, columns: int, seed: int) -> None:
    """Both ways of solving: by JᵀJ where there are more residuals than parameters, by JJᵀ where there are fewer."""
    random = np.random.default_rng(seed)
    matrix = np.linalg.qr(random.standard_normal((max(rows, columns),) * 2))[0][:rows, :columns]
    y = random.standard_normal(rows)
    x = _run(random.standard_normal(columns), lambda x: matrix @ x - y, lambda x: matrix, count=40)

    best = np.linalg.lstsq(matrix, y, rcond=None)[0]
    assert sum_of_squares(matrix @ x - y) == pytest.approx(sum_of_squares(matrix @ best - y), rel=1e-9, abs=1e-15)


@pytest.mark.parametrize("damping", [1e-3, 1.0, 1e3])
def test_a_step_solves_the_damped_equations(damping: float) -> None:
    random = np.random.default_rng(1)
    jacobian, y = random.standard_normal((9, 4)), random.standard_normal(9)
    for matrix in (jacobian, jacobian.T[:, :4].T[:2]):
        target = y[: len(matrix)]
        x, _ = iterate(np.zeros(4), lambda x, m=matrix, t=target: m @ x - t, matrix, Damping(damping))

        np.testing.assert_allclose(x, np.linalg.solve(matrix.T @ matrix + damping * np.eye(4), matrix.T @ target))


def test_where_a_step_fails_the_damping_rises_until_one_holds() -> None:
    """A cliff: the sum is inf everywhere but near."""

    def residuals(x: FloatArray) -> FloatArray:
        return x - 1 if abs(x[0]) < 1e-3 else np.array([np.nan])

    x, damping = iterate(np.zeros(1), residuals, np.ones((1, 1)), Damping(1e-9))

    assert 0 < x[0] < 1e-3
    assert damping.value > 1

    stuck, damping = iterate(np.zeros(1), lambda x: np.array([float(x[0] != 0)]), np.ones((1, 1)), Damping(1e-9))
    assert stuck[0] == 0
    assert damping == Damping()  # nothing was to be had anywhere; the next one begins anew


@pytest.mark.parametrize("jacobian", [np.zeros((3, 2)), np.full((3, 2), np.nan), np.full((3, 2), 1e200)])
def test_where_there_is_nothing_to_go_by_it_stays(jacobian: FloatArray) -> None:
    with np.errstate(all="ignore"):
        x, damping = iterate(np.ones(2), lambda x: np.ones(3), jacobian, Damping(0.5))

    assert np.array_equal(x, np.ones(2))
    assert damping == Damping(0.5)


def test_equations_that_cannot_be_solved_are_damped() -> None:
    """Two parameters that do the same; damping so small that rounding swallows it."""
    jacobian = np.ones((2, 2))
    x, damping = iterate(np.zeros(2), lambda x: jacobian @ x - 1, jacobian, Damping(1e-300))

    assert sum_of_squares(jacobian @ x - 1) < 2
    assert np.isfinite(damping.value)


@pytest.mark.slow
def test_two_hundred_iterations_draw_the_heart_exactly() -> None:
    """The median of the cost over some seeds is below a millionth."""
    costs = []
    for seed in range(1, 4):
        engine = Engine(HEART, "logistic", "logistic", *training_data())
        engine.parameters = initial_parameters(HEART, seed)
        engine.descend(0, 200, Descent(0.0, optimizer="levenberg-marquardt"))
        costs.append(engine.evaluate()[1])

    assert np.median(costs) <= 1e-6
