"""Levenberg-Marquardt: between Gauss-Newton and steepest descent, by a damping that it finds itself.

In each iteration the network counts as linear in its parameters, which makes the sum of the squared residuals a bowl;
the step goes to its bottom, held back by the damping. Where that lowers the sum, the step is made and the damping falls
as well as the bowl was right; where not, the damping rises and the step is tried again (Nielsen, 1999).
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.cancellation import check_cancelled
from curvegui.core.network.network import OUTPUTS, Network, layer_blocks
from curvegui.core.optimizers.descent import Landscape

JACOBIAN_BYTES = 2**27  # 128 MB; a larger one takes some seconds an iteration


def jacobian_bytes(points: int, parameters: int) -> int:
    """The memory that the Jacobian of all residuals takes."""
    return 8 * OUTPUTS * points * parameters


def residuals(network: Network, t: FloatArray, y: FloatArray) -> FloatArray:
    """a_L - y, all of x, then all of y; shape (2 N,)."""
    return np.ravel(network.draw(t) - y)


def residual_jacobian(network: Network, t: FloatArray) -> FloatArray:
    """d residual / d parameter, shape (2 N, P): rows as ``residuals``, columns as the network's parameters.

    From each output neuron back: da_o/dz_L = σ′(z_o) for that neuron, 0 for the other; on to the layer before times the
    weights and times σ′; to a weight, times the activation before it; to a bias, times 1. ``t`` has shape (1, N).
    """
    passed = network.feed_forward(t)
    found = np.empty((network.parameters.size, OUTPUTS, t.size))  # a parameter's row is contiguous
    blocks = layer_blocks(network.sizes, np.arange(float(network.parameters.size)))  # the numbers of the parameters
    with np.errstate(all="ignore"):
        slopes = [layer.activation.slope_at(z, a) for layer, (z, a) in zip(network.layers, passed[1:], strict=True)]
        for output in range(OUTPUTS):
            da_dz = np.zeros_like(slopes[-1])
            da_dz[output] = slopes[-1][output]
            for index in range(len(network.layers) - 1, -1, -1):
                numbers = blocks[index]
                block = found[int(numbers[0, 0]) :, output][: numbers.size].reshape(*numbers.shape, -1)
                np.multiply(da_dz[:, np.newaxis], passed[index][1], out=block[:, :-1])
                block[:, -1] = da_dz
                if index:
                    da_dz = network.layers[index].weights.T @ da_dz * slopes[index - 1]
    return found.reshape(-1, OUTPUTS * t.size).T


SMALL, PANEL = 768, 256  # rows: that are taken at once, a few hundredths of a second, and of a piece of more


def products(rows: FloatArray) -> FloatArray:
    """The products of all pairs of rows, shape (m, n): the matrix times its transpose."""
    count = len(rows)
    if count <= SMALL:
        return np.asarray(rows @ rows.T)
    found = np.empty((count, count))
    for start in range(0, count, PANEL):
        check_cancelled()
        stop = min(start + PANEL, count)
        found[start:stop, :stop] = rows[start:stop] @ rows[:stop].T
        found[:start, start:stop] = found[start:stop, :start].T
    return found


def solved(matrix: FloatArray, right: FloatArray) -> FloatArray:
    """The x of matrix · x = right; a large matrix is overwritten by its Cholesky panels. The matrix, shape (m, m), is
    symmetric and positive definite. Raises ``LinAlgError`` where rounding denies that."""
    count = len(matrix)
    if count <= SMALL:
        return np.asarray(np.linalg.solve(matrix, right))
    x, panels = right.copy(), [slice(start, min(start + PANEL, count)) for start in range(0, count, PANEL)]
    for panel in panels:
        check_cancelled()
        below = slice(panel.stop, count)
        corner = matrix[panel, panel] = np.linalg.cholesky(matrix[panel, panel])
        side = matrix[below, panel] = np.linalg.solve(corner, matrix[below, panel].T).T
        matrix[below, below] -= side @ side.T
        x[panel] = np.linalg.solve(corner, x[panel])
        x[below] -= side @ x[panel]
    for panel in reversed(panels):
        below = slice(panel.stop, count)
        rest = x[panel] - matrix[below, panel].T @ x[below]
        x[panel] = np.linalg.solve(matrix[panel, panel].T, rest)
    return x


FIRST_DAMPING = 1e-3  # times the largest curvature
LEAST_DAMPING = 1e-18  # times the largest curvature: below, it is lost in rounding
TRIES = 12  # an iteration: twelve rises are a factor of 2^78, a step of nothing


class Damping(NamedTuple):
    """The optimiser's memory between iterations; 0 before the first iteration."""

    value: float = 0.0  # what is added to the curvatures
    rise: float = 2.0  # what it is multiplied by when a step fails


def sum_of_squares(residuals: FloatArray) -> float:
    """The sum of the squared residuals; inf where it is not finite."""
    with np.errstate(all="ignore"):
        total = float(np.dot(residuals, residuals))
    return total if np.isfinite(total) else np.inf


def iterate(
    x: FloatArray, residuals_at: Callable[[FloatArray], FloatArray], jacobian: FloatArray, damping: Damping
) -> tuple[FloatArray, Damping]:
    """One iteration: parameters with a lower sum of squares, or the same where none were found. ``x`` has shape (P,),
    the residuals shape (M,), and their Jacobian at ``x`` shape (M, P)."""
    residuals, is_wide = residuals_at(x), jacobian.shape[0] < jacobian.shape[1]
    before, slope = sum_of_squares(residuals), jacobian.T @ residuals
    with np.errstate(all="ignore"):
        bowl = products(jacobian if is_wide else jacobian.T)  # the smaller of JJᵀ and JᵀJ
        largest = float(np.square(jacobian).sum(axis=0).max(initial=0.0))
    if not (largest > 0 and np.isfinite(bowl).all() and np.isfinite(slope).all()):
        return x, damping

    def step_for(value: float) -> FloatArray | None:
        """(JᵀJ + value)⁻¹ Jᵀr; None where rounding makes the inverse impossible."""
        damped = bowl + value * np.eye(len(bowl))
        try:
            return np.asarray(jacobian.T @ solved(damped, residuals) if is_wide else solved(damped, slope))
        except np.linalg.LinAlgError:
            return None

    value, rise = max(damping.value or FIRST_DAMPING * largest, LEAST_DAMPING * largest), damping.rise
    for _ in range(TRIES):
        step = step_for(value)
        gain = -np.inf if step is None else before - sum_of_squares(residuals_at(x - step))
        if step is not None and gain > 0:
            ratio = gain / float(step @ (value * step + slope))
            fall = max(1 / 3, 1 - (2 * ratio - 1) ** 3)
            return x - step, Damping(value * fall)
        value, rise = value * rise, 2 * rise
    return x, Damping()


def solve_by_levenberg_marquardt(engine: Landscape, state: FloatArray, count: int, decay: FloatArray) -> FloatArray:
    """Iterations of Levenberg-Marquardt. The state: the damping, and by how much it rises. The sum of the squared
    residuals is N times the cost. A weight that decays is a residual too, √(N · λ / 2) · w."""
    moving, (t, y) = engine.moving, engine.training_points()
    damping = Damping(*state.tolist()) if state.size == 2 else Damping()
    own, decaying = np.sqrt(t.size * decay / 2), moving & (decay > 0)
    network = engine.network()
    parameters = network.parameters

    def residuals_at(moved: FloatArray) -> FloatArray:
        parameters[moving] = moved
        return np.concatenate([residuals(network, t, y), own[decaying] * parameters[decaying]])

    for _ in range(count):
        engine.before_each()
        present = parameters[moving]
        jacobian = residual_jacobian(network, t)
        if decaying.any():
            jacobian = np.vstack([jacobian, np.diag(own)[decaying]])
        if not moving.all():
            jacobian = jacobian[:, moving]
        found, damping = iterate(present, residuals_at, jacobian, damping)
        parameters[moving] = found
        engine.parameters = parameters
        parameters[:] = engine.parameters  # subnormal ones are rounded
    return np.array(damping)
