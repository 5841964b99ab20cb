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
from curvegui.core.optimizers.residual_jacobian import residual_jacobian, residuals


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
        """Inputs, shape (1, N), and what they are to be answered with, shape (2, N)."""
        ...


Solver: TypeAlias = Callable[[Landscape, FloatArray, int], FloatArray]
"""Makes so many iterations from a state without its code, which is empty at first, and returns the state then."""


def solve_by_lbfgs(landscape: Landscape, state: FloatArray, count: int) -> FloatArray:
    """Iterations of L-BFGS. The state: of each step that is remembered, how it moved and how the gradient turned."""
    moving = landscape.moving

    def function(parameters: FloatArray) -> tuple[float, FloatArray]:
        landscape.parameters = parameters
        return landscape.evaluate()[1], np.where(moving, landscape.gradient(), 0.0)

    parameters = landscape.parameters
    history = lbfgs.History()
    if state.size % (2 * parameters.size) == 0:
        for step in np.where(moving, state.reshape(-1, 2, parameters.size), 0.0):
            history.add(lbfgs.Step(*step))
    here = lbfgs.Position(parameters, *function(parameters))
    for _ in range(count):
        landscape.before_each()
        here = lbfgs.iterate(function, here, history)
        landscape.parameters = here.x
        here = here._replace(x=landscape.parameters)  # subnormal ones are rounded
    return np.array(list(history)).reshape(-1)


def solve_by_levenberg_marquardt(landscape: Landscape, state: FloatArray, count: int) -> FloatArray:
    """Iterations of Levenberg-Marquardt. The state: the damping, and by how much it rises."""
    moving, (t, y) = landscape.moving, landscape.training_points()
    damping = levenberg_marquardt.Damping(*state.tolist()) if state.size == 2 else levenberg_marquardt.Damping()
    network = landscape.network()
    parameters = network.parameters

    def residuals_at(moved: FloatArray) -> FloatArray:
        parameters[moving] = moved
        return residuals(network, t, y)

    for _ in range(count):
        landscape.before_each()
        present = parameters[moving]
        jacobian = residual_jacobian(network, t)
        found, damping = levenberg_marquardt.iterate(
            present, residuals_at, jacobian if moving.all() else jacobian[:, moving], damping
        )
        parameters[moving] = found
        landscape.parameters = parameters
        parameters[:] = landscape.parameters  # subnormal ones are rounded
    return np.array(damping)
