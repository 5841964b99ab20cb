"""What a diagnosis is made from: a run's settings, its costs, and measurements of its network."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from curvegui.core.arrays import FloatArray
from curvegui.core.curve.curve import Curve, spaced
from curvegui.core.diagnosis.finding import RunState
from curvegui.core.diagnosis.forecast import Forecast
from curvegui.core.engine.loop import DescentEngine
from curvegui.core.learner.recording import Keyframe
from curvegui.core.learner.target import is_closed, points_at
from curvegui.core.network.activations import ACTIVATIONS
from curvegui.core.network.network import Network
from curvegui.core.optimizers.all import OPTIMIZERS
from curvegui.core.optimizers.descent import WHOLE, Descent
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
    """The settings, costs and measurements that a diagnosis is made from."""

    config: TrainingConfig
    iteration: int
    costs: FloatArray
    """(iteration, cost) rows, shape (m, 2), ascending, of the present target and since parameters were last edited; the
    last one is of the run as it stands."""
    largest_output_slope: float  # the largest σ′ of the output neurons over all points
    largest_jacobian: float  # the largest entry, in size, of all Jacobians
    diverged: bool  # the parameters left the finite numbers and the run was taken back
    before: RunState | None = None  # what was found the last time
    beyond_reach: float = 0.0  # how far the curve goes beyond what output neurons can give; 0 where it does not
    turns: int = 0  # how often x or y turns back along the curve, whichever does so more often
    passed_back: float = 1.0  # the size of dC/dz at the first layer as a share of its size at the output
    hidden_slope: float = 1.0  # the largest |σ′| that some neuron of every hidden layer has at one and the same point
    largest_weight: float = 1.0  # in size, of all layers; biases do not count
    largest_gap: tuple[float, float] = (0.0, 0.0)  # the largest distance from curve to fit, and at which t
    gentler_gain: float = 0.0
    """By which share the cost would be lower, within a few iterations without noise, with a tenth of the aggression:
    the least along the last fifth of the run."""
    forecast: Forecast | None = None  # what comes next, where it has been computed
    last_edit: int | None = None
    """The latest iteration at which parameters were edited by hand: the time before says nothing about the run."""

    @property
    def cost(self) -> float:
        """The present cost."""
        return float(self.costs[-1, 1])

    @property
    def patience(self) -> int:
        """After how many iterations a diagnosis can tell how the cost goes."""
        return SOLVER_PATIENCE if OPTIMIZERS[self.config.optimizer].solver else PLATEAU_ITERATIONS

    @property
    def moves_nothing(self) -> bool:
        """Whether the next step would hardly change any weight or bias; False if the numbers have overflowed."""
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
        """How many iterations have been made since `begins`."""
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
        """By which fraction the cost has fallen over the last half of the run; 1 where the run is too short to tell."""
        if self.span < self.patience:
            return 1.0
        middle = (self.begins + share * self.span for share in (0.45, 0.55))
        before, after = median_cost(self.costs, *middle), self.late_cost()
        return 1 - after / before if np.isfinite(before) and before > 0 else 1.0

    def late_cost(self, since: int = 0) -> float:
        """The median of the costs along the last tenth of the run, but not of costs before iteration ``since``."""
        return median_cost(self.costs, max(self.begins + 0.9 * self.span, since), self.iteration)


def median_cost(costs: FloatArray, low: float, high: float) -> float:
    """The median of the costs from one iteration to another; infinite where there are none."""
    inside = (costs[:, 0] >= low) & (costs[:, 0] <= high)
    return float(np.median(costs[inside, 1])) if inside.any() else np.inf


def smoothed(costs: FloatArray) -> FloatArray:
    """The median of each cost and the costs recorded just before it: noise makes single costs jump."""
    padded = np.concatenate([np.full(SMOOTHING - 1, costs[0]), costs])
    medians: FloatArray = np.median(np.lib.stride_tricks.sliding_window_view(padded, SMOOTHING), axis=1)
    return medians


EDGE = 0.02  # a neuron that saturates comes so near to its bounds with weighted sums of 4
SMALL_TURN = 0.02  # of the square: a coordinate that turns back by less has only trembled
MOST_BENDS = 500  # that are looked for: more points than these are not compared
SAMPLED_POINTS = 200  # are enough to see how an error passes back
SEEN = 400, 2_000  # points of the curve, at least and at most: between fewer, a fit may do as it likes
LOOK_AHEAD = (8, 16)  # iterations
MOST_WORK = 1_000_000  # parameters times points: looking ahead on more would hold up the run


def beyond_reach(points: FloatArray, output_activation: str) -> float:
    """How far points, shape (2, N), go beyond the outputs that output neurons can give; 0 where they do not."""
    output = ACTIVATIONS[output_activation]
    edge = EDGE if output.saturates else 0.0
    return max(float(points.max()) - (output.high - edge), (output.low + edge) - float(points.min()), 0.0)


def turns(points: FloatArray) -> int:
    """How often x or y, whichever does so more often, turns back along points, shape (2, N)."""
    some = points[:, :: max(1, points.shape[1] // MOST_BENDS)]
    return max(_turns(each) for each in some.tolist())


def _turns(values: list[float]) -> int:
    found, direction, last = 0, 0, values[0]
    for value in values[1:]:
        ahead = (value - last) * (direction or 1)
        if direction and ahead > 0:
            last = value
        elif abs(ahead) > SMALL_TURN:
            found += bool(direction)
            direction, last = (1 if value > last else -1), value
    return found


def passed_back(network: Network, t: FloatArray, y: FloatArray) -> float:
    """The size of dC/dz at the first layer over its size at the output; t has shape (1, N), y shape (2, N)."""
    passed = network.feed_forward(_sample(t))
    sizes = []
    with np.errstate(all="ignore"):  # numbers that run away are another finding
        dc_da = passed[-1][1] - _sample(y)
        for layer, (z, a) in zip(reversed(network.layers), reversed(passed), strict=False):
            dc_dz = dc_da * layer.activation.slope_at(z, a)
            sizes.append(np.sqrt(np.mean(np.square(dc_dz))))
            dc_da = layer.weights.T @ dc_dz
        return float(sizes[-1] / sizes[0])


def hidden_slope(network: Network, t: FloatArray) -> float:
    """The largest |σ′| that some neuron of every hidden layer has at one and the same t, shape (1, N); 0 lets no error
    through."""
    z_and_a = network.feed_forward(_sample(t))[1:-1]
    with np.errstate(all="ignore"):
        slopes = [layer.activation.slope_at(*each) for layer, each in zip(network.layers, z_and_a, strict=False)]
        return float(np.min([np.abs(each).max(axis=0) for each in slopes], axis=0).max())


def largest_gap(network: Network, curve: str | Curve, points: int) -> tuple[float, float]:
    """The largest distance from a curve to the network's, also between the training points, and at which t."""
    t = spaced(min(max(points, SEEN[0]), SEEN[1]), is_closed(curve))
    with np.errstate(all="ignore"):
        gaps = np.hypot(*(network.feed_forward(t[np.newaxis])[-1][1] - points_at(curve, t)))
    if isinstance(curve, Curve):
        gaps[curve.jumps_at(t)] = 0.0  # a line that only joins two parts
    worst = int(np.argmax(gaps))
    return float(gaps[worst]), float(t[worst])


def _sample(values: FloatArray) -> FloatArray:
    count = values.shape[1]
    return values[:, np.linspace(0, count - 1, min(count, SAMPLED_POINTS)).astype(np.intp)]


def gentler_gain(engine: DescentEngine, descent: Descent, frames: Iterable[Keyframe]) -> float:
    """By which share a tenth of the aggression would lower the cost, a few iterations without noise later: the least
    over all frames of this network, and 0 where the optimiser had no memory yet. The engine is left as it was.

    Steps that are too large leap over the valley and back: smaller steps lower the cost at once. Elsewhere they are
    only slower.
    """
    present, state = engine.parameters, engine.state
    if present.size * engine.points > MOST_WORK:
        return 0.0
    calm = replace(descent, noise=0.0, batch=WHOLE)
    gentle = replace(calm, learning_rate=0.1 * descent.learning_rate)
    least, optimizer = 1.0, OPTIMIZERS[descent.optimizer]
    for frame in frames:
        if frame.parameters.size != present.size:
            continue
        if optimizer.vectors and not (frame.state.size and frame.state[0] == optimizer.code):  # no memory of it yet
            least = 0.0
            break
        for count in LOOK_AHEAD:
            present_way, gentler_way = (_ahead(engine, frame, count, way) for way in (calm, gentle))
            gain = 1 - gentler_way / present_way if present_way > 0 else 0.0
            least = min(least, gain) if np.isfinite(gain) else 0.0
        if least <= 0:
            break
    engine.parameters, engine.state = present, state
    return max(least, 0.0)


def _ahead(engine: DescentEngine, frame: Keyframe, count: int, descent: Descent) -> float:
    """The cost ``count`` iterations after a frame."""
    engine.parameters, engine.state = frame.parameters, frame.state
    engine.descend(frame.iteration, count, descent)
    return engine.evaluate()[1]
