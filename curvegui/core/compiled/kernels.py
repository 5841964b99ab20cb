"""The compiled hot loop: gradients and updates for any layers, with the global interpreter lock released.

What a network is to a kernel, ``passes`` says.
"""

from math import isfinite
from typing import Any

import numpy as np
from numba import carray, njit

from curvegui.core.compiled.passes import add_up, draw
from curvegui.core.compiled.steps import read_state, step
from curvegui.core.compiled.vectors import allocate, release


@njit(nogil=True)
def _decay(stored: Any, sums: Any, decay: Any) -> None:
    """Add to the sums so much of each number; there may be none."""
    for place in range(len(decay)):
        sums[place] += stored[place] * decay[place]


@njit(nogil=True)
def descend(network: Any, numbers: Any, factors: Any, reading: Any, stages: Any) -> None:
    """One iteration for each row of factors, one for each Jacobian.

    The numbers are the owner of each stored number, which stays where that is -1, and its weight decay: see `_decay`.

    The first of ``stages`` says after how many iterations something is noted, a row of each of the others: the
    parameters, whether they are finite, and what the output layer makes of all points, in people's units; reading is
    the place of each parameter, what it is read times, the scale of the output, and room for slopes.
    """
    stored, sums = network[0], network[1]
    ends, parameters, finite, curves, _ = stages
    owner, decay = numbers
    stage = 0
    for iteration in range(len(factors)):
        add_up(*network)
        _decay(stored, sums, decay)
        for place in range(len(stored)):
            if owner[place] >= 0:
                stored[place] -= sums[place] * factors[iteration, owner[place]]
        if stage < len(ends) and iteration + 1 == ends[stage]:
            finite[stage] = _note(network, reading, parameters[stage], curves[stage])
            stage += 1


@njit(nogil=True)
def roll(network: Any, owner: Any, factors: Any, optimizer: Any, reading: Any, stages: Any) -> None:
    """Iterations of another optimiser, one for each row of factors, by which the sums become the gradient.

    The optimizer is the weight decay of each number, what its gradient is multiplied by, 0 or 1, what its direction
    is, what that is in each iteration, the rule, how many iterations were made, and its settings: see ``steps``. The
    stages are those of `descend`, and what the optimiser remembers then.
    """
    stored, sums = network[0], network[1]
    decay, moving, rate, scales, rule, count, settings = optimizer
    ends, parameters, finite, curves, states = stages
    stage = 0
    room = allocate(8 * len(stored))
    gradient = carray(room, len(stored), np.float64)
    for iteration in range(len(factors)):
        add_up(*network)
        _decay(stored, sums, decay)
        for place in range(len(stored)):
            gradient[place] = sums[place] * (factors[iteration, owner[place]] * moving[place])
        step(stored, gradient, rate, scales[iteration], rule, settings, count + iteration + 1)
        if stage < len(ends) and iteration + 1 == ends[stage]:
            finite[stage] = _note(network, reading, parameters[stage], curves[stage])
            finite[stage] &= read_state(states[stage], count + iteration + 1, reading[0], settings[2], settings[3])
            stage += 1
    release(room)


@njit(nogil=True)
def _note(network: Any, reading: Any, parameters: Any, curve: Any) -> Any:
    """Fill what a stage is. Returns whether all parameters are small enough to be squared."""
    stored, _, plan, shifts, points, a, slopes = network
    draw(stored, plan, shifts, points, a, slopes, curve, reading[3])
    _scale(curve, reading[2])
    return _read(stored, reading, parameters)


@njit(nogil=True)
def _read(stored: Any, reading: Any, parameters: Any) -> bool:
    """Fill the parameters. Returns whether all are small enough to be squared."""
    places, units, _, _ = reading
    for number in range(len(parameters)):
        parameters[number] = stored[places[number]] * units[number]
    squares = stored[0] * stored[0]
    for place in range(1, len(stored)):
        squares += stored[place] * stored[place]
    return isfinite(squares)


@njit(nogil=True)
def _scale(curve: Any, scale: float) -> None:
    for row in range(len(curve)):
        for column in range(curve.shape[1]):
            curve[row, column] *= scale
