"""The trainer: one run, advanced a number of iterations at a time, and what it shows of itself.

Same config, same machine, same engine: the same run to the last bit, whatever the sizes in which it is
advanced.
"""

from dataclasses import dataclass

import numpy as np

from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.config import KNOBS, TrainingConfig
from curvegui.core.curve import Curve, preset_curve
from curvegui.core.diagnosis import Evidence
from curvegui.core.engine import Engine
from curvegui.core.knob import Effect
from curvegui.core.network import initial_parameters
from curvegui.core.recording import CostHistory, Trail, cost_stride, thin_points

REBUILDING = frozenset({"curve", "points", "activation", "output_activation"})  # what the engine is built for
KEYFRAME_EVERY = 100  # iterations; where a run that diverges is taken back to
COST_LIMIT = 1e6  # the target lies in the unit square: a curve a thousand squares away is not coming back
LARGEST_LIMIT = 1e200  # whatever the curve came from, it must be possible to draw it


@dataclass(frozen=True)
class Snapshot:
    """A run at one iteration; nobody writes to its arrays again.

    Attributes
    ----------
    config : TrainingConfig
    target : Curve
    iteration : int
        How many updates have been made.
    cost : float
    fit : ndarray, shape (2, N), read-only
        The curve that the network draws.
    parameters : ndarray, shape (P,), read-only
    diverged : bool
        The parameters left the finite numbers and were taken back to the last good ones.
    """

    config: TrainingConfig
    target: Curve
    iteration: int
    cost: float
    fit: FloatArray
    parameters: FloatArray
    diverged: bool = False


class Trainer:
    """A network learning a curve.

    Parameters
    ----------
    config : TrainingConfig

    Attributes
    ----------
    config : TrainingConfig
    target : Curve
    iteration : int
        How many updates have been made.
    trail : Trail
    costs : CostHistory
    diverged : bool
        Set when the parameters left the finite numbers: the run then stands at its last good keyframe and
        does not advance until a knob changes.
    """

    def __init__(self, config: TrainingConfig) -> None:
        self.config = config
        self.iteration = 0
        self.trail = Trail()
        self.costs = CostHistory()
        self.diverged = False
        self._build(initial_parameters(config.sizes, config.seed))
        self._keyframe = (0, self.parameters)
        curve, cost = self._engine.evaluate()
        self.costs.add(0, cost)
        self.trail.add(0, thin_points(curve))

    def _build(self, parameters: FloatArray) -> None:
        config = self.config
        self.target = preset_curve(config.curve, config.points)
        self._engine = Engine(
            config.sizes, config.activation, config.output_activation, self.target.t, self.target.points
        )
        self._engine.parameters = parameters
        _, cost = self._engine.evaluate()  # large networks of ReLU start far out, and do come back
        self._cost_limit = min(COST_LIMIT * max(1.0, cost), LARGEST_LIMIT)

    @property
    def parameters(self) -> FloatArray:
        """A copy of the weights and biases, shape (P,)."""
        return self._engine.parameters

    def apply(self, config: TrainingConfig) -> None:
        """Go on with other settings, from the present iteration and parameters.

        Raises
        ------
        ValueError
            If the layers differ: that needs a new Trainer.
        """
        if config.sizes != self.config.sizes:
            raise ValueError("Other layers need a new run.")
        changed = [name for name in KNOBS if getattr(config, name) != getattr(self.config, name)]
        if any(KNOBS[name].effect is not Effect.DISPLAY for name in changed):
            self.diverged = False
        self.config = config
        if not REBUILDING.isdisjoint(changed):
            self._build(self.parameters)

    def rewind(self, iteration: int, parameters: FloatArray) -> None:
        """Go back to an earlier iteration, whose parameters are given, shape (P,)."""
        self._keyframe = (iteration, parameters)
        self._take_back()
        self.diverged = False

    def advance(self, count: int) -> None:
        """Make ``count`` iterations, recording on the way what is due; fewer if the run diverges."""
        goal = self.iteration + count
        while self.iteration < goal and not self.diverged:
            stop = min(goal, *(_next_multiple(self.iteration, every) for every in self._intervals()))
            config = self.config
            self._engine.run(self.iteration, stop - self.iteration, config.aggression, config.noise, config.seed)
            self.iteration = stop
            self._record()

    def _intervals(self) -> tuple[int, int, int]:
        return cost_stride(self.iteration + 1), self._trail_interval(), KEYFRAME_EVERY

    def _trail_interval(self) -> int:
        return self.config.trail_every * self.trail.spacing

    def _record(self) -> None:
        """Keep what is due at this iteration, or take the run back if it has diverged."""
        now = self.iteration
        cost_due = now % cost_stride(now) == 0
        trail_due = now % self._trail_interval() == 0
        keyframe_due = now % KEYFRAME_EVERY == 0
        if not (cost_due or trail_due or keyframe_due):
            return
        curve, cost = self._engine.evaluate()
        if not self._is_sane(cost):
            if cost_due or keyframe_due:  # never for the trail's sake: what is shown must not change the run
                self._take_back()
            return
        if cost_due:
            self.costs.add(now, cost)
        if trail_due:
            self.trail.add(now, thin_points(curve))
        if keyframe_due:
            self._keyframe = (now, self.parameters)

    def _is_sane(self, cost: float) -> bool:
        return cost <= self._cost_limit and self._engine.is_finite()  # a cost of nan is not <= anything

    def _take_back(self) -> None:
        """Return to the last keyframe, whose parameters are finite wherever the chunks ended."""
        self.iteration, self._engine.parameters = self._keyframe
        self.trail.forget_after(self.iteration)
        self.costs.forget_after(self.iteration)
        self.diverged = True

    def snapshot(self) -> Snapshot:
        """The run as it stands; where it is out of bounds just now, its last keyframe."""
        iteration, parameters = self.iteration, self.parameters
        curve, cost = self._engine.evaluate()
        if not self._is_sane(cost):
            iteration, parameters = self._keyframe
            curve, cost = self._evaluate_at(parameters)
        return Snapshot(
            config=self.config,
            target=self.target,
            iteration=iteration,
            cost=cost,
            fit=read_only(curve),
            parameters=read_only(parameters),
            diverged=self.diverged,
        )

    def _evaluate_at(self, parameters: FloatArray) -> tuple[FloatArray, float]:
        """The curve and the cost of other parameters; the run stays as it is."""
        present = self.parameters
        self._engine.parameters = parameters
        evaluated = self._engine.evaluate()
        self._engine.parameters = present
        return evaluated

    def evidence(self) -> Evidence:
        """What a diagnosis of the run needs to know."""
        return Evidence(
            config=self.config,
            iteration=self.iteration,
            costs=self.costs.since(-1),
            largest_output_slope=float(np.max(self._engine.output_slopes())),
            largest_jacobian=float(np.max(np.abs(self._engine.gradient()))),
            diverged=self.diverged,
        )


def _next_multiple(iteration: int, every: int) -> int:
    return (iteration // every + 1) * every
