"""Levenberg-Marquardt: between Gauss-Newton and steepest descent, by a damping that it finds itself.

In each iteration the network counts as linear in its parameters, which makes the sum of the squared residuals a bowl;
the step goes to its bottom, held back by the damping. Where that lowers the sum, the step is made and the damping falls
as well as the bowl was right; where not, the damping rises and the step is tried again (Nielsen, 1999).
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.optimizers.symmetric import products, solved

FIRST_DAMPING = 1e-3  # times the largest curvature
LEAST_DAMPING = 1e-18  # times the largest curvature: below, it is lost in rounding
TRIES = 12  # an iteration: twelve rises are a factor of 2^78, a step of nothing


class Damping(NamedTuple):
    """What is remembered from one iteration to the next; 0 before the first one."""

    value: float = 0.0  # what is added to the curvatures
    rise: float = 2.0  # what it is multiplied by when a step fails


def sum_of_squares(residuals: FloatArray) -> float:
    """Of residuals; inf where they are not all numbers."""
    with np.errstate(all="ignore"):
        total = float(np.dot(residuals, residuals))
    return total if np.isfinite(total) else np.inf


def iterate(
    x: FloatArray,
    residuals_at: Callable[[FloatArray], FloatArray],
    jacobian: FloatArray,
    damping: Damping,
) -> tuple[FloatArray, Damping]:
    """One iteration: other parameters with a lower sum of squares, or the same where none were found.

    ``x`` has shape (P,), the residuals shape (M,), and their Jacobian at ``x`` shape (M, P).
    """
    residuals = residuals_at(x)
    before, slope = sum_of_squares(residuals), jacobian.T @ residuals
    bowl = _Bowl(jacobian, residuals, slope)
    if not bowl.is_usable:
        return x, damping
    value, rise = max(damping.value or FIRST_DAMPING * bowl.largest, LEAST_DAMPING * bowl.largest), damping.rise
    for _ in range(TRIES):
        step = bowl.step(value)
        gain = -np.inf if step is None else before - sum_of_squares(residuals_at(x - step))
        if step is not None and gain > 0:
            ratio = gain / float(step @ (value * step + slope))
            fall = max(1 / 3, 1 - (2 * ratio - 1) ** 3)
            return x - step, Damping(value * fall)
        value, rise = value * rise, 2 * rise
    return x, Damping()


class _Bowl:
    """The sum of squares as it would be if the residuals were linear."""

    def __init__(self, jacobian: FloatArray, residuals: FloatArray, slope: FloatArray) -> None:
        self._jacobian, self._residuals, self._slope = jacobian, residuals, slope
        self._is_wide = jacobian.shape[0] < jacobian.shape[1]
        with np.errstate(all="ignore"):
            self._products = products(jacobian if self._is_wide else jacobian.T)
            self.largest = float(np.square(jacobian).sum(axis=0).max(initial=0.0))
            self.is_usable = bool(np.isfinite(self._products).all() and np.isfinite(slope).all()) and self.largest > 0

    def step(self, damping: float) -> FloatArray | None:
        """(JᵀJ + damping)⁻¹ Jᵀr, by the smaller of JᵀJ and JJᵀ; nothing where rounding makes it impossible."""
        damped = self._products + damping * np.eye(len(self._products))
        try:
            if self._is_wide:
                return np.asarray(self._jacobian.T @ solved(damped, self._residuals))
            return np.asarray(solved(damped, self._slope), np.float64)
        except np.linalg.LinAlgError:
            return None
