"""Iterations of second order on an engine's network: L-BFGS and Levenberg-Marquardt, and their states as flat vectors.

They see the network from outside, as its cost, gradient and residuals at parameters of their choice. They leave frozen
parameters alone.
"""

from collections.abc import Callable
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.network.network import Network
from curvegui.core.optimizers import lbfgs, levenberg_marquardt
from curvegui.core.optimizers.levenberg_marquardt import residual_jacobian, residuals


class Landscape(Protocol):
    """What an optimiser of second order needs to know of an engine."""

    parameters: FloatArray
    before_each: Callable[[], object]

    @property
    def moving(self) -> NDArray[np.bool_]:
        """Which parameters are not frozen, shape (P,)."""
        ...

    def gradient(self) -> FloatArray:
        """At the present parameters, shape (P,)."""
        ...

    def evaluate(self) -> tuple[FloatArray, float]:
        """The curve drawn, and its cost."""
        ...

    def network(self) -> Network:
        """The network as it stands, a copy."""
        ...

    def training_points(self) -> tuple[FloatArray, FloatArray]:
        """Inputs, shape (1, N), and the wanted outputs, shape (2, N)."""
        ...


Solver: TypeAlias = Callable[[Landscape, FloatArray, int, FloatArray], FloatArray]
"""Makes so many iterations from a state without its code, which is empty at first, and returns the state then.

The last argument is the weight decay of each parameter, shape (P,): half of it times its square is added to the cost.
"""


def solve_by_lbfgs(landscape: Landscape, state: FloatArray, count: int, decay: FloatArray) -> FloatArray:
    """Iterations of L-BFGS. The state has how each remembered step moved, and how the gradient turned on it."""
    moving, decays = landscape.moving, bool(decay.any())

    def function(parameters: FloatArray) -> tuple[float, FloatArray]:
        landscape.parameters = parameters
        cost, gradient = landscape.evaluate()[1], landscape.gradient()
        if decays:
            cost, gradient = cost + float(parameters @ (decay * parameters)) / 2, gradient + decay * parameters
        return cost, np.where(moving, gradient, 0.0)

    parameters = landscape.parameters
    history = lbfgs.CurvatureHistory()
    if state.size % (2 * parameters.size) == 0:
        for step in np.where(moving, state.reshape(-1, 2, parameters.size), 0.0):
            history.add(lbfgs.CurvaturePair(*step))
    here = lbfgs.Position(parameters, *function(parameters))
    for _ in range(count):
        landscape.before_each()
        here = lbfgs.iterate(function, here, history)
        landscape.parameters = here.x
        here = here._replace(x=landscape.parameters)  # subnormal ones are rounded
    return np.array(list(history)).reshape(-1)


def solve_by_levenberg_marquardt(landscape: Landscape, state: FloatArray, count: int, decay: FloatArray) -> FloatArray:
    """Iterations of Levenberg-Marquardt. The state: the damping, and by how much it rises.

    The sum of the squared residuals is N times the cost. A weight that decays is a residual too, √(N · λ / 2) · w.
    """
    moving, (t, y) = landscape.moving, landscape.training_points()
    damping = levenberg_marquardt.Damping(*state.tolist()) if state.size == 2 else levenberg_marquardt.Damping()
    own, decaying = np.sqrt(t.size * decay / 2), moving & (decay > 0)
    network = landscape.network()
    parameters = network.parameters

    def residuals_at(moved: FloatArray) -> FloatArray:
        parameters[moving] = moved
        return np.concatenate([residuals(network, t, y), own[decaying] * parameters[decaying]])

    for _ in range(count):
        landscape.before_each()
        present = parameters[moving]
        jacobian = (
            np.vstack([residual_jacobian(network, t), np.diag(own)[decaying]])
            if decaying.any()
            else (residual_jacobian(network, t))
        )
        found, damping = levenberg_marquardt.iterate(
            present, residuals_at, jacobian if moving.all() else jacobian[:, moving], damping
        )
        parameters[moving] = found
        landscape.parameters = parameters
        parameters[:] = landscape.parameters  # subnormal ones are rounded
    return np.array(damping)
