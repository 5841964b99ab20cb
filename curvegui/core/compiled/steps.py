"""The steps of the optimisers of first order, as ``optimizers`` has them, for all stored numbers at once."""

from math import isfinite, sqrt
from typing import Any

from numba import njit

from curvegui.core.compiled.calls import RULES

KNOWN = "momentum", "nesterov", "rmsprop", "adam"
MOMENTUM, NESTEROV, RMSPROP, ADAM = (RULES[name] for name in KNOWN)
if set(KNOWN) != set(RULES):  # it would go another one's steps
    raise NotImplementedError(f"There is no compiled step of {', '.join(set(RULES) - set(KNOWN))}.")
SMALLEST = 1e-8  # see ``optimizers``


@njit(nogil=True)
def step(stored: Any, gradient: Any, rate: Any, scale: float, rule: int, settings: Any, count: int) -> None:
    """Go one step; settings is momentum, memory and what the rule remembers, one array or two."""
    momentum, memory, first, second = settings
    if rule == MOMENTUM:
        for place in range(len(stored)):
            first[place] = first[place] * momentum + gradient[place]
            stored[place] -= first[place] * (rate[place] * scale)
    elif rule == NESTEROV:
        for place in range(len(stored)):
            first[place] = first[place] * momentum + gradient[place]
            stored[place] -= (first[place] * momentum + gradient[place]) * (rate[place] * scale)
    elif rule == RMSPROP:
        for place in range(len(stored)):
            g = gradient[place]
            first[place] = first[place] * memory + g * g * (1.0 - memory)
            stored[place] -= g / (sqrt(first[place]) + SMALLEST) * (rate[place] * scale)
    else:
        root = (1.0 - memory ** float(count)) ** 0.5
        seen = root / (1.0 - momentum ** float(count))
        for place in range(len(stored)):
            g = gradient[place]
            second[place] = second[place] * memory + g * g * (1.0 - memory)
            first[place] = first[place] * momentum + g * (1.0 - momentum)
            direction = first[place] / (sqrt(second[place]) + SMALLEST * root) * seen
            stored[place] -= direction * (rate[place] * scale)


@njit(nogil=True)
def read_state(state: Any, count: int, places: Any, first: Any, second: Any) -> bool:
    """Fill what an optimiser remembers behind its code, as ``FirstOrder.state`` has it; whether all are numbers."""
    state[1] = count
    total = 0.0
    vectors = (len(state) - 2) // len(places)
    for number in range(len(places)):
        state[2 + number] = first[places[number]]
        total += 0.0 * first[places[number]]
        if vectors > 1:
            state[2 + len(places) + number] = second[places[number]]
            total += 0.0 * second[places[number]]
    return isfinite(total)
