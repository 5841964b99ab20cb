"""What a neuron makes of its weighted sum z: the activation functions and their slopes.

The engine calls ``function`` and ``slope`` hundreds of thousands of times a second, so both write into
arrays that are there already. The logistic function wants ``-z``: the engine stores its weights negated,
which saves a pass over the data, and ``sign`` says so.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.registry import Registry

SlopeFunction = Callable[[FloatArray, FloatArray, FloatArray], object]
"""Of (sign * z, a, out): writes σ′(z) into ``out``, from the output ``a`` where that is enough."""


@dataclass(frozen=True)
class Activation:
    """An activation function σ and its slope σ′.

    Attributes
    ----------
    label : str
        The name people read.
    sign : float
        -1 where both functions are handed ``-z`` in place of ``z``, else +1.
    function : callable of (sign * z, out)
        Writes a = σ(z) into ``out``.
    slope : SlopeFunction
    low, high : float
        The outputs' bounds. A curve outside of them cannot be reached.
    """

    label: str
    sign: float
    function: Callable[[FloatArray, FloatArray], object]
    slope: SlopeFunction
    low: float = -np.inf
    high: float = np.inf

    def __call__(self, z: FloatArray) -> FloatArray:
        """a = σ(z), any shape. Never warns, whatever z."""
        out = np.empty_like(z, dtype=np.float64)
        with np.errstate(all="ignore"):  # exp(-z) may overflow to inf, and 1 / (1 + inf) is the right 0
            self.function(self.sign * z, out)
        return out

    def slope_at(self, z: FloatArray, a: FloatArray) -> FloatArray:
        """σ′(z), any shape, where ``a`` = σ(z)."""
        out = np.empty_like(z, dtype=np.float64)
        with np.errstate(all="ignore"):
            self.slope(self.sign * z, a, out)
        return out


def _logistic(minus_z: FloatArray, out: FloatArray) -> None:
    np.exp(minus_z, out)
    np.add(out, 1.0, out)
    np.reciprocal(out, out)


def _logistic_slope(minus_z: FloatArray, a: FloatArray, out: FloatArray) -> None:
    np.multiply(a, a, out)
    np.subtract(a, out, out)


def _tanh(z: FloatArray, out: FloatArray) -> None:
    np.tanh(z, out)


def _tanh_slope(z: FloatArray, a: FloatArray, out: FloatArray) -> None:
    np.multiply(a, a, out)
    np.subtract(1.0, out, out)


def _relu(z: FloatArray, out: FloatArray) -> None:
    np.maximum(z, 0.0, out)


def _relu_slope(z: FloatArray, a: FloatArray, out: FloatArray) -> None:
    np.heaviside(a, 0.0, out)


def _sine(z: FloatArray, out: FloatArray) -> None:
    np.sin(z, out)


def _sine_slope(z: FloatArray, a: FloatArray, out: FloatArray) -> None:
    np.cos(z, out)  # sin(z) alone does not tell which way it goes


def _linear(z: FloatArray, out: FloatArray) -> None:
    np.copyto(out, z)


def _linear_slope(z: FloatArray, a: FloatArray, out: FloatArray) -> None:
    out.fill(1.0)


ACTIVATIONS: Registry[Activation] = Registry("activation")
ACTIVATIONS.add("logistic", Activation("Logistic", -1.0, _logistic, _logistic_slope, 0.0, 1.0))
ACTIVATIONS.add("tanh", Activation("Tanh", 1.0, _tanh, _tanh_slope, -1.0, 1.0))
ACTIVATIONS.add("relu", Activation("ReLU", 1.0, _relu, _relu_slope, 0.0))
ACTIVATIONS.add("sine", Activation("Sine", 1.0, _sine, _sine_slope, -1.0, 1.0))
ACTIVATIONS.add("linear", Activation("Linear", 1.0, _linear, _linear_slope))
