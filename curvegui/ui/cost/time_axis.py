"""Iterations along an axis: logarithmic, so that early training gets more room, or linear."""

from dataclasses import dataclass
from math import ceil, floor, log10

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.round_numbers import multiples, round_up
from curvegui.ui.widgets.numbers import format_number

FIRST = 10.0  # a logarithmic axis begins here; the few iterations before it would fill a third of it
LEAST_SPAN = 100.0  # iterations that are shown at least
BEYOND = 1.02  # a little room after the latest iteration


@dataclass(frozen=True)
class TimeAxis:
    """Which iteration is where on the axis."""

    logarithmic: bool = True

    def places(self, iterations: FloatArray) -> FloatArray:
        """Where iterations are on the axis."""
        return np.log10(np.maximum(iterations, 1.0)) if self.logarithmic else iterations

    def place(self, iteration: float) -> float:
        """Where an iteration is on the axis."""
        return log10(max(iteration, 1.0)) if self.logarithmic else float(iteration)

    def iteration(self, place: float) -> int:
        """Which iteration is at a place of the axis."""
        return round(10.0 ** min(place, 18.0)) if self.logarithmic else round(place)

    def bounds(self, latest: int) -> tuple[float, float]:
        """The part of the axis that shows a run of ``latest`` iterations."""
        last = max(latest, LEAST_SPAN) * BEYOND
        if not self.logarithmic:
            return 0.0, last
        return log10(FIRST if latest >= LEAST_SPAN else 1.0), log10(last)  # so that each single step is seen

    def ticks(self, left: float, right: float, most: int) -> list[tuple[float, str]]:
        """Places to label, at most about ``most``, each with its label."""
        if self.logarithmic:
            return [(float(power), format_number(10**power)) for power in powers_between(left, right, most)]
        step = round_up(max((right - left) / max(most, 1), 1.0))
        return [(each, format_number(each)) for each in multiples(step, left, right)]


def powers_between(low: float, high: float, most: int) -> list[int]:
    """The powers of ten in view, or every second or third of them so that there are at most ``most``."""
    powers = range(ceil(low - 1e-9), floor(high + 1e-9) + 1)
    every = max(1, ceil(len(powers) / max(most, 1)))
    return [power for power in powers if power % every == 0]
