"""Iterations of second order on an engine's network: L-BFGS and Levenberg-Marquardt, and their states as flat vectors.

They see the network from outside, as its cost, gradient and residuals at parameters of their choice. They leave frozen
parameters alone.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.optimizers import lbfgs, levenberg_marquardt
from curvegui.core.optimizers.levenberg_marquardt import residual_jacobian, residuals

if TYPE_CHECKING:
    from curvegui.core.engine.loop import DescentEngine

Solver: TypeAlias = "Callable[[DescentEngine, FloatArray, int, FloatArray], FloatArray]"
"""Makes so many iterations from a state without its code, which is empty at first, and returns the state then.

The last argument is the weight decay of each parameter, shape (P,): half of it times its square is added to the cost.
"""


def solve_by_lbfgs(engine: "DescentEngine", state: FloatArray, count: int, decay: FloatArray) -> FloatArray:
    """Iterations of L-BFGS. The state has how each remembered step moved, and how the gradient turned on it."""
    moving, decays = engine.moving, bool(decay.any())

    def function(parameters: FloatArray) -> tuple[float, FloatArray]:
        engine.parameters = parameters
        cost, gradient = engine.evaluate()[1], engine.gradient()
        if decays:
            cost, gradient = cost + float(parameters @ (decay * parameters)) / 2, gradient + decay * parameters
        return cost, np.where(moving, gradient, 0.0)

    parameters = engine.parameters
    history = lbfgs.CurvatureHistory()
    if state.size % (2 * parameters.size) == 0:
        for step in np.where(moving, state.reshape(-1, 2, parameters.size), 0.0):
            history.add(lbfgs.CurvaturePair(*step))
    here = lbfgs.Position(parameters, *function(parameters))
    for _ in range(count):
        engine.before_each()
        here = lbfgs.iterate(function, here, history)
        engine.parameters = here.x
        here = here._replace(x=engine.parameters)  # subnormal ones are rounded
    return np.array(list(history)).reshape(-1)


def solve_by_levenberg_marquardt(
    engine: "DescentEngine", state: FloatArray, count: int, decay: FloatArray
) -> FloatArray:
    """Iterations of Levenberg-Marquardt. The state: the damping, and by how much it rises.

    The sum of the squared residuals is N times the cost. A weight that decays is a residual too, √(N · λ / 2) · w.
    """
    moving, (t, y) = engine.moving, engine.training_points()
    damping = levenberg_marquardt.Damping(*state.tolist()) if state.size == 2 else levenberg_marquardt.Damping()
    own, decaying = np.sqrt(t.size * decay / 2), moving & (decay > 0)
    network = engine.network()
    parameters = network.parameters

    def residuals_at(moved: FloatArray) -> FloatArray:
        parameters[moving] = moved
        return np.concatenate([residuals(network, t, y), own[decaying] * parameters[decaying]])

    for _ in range(count):
        engine.before_each()
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
        engine.parameters = parameters
        parameters[:] = engine.parameters  # subnormal ones are rounded
    return np.array(damping)
