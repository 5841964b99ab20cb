"""Elementary functions are right to the last digit or two, and what they say of one number depends on no other."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from curvegui.core import elementary
from curvegui.core.arrays import FloatArray

RANDOM = np.random.default_rng(4)
NEAR, FAR = RANDOM.uniform(-1, 1, 4_000), RANDOM.uniform(-30, 30, 4_000)
TINY = 10.0 ** RANDOM.uniform(-12, 0, 1_000)
ALL = np.concatenate([NEAR, FAR, TINY, RANDOM.uniform(-1e6, 1e6, 1_000), np.pi / 2 * np.arange(-99, 99)])
UNIT = np.concatenate([NEAR, TINY, 1 - TINY, TINY - 1])
EXPONENTS = np.concatenate([NEAR, FAR, TINY, RANDOM.uniform(-700, 700, 1_000)])
POSITIVE = np.concatenate([1 + NEAR / 2, np.abs(FAR), TINY, 10.0 ** RANDOM.uniform(-300, 300, 1_000)])
OF_ONE = {
    "sin": (ALL, 0.8),
    "cos": (ALL, 0.8),
    "tan": (ALL, 2.0),
    "arcsin": (UNIT, 2.0),
    "arccos": (UNIT, 2.0),
    "arctan": (np.concatenate([ALL, 1 / TINY]), 1.6),
    "sinh": (EXPONENTS, 2.5),
    "cosh": (EXPONENTS, 1.6),
    "tanh": (EXPONENTS, 2.5),
    "exp": (EXPONENTS, 1.0),
    "log": (POSITIVE, 0.6),
    "log2": (POSITIVE, 0.6),
    "log10": (POSITIVE, 0.6),
    "cbrt": (np.concatenate([POSITIVE, FAR]), 1.0),
}
"""Where each is tried, and how many units in the last place it may be off."""
OF_TWO = {
    "arctan2": (FAR, RANDOM.permutation(FAR), 1.6),
    "hypot": (FAR, RANDOM.permutation(FAR), 1.1),
    "power": (np.abs(FAR), 9 * NEAR, 1.0),
}
ODD = np.array([0.0, 0.5, 1.0, 2.0, 3.0, -0.5, -1.0, -2.0, np.inf, -np.inf, np.nan])
NUMBERS = st.floats(-1e9, 1e9)
needs_long_doubles = pytest.mark.skipif(np.finfo(np.longdouble).nmant < 63, reason="needs numbers of 80 bits")


def units_off(found: FloatArray, name: str, *numbers: FloatArray) -> float:
    """By how many units in the last place numbers are off those that NumPy computes with more digits."""
    exact = getattr(np, name)(*(each.astype(np.longdouble) for each in numbers))
    return float((np.abs(found - exact) / np.spacing(np.abs(exact.astype(np.float64)))).max())


@needs_long_doubles
@pytest.mark.parametrize("name", OF_ONE)
def test_a_function_is_right_to_the_last_digit_or_two(name: str) -> None:
    x, most = OF_ONE[name]
    assert units_off(getattr(elementary, name)(x), name, x) <= most


@needs_long_doubles
@pytest.mark.parametrize("name", OF_TWO)
def test_a_function_of_two_is_right_to_the_last_digit(name: str) -> None:
    x, y, most = OF_TWO[name]
    assert units_off(getattr(elementary, name)(x, y), name, x, y) <= most


@pytest.mark.parametrize("name", [*OF_ONE, "power", "arctan2"])
def test_of_0_of_infinity_and_where_there_is_no_value_it_says_what_numpy_says(name: str) -> None:
    numbers = (ODD,) if name in OF_ONE else tuple(np.stack(np.meshgrid(ODD, ODD)).reshape(2, -1))
    with np.errstate(all="ignore"):
        found, expected = (getattr(module, name)(*numbers) for module in (elementary, np))

    np.testing.assert_allclose(found, expected, rtol=1e-15, atol=1e-15)


def test_what_has_an_exact_value_has_that() -> None:
    whole = np.arange(200.0)
    powers = np.arange(-300, 300)

    assert np.array_equal(elementary.power(whole, np.full(200, 3.0)), whole**3)
    assert np.array_equal(elementary.power(-whole, np.full(200, 3.0)), -(whole**3))
    assert np.array_equal(elementary.cbrt(whole**3), whole)
    assert np.array_equal(elementary.log2(np.ldexp(1.0, powers)), powers)
    assert np.array_equal(elementary.log10(np.array([float(f"1e{k}") for k in range(-20, 23)])), np.arange(-20, 23))
    with np.errstate(all="ignore"):
        assert elementary.power(np.array([0.5, 2.0, -2.0]), np.full(3, 1e300)).tolist() == [0, np.inf, np.inf]
    assert elementary.cos(np.zeros(1)) == elementary.exp(np.zeros(1)) == 1


@pytest.mark.parametrize("function", [elementary.sin, elementary.cos, elementary.exp], ids=lambda each: each.__name__)
@given(x=st.lists(NUMBERS | st.floats(-1, 1), min_size=2, max_size=9))
def test_what_it_says_of_a_number_depends_on_no_other(function: Callable[..., FloatArray], x: list[float]) -> None:
    with np.errstate(over="ignore"):
        alone = [float(function(np.float64(each))) for each in x]
        assert function(np.array(x)).tolist() == alone


@given(
    places=st.lists(st.floats(0, 1).map(lambda place: round(place, 2)), min_size=1, max_size=20).map(sorted),
    t=st.lists(st.floats(-0.5, 1.5), min_size=1),
)
def test_between_two_places_is_what_numpy_says(places: list[float], t: list[float]) -> None:
    values = np.cos(9 * np.arange(len(places)))
    every = np.array([*t, *places])

    np.testing.assert_allclose(
        elementary.interpolated(every, np.array(places), values), np.interp(every, places, values), rtol=0, atol=1e-15
    )
