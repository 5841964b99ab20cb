"""The activations in C are right to the last digits: how far off, in units in the last place."""

import numpy as np
import pytest

from curvegui.core.arrays import FloatArray
from curvegui.core.native.engine import NativeEngine
from curvegui.core.native.library import library
from curvegui.core.network.activations import ACTIVATIONS

pytestmark = pytest.mark.skipif(library() is None, reason="needs the engine in C: python packaging/native.py")

TYPES: dict[str, type[np.floating]] = {"double": np.float64, "single": np.float32}
EXACT = {
    "logistic": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "softplus": lambda z: np.log1p(np.exp(-np.abs(z))) + np.maximum(z, 0),
    "sine": np.sin,
    "relu": lambda z: np.maximum(z, 0),
    "linear": np.positive,
}
"""In numbers of 80 bits, whose own errors are less than a hundredth of a unit."""


def drawn(name: str, z: FloatArray, precision: str) -> tuple[FloatArray, FloatArray]:
    """An activation and its slope at z, shape (n,), from a network that is nothing else."""
    engine = NativeEngine((1, 2), name, name, z.reshape(1, -1), np.zeros((2, z.size)), precision=precision)
    engine.parameters = np.array([1.0, 0.0, 1.0, 0.0])
    return engine.evaluate()[0][0], engine.output_slopes()[0]


def places(far: float, precision: str) -> FloatArray:
    """Numbers of a precision up to so far from 0, most of them near."""
    random = np.random.default_rng(1)
    spread = np.concatenate([random.uniform(-far, far, 4_000), far * random.normal(size=2_000) ** 3 / 30, [far, -far]])
    return np.clip(spread, -far, far).astype(TYPES[precision]).astype(np.float64)


def units_off(found: FloatArray, exact: FloatArray, precision: str) -> FloatArray:
    """By how many units in the last place numbers are off; those below 1e-30 count as that."""
    size = np.maximum(np.abs(exact).astype(np.float64), 1e-30).astype(TYPES[precision])
    return (np.abs(found - exact) / np.spacing(size)).astype(np.float64)


@pytest.mark.parametrize("precision", TYPES)
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_near_0_each_is_within_4_units_in_the_last_place(name: str, precision: str) -> None:
    z = places(1.0, precision)
    off = units_off(drawn(name, z, precision)[0], EXACT[name](z.astype(np.longdouble)), precision)

    assert off.max() <= 4


@pytest.mark.parametrize("precision", TYPES)
@pytest.mark.parametrize(("name", "most"), [("logistic", 8), ("tanh", 4), ("softplus", 8), ("relu", 0), ("linear", 0)])
def test_farther_out_the_small_ends_lose_a_few_units_more(name: str, most: float, precision: str) -> None:
    z = places(15.0, precision)
    off = units_off(drawn(name, z, precision)[0], EXACT[name](z.astype(np.longdouble)), precision)

    assert off.max() <= most


@pytest.mark.parametrize("precision", TYPES)
@pytest.mark.parametrize("far", [1.0, 100.0, 4e3, 9.9e4, 1e8])
def test_sine_and_its_slope_are_right_however_far_out(far: float, precision: str) -> None:
    z = places(far, precision)
    sine, slope = drawn("sine", z, precision)

    tolerance = 2.5e-16 if precision == "double" else 2e-7
    assert np.abs(sine - np.sin(z.astype(np.longdouble))).max() < tolerance
    assert np.abs(slope - np.cos(z.astype(np.longdouble))).max() < tolerance


@pytest.mark.parametrize("precision", TYPES)
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_what_is_not_a_number_stays_so_and_the_infinite_ends_somewhere(name: str, precision: str) -> None:
    z = np.array([np.nan, np.inf, -np.inf, 1e30, -1e30, 0.0, -0.0])
    with np.errstate(all="ignore"):
        expected = ACTIVATIONS[name](z)

    same = [0, 1, 2, 5, 6] if name == "sine" else range(7)
    np.testing.assert_allclose(drawn(name, z, precision)[0][same], expected[same], rtol=1e-6, atol=1e-7)
