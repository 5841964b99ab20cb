"""The valley in words: the plane, the ball, the lowest cost, and the point at the cross."""

import numpy as np
from PySide6.QtCore import QLocale

from curvegui.core.arrays import FloatArray
from curvegui.core.language.text import mark, tr
from curvegui.core.valley.surface import Surface
from curvegui.session.study.valley import Valley
from curvegui.ui.widgets.numbers import format_cost, short_number

SHORT_PATH = mark(
    "The path of this run is too short for a plane: it takes about 200 iterations. Press Run, or choose two weights."
)
LINE = mark(
    "This run has moved along a line, or not at all, so its path gives no plane. Choose two weights to see a valley. "
    "If learning has stopped, the status says why and what helps."
)
COMPUTING = mark("Computing the cost…")
HINT = mark(
    "Ball: the network now. White line: its path, from the square. Diamond: the lowest cost here. "
    "Click to jump to a network; Undo brings yours back."
)
KEYS = mark(
    "The arrow keys move the cross, with Shift in large steps. Enter jumps to its network, Home takes it back to the "
    "ball. In the relief, Ctrl with an arrow key turns it, and so does dragging."
)
HELD = mark("The plane holds {percent}\N{NO-BREAK SPACE}% of the path.")
LESS_THAN_HELD = mark("The plane holds less than {percent}\N{NO-BREAK SPACE}% of the path.")
DIRECTIONS = mark("direction 1"), mark("direction 2")


def held_words(share: float) -> str:
    """How much of the path the plane holds, rounded down: 100 % is all of the path, 0 % nothing of it."""
    whole = int(100 * share + 1e-9)
    words = LESS_THAN_HELD if share > 0 and whole == 0 else HELD
    return tr(words, percent=QLocale().toString(whole or int(share > 0)))


def state_words(valley: Valley) -> str:
    """How much of the path the plane holds, the costs of the ball and of the surface below it, and the lowest cost."""
    if valley.ground is None or valley.surface is None or valley.ball is None or valley.lowest is None:
        return tr(SHORT_PATH if valley.is_too_short else LINE if valley.is_line else COMPUTING)
    ball, below = map(format_cost, (valley.cost, float(valley.surface.cost_at(valley.ball[np.newaxis])[0])))
    is_same = ball == below or not valley.is_beside
    lowest = format_cost(valley.lowest[1])
    held = held_words(valley.ground.held)
    beside = mark("{held} Ball: cost {ball}; the surface there: {below}. Lowest cost here: {lowest}.")
    words = mark("{held} Ball: cost {ball}. Lowest cost here: {lowest}.") if is_same else beside
    return tr(words, held=held, ball=ball, below=below, lowest=lowest)


def coarse_words(valley: Valley) -> str:
    """A sentence that the cost of a large network is computed at few points; empty for a small network."""
    if valley.surface is None or not valley.surface.is_coarse:
        return ""
    so_far = mark("This network is large: its cost is computed at {side} × {side} places so far.")
    at_last = mark("This network is large: its cost is computed at {side} × {side} places.")
    return tr(so_far if valley.is_computing else at_last, side=len(valley.surface.costs))


def ball_words(point: FloatArray, names: tuple[str, str], shifts: tuple[float, float]) -> str:
    return tr("The ball is at: {x} = {x_value}, {y} = {y_value}.", **_values(point, names, shifts))


def cross_words(surface: Surface, point: FloatArray, names: tuple[str, str], shifts: tuple[float, float]) -> str:
    cost = format_cost(float(surface.cost_at(point[np.newaxis])[0]))
    words = mark("Cross: {x} = {x_value}, {y} = {y_value}; cost {cost}.")
    return tr(words, cost=cost, **_values(point, names, shifts))


def _values(point: FloatArray, names: tuple[str, str], shifts: tuple[float, float]) -> dict[str, str]:
    x, y = map(short_number, (point + shifts).tolist())
    return {"x": names[0], "x_value": x, "y": names[1], "y_value": y}
