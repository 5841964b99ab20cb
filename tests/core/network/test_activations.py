import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core.network.activations import ACTIVATIONS
from tests.core.networks import NAMES

EXACT = {
    "logistic": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: np.where(z > 0, z, 0.0),
    "sine": np.sin,
    "softplus": lambda z: np.where(z > 0, z, 0.0) + np.log1p(np.exp(-np.abs(z))),
    "linear": lambda z: z,
}
SLOPES = {
    "logistic": lambda z: np.cosh(z / 2) ** (-2) / 4,
    "tanh": lambda z: np.cosh(z) ** (-2),
    "relu": lambda z: np.where(z > 0, 1.0, 0.0),
    "sine": np.cos,
    "softplus": lambda z: 1 / (1 + np.exp(-z)),
    "linear": np.ones_like,
}
WIDE = np.concatenate([np.linspace(-30, 30, 601), np.array([1e-300, -1e-300, 1e-9])])


def test_every_activation_is_checked_here() -> None:
    assert set(EXACT) == set(SLOPES) == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_an_activation_is_its_textbook_formula(name: str) -> None:
    np.testing.assert_allclose(ACTIVATIONS[name](WIDE), EXACT[name](WIDE), rtol=1e-15, atol=2e-16)


@pytest.mark.parametrize("name", NAMES)
def test_a_slope_is_its_textbook_formula_though_it_comes_from_the_output(name: str) -> None:
    activation = ACTIVATIONS[name]

    np.testing.assert_allclose(activation.slope_at(WIDE, activation(WIDE)), SLOPES[name](WIDE), rtol=1e-15, atol=4e-16)


@pytest.mark.parametrize("name", NAMES)
@given(z=st.floats(allow_nan=True, allow_infinity=True))
def test_no_weighted_sum_makes_an_activation_or_its_slope_warn(name: str, z: float) -> None:
    activation, sums = ACTIVATIONS[name], np.array([[z]])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        a = activation(sums)
        slope = activation.slope_at(sums, a)

    assert a.shape == slope.shape == (1, 1)
    if np.isfinite(z):
        assert activation.low <= a[0, 0] <= activation.high
        assert np.isfinite(slope[0, 0])


@pytest.mark.parametrize("z", [-np.inf, -1e308, -1e4, -746.0, -710.0])
def test_the_logistic_function_ends_in_exact_zero_and_one(z: float) -> None:
    sums = np.array([z, -z])

    assert ACTIVATIONS["logistic"](sums).tolist() == [0.0, 1.0]
    assert ACTIVATIONS["logistic"].slope_at(sums, np.array([0.0, 1.0])).tolist() == [0.0, 0.0]


def test_relu_has_no_slope_at_its_kink() -> None:
    zero = np.array([0.0, -0.0])

    assert ACTIVATIONS["relu"].slope_at(zero, ACTIVATIONS["relu"](zero)).tolist() == [0.0, 0.0]


@pytest.mark.parametrize("name", NAMES)
def test_the_weighted_sums_are_left_alone(name: str) -> None:
    z = np.linspace(-2, 2, 5)
    before = z.copy()
    a = ACTIVATIONS[name](z)
    ACTIVATIONS[name].slope_at(z, a)

    assert np.array_equal(z, before)


@pytest.mark.parametrize("name", NAMES)
def test_the_constants_of_an_activation_multiply_without_rounding(name: str) -> None:
    for constant in (ACTIVATIONS[name].gain, ACTIVATIONS[name].scale):
        assert np.frexp(constant)[0] == 0.5  # a power of two


@pytest.mark.parametrize("name", NAMES)
def test_the_source_of_the_exported_script_computes_the_same(name: str) -> None:
    computed = eval(ACTIVATIONS[name].source, {"np": np, "z": WIDE})
    np.testing.assert_allclose(computed, ACTIVATIONS[name](WIDE), rtol=1e-15, atol=2e-16)
