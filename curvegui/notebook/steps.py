"""Iterations: hundreds a call with CurveGUI's functions, one by one with a learner's."""

from typing import Any, Protocol

import numpy as np

from curvegui.core.argument_checks import LARGEST, checked_matrix, checked_real, checked_whole
from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.engine.arithmetic import AUTO, Arithmetic
from curvegui.core.learner.engines import builder, settled
from curvegui.notebook.calls import Calls
from curvegui.notebook.namespaces import PARAMETERS, views_of

PIECE = 100  # iterations at once
PIECE_WORK = 2e8  # or less, in multiplications: how long the stop button waits
CALLS_WORK = 25_000  # of NumPy's calls in an iteration


class Task:
    """What is trained on, x (1, N) and y (2, N), which nobody can change, and how large the steps are."""

    def __init__(self, x: Any, y: Any, iterations: Any, aggression: Any, noise: Any) -> None:
        self.x = read_only(checked_matrix("x", x, 1, None))
        self.y = read_only(checked_matrix("y", y, 2, self.x.size))
        self.rate, self.noise = checked_real("aggression", aggression), checked_real("noise", noise)
        self.iterations = checked_whole("iterations", iterations, 0)

    def factors(self, count: int) -> FloatArray:
        """By what each Jacobian is multiplied in the next iterations, shape (count, 6), in the exercise's order.

        They may overflow.
        """
        random: Any = np.random  # its shared generator: a seeded run gives the exercise's own numbers
        factors: FloatArray = self.rate * (1 + random.randn(count, len(PARAMETERS)) * self.noise)
        return factors


class Steps(Protocol):
    """Makes iterations of descent on ``joined``, which moves as a whole or not at all, whatever interrupts it."""

    most: int  # at once

    def make(self, count: int) -> int:
        """Make so many; returns how many there were before the numbers overflowed."""

    def curve(self) -> FloatArray:
        """What the network draws now, shape (2, N)."""


class OwnSteps:
    """Iterations with CurveGUI's own functions, by the engine that the app takes automatically."""

    def __init__(self, joined: FloatArray, shapes: list[tuple[int, int]], task: Task) -> None:
        self._joined, self._task = joined, task
        self.most = max(1, min(PIECE, int(PIECE_WORK // (CALLS_WORK + task.x.size * joined.size))))
        sizes = (1, *(rows for rows, _ in shapes[:3]))
        self._engine = builder(settled(Arithmetic(AUTO), sizes))(sizes, "logistic", "logistic", task.x, task.y)
        places = views_of(np.arange(joined.size, dtype=np.float64), shapes)
        layers = [np.hstack(each) for each in zip(places[:3], places[3:], strict=True)]
        self._order = np.concatenate([layer.ravel() for layer in layers]).astype(np.intp)
        self._engine.parameters = joined[self._order]

    def make(self, count: int) -> int:
        """See `Steps`."""
        with np.errstate(all="ignore"):  # what overflows is made again, to the last iteration before that
            factors = self._task.factors(count)
            if self._make_bounded(factors):
                return count
            self._engine.parameters = self._joined[self._order]
            return next((made for made in range(count) if not self._make_bounded(factors[made : made + 1])), count)

    def curve(self) -> FloatArray:
        """See `Steps`."""
        return self._engine.evaluate()[0]

    def _make_bounded(self, factors: FloatArray) -> bool:
        """Make an iteration for each row, unless the numbers overflow; returns whether that is done."""
        self._engine.step_by(factors)
        moved = self._engine.parameters
        if not _is_bounded(moved):
            return False
        self._joined[self._order] = moved
        return True


class LearnersSteps:
    """Iterations with some functions of the learner's."""

    most = 1

    def __init__(self, joined: FloatArray, shapes: list[tuple[int, int]], task: Task, calls: Calls) -> None:
        self._joined, self._task, self._calls = joined, task, calls
        self._step, self._moved = np.empty_like(joined), np.empty_like(joined)
        self._parts = views_of(self._step, shapes)

    def make(self, count: int) -> int:
        """See `Steps`; raises ``FunctionError`` where one of the functions does not do what it should."""
        multiply, subtract = np.multiply, np.subtract
        for made in range(count):
            with np.errstate(all="ignore"):
                jacobians = self._calls.jacobians()
                for factor, jacobian, part in zip(self._task.factors(1)[0], jacobians, self._parts, strict=True):
                    multiply(jacobian, factor, part)
                subtract(self._joined, self._step, self._moved)
                bounded = _is_bounded(self._moved)
            if not bounded:
                self._calls.refuse_what_is_not_finite(jacobians)
                return made
            self._joined[:] = self._moved
        return count

    def curve(self) -> FloatArray:
        """See `Steps`."""
        return self._calls.curve()


def _is_bounded(parameters: FloatArray) -> bool:
    return bool(np.dot(parameters, parameters) <= LARGEST**2)  # false for nan too
