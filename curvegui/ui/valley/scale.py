"""How costs become bands of colour and heights: on a logarithmic scale, with round numbers between the bands."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor

from curvegui.core.arrays import FloatArray
from curvegui.core.round_numbers import multiples, powers_between, round_up

RAMP = "#440154", "#3b528b", "#21918c", "#5ec962", "#fde725"  # viridis: the colour-blind see its order too
MOST_EDGES = 9
SERIES = (1, 2, 5), (1, 3)  # the digits of round numbers, the finer series first
FEWEST_EDGES = 3  # fewer on the logarithmic scale: the costs are so near to each other that a plain one will do
PLAIN = 1e-3  # of a cost: what differs less is written alike
LEAST_COST, MOST_COST = 1e-30, 1e30


@dataclass(frozen=True, eq=False)
class CostScale:
    """The scale of a surface's costs."""

    low: float
    high: float

    @classmethod
    def of(cls, costs: FloatArray) -> "CostScale":
        """The scale on which all finite costs can be told apart."""
        known = costs[np.isfinite(costs)].clip(LEAST_COST, MOST_COST)
        return cls(float(known.min()), float(known.max())) if known.size else cls(0.1, 1.0)

    @cached_property
    def edges(self) -> list[float]:
        """The costs at the borders between two bands, ascending."""
        if self.high <= self.low:
            return []
        low, high = np.log10([self.low, self.high]).tolist()
        for digits in SERIES:
            fine = [float(f"{digit}e{power}") for power in range(int(low) - 2, int(high) + 2) for digit in digits]
            fine = [edge for edge in fine if self.low < edge < self.high]
            if len(fine) <= MOST_EDGES:
                break
        else:
            return [10.0**power for power in powers_between(low, high, MOST_EDGES)]
        if len(fine) >= FEWEST_EDGES:
            return fine
        step = round_up((self.high - self.low) / MOST_EDGES)
        return [edge for edge in multiples(step, self.low, self.high) if self.low < edge < self.high]

    def bands(self, heights: FloatArray) -> NDArray[np.uint8]:
        """The number of the band, from 0 on, at each height."""
        found = np.zeros(heights.shape, np.uint8)
        for edge in self.heights(np.array(self.edges)).tolist():
            found += heights >= edge
        return found

    @cached_property
    def colours(self) -> list[QColor]:
        """The colour of each band."""
        count = len(self.edges) + 1
        return [ramp_colour(band / max(count - 1, 1)) for band in range(count)]

    def heights(self, costs: FloatArray) -> FloatArray:
        """From 0 for the lowest cost to 1 for the highest, evenly by their logarithms."""
        low, high = np.log(self.low), np.log(self.high)
        logs = np.log(costs.clip(self.low, self.high))
        heights: FloatArray = (logs - low) / max(high - low, 1e-12)
        return heights


def ramp_colour(part: float) -> QColor:
    """A colour of the ramp: 0 for its dark end, 1 for its bright one."""
    stops = [QColor(stop) for stop in RAMP]
    at = np.linspace(0, 1, len(stops))
    channels = ([stop.red() for stop in stops], [stop.green() for stop in stops], [stop.blue() for stop in stops])
    return QColor(*(round(float(np.interp(part, at, channel))) for channel in channels))
