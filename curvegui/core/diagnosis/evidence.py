"""What a diagnosis is made from: a run's settings, its costs, and measurements of its network."""

from dataclasses import dataclass

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.diagnosis.finding import Condition
from curvegui.core.diagnosis.outlook import Outlook
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.settings.config import TrainingConfig

GOOD_COST = 1e-3  # the curve is recognisable: no message about a plateau below it
FITTED_COST = 2e-4  # every part of the curve is there: before, the heart lacks its tip
BAD_COST = 1e-2  # the curve is not there yet
SMOOTHING = 15  # recorded costs
PLATEAU_ITERATIONS = 2_000  # the heart's own first plateau ends before
SOLVER_PATIENCE = 50  # the same for optimisers of second order: each of their iterations does more
DEAD_STEP = 1e-9  # a parameter that moves so little would need a million iterations to show it
CUT_OFF = 1e-9  # a slope so small lets no error through; nor does a layer of which less than that comes back
STANDSTILL = 1.05  # from the lowest cost to the highest
SETTLING_ITERATIONS = 500  # after parameters were edited, and from the start: the first steps are wild


@dataclass(frozen=True)
class Evidence:
    """What a diagnosis is made from."""

    config: TrainingConfig
    iteration: int
    costs: FloatArray
    """(iteration, cost) rows, shape (m, 2), ascending, of the present target and since parameters were last edited; the
    last one is of the run as it stands."""
    largest_output_slope: float  # the largest σ′ of the output neurons over all points
    largest_jacobian: float  # the largest entry, in size, of all Jacobians
    diverged: bool  # the parameters left the finite numbers and the run was taken back
    before: Condition | None = None  # what was found the last time
    beyond_reach: float = 0.0  # how far the curve goes beyond what output neurons can give; 0 where it does not
    turns: int = 0  # how often x or y turns back along the curve, whichever does so more often
    passed_back: float = 1.0  # the size of dC/dz at the first layer as a share of its size at the output
    hidden_slope: float = 1.0  # the largest |σ′| that some neuron of every hidden layer has at one and the same point
    largest_weight: float = 1.0  # in size, of all layers; biases do not count
    largest_gap: tuple[float, float] = (0.0, 0.0)  # the largest distance from curve to fit, and at which t
    gentler_gain: float = 0.0
    """By which share the cost would be lower, within a few iterations without noise, with a tenth of the aggression:
    the least along the last fifth of the run."""
    outlook: Outlook | None = None  # what comes next, where it has been computed
    last_edit: int | None = None
    """The latest iteration at which parameters were edited by hand: the time before says nothing about the run."""

    @property
    def cost(self) -> float:
        """The present cost."""
        return float(self.costs[-1, 1])

    @property
    def patience(self) -> int:
        """After how many iterations it can be said how the cost goes."""
        return SOLVER_PATIENCE if OPTIMIZERS[self.config.optimizer].solver else PLATEAU_ITERATIONS

    @property
    def moves_nothing(self) -> bool:
        """Whether a step is next to nothing, for every weight and bias; numbers that ran away are no standstill."""
        aggression = self.config.aggression if self.config.uses("aggression") else 1.0
        return aggression * self.largest_jacobian <= DEAD_STEP

    @property
    def is_cut_off(self) -> bool:
        """Whether nothing of the error reaches the first layer."""
        return self.passed_back <= CUT_OFF

    @property
    def begins(self) -> int:
        """The iteration from which on the run is judged."""
        return self.last_edit or 0

    @property
    def span(self) -> int:
        """How many iterations have been made since then."""
        return self.iteration - self.begins

    @property
    def is_fresh_from_hand(self) -> bool:
        """Whether parameters were edited so recently that nothing can be said yet about how the cost goes."""
        return self.last_edit is not None and self.span < SETTLING_ITERATIONS

    @property
    def has_stood_still_since_hand(self) -> bool:
        """Whether the cost has been the same ever since parameters were edited: no step has done anything."""
        costs = self.costs[:, 1]
        return self.last_edit is not None and bool(costs.max() <= STANDSTILL * costs.min())

    @property
    def half_gain(self) -> float:
        """By which fraction the cost has fallen over the last half of the run; 1 where that cannot be said yet."""
        if self.span < self.patience:
            return 1.0
        before, after = self._median_along(0.45, 0.55), self.late_cost()
        return 1 - after / before if np.isfinite(before) and before > 0 else 1.0

    def late_cost(self, since: int = 0) -> float:
        """The median of the costs along the last tenth of the run, and not before an iteration."""
        return median_cost(self.costs, max(self.begins + 0.9 * self.span, since), self.iteration)

    def _median_along(self, low: float, high: float) -> float:
        """The median of the costs from one fraction of the run to another."""
        return median_cost(self.costs, self.begins + low * self.span, self.begins + high * self.span)


def median_cost(costs: FloatArray, low: float, high: float) -> float:
    """The median of the costs from one iteration to another; infinite where there are none."""
    inside = (costs[:, 0] >= low) & (costs[:, 0] <= high)
    return float(np.median(costs[inside, 1])) if inside.any() else np.inf


def smoothed(costs: FloatArray) -> FloatArray:
    """The median of each cost and those recorded just before it: noise makes single ones jump."""
    padded = np.concatenate([np.full(SMOOTHING - 1, costs[0]), costs])
    medians: FloatArray = np.median(np.lib.stride_tricks.sliding_window_view(padded, SMOOTHING), axis=1)
    return medians
