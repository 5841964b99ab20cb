"""L-BFGS: a quasi-Newton method that learns the cost's curvature from its last steps (Nocedal, 1980)."""

from collections import deque
from collections.abc import Callable
from math import isfinite, sqrt
from typing import NamedTuple

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.optimizers.descent import Landscape

ENOUGH = 1e-4  # of the decrease that the slope promises
FLATTER = 0.9  # what the slope must come down to, times the one at the start
TRIES = 25  # points an iteration
FARTHER = 4.0  # times, as long as it goes on downhill

Function = Callable[[FloatArray], tuple[float, FloatArray]]
"""Cost and gradient, shape (P,), at parameters of shape (P,)."""


class TrialPoint(NamedTuple):
    """A point on the line."""

    distance: float  # in lengths of the direction
    cost: float
    slope: float  # of the cost along the line
    x: FloatArray  # shape (P,)
    gradient: FloatArray  # shape (P,)


class LineSearch:
    """Looks along a line from ``x``; x, gradient and direction have shape (P,)."""

    def __init__(
        self, function: Function, x: FloatArray, cost: float, gradient: FloatArray, direction: FloatArray
    ) -> None:
        self._function, self._direction = function, direction
        self._start = TrialPoint(0.0, cost, float(gradient @ direction), x, gradient)
        self._left = TRIES

    def find(self, first: float) -> TrialPoint:
        """The first point enough lower and flatter, else the lowest point seen; begins at the distance ``first``."""
        before, distance = self._start, first
        while self._left:
            here = self._look(distance)
            if not self._is_lower(here) or here.cost >= before.cost:
                return self._between(before, here)
            if self._is_flat(here):
                return here
            if here.slope >= 0:
                return self._between(here, before)
            before, distance = here, FARTHER * distance
        return before

    def _between(self, low: TrialPoint, high: TrialPoint) -> TrialPoint:
        """A point between the ends of a stretch, of which ``low`` has the lower cost."""
        while self._left:
            here = self._look(_middle(low, high))
            if not self._is_lower(here) or here.cost >= low.cost:
                high = here
            else:
                if self._is_flat(here):
                    return here
                if here.slope * (high.distance - low.distance) >= 0:
                    high = low
                low = here
        return low

    def _look(self, distance: float) -> TrialPoint:
        self._left -= 1
        with np.errstate(all="ignore"):
            x = self._start.x + distance * self._direction
            cost, gradient = self._function(x)
            slope = float(gradient @ self._direction)
        is_finite = isfinite(cost) and isfinite(slope)
        return TrialPoint(distance, *((cost, slope) if is_finite else (np.inf, np.inf)), x, gradient)

    def _is_lower(self, here: TrialPoint) -> bool:
        return here.cost <= self._start.cost + ENOUGH * here.distance * self._start.slope

    def _is_flat(self, here: TrialPoint) -> bool:
        return abs(here.slope) <= -FLATTER * self._start.slope


def _middle(low: TrialPoint, high: TrialPoint) -> float:
    """Where a cubic through both ends is lowest, but not near an end; else half-way."""
    width = high.distance - low.distance
    half = low.distance + width / 2
    if not isfinite(high.cost):
        return half
    bend = low.slope + high.slope - 3 * (high.cost - low.cost) / width
    square = max(0.0, bend * bend - low.slope * high.slope)  # never less, but for rounding
    root = sqrt(square) if width > 0 else -sqrt(square)
    below = high.slope - low.slope + 2 * root
    found = high.distance - width * (high.slope + root - bend) / below if below else half
    margin, (left, right) = abs(width) / 10, sorted((low.distance, high.distance))
    return found if left + margin <= found <= right - margin else half


HISTORY = 10  # steps that are remembered; more are rarely better
CURVED = 1e-10  # least cosine, or so, of the angle between a step and the gradient's change on it, to learn from it


class CurvaturePair(NamedTuple):
    """A step of the parameters, and the change of the gradient on it; both of shape (P,)."""

    moved: FloatArray
    turned: FloatArray


class Position(NamedTuple):
    """Parameters, shape (P,), with their cost and gradient."""

    x: FloatArray
    cost: float
    gradient: FloatArray


class CurvatureHistory(deque[CurvaturePair]):
    """The last steps, the oldest first."""

    def __init__(self) -> None:
        super().__init__(maxlen=HISTORY)

    def learn(self, step: CurvaturePair) -> None:
        """Keep a step, unless the cost is not bowl-shaped along it."""
        with np.errstate(all="ignore"):
            bend, least = step.moved @ step.turned, CURVED * np.linalg.norm(step.moved) * np.linalg.norm(step.turned)
        if bend > least and np.isfinite(least):
            self.append(step)

    def direction(self, gradient: FloatArray) -> FloatArray:
        """Minus the gradient times the inverse curvature, as far as the history knows it: the two-loop recursion."""
        found, weights = -gradient, []
        for moved, turned in reversed(self):
            weight = (moved @ found) / (moved @ turned)
            found = found - weight * turned
            weights.append(weight)
        if self:
            moved, turned = self[-1]
            found = found * ((moved @ turned) / (turned @ turned))
        for (moved, turned), weight in zip(self, reversed(weights), strict=True):
            found = found + (weight - (turned @ found) / (moved @ turned)) * moved
        return found


def iterate(function: Function, here: Position, history: CurvatureHistory) -> Position:
    """One iteration: a direction, and a line search along it, from which the history learns. Where no lower point is
    found, the history is cleared: the iteration after it looks along the gradient."""
    with np.errstate(all="ignore"):
        direction = history.direction(here.gradient)
        size = float(np.abs(here.gradient).sum())
        downhill = float(here.gradient @ direction)
    if not -np.inf < downhill < 0:
        history.clear()
        return here
    first = 1.0 if history else min(1.0, 1.0 / size)  # nothing is known of the length yet
    found = LineSearch(function, *here, direction).find(first)
    if not found.cost < here.cost:
        history.clear()
        return here
    history.learn(CurvaturePair(found.x - here.x, found.gradient - here.gradient))
    return Position(found.x, found.cost, found.gradient)


def solve_by_lbfgs(engine: Landscape, state: FloatArray, count: int, decay: FloatArray) -> FloatArray:
    """Iterations of L-BFGS. The state has the move of each remembered step, and the gradient's change on it."""
    moving, decays = engine.moving, bool(decay.any())

    def function(parameters: FloatArray) -> tuple[float, FloatArray]:
        engine.parameters = parameters
        cost, gradient = engine.evaluate()[1], engine.gradient()
        if decays:
            cost, gradient = cost + float(parameters @ (decay * parameters)) / 2, gradient + decay * parameters
        return cost, np.where(moving, gradient, 0.0)

    parameters = engine.parameters
    history = CurvatureHistory()
    if state.size % (2 * parameters.size) == 0:
        for step in np.where(moving, state.reshape(-1, 2, parameters.size), 0.0):
            history.learn(CurvaturePair(*step))
    here = Position(parameters, *function(parameters))
    for _ in range(count):
        engine.before_each()
        here = iterate(function, here, history)
        engine.parameters = here.x
        here = here._replace(x=engine.parameters)  # subnormal ones are rounded
    return np.array(list(history)).reshape(-1)
