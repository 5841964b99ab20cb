"""How the aggression changes along a run: schedules, each a pure function of the iteration."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.elementary import sin
from curvegui.core.language.text import mark, said
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
    factors: FloatArray = np.ldexp(1.0, -np.floor(STEPS * part).astype(np.intp))
    return factors


SCHEDULES: Registry[Schedule] = Registry("schedule")
SCHEDULES.add("constant", Schedule(mark("Constant"), mark("The aggression stays as it is."), np.ones_like))
SCHEDULES.add("cosine", Schedule(mark("Cosine"), mark("It falls smoothly to 0, like half a wave."), _half_cosine))
SCHEDULES.add("step", Schedule(mark("Step"), mark("It is halved ten times, at equal intervals."), _halving))


def rate_factors(schedule: str, span: int, first: int, count: int) -> FloatArray:
    """What the schedule of a name multiplies the learning rate by in some iterations, shape (count,).

    After ``span`` iterations it begins anew.
    """
    return SCHEDULES[schedule].factor(np.arange(first, first + count) % span / span)
