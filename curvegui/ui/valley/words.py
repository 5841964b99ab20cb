"""The valley in words: what is seen, where the ball is, and what a place is."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QLocale

from curvegui.core.arrays import FloatArray
from curvegui.core.network.parts import Parameter
from curvegui.core.valley.surface import Surface
from curvegui.session.study.valley import Valley
from curvegui.ui.network.words import name_of
from curvegui.ui.widgets.numbers import format_cost, short_number

SHORT_PATH = (
    "The path of this run is too short for a plane: it takes about 200 iterations. Press Run, or choose two weights."
)
COMPUTING = "Computing the cost…"
HINT = (
    "Ball: the network now. White line: its path, from the square. Diamond: the lowest cost here. "
    "Click to jump to a network; Undo brings yours back."
)
KEYS = (
    "The arrow keys move the cross, with Shift in large steps. Enter jumps to its network, Home takes it back to the "
    "ball. In the relief, Ctrl with an arrow key turns it, and so does dragging."
)
DIRECTIONS = "direction 1", "direction 2"


def short_name(parameter: Parameter, sizes: Sequence[int]) -> str:
    """A weight or bias by its matrix alone: "W2[3, 5]"."""
    return name_of(parameter, sizes).partition(" ")[2]


def percent(share: float) -> str:
    """A share as a whole number of percent; rounded down, so that 100 % is all of it, and 0 % nothing."""
    whole = int(100 * share + 1e-9)
    less = "less than " if share > 0 and whole == 0 else ""
    return f"{less}{QLocale().toString(whole or bool(less))}\N{NO-BREAK SPACE}%"


def state_words(valley: Valley) -> str:
    """How much the plane holds, the ball's cost and that of the surface below it, and the lowest cost."""
    if valley.ground is None or valley.surface is None or valley.ball is None:
        return SHORT_PATH if valley.is_too_short else COMPUTING
    ball, below = (
        format_cost(cost) for cost in (valley.cost, float(valley.surface.cost_at(valley.ball[np.newaxis])[0]))
    )
    there = "" if ball == below or not valley.is_beside else f"; the surface there: {below}"
    lowest = format_cost(valley.surface.lowest[1])
    held = f"The plane holds {percent(valley.ground.held)} of the path."
    return f"{held} Ball: cost {ball}{there}. Lowest cost here: {lowest}."


def coarse_words(valley: Valley) -> str:
    """That a large network is seen at few places only; nothing of others."""
    if valley.surface is None or not valley.surface.is_coarse:
        return ""
    side, so_far = len(valley.surface.costs), " so far" if valley.is_computing else ""
    return f"This network is large: its cost is computed at {side} × {side} places{so_far}."


def place_words(name: str, place: FloatArray, names: tuple[str, str], shifts: tuple[float, float]) -> str:
    """Where the ball or the cross is, by its values on both axes."""
    values = zip(names, (place + shifts).tolist(), strict=True)
    return f"{name}: {', '.join(f'{axis} = {short_number(value)}' for axis, value in values)}"


def cross_words(surface: Surface, place: FloatArray, names: tuple[str, str], shifts: tuple[float, float]) -> str:
    """The cost at the cross, and where it is."""
    cost = format_cost(float(surface.cost_at(place[np.newaxis])[0]))
    return f"{place_words('Cross', place, names, shifts)}; cost {cost}."
