"""Many networks at once: the same curve to learn, each with its own seed, aggression and noise.

Every one of them takes the very steps that a trainer with its settings takes, but for rounding.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from curvegui.core.activations import ACTIVATIONS
from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.batch import Batch
from curvegui.core.config import KNOBS, TrainingConfig
from curvegui.core.curve import BoolArray
from curvegui.core.engine import Engine, go_on
from curvegui.core.ensemble_notes import EnsembleNotes
from curvegui.core.keyframes import KEYFRAME_EVERY, NO_STATE
from curvegui.core.network import initial_parameters
from curvegui.core.recording import NO_TRAIL
from curvegui.core.run_record import RunRecord
from curvegui.core.target import Target, build_target
from curvegui.core.trainer import COST_LIMIT, LARGEST_LIMIT

SHARED = (
    *("hidden", "activation", "output_activation", "curve", "points", "train_one_in"),
    *("optimizer", "momentum", "memory", "schedule", "schedule_over", "batch"),
)
BATCH_NUMBERS = 51_200  # neurons times points, of all networks in a batch: its arrays stay in a nearer cache
FEWEST_TOGETHER = 2
DRAWN_NUMBERS = 1_000_000  # of a layer, for as many networks as are drawn together


@dataclass(frozen=True, eq=False)
class EnsembleMoment:
    """All networks at one iteration; nobody writes to its arrays again.

    Attributes
    ----------
    iteration : int
    costs : ndarray, shape (K,)
        At the points that they train on; inf where the numbers ran away.
    fits : ndarray, shape (K, 2, N)
        The curves that they draw, at all points of the target; not finite everywhere where the numbers ran away.
    parameters : ndarray, shape (K, P)
    """

    iteration: int
    costs: FloatArray
    fits: FloatArray
    parameters: FloatArray


class Ensemble:
    """K networks learning the same curve.

    Parameters
    ----------
    configs : sequence of TrainingConfig
        One a network. Seed, aggression, noise, data noise and what is frozen may differ, and what is only shown.

    Attributes
    ----------
    configs : tuple of TrainingConfig
    targets : tuple of Target
        One a network: data noise moves the points of each in its own way.
    iteration : int
        How many updates each has made.

    Raises
    ------
    ValueError
        If other settings differ: a sentence for people.
    """

    def __init__(self, configs: Sequence[TrainingConfig]) -> None:
        _check_alike(configs)
        self.configs, self.iteration = tuple(configs), 0
        self.targets: tuple[Target, ...] = tuple(map(build_target, self.configs))
        self._points = np.stack([target.points for target in self.targets])
        self._trained = self.targets[0].trained
        self._teams = self._divide()
        self._lost: BoolArray = np.zeros(len(self.configs), np.bool_)
        self._seen: EnsembleMoment | None = None
        start = self.moment()
        self._limits = np.minimum(COST_LIMIT * np.maximum(1.0, start.costs), LARGEST_LIMIT)
        self._notes = EnsembleNotes()
        self._notes.add(0, start.parameters, start.costs)

    def _divide(self) -> "list[Batch | _Alone]":
        """Batches as even as possible; networks so large that no two of them fit in one, and a single one, go alone."""
        t, y = self.targets[0].t[:, self._trained], self._points[:, :, self._trained]
        count = len(self.configs)
        most = BATCH_NUMBERS // (sum(self.configs[0].sizes) * t.size)
        if min(most, count) < FEWEST_TOGETHER or not self.configs[0].is_plain:
            return [_Alone(config, t, points) for config, points in zip(self.configs, y, strict=True)]
        borders = np.linspace(0, count, -(-count // most) + 1).round().astype(np.intp).tolist()
        return [Batch(self.configs[start:stop], t, y[start:stop]) for start, stop in pairwise(borders)]

    def advance(self, count: int, before_each: Callable[[], object] = go_on) -> None:
        """Let each make ``count`` iterations.

        ``before_each`` is called before every iteration, of each batch of them by itself, and may wait.
        """
        goal = self.iteration + count
        for team in self._teams:
            team.before_each = before_each
        while self.iteration < goal:
            stop = min(goal, (self.iteration // KEYFRAME_EVERY + 1) * KEYFRAME_EVERY)
            for team in self._teams:
                team.run(self.iteration, stop - self.iteration)
            self.iteration, self._seen = stop, None
            if stop % KEYFRAME_EVERY == 0:
                self._note()

    def _note(self) -> None:
        """Keep all networks as they are; those that are far out now count as lost from here on."""
        far_out = ~(self.costs <= self._limits)
        if (far_out & ~self._lost).any():
            self._lost, self._seen = self._lost | far_out, None
        now = self.moment()
        self._notes.add(now.iteration, now.parameters, now.costs)

    def _judged(self, costs: FloatArray) -> FloatArray:
        return read_only(np.where(np.isfinite(costs) & ~self._lost, costs, np.inf))

    def moment(self) -> EnsembleMoment:
        """All networks as they are."""
        if self._seen is None:
            parameters = np.concatenate([team.parameters for team in self._teams])
            fits = draw_all(self.configs[0], parameters, self.targets[0].t)
            with np.errstate(all="ignore"):
                costs = np.square(fits - self._points).sum(axis=1)[:, self._trained].mean(axis=1)
                costs[~np.isfinite(np.square(parameters).sum(axis=1))] = np.inf  # a saturated neuron would hide them
            arrays = self._judged(costs), read_only(fits), read_only(parameters)
            self._seen = EnsembleMoment(self.iteration, *arrays)
        return self._seen

    @property
    def costs(self) -> FloatArray:
        """Of all networks, shape (K,), read-only; inf where the numbers ran away."""
        return self.moment().costs

    @property
    def fits(self) -> FloatArray:
        """The curves that all networks draw, shape (K, 2, N), read-only."""
        return self.moment().fits

    @property
    def parameters(self) -> FloatArray:
        """The weights and biases of all networks, shape (K, P), read-only."""
        return self.moment().parameters

    def gradients(self) -> FloatArray:
        """dC/dparameter of all networks averaged over their points, shape (K, P)."""
        return np.concatenate([team.gradients() for team in self._teams])

    def cost_history(self, most: int) -> tuple[NDArray[np.int64], FloatArray]:
        """How the costs went: iterations, shape (m,), and the costs of all networks at them, shape (m, K).

        There are at most so many rows, evenly spaced in the iterations' logarithm; the last one is the present.
        A cost of a network whose numbers had run away is inf.
        """
        iterations, costs = self._notes.rows(most - 1)
        if iterations[-1] == self.iteration:
            return iterations, costs
        return np.append(iterations, self.iteration), np.vstack([costs, self.costs])

    def record(self, member: int, goal: int | None = None) -> RunRecord:
        """One network's run so far, for `Trainer.going_on`: it goes on as an ordinary run.

        Where its numbers ran away, it is the run up to its last good note, and has diverged. Where it has an optimiser
        that remembers something, it can be looked back to from here on alone.
        """
        config, now = self.configs[member], self.moment()
        iterations, frames, costs = self._notes.of(member)
        is_lost = not now.costs[member] <= self._limits[member]
        iteration, parameters = (
            (int(iterations[-1]), frames[-1]) if is_lost else (now.iteration, now.parameters[member])
        )
        history, lowest, state = np.column_stack([iterations, costs]), int(np.argmin(costs)), NO_STATE
        best = int(iterations[lowest]), float(costs[lowest])
        if not is_lost and isinstance(team := self._teams[min(member, len(self._teams) - 1)], _Alone):
            state = team.state
        if config.optimizer != "descent":
            iterations, frames = np.array([iteration]), parameters[np.newaxis]
            best = iteration, float(costs[-1] if is_lost else now.costs[member])
        return RunRecord(
            config=config,
            iteration=iteration,
            parameters=parameters,
            goal=config.iterations if goal is None else goal,
            keyframe_iterations=iterations,
            keyframes=frames,
            changes=((0, config),),
            costs=history,
            trail=NO_TRAIL,  # the trainer draws it anew
            best=best,
            safe_iteration=int(iterations[-1]),
            keyframe_spacing=self._notes.spacing,
            cost_limit=float(self._limits[member]),
            diverged=is_lost,
            state=state,
            states=(state,) * len(iterations),
        )


class _Alone:
    """A network with an engine of its own: so large that it gains nothing in a batch, or with another optimiser."""

    def __init__(self, config: TrainingConfig, t: FloatArray, y: FloatArray) -> None:
        self._config = config
        self.before_each: Callable[[], object] = go_on
        self._engine = Engine(config.sizes, config.activation, config.output_activation, t, y)
        self._engine.parameters = initial_parameters(config.sizes, config.seed)
        self._engine.freeze(config.frozen)

    @property
    def parameters(self) -> FloatArray:
        return self._engine.parameters[np.newaxis]

    @property
    def state(self) -> FloatArray:
        return self._engine.state

    def run(self, first: int, count: int) -> None:
        self._engine.before_each = self.before_each
        self._engine.descend(first, count, self._config.descent)

    def gradients(self) -> FloatArray:
        return self._engine.gradient()[np.newaxis]


def _check_alike(configs: Sequence[TrainingConfig]) -> None:
    if not configs:
        raise ValueError("There must be at least one network.")
    for name in SHARED:
        if any(getattr(config, name) != getattr(configs[0], name) for config in configs):
            raise ValueError(f"{KNOBS[name].label}: networks that learn together must all have the same.")


def draw_all(config: TrainingConfig, parameters: FloatArray, t: FloatArray) -> FloatArray:
    """The curves that networks draw, shape (K, 2, N).

    Parameters
    ----------
    config : TrainingConfig
        With their layers and activations.
    parameters : ndarray, shape (K, P)
    t : ndarray, shape (1, N)
    """
    together = max(1, DRAWN_NUMBERS // (max(config.sizes) * t.size))
    groups = [parameters[start : start + together] for start in range(0, len(parameters), together)]
    return np.concatenate([_drawn(config, group, t) for group in groups])


def _drawn(config: TrainingConfig, parameters: FloatArray, t: FloatArray) -> FloatArray:
    names, a, start = [config.activation] * len(config.hidden) + [config.output_activation], t, 0
    for (before, after), name in zip(pairwise(config.sizes), names, strict=True):
        stop = start + after * (before + 1)
        block = parameters[:, start:stop].reshape(-1, after, before + 1)
        with np.errstate(all="ignore"):
            a = ACTIVATIONS[name](block[:, :, :-1] @ a + block[:, :, -1:])
        start = stop
    return a
