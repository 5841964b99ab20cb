"""How to go down: what an engine needs to know of optimiser, noise and batch, and the schedules of the rate."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.elementary import sin
from curvegui.core.language.text import mark, said, tr
from curvegui.core.network.network import Network
from curvegui.core.registry import Registry

STEPS = 10  # halvings along the span of the schedule: it ends near a thousandth


@said("label", "tip", within=("label",))
@dataclass(frozen=True)
class Schedule:
    """A schedule of the learning rate."""

    label: str  # the name people read
    tip: str  # what it does, in a sentence
    factor: Callable[[FloatArray], FloatArray]  # of the learning rate, from how much of the span is over, in [0, 1)


def _half_cosine(part: FloatArray) -> FloatArray:
    """1/2 + 1/2 cos(π part) = 1 - sin²(π/2 part), and from the middle on the square of the sine of what is left."""
    fallen = sin(np.pi / 2 * np.minimum(part, 1 - part)) ** 2
    return np.where(part < 0.5, 1 - fallen, fallen)


def _halving(part: FloatArray) -> FloatArray:
    return np.ldexp(1.0, -np.floor(STEPS * part).astype(np.intp))


SCHEDULES: Registry[Schedule] = Registry("schedule")
SCHEDULES.add("constant", Schedule(mark("Constant"), mark("The aggression stays as it is."), np.ones_like))
SCHEDULES.add("cosine", Schedule(mark("Cosine"), mark("It falls smoothly to 0, like half a wave."), _half_cosine))
SCHEDULES.add("step", Schedule(mark("Step"), mark("It is halved ten times, at equal intervals."), _halving))


def rate_factors(schedule: str, span: int, first: int, count: int) -> FloatArray:
    """The factors of the learning rate by a schedule's name, shape (count,), which begin anew after ``span``
    iterations."""
    return SCHEDULES[schedule].factor(np.arange(first, first + count) % span / span)


WHOLE = 0  # no mini-batch: all points in every iteration


@dataclass(frozen=True)
class Descent:
    """The settings of iterations: optimiser, rate, noise and batch."""

    learning_rate: float
    noise: float = 0.0  # each Jacobian times 1 + noise * N(0, 1), where an optimiser takes one gradient an iteration
    seed: int = 0  # of the noise, and of the mini-batches
    optimizer: str = "descent"  # a name in ``OPTIMIZERS``
    momentum: float = 0.9  # how much of the last iteration's direction goes on; from 0 to less than 1
    memory: float = 0.99  # how much of the gradient's mean square is kept in an iteration; from 0 to less than 1
    schedule: str = "constant"  # a name in ``SCHEDULES``
    schedule_over: int = 50_000  # iterations from the schedule's beginning to its end; then it begins anew
    batch: int = WHOLE  # how many points an iteration takes
    weight_decay: float = 0.0  # λ: λ / 2 · the sum of all squared weights is added to the cost; the biases are free

    @property
    def step_formula(self) -> str:
        """What an iteration of plain descent subtracts from a weight, as people read it."""
        slope = tr("(J + weight decay · w)") if self.weight_decay else "J"
        return tr("aggression · (1 + noise · N) · {slope}", slope=slope)

    def rate_factors(self, first: int, count: int) -> FloatArray | None:
        """The factors of the learning rate in some iterations, shape (count,), or None where the rate is constant."""
        if self.schedule == "constant":
            return None
        return rate_factors(self.schedule, self.schedule_over, first, count)


class Landscape(Protocol):
    """The parts of an engine that an optimiser of second order uses: see `DescentEngine`."""

    parameters: FloatArray
    moving: NDArray[np.bool_]
    before_each: Callable[[], object]

    def gradient(self) -> FloatArray: ...
    def evaluate(self) -> tuple[FloatArray, float]: ...
    def network(self) -> Network: ...
    def training_points(self) -> tuple[FloatArray, FloatArray]: ...
