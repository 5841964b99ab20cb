"""What an ensemble remembers: every network's parameters and cost at some iterations, bounded."""

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.learner.keyframes import FEWEST, KEYFRAME_EVERY

MILESTONES = 200, 2_000, 20_000
"""The iterations after which a race is judged: multiples of the spacing at first."""
NOTES_BYTES = 64_000_000  # of 32 of the usual networks, 2,400 notes: 240,000 iterations before the first thinning


class EnsembleNotes:
    """Notes in ascending order, evenly thinned where there are too many; the first one always stays.

    ``spacing`` is the number of iterations between two notes that are kept: it doubles whenever there is no more room.
    The costs at the ``milestones`` that were passed are always kept.
    """

    def __init__(self) -> None:
        self.spacing, self.milestones = KEYFRAME_EVERY, dict[int, FloatArray]()
        self._iterations: list[int] = []
        self._parameters: list[FloatArray] = []
        self._costs: list[FloatArray] = []

    def add(self, iteration: int, parameters: FloatArray, costs: FloatArray) -> None:
        """Keep what all networks are, shapes (K, P) and (K,), at the beginning and at multiples of the spacing."""
        if iteration in MILESTONES:
            self.milestones[iteration] = read_only(costs)
        if self._iterations and iteration % self.spacing:
            return
        self._iterations.append(iteration)
        self._parameters.append(read_only(parameters))
        self._costs.append(read_only(costs))
        while len(self._iterations) > max(FEWEST, NOTES_BYTES // parameters.nbytes):
            self._thin()

    def _thin(self) -> None:
        self.spacing *= 2
        rest = (index for index, iteration in enumerate(self._iterations) if iteration % self.spacing == 0)
        kept = sorted({0, *rest})
        self._iterations = [self._iterations[index] for index in kept]
        self._parameters = [self._parameters[index] for index in kept]
        self._costs = [self._costs[index] for index in kept]

    def rows(self, most: int) -> tuple[NDArray[np.int64], FloatArray]:
        """Some iterations, shape (m,), and all networks' costs at them, shape (m, K): at most ``most``, two at least.

        They are evenly spaced in the logarithm of the iterations since the first one; the last one is among them.
        """
        made = np.array(self._iterations, np.int64)
        places = np.log(np.maximum(made - made[0], 1))
        wanted = np.linspace(places[-1], places[min(1, len(made) - 1)], max(most, 2) - 1)
        chosen = np.unique(np.append(0, np.searchsorted(places, wanted - 1e-9)))
        return made[chosen], np.stack([self._costs[index] for index in chosen.tolist()])

    def of(self, member: int) -> tuple[NDArray[np.int64], FloatArray, FloatArray]:
        """One network's iterations, shape (m,), parameters, shape (m, P), and costs, shape (m,).

        They end before the first cost that is not finite.
        """
        costs = np.array([row[member] for row in self._costs])
        good = np.logical_and.accumulate(np.isfinite(costs))
        parameters = np.stack([rows[member] for rows in self._parameters])
        return np.array(self._iterations, np.int64)[good], parameters[good], costs[good]
