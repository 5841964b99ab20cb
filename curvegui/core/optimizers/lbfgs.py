"""L-BFGS: a quasi-Newton method that learns the cost's curvature from its last steps (Nocedal, 1980)."""

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.optimizers.line_search import Function, LineSearch

HISTORY = 10  # steps that are remembered; more are rarely better
CURVED = 1e-10  # least cosine, or so, of the angle between a step and the gradient's change on it, to learn from it


class Step(NamedTuple):
    """A step that was made, and how the gradient changed on it; both of shape (P,)."""

    moved: FloatArray
    turned: FloatArray


class Position(NamedTuple):
    """Parameters, shape (P,), with their cost and gradient."""

    x: FloatArray
    cost: float
    gradient: FloatArray


class History:
    """The last steps, the oldest first."""

    def __init__(self) -> None:
        self._steps: deque[Step] = deque(maxlen=HISTORY)

    def __len__(self) -> int:
        return len(self._steps)

    def __iter__(self) -> Iterator[Step]:
        return iter(self._steps)

    def add(self, step: Step) -> None:
        """Learn from a step, unless the cost is not bowl-shaped along it."""
        with np.errstate(all="ignore"):
            bend, least = step.moved @ step.turned, CURVED * np.linalg.norm(step.moved) * np.linalg.norm(step.turned)
        if bend > least and np.isfinite(least):
            self._steps.append(step)

    def clear(self) -> None:
        """Forget all steps."""
        self._steps.clear()

    def direction(self, gradient: FloatArray) -> FloatArray:
        """Minus the gradient times the inverse curvature, as far as it is known: the two-loop recursion."""
        found, weights = -gradient, []
        for moved, turned in reversed(self._steps):
            weight = (moved @ found) / (moved @ turned)
            found = found - weight * turned
            weights.append(weight)
        if self._steps:
            moved, turned = self._steps[-1]
            found = found * ((moved @ turned) / (turned @ turned))
        for (moved, turned), weight in zip(self._steps, reversed(weights), strict=True):
            found = found + (weight - (turned @ found) / (moved @ turned)) * moved
        return found


def iterate(function: Function, here: Position, history: History) -> Position:
    """One iteration: a direction, and a line search along it. The history learns from it.

    Where no lower place is found, the history is forgotten, and the next iteration looks along the gradient; where
    there is none either, the parameters stay.
    """
    with np.errstate(all="ignore"):
        direction = history.direction(here.gradient)
        size = float(np.abs(here.gradient).sum())
        downhill = float(here.gradient @ direction)
    if not -np.inf < downhill < 0:
        history.clear()
        return here
    first = 1.0 if len(history) else min(1.0, 1.0 / size)  # nothing is known of the length yet
    found = LineSearch(function, *here, direction).find(first)
    if not found.cost < here.cost:
        history.clear()
        return here
    history.add(Step(found.x - here.x, found.gradient - here.gradient))
    return Position(found.x, found.cost, found.gradient)
