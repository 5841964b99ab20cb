"""The optimisers, in order of complexity: what each makes of the gradient, the flat vector of all Jacobians.

Those of first order take one gradient an iteration, whose Jacobians the noise has scaled, and go along a direction, as
far as the learning rate says. Those of second order learn how the cost is bent, take all points, and find the length of
their steps themselves: they know neither learning rate nor noise. They see the network from outside, as its cost,
gradient and residuals at parameters of their choice, and leave frozen parameters alone.

What an optimiser remembers, its state, is one flat vector, so that a keyframe can keep it: the entry's ``code``, then
what is its own. It is empty for those that remember nothing, and an optimiser that finds the state of another one
begins anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import said
from curvegui.core.optimizers.descent import Descent, Landscape
from curvegui.core.optimizers.lbfgs import HISTORY, solve_by_lbfgs
from curvegui.core.optimizers.levenberg_marquardt import solve_by_levenberg_marquardt
from curvegui.core.registry import Registry

SMALLEST = np.array(1e-8)  # what the root of the mean square is at least, so that 0 / 0 is 0

AGGRESSION, NOISE, MOMENTUM, MEMORY = "aggression", "noise", "momentum", "memory"
SCHEDULE, BATCH = "schedule", "batch"
FIRST_ORDER = AGGRESSION, NOISE, SCHEDULE, "schedule_over", BATCH


@dataclass(frozen=True)
class StepArrays:
    """The arrays of an optimiser of first order, all alike."""

    gradient: FloatArray  # this iteration's; may be overwritten
    direction: FloatArray  # where the step leaves what is multiplied by the learning rate
    remembered: list[FloatArray]  # as many as the optimiser asked for, 0 at first


Step = Callable[[int], object]
"""Makes a direction of the gradient; is given how many iterations the optimiser has made, this one included."""

Solver: TypeAlias = Callable[[Landscape, FloatArray, int, FloatArray], FloatArray]
"""Makes so many iterations from a state without its code, which is empty at first, and returns the state then.

The last argument is the weight decay of each parameter, shape (P,): half of it times its square is added to the cost.
"""


@said("label", "tip", within=("label",))
@dataclass(frozen=True)
class Optimizer:
    """An optimiser: its words, and a ``step`` of first or a ``solver`` of second order; plain descent has neither."""

    label: str  # the name people read
    tip: str  # what it does, and when to use it
    code: int  # marks its state; no other optimiser has the same
    settings: tuple[str, ...]  # those it has, of the settings that not every optimiser has
    usual: float = 0.0  # the learning rate that suits logistic neurons; 0 where it has none; of others: `usual_rates`
    vectors: int = 0  # how many vectors like the parameters it remembers, at most
    step: Callable[[StepArrays, Descent], Step] | None = None  # prepares a step, which allocates nothing
    solver: "Solver | None" = None  # makes iterations
    takes_jacobian: bool = False  # of all residuals, which may be too large
    is_adaptive: bool = False  # its steps are as large whatever the scale of the Jacobians


def momentum_step(arrays: StepArrays, descent: Descent, looks_ahead: bool = False) -> Step:
    """Velocity = momentum · velocity + gradient: the direction (Polyak, 1964). With a gradient that looks ahead,
    direction = gradient + momentum · velocity (Nesterov, 1983)."""
    multiply, add, copyto = np.multiply, np.add, np.copyto
    gradient, direction, (velocity,) = arrays.gradient, arrays.direction, arrays.remembered
    momentum = np.array(descent.momentum)

    def step(count: int) -> None:
        multiply(velocity, momentum, velocity)
        add(velocity, gradient, velocity)
        if looks_ahead:
            multiply(velocity, momentum, direction)
            add(direction, gradient, direction)
        else:
            copyto(direction, velocity)

    return step


def rmsprop_step(arrays: StepArrays, descent: Descent) -> Step:
    """Direction = gradient / √(its mean square), for each parameter by itself (Hinton, 2012)."""
    multiply, add, sqrt, divide = np.multiply, np.add, np.sqrt, np.divide
    gradient, direction, (square,) = arrays.gradient, arrays.direction, arrays.remembered
    old_share, new_share = np.array(descent.memory), np.array(1.0 - descent.memory)

    def step(count: int) -> None:
        multiply(gradient, gradient, direction)
        multiply(direction, new_share, direction)
        multiply(square, old_share, square)
        add(square, direction, square)
        sqrt(square, direction)
        add(direction, SMALLEST, direction)
        divide(gradient, direction, direction)

    return step


def adam_step(arrays: StepArrays, descent: Descent) -> Step:
    """Direction = mean gradient / √(mean square), both without their bias to 0 at the start (Kingma and Ba, 2015)."""
    multiply, add, sqrt, divide = np.multiply, np.add, np.sqrt, np.divide
    gradient, direction, (mean, square) = arrays.gradient, arrays.direction, arrays.remembered
    old_share, new_share = np.array(descent.momentum), np.array(1.0 - descent.momentum)
    old_square_share, new_square_share = np.array(descent.memory), np.array(1.0 - descent.memory)
    seen, smallest = np.zeros(()), np.zeros(())

    def step(count: int) -> None:
        root = (1.0 - descent.memory**count) ** 0.5
        seen[...], smallest[...] = root / (1.0 - descent.momentum**count), SMALLEST * root
        multiply(gradient, gradient, direction)
        multiply(direction, new_square_share, direction)
        multiply(square, old_square_share, square)
        add(square, direction, square)
        multiply(gradient, new_share, gradient)
        multiply(mean, old_share, mean)
        add(mean, gradient, mean)
        sqrt(square, direction)
        add(direction, smallest, direction)
        divide(mean, direction, direction)
        multiply(direction, seen, direction)

    return step


OPTIMIZERS: Registry[Optimizer] = Registry("optimiser")
OPTIMIZERS.add("descent", Optimizer(
    "Steepest descent", "Steps straight against the Jacobians, as in the exercise. Start with this one.",
    code=1, settings=FIRST_ORDER, usual=7.0,
))  # fmt: skip
OPTIMIZERS.add("momentum", Optimizer(
    "Momentum", "Rolls like a ball: steps in the same direction add up. For long, flat valleys.",
    code=2, settings=(*FIRST_ORDER, MOMENTUM), usual=1.0, vectors=1, step=momentum_step,
))  # fmt: skip
OPTIMIZERS.add("nesterov", Optimizer(
    "Nesterov", "Momentum that looks ahead and brakes earlier. For when momentum swings too far.",
    code=3, settings=(*FIRST_ORDER, MOMENTUM), usual=1.0, vectors=1, step=partial(momentum_step, looks_ahead=True),
))  # fmt: skip
OPTIMIZERS.add("rmsprop", Optimizer(
    "RMSProp",
    "Gives each weight its own step size, so that steep and flat directions move alike. For networks whose "
    "layers learn unevenly.",
    code=4, settings=(*FIRST_ORDER, MEMORY), usual=0.01, vectors=1, step=rmsprop_step, is_adaptive=True,
))  # fmt: skip
OPTIMIZERS.add("adam", Optimizer(
    "Adam", "Momentum, with a step size for each weight. Fast with nearly every network: try it next.",
    code=5, settings=(*FIRST_ORDER, MOMENTUM, MEMORY), usual=0.01, vectors=2, step=adam_step, is_adaptive=True,
))  # fmt: skip
OPTIMIZERS.add("lbfgs", Optimizer(
    "L-BFGS",
    "Learns from its last ten steps how the cost curves, and finds how far to go. Never gets worse; for a good "
    "fit with many weights.",
    code=6, settings=(), vectors=2 * HISTORY, solver=solve_by_lbfgs,
))  # fmt: skip
OPTIMIZERS.add("levenberg-marquardt", Optimizer(
    "Finish (Levenberg-Marquardt)",
    "Asks how each point depends on each weight, and jumps to the bottom. The most exact fit in the fewest "
    "iterations, for small networks; best at the end of a run.",
    code=7, settings=(), solver=solve_by_levenberg_marquardt, takes_jacobian=True,
))  # fmt: skip
