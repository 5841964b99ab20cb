"""What a neuron makes of its weighted sum z: the activation functions and their slopes.

Each is a function f that NumPy computes in one call, stretched and shifted: σ(z) = offset + scale · f(gain · z).
The logistic function is a tanh in this way, σ(z) = 1/2 + 1/2 · tanh(z / 2), which cannot overflow whatever z.
The engine works with f alone and moves the constants into its weights. It needs f and f′ many thousand times a
second, so both write into arrays that are there already, and a slope that takes several NumPy calls gives them
ready to be made.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import said
from curvegui.core.registry import Registry

Call = Callable[[], object]
"""A function with its arguments bound."""

ZEROS = {np.dtype(kind): np.zeros((), kind) for kind in (np.float64, np.float32)}
"""A zero of each kind: NumPy takes an array at once; it would convert a float in every call."""


@said("label", within=("label",))
@dataclass(frozen=True)
class Activation:
    """An activation function σ(z) = offset + scale · f(gain · z), its slope σ′, its bounds and its words.

    ``function`` takes (u, out) and writes f(u) into ``out``. ``slope`` takes (u, f, out) and returns the calls that
    write f′(u) into ``out``, from f(u) where f(u) is enough. ``gain`` and ``scale`` are powers of two, so that
    multiplying by them never rounds.
    """

    label: str
    symbol: str  # what a neuron makes of z, as people write it
    source: str  # the same as an expression of NumPy: what the exported script computes
    function: Callable[[FloatArray, FloatArray], object]
    slope: Callable[[FloatArray, FloatArray, FloatArray], tuple[Call, ...]]
    slope_source: str = ""  # the slope, as ``source``; without it, no script that trains can be exported
    torch: str = ""  # the same as ``source`` for PyTorch
    low: float = -np.inf  # the outputs' bounds: a curve outside of them cannot be reached
    high: float = np.inf
    saturates: bool = False  # whether it comes ever nearer to its upper bound, and its slope to 0
    gain: float = 1.0
    scale: float = 1.0
    offset: float = 0.0
    is_hidden: bool = True  # whether hidden layers may have it

    def __call__(self, z: FloatArray) -> FloatArray:
        """a = σ(z), any shape. Never warns, whatever z."""
        out = np.empty_like(z, dtype=np.float64)
        with np.errstate(all="ignore"):  # the sine of inf is nan: a diverged network is diagnosed, not warned about
            self.function(self.gain * z, out)
        return self.scale * out + self.offset

    def slope_at(self, z: FloatArray, a: FloatArray) -> FloatArray:
        """σ′(z), any shape, where ``a`` = σ(z)."""
        out = np.empty_like(z, dtype=np.float64)
        with np.errstate(all="ignore"):
            for call in self.slope(self.gain * z, (a - self.offset) / self.scale, out):
                call()
        return self.scale * self.gain * out


def _tanh_slope(u: FloatArray, tanh: FloatArray, out: FloatArray) -> tuple[Call, ...]:
    return partial(np.multiply, tanh, tanh, out), partial(np.subtract, np.ones((), out.dtype), out, out)


def _softplus_slope(u: FloatArray, softplus: FloatArray, out: FloatArray) -> tuple[Call, ...]:
    """1 / (1 + e^-u) = 1 - e^-f."""
    return partial(np.negative, softplus, out), partial(np.expm1, out, out), partial(np.negative, out, out)


ACTIVATIONS: Registry[Activation] = Registry("activation")
ACTIVATIONS.add("logistic", Activation(
    "Logistic", "σ(z)",
    "0.5 + 0.5 * np.tanh(0.5 * z)  # the same as 1 / (1 + np.exp(-z)), and never too large for a number",
    np.tanh, _tanh_slope, "0.25 - 0.25 * np.tanh(0.5 * z) ** 2", "torch.sigmoid(z)",
    low=0.0, high=1.0, saturates=True, gain=0.5, scale=0.5, offset=0.5,
))  # fmt: skip
ACTIVATIONS.add("tanh", Activation(
    "Tanh", "tanh(z)", "np.tanh(z)", np.tanh, _tanh_slope, "1 - np.tanh(z) ** 2", "torch.tanh(z)",
    low=-1.0, high=1.0, saturates=True,
))  # fmt: skip
ACTIVATIONS.add("relu", Activation(
    "ReLU", "max(0, z)", "np.maximum(z, 0.0)",
    lambda u, out: np.maximum(u, ZEROS[u.dtype], out=out),
    lambda u, relu, out: (partial(np.heaviside, relu, ZEROS[relu.dtype], out),),
    "np.heaviside(z, 0.0)", "torch.relu(z)", low=0.0,
))  # fmt: skip
ACTIVATIONS.add("sine", Activation(
    "Sine", "sin(z)", "np.sin(z)", np.sin, lambda u, sine, out: (partial(np.cos, u, out),), "np.cos(z)",
    "torch.sin(z)", low=-1.0, high=1.0,
))  # fmt: skip
ACTIVATIONS.add("softplus", Activation(
    "Softplus", "ln(1 + eᶻ)", "np.logaddexp(z, 0.0)",
    lambda u, out: np.logaddexp(u, ZEROS[u.dtype], out=out),  # also where e^u would be too large or lost beside 1
    _softplus_slope,
    "0.5 + 0.5 * np.tanh(0.5 * z)", "torch.logaddexp(z, torch.zeros_like(z))", low=0.0,
))  # fmt: skip
ACTIVATIONS.add("linear", Activation(
    "Linear", "z", "z", np.positive, lambda u, linear, out: (partial(out.fill, 1.0),), "np.ones_like(z)", "z",
    is_hidden=False,
))  # fmt: skip
