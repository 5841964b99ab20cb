"""Iterations of any optimiser on an engine, and what the optimiser remembers between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, cast

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray
from curvegui.core.engine.first_order import FirstOrder
from curvegui.core.engine.noisy_factors import NoisyFactors
from curvegui.core.engine.parameter_store import ParameterStore
from curvegui.core.network.activations import Call
from curvegui.core.network.noise import BLOCK_ITERATIONS
from curvegui.core.optimizers.all import OPTIMIZERS, Optimizer
from curvegui.core.optimizers.descent import Descent
from curvegui.core.optimizers.second_order import Landscape

SCALE_NUMBERS = 65_536  # factors are spread over the parameters for so many numbers at once


@dataclass(frozen=True)
class Gradients:
    """How an engine comes by its gradient.

    Attributes
    ----------
    calls : list of callable
        Leave the sums over the points in ``sums``; made again, those of the next iteration.
    sums : ndarray
        In the store's layout.
    factors : NoisyFactors
        For these sums.
    """

    calls: list[Call]
    sums: NDArray[np.floating]
    factors: NoisyFactors


class Machine(Landscape, Protocol):
    """What is needed of an engine."""

    @property
    def store(self) -> ParameterStore:
        """The layout of its vectors."""
        ...

    @property
    def stored(self) -> NDArray[np.floating]:
        """Its parameters, in this layout: not a copy."""
        ...

    @property
    def stored_moving(self) -> NDArray[np.floating] | None:
        """0 where a stored number is frozen and 1 elsewhere, or nothing where none is."""
        ...

    def descend_steeply(self, first: int, count: int, descent: Descent) -> None:
        """Make iterations of plain descent, which remembers nothing."""
        ...

    def gradients(self, batch: int, seed: int, first: int) -> Gradients:
        """How it comes by the gradients of the iterations from number ``first`` on."""
        ...

    def roll(self, working: FirstOrder, first: int, count: int, descent: Descent) -> None:
        """Make iterations of another optimiser of first order."""
        ...


class Optimization:
    """The optimiser of an engine.

    Attributes
    ----------
    state : ndarray
        What it remembers: the code of an optimiser and what is its own, or nothing. A copy, and may be set.
    """

    def __init__(self) -> None:
        self._state: FloatArray = np.empty(0)
        self._working: FirstOrder | None = None
        self._optimizer: Optimizer | None = None

    @property
    def state(self) -> FloatArray:
        """See the class."""
        if self._working is None or self._optimizer is None:
            return self._state.copy()
        return np.concatenate([[float(self._optimizer.code)], self._working.state])

    @state.setter
    def state(self, values: FloatArray) -> None:
        self._state, self._working, self._optimizer = np.array(values, np.float64), None, None

    def is_finite(self) -> bool:
        """Whether all that it remembers are numbers."""
        return bool(np.isfinite(self._state).all()) if self._working is None else self._working.is_finite()

    def run(self, machine: Machine, first: int, count: int, descent: Descent) -> None:
        """Make ``count`` iterations, of which the first is number ``first``; at least one."""
        optimizer = OPTIMIZERS[descent.optimizer]
        if optimizer.solver is not None:
            found = optimizer.solver(machine, self._remembered(optimizer), count)
            self.state = np.concatenate([[float(optimizer.code)], found])
        elif optimizer.step is None:
            self.state = np.empty(0)
            machine.descend_steeply(first, count, descent)
        else:
            machine.roll(self.working(machine, optimizer), first, count, descent)

    def _remembered(self, optimizer: Optimizer) -> FloatArray:
        """What is an optimiser's own, or nothing where the state is another one's."""
        state = self.state
        return state[1:] if state.size and state[0] == optimizer.code else np.empty(0)

    def working(self, machine: Machine, optimizer: Optimizer) -> FirstOrder:
        """An optimiser of first order with a step of its own, at work with what it remembers."""
        if self._working is None or self._optimizer is not optimizer:
            self._working = FirstOrder(optimizer, machine.store, machine.stored, self._remembered(optimizer))
            self._optimizer = optimizer
        return self._working


class Optimized:
    """What every engine has of its optimiser: it is given the points it trains on, and is a `Machine`.

    Parameters
    ----------
    t : ndarray, shape (1, N)
    """

    def __init__(self, t: FloatArray) -> None:
        self._t, self._optimization = t, Optimization()

    @property
    def points(self) -> int:
        """How many points it trains on."""
        return self._t.size

    @property
    def state(self) -> FloatArray:
        """What the optimiser remembers, a copy, one flat vector: see ``optimizers``."""
        return self._optimization.state

    @state.setter
    def state(self, values: FloatArray) -> None:
        self._optimization.state = values

    def descend(self, first: int, count: int, descent: Descent) -> None:
        """Make ``count`` iterations of any optimiser, of which the first is number ``first``.

        What it remembers of those before is ``state``; that of another optimiser is forgotten.
        """
        if count > 0:
            with np.errstate(all="ignore"):
                self._optimization.run(cast(Machine, self), first, count, descent)

    def roll(self, working: FirstOrder, first: int, count: int, descent: Descent) -> None:
        """Make iterations of another optimiser of first order: see `Machine`."""
        roll(cast(Machine, self), working, first, count, descent)


def roll(machine: Machine, working: FirstOrder, first: int, count: int, descent: Descent) -> None:
    """Iterations of another optimiser of first order."""
    gradients, moving = machine.gradients(descent.batch, descent.seed, first), machine.stored_moving
    calls = [machine.before_each, *gradients.calls]
    owner, rate = machine.store.owner, rate_of_each(machine, descent)
    for block, rows, start in stretches(first, count, owner.size):
        factors = gradients.factors.of_gradient(block, descent.noise, descent.seed)[rows][:, owner]
        scales = descent.rate_factors(start, len(factors))
        rates = np.broadcast_to(rate, factors.shape) if scales is None else np.outer(scales, rate)
        working.run(descent, factors if moving is None else factors * moving, rates, calls, gradients.sums)


def rate_of_each(machine: Machine, descent: Descent) -> FloatArray:
    """What the direction of each stored number is multiplied by, before any schedule."""
    moving = machine.stored_moving
    rates: FloatArray = descent.learning_rate * machine.store.units[machine.store.owner]
    return rates if moving is None else rates * moving


def descend_steeply(machine: Machine, first: int, count: int, descent: Descent) -> None:
    """Iterations of plain descent: the hot loop. What another optimiser remembers stays."""
    gradients, moving = machine.gradients(descent.batch, descent.seed, first), machine.stored_moving
    owner, stored, sums, calls = machine.store.owner, machine.stored, gradients.sums, gradients.calls
    multiply, subtract, before_each = np.multiply, np.subtract, machine.before_each
    for block, rows, start in stretches(first, count, owner.size):
        factors = gradients.factors(block, descent.learning_rate, descent.noise, descent.seed)[rows]
        scales = descent.rate_factors(start, len(factors))
        scaled = factors if scales is None else factors * scales[:, np.newaxis]
        spread = scaled.astype(stored.dtype, copy=False)[:, owner]
        for row in spread if moving is None else spread * moving:
            before_each()
            for call in calls:
                call()
            multiply(sums, row, sums)
            subtract(stored, sums, stored)


def stretches(first: int, count: int, numbers: int = 1) -> Iterator[tuple[int, slice, int]]:
    """Iterations in parts: the block of each part, its rows there, and the number of its first iteration."""
    most = max(1, SCALE_NUMBERS // numbers)
    while count > 0:
        block, offset = divmod(first, BLOCK_ITERATIONS)
        rows = min(count, BLOCK_ITERATIONS - offset, most)
        yield block, slice(offset, offset + rows), first
        first += rows
        count -= rows
