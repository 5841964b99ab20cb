"""The exercise's own names, for scripts and Jupyter: three layers, six Jacobians, a noisy steepest descent.

>>> from curvegui.notebook import *
>>> reset_network()
>>> x, y = training_data()
>>> plot_training(x, y, iterations=50000, aggression=7, noise=1).save("heart.png")

Define your own J_W3 or network_function, and `plot_training` trains with it: see there.

The network is six globals of this module: the weights W1, W2, W3 and the biases b1, b2, b3. Every function reads them
when it is called, and any of them may be set from outside, through the module's name:

>>> from curvegui import notebook
>>> notebook.b3 = 0 * notebook.b3

``import *`` brings the functions only: a W1 that it brought would be an older one after the first ``reset_network``,
which puts all six into the notebook or script that calls it, and so does ``plot_training``.

Random numbers are drawn from ``np.random`` in the exercise's order: seed it with ``np.random.seed``, and a
run gives the exercise's own numbers. On import, the network is the one that seed 0 gives; nothing is drawn
from ``np.random`` for it.
"""

import sys
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import ArrayLike

from curvegui.core.argument_checks import checked_whole
from curvegui.core.arrays import FloatArray
from curvegui.core.presets.presets import PRESETS
from curvegui.notebook.functions import Functions, shapes_for, share

if TYPE_CHECKING:
    from curvegui.figure.picture.training_picture import TrainingPicture

__all__ = ["J_W1", "J_W2", "J_W3", "J_b1", "J_b2", "J_b3", "cost", "d_sigma", "network_function"]
__all__ += ["plot_training", "reset_network", "sigma", "training_data"]


class NormalNumbers(Protocol):
    """What ``reset_network`` asks of ``random``, as ``np.random`` and ``np.random.RandomState`` offer it."""

    def randn(self, *shape: int) -> Any: ...  # N(0, 1) numbers of this shape


def _random_parameters(n1: int, n2: int, random: NormalNumbers) -> list[FloatArray]:
    return [random.randn(*shape) / 2 for shape in shapes_for(n1, n2)]


W1, W2, W3, b1, b2, b3 = _random_parameters(6, 7, np.random.RandomState(0))


def sigma(z: ArrayLike) -> FloatArray:
    """The logistic function, 1 / (1 + exp(-z)), of numbers in any shape: from 0 to 1, without a warning, whatever z."""
    z = np.asarray(z, dtype=np.float64)
    with np.errstate(over="ignore", under="ignore"):  # exp(-z) may become inf, and 1 / inf is the right 0
        result: FloatArray = 1 / (1 + np.exp(-z))
    return result


def d_sigma(z: ArrayLike) -> FloatArray:
    """The slope of the logistic function, cosh(z / 2) ** (-2) / 4: from 0 to 1/4, without a warning, whatever z."""
    z = np.asarray(z, dtype=np.float64)
    with np.errstate(under="ignore"):
        e = np.exp(-np.abs(z))  # the same function, but cosh(z / 2) overflows from |z| = 1,420 on
        result: FloatArray = e / (1 + e) ** 2
    return result


def reset_network(n1: int = 6, n2: int = 7, random: NormalNumbers = np.random) -> None:
    """Start a new network with n1 and n2 neurons in its hidden layers: every weight and bias becomes N(0, 1) / 2.

    The six are here and in the notebook or script that calls. The numbers come from ``random.randn``, in the order W1,
    W2, W3, b1, b2, b3. Raises ``ValueError`` if n1 or n2 is not a whole number of 1 or more.
    """
    parameters = _random_parameters(checked_whole("n1", n1, 1), checked_whole("n2", n2, 1), random)
    share(parameters, [globals(), sys._getframe(1).f_globals])


def network_function(
    a0: FloatArray,
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]:
    """Feed forward: z = W a + b and a = sigma(z), layer by layer.

    ``a0``, shape (1, N), is how far along the curve each point is, from 0 to 1. Returns a0, z1, a1, z2, a2, z3 and a3,
    with the shapes (1, N), twice (n1, N), twice (n2, N), and twice (2, N). a3 is the curve that the network draws.
    """
    z1 = W1 @ a0 + b1
    a1 = sigma(z1)
    z2 = W2 @ a1 + b2
    a2 = sigma(z2)
    z3 = W3 @ a2 + b3
    a3 = sigma(z3)
    return a0, z1, a1, z2, a2, z3, a3


def cost(x: FloatArray, y: FloatArray) -> float:
    """The mean squared distance ||a3 - y||² / N of the network's curve from the training curve: x (1, N), y (2, N)."""
    return float(np.linalg.norm(network_function(x)[-1] - y) ** 2 / x.size)


def _jacobians(x: FloatArray, y: FloatArray) -> tuple[FloatArray, ...]:
    """All six Jacobians by the chain rule, in the order of ``PARAMETERS``, from one pass forward and one back."""
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    dc_dz3 = 2 / x.size * (a3 - y) * d_sigma(z3)
    dc_dz2 = (W3.T @ dc_dz3) * d_sigma(z2)
    dc_dz1 = (W2.T @ dc_dz2) * d_sigma(z1)
    biases = (dc_dz.sum(axis=1, keepdims=True) for dc_dz in (dc_dz1, dc_dz2, dc_dz3))
    return (dc_dz1 @ a0.T, dc_dz2 @ a1.T, dc_dz3 @ a2.T, *biases)


def J_W1(x: FloatArray, y: FloatArray) -> FloatArray:
    """Jacobian of the cost with respect to W1, shape (n1, 1), for x (1, N) and y (2, N)."""
    return _jacobians(x, y)[0]


def J_W2(x: FloatArray, y: FloatArray) -> FloatArray:
    """Jacobian of the cost with respect to W2, shape (n2, n1), for x (1, N) and y (2, N)."""
    return _jacobians(x, y)[1]


def J_W3(x: FloatArray, y: FloatArray) -> FloatArray:
    """Jacobian of the cost with respect to W3, shape (2, n2), for x (1, N) and y (2, N)."""
    return _jacobians(x, y)[2]


def J_b1(x: FloatArray, y: FloatArray) -> FloatArray:
    """Jacobian of the cost with respect to b1, shape (n1, 1), for x (1, N) and y (2, N)."""
    return _jacobians(x, y)[3]


def J_b2(x: FloatArray, y: FloatArray) -> FloatArray:
    """Jacobian of the cost with respect to b2, shape (n2, 1), for x (1, N) and y (2, N)."""
    return _jacobians(x, y)[4]


def J_b3(x: FloatArray, y: FloatArray) -> FloatArray:
    """Jacobian of the cost with respect to b3, shape (2, 1), for x (1, N) and y (2, N)."""
    return _jacobians(x, y)[5]


def training_data(N: int = 100) -> tuple[FloatArray, FloatArray]:
    """The heart, as N points to train on: x, shape (1, N), and y, shape (2, N), inside the unit square.

    x is ``arange(0, 1, 1 / N)``: how far along the curve each point is. Raises ``ValueError`` if N is not a whole
    number of 1 or more.
    """
    count = checked_whole("N", N, 1)
    t = np.arange(count, dtype=np.float64) * (1 / count)  # as arange(0, 1, 1 / N), which may round to N + 1
    return t.reshape(1, count), PRESETS["heart"](t)


def plot_training(
    x: FloatArray,
    y: FloatArray,
    iterations: int = 10000,
    aggression: float = 3.5,
    noise: float = 1,
    *,
    every: int = 100,
    live: bool = True,
) -> "TrainingPicture":
    """Go on training the network from where it is, and draw how its curve came nearer to the points x (1, N), y (2, N).

    It trains with the six Jacobians, ``network_function``, ``sigma``, ``d_sigma`` and ``cost`` that the notebook or
    script defines which calls it, and with W1 ... b3 as they are there; what is not there comes from this module. The
    first line of its output says which functions are yours.

    ``iterations`` is counted down to 0, so one update more than that is made. Each takes off every Jacobian times
    ``aggression``, the learning rate, and its own ``1 + randn() * noise``; noise 0 is plain steepest descent. The curve
    is drawn each time that ``every`` iterations have passed; in a long training, less often. Progress is shown on
    stderr, or under the cell in Jupyter, with the picture; with ``live``, that is there twice a second while it trains.
    Interrupted (Ctrl-C, or Jupyter's stop button), it returns the picture so far, and the network stays as its last
    whole iteration left it. The same happens, with a ``RuntimeWarning``, where the weights grow beyond all bounds.

    ``.save("heart.png")`` keeps the picture that is returned (.png, .svg or .pdf). Raises ``ValueError`` if an argument
    is not as described, or one of the globals does not fit the others; and ``FunctionError``, with the line, if one of
    your functions stops with an error or does not return what it should.
    """
    from curvegui.notebook.training import Shown, Task, Training

    functions = Functions(globals(), sys._getframe(1).f_globals)
    task = Task(x, y, iterations, aggression, noise)
    return Training(functions, task, every).run(Shown(functions.words(), task.y, live))
