"""Iterations: hundreds a call with CurveGUI's functions, one by one with a learner's."""

from typing import Any, Protocol

import numpy as np

from curvegui.core.argument_checks import LARGEST, checked_matrix, checked_real, checked_whole
from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.engine.arithmetic import Arithmetic
from curvegui.core.learner.engines import (
    CALLS_WORK,
    LONG_WORK,
    MOST_PARAMETERS,
    builder,
    prepared_or_usual,
    ready_or_usual,
)
from curvegui.notebook.calls import Calls
from curvegui.notebook.namespaces import PARAMETERS, views_of

PIECE = 100  # iterations at once
PIECE_WORK = 2e8  # or less, in terms of `LONG_WORK`: how long the stop button waits


class Task:
    """What is trained on, x (1, N) and y (2, N), which nobody can change, and how large the steps are."""

    def __init__(self, x: Any, y: Any, iterations: Any, aggression: Any, noise: Any) -> None:
        self.x = read_only(checked_matrix("x", x, 1, None))
        self.y = read_only(checked_matrix("y", y, 2, self.x.size))
        self.rate, self.noise = checked_real("aggression", aggression), checked_real("noise", noise)
        self.iterations = checked_whole("iterations", iterations, 0)

    def factors(self, count: int) -> FloatArray:
        """By what each Jacobian is multiplied in the next iterations, shape (count, 6), in the exercise's order."""
        random: Any = np.random  # its shared generator: a seeded run gives the exercise's own numbers
        with np.errstate(all="ignore"):
            factors: FloatArray = self.rate * (1 + random.randn(count, len(PARAMETERS)) * self.noise)
        return factors


class Steps(Protocol):
    """Makes iterations of descent on ``joined``, which moves as a whole or not at all, whatever interrupts it."""

    most: int  # at once

    def make(self, count: int) -> int:
        """Make so many; returns how many there were before the numbers overflowed."""


class OwnSteps:
    """Iterations with CurveGUI's own functions, by the engine of the app."""

    def __init__(self, joined: FloatArray, shapes: list[tuple[int, int]], task: Task) -> None:
        self._joined, self._task = joined, task
        work = CALLS_WORK + task.x.size * joined.size
        self.most = max(1, min(PIECE, int(PIECE_WORK // work)))
        wanted = Arithmetic("compiled" if joined.size <= MOST_PARAMETERS else "numpy")
        arithmetic = (prepared_or_usual if work * task.iterations > LONG_WORK else ready_or_usual)(wanted)
        sizes = (1, *(rows for rows, _ in shapes[:3]))
        self._engine = builder(arithmetic)(sizes, "logistic", "logistic", task.x, task.y)
        places = views_of(np.arange(joined.size, dtype=np.float64), shapes)
        layers = [np.hstack(each) for each in zip(places[:3], places[3:], strict=True)]
        self._order = np.concatenate([layer.ravel() for layer in layers]).astype(np.intp)
        self._engine.parameters = joined[self._order]

    def make(self, count: int) -> int:
        """See `Steps`."""
        factors = self._task.factors(count)
        if self._make_bounded(factors):
            return count
        self._engine.parameters = self._joined[self._order]  # again, to the last one before the numbers overflow
        return next((made for made in range(count) if not self._make_bounded(factors[made : made + 1])), count)

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
        for made in range(count):
            with np.errstate(all="ignore"):  # what overflows is refused below
                jacobians = self._calls.jacobians()
                for factor, jacobian, part in zip(self._task.factors(1)[0], jacobians, self._parts, strict=True):
                    np.multiply(jacobian, factor, out=part)
                np.subtract(self._joined, self._step, out=self._moved)
            if not _is_bounded(self._moved):
                self._calls.refuse_what_is_not_finite(jacobians)
                return made
            self._joined[:] = self._moved
        return count


def _is_bounded(parameters: FloatArray) -> bool:
    with np.errstate(all="ignore"):
        return bool(np.dot(parameters, parameters) <= LARGEST**2)  # false for nan too
