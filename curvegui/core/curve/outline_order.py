"""The order in which outlines are drawn one after the other, so that the pen jumps little between them.

An outline that is closed may be entered at any of its points, and is left where it was entered; an open one is
drawn from either end. First the nearest is taken each time; then stretches of the order are turned round while
that makes the jumps shorter; then each outline is entered where that suits both of its neighbours.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.outline import Part

MOST_COMPARED = 1_000  # outlines whose distances are all looked at; more are taken strip by strip
MOST_ENTRIES = 20_000  # points of all closed outlines where they may be entered, in the search for an order
MOST_SWEEPS = 30  # of turning stretches round: it ends long before
FEWEST_PLACES, MOST_PLACES = 2, 60  # where one outline may be entered while all are looked at together


def shortest_order(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts in an order, and each entered at a point, that make the jumps between them short.

    It begins with the first of them if that is not worse. The work is bounded: up to 1,000 parts are compared with
    one another, more are taken strip by strip as one reads; of closed ones, as many points as all may have together.

    Parameters
    ----------
    parts : sequence of Part

    Returns
    -------
    tuple of Part
        All of them, rotated or reversed.
    """
    if len(parts) < 2:
        return tuple(parts)
    if len(parts) > MOST_COMPARED:
        return entered_well(_strips(parts))
    tour = entered_well(_untangled(_nearest_first(parts)))
    return min(entered_well(_untangled(tour)), tour, entered_well(parts), key=jump_length)


def entered_well(parts: Sequence[Part]) -> tuple[Part, ...]:
    """The parts in the order they have, each entered where the jumps before and after it are short together.

    Parameters
    ----------
    parts : sequence of Part

    Returns
    -------
    tuple of Part
    """
    if len(parts) < 2:
        return tuple(parts)
    most = int(np.clip(MOST_ENTRIES / len(parts), FEWEST_PLACES, MOST_PLACES))
    places = [_spread(part, most) for part in parts]
    tour = [part.entered(place) for part, place in zip(parts, _best_places(parts, places), strict=True)]
    for k, part in enumerate(tour):  # among all of its points
        tour[k] = part.entered(_best_place(tour[k - 1 : k], part, tour[k + 1 : k + 2]))
    return tuple(tour)


def jump_length(parts: Sequence[Part]) -> float:
    """How far the pen jumps in all."""
    return sum(_distance(before.exit, after.entry) for before, after in pairwise(parts))


def _distance(a: FloatArray, b: FloatArray) -> float:
    return float(np.hypot(*(a - b)))


def _spread(part: Part, most: int) -> FloatArray:
    """At most so many ways to draw a part, spread over all of them."""
    count = part.places()
    return np.unique(np.linspace(0, count - 1, min(count, most)).astype(np.intp))


def _nearest_first(parts: Sequence[Part]) -> list[Part]:
    """From the first part to the nearest that is left, and so on."""
    most = int(np.clip(MOST_ENTRIES / len(parts), FEWEST_PLACES, MOST_ENTRIES))
    places = [_spread(part, most) for part in parts]
    entries = np.concatenate([part.entries()[:, place] for part, place in zip(parts, places, strict=True)], axis=1)
    owner = np.repeat(np.arange(len(parts)), [len(each) for each in places])
    place = np.concatenate(places)
    tour = [parts[0]]
    left = owner != 0
    while len(tour) < len(parts):
        entries, owner, place = entries[:, left], owner[left], place[left]
        nearest = int(np.argmin(np.hypot(*(entries - tour[-1].exit[:, np.newaxis]))))
        tour.append(parts[owner[nearest]].entered(int(place[nearest])))
        left = owner != owner[nearest]
    return tour


def _untangled(tour: Sequence[Part]) -> list[Part]:
    """Turn stretches of the order round while that makes the jumps shorter (2-opt)."""
    entries, exits = np.stack([part.entry for part in tour], 1), np.stack([part.exit for part in tour], 1)
    order = np.arange(len(tour))
    turned = np.zeros(len(tour), np.bool_)
    enough = 1e-12 * np.abs(entries).max()  # what is less is rounding
    for _ in range(MOST_SWEEPS):
        better = False
        for first in range(len(tour) - 1):
            gain, last = _best_turn(entries, exits, first)
            if gain > enough:
                better = True
                stretch = slice(first, last + 1)
                entries[:, stretch], exits[:, stretch] = exits[:, stretch][:, ::-1], entries[:, stretch][:, ::-1].copy()
                order[stretch] = order[stretch][::-1]
                turned[stretch] = ~turned[stretch][::-1]
        if not better:
            break
    return [_turned(tour[k]) if back else tour[k] for k, back in zip(order.tolist(), turned, strict=True)]


def _turned(part: Part) -> Part:
    """A part from its other end; a closed one has none."""
    return part if part.closed else part.entered(1)


def _best_turn(entries: FloatArray, exits: FloatArray, first: int) -> tuple[float, int]:
    """How much shorter the jumps get if the stretch from ``first`` to the best end is turned round, and that end."""
    after = np.hypot(*(exits[:, first:-1] - entries[:, first + 1 :]))  # the jumps after each possible end
    gains = np.append(after - np.hypot(*(entries[:, [first]] - entries[:, first + 1 :])), 0.0)
    if first:
        before = exits[:, [first - 1]]
        gains += np.hypot(*(before - entries[:, [first]])) - np.hypot(*(before - exits[:, first:]))
    best = int(np.argmax(gains))
    return float(gains[best]), first + best


def _best_places(parts: Sequence[Part], places: Sequence[FloatArray]) -> list[int]:
    """Which of some ways to draw each part make the jumps shortest in all: dynamic programming."""
    length = np.zeros(len(places[0]))
    choices = []
    for k in range(1, len(parts)):
        leave, enter = parts[k - 1].exits()[:, places[k - 1]], parts[k].entries()[:, places[k]]
        ways = length[:, np.newaxis] + np.hypot(*(leave[:, :, np.newaxis] - enter[:, np.newaxis, :]))
        choices.append(np.argmin(ways, axis=0))
        length = ways.min(axis=0)
    chosen = [int(np.argmin(length))]
    for choice in reversed(choices):
        chosen.append(int(choice[chosen[-1]]))
    return [int(place[index]) for place, index in zip(places, reversed(chosen), strict=True)]


def _best_place(before: Sequence[Part], part: Part, after: Sequence[Part]) -> int:
    """The way to draw a part that suits the one before and the one after, where there are such."""
    length = np.zeros(part.places())
    for each in before:
        length += np.hypot(*(part.entries() - each.exit[:, np.newaxis]))
    for each in after:
        length += np.hypot(*(part.exits() - each.entry[:, np.newaxis]))
    return int(np.argmin(length))


def _strips(parts: Sequence[Part]) -> list[Part]:
    """The parts in strips, there and back, each about as high as a part has room."""
    middles = np.stack([part.points.mean(axis=1) for part in parts], 1)
    low, size = middles.min(axis=1), np.ptp(middles, axis=1)
    count = max(1, round(float(np.sqrt(len(parts) / 2))))
    strip = np.minimum((middles[1] - low[1]) / (size[1] or 1.0) * count, count - 1).astype(np.intp)
    along = np.where(strip % 2 == 0, middles[0], -middles[0])
    return [parts[k] for k in np.lexsort([along, strip]).tolist()]
