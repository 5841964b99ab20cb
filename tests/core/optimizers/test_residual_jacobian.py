import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from curvegui.core.optimizers.levenberg_marquardt import residual_jacobian, residuals
from tests.core.networks import Case, cases, random_case

SMOOTH = ["logistic", "tanh", "sine", "linear"]


@settings(max_examples=25, deadline=None)
@given(case=cases(max_points=30))
def test_residuals_times_the_jacobian_are_the_gradient(case: Case) -> None:
    network = case.network()
    found = residual_jacobian(network, case.t)
    expected = network.gradient(case.t, case.y)

    assert found.shape == (2 * case.t.size, network.parameters.size)
    product = 2 / case.t.size * found.T @ residuals(network, case.t, case.y)
    np.testing.assert_allclose(product, expected, rtol=0, atol=1e-12 * max(1e-3, np.abs(expected).max()))


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(
    hidden=st.lists(st.integers(1, 5), max_size=3),
    names=st.tuples(st.sampled_from(SMOOTH), st.sampled_from(SMOOTH)),
    points=st.integers(1, 20),
    seed=st.integers(0, 10_000),
)
def test_it_is_what_finite_differences_say(hidden: list[int], names: tuple[str, str], points: int, seed: int) -> None:
    case = random_case((1, *hidden, 2), *names, points, seed)
    network, step = case.network(), 1e-5
    found = residual_jacobian(network, case.t)
    for place, column in enumerate(found.T):
        sides = []
        for sign in (1, -1):
            parameters = case.parameters.copy()
            parameters[place] += sign * step
            sides.append(residuals(case.network(parameters), case.t, case.y))
        difference = (sides[0] - sides[1]) / (2 * step)
        np.testing.assert_allclose(column, difference, rtol=1e-5, atol=1e-7 * max(1, np.abs(difference).max()))


@pytest.mark.parametrize("activation", ["relu", "logistic"])
def test_it_does_not_warn_where_numbers_run_away(activation: str) -> None:
    case = random_case((1, 4, 4, 2), activation, "linear", 5, seed=1)
    network = case.network(1e300 * case.parameters)

    assert residual_jacobian(network, case.t).shape == (10, case.parameters.size)
