"""Many networks at once: the same curve to learn, each with its own seed, aggression, noise, optimiser or neurons.

Each of them takes the same steps that a trainer with its settings and the same engine takes, but for rounding; with the
engine in C, to the last bit.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from curvegui.core.arrays import FloatArray, read_only
from curvegui.core.curve.curve import BoolArray
from curvegui.core.engine.arithmetic import USUAL, Arithmetic, Arithmetics
from curvegui.core.engine.loop import go_on
from curvegui.core.ensemble.notes import EnsembleNotes
from curvegui.core.ensemble.task import EnsembleTask, check_alike, draw_all
from curvegui.core.ensemble.teams import Team, teams_for
from curvegui.core.learner.engines import settled
from curvegui.core.learner.keyframes import KEYFRAME_EVERY, NO_STATE
from curvegui.core.learner.learner import Snapshot
from curvegui.core.learner.recording import NO_TRAIL
from curvegui.core.learner.target import Target, build_target
from curvegui.core.network.network import initial_parameters
from curvegui.core.run.record import RunRecord
from curvegui.core.run.trainer import COST_LIMIT, LARGEST_LIMIT
from curvegui.core.settings.config import TrainingConfig


@dataclass(frozen=True, eq=False)
class EnsembleSnapshot:
    """All networks at one iteration; nobody writes to its arrays again."""

    iteration: int
    costs: FloatArray  # shape (K,), at the points that they train on; inf where the numbers ran away
    fits: FloatArray  # shape (K, 2, N), at all points of the target; may not be finite where the numbers ran away
    parameters: FloatArray  # shape (K, P)


class Ensemble:
    """K networks learning the same curve, computed with ``arithmetic``, or by another engine where that is not here.

    Seed, aggression, noise, data noise, optimiser, neurons, what is frozen and the display may differ from config to
    config; raises ``ValueError`` if other settings do. There is one target a network: data noise moves the points of
    each in its own way. All begin at a ``start``, with its weights, its iteration and what its optimiser remembers, or
    each where its seed does. They have come from iteration ``first`` to ``iteration``.
    """

    def __init__(
        self, configs: Sequence[TrainingConfig], arithmetic: Arithmetic = USUAL, start: Snapshot | None = None
    ) -> None:
        check_alike(configs)
        self.configs = tuple(configs)
        self.first = self.iteration = 0 if start is None else start.iteration
        self.targets: tuple[Target, ...] = tuple(map(build_target, self.configs))
        self._points = np.stack([target.points for target in self.targets])
        self._trained = self.targets[0].trained
        t, points = self.targets[0].t[:, self._trained], self._points[:, :, self._trained]
        self._task = EnsembleTask(self.configs, t, points)
        self.arithmetic = self._computing = settled(arithmetic, self.configs[0].sizes)
        self._arithmetics = Arithmetics()
        self._teams = self._divide(*_beginning(self.configs, start))
        self._lost: BoolArray = np.zeros(len(self.configs), np.bool_)
        self._seen: EnsembleSnapshot | None = None
        now = self.snapshot()
        self._limits = np.minimum(COST_LIMIT * np.maximum(1.0, now.costs), LARGEST_LIMIT)
        self._notes = EnsembleNotes()
        self._notes.add(self.first, now.parameters, now.costs)

    def _divide(self, parameters: FloatArray, states: Sequence[FloatArray]) -> list[Team]:
        """The networks as they are, (K, P), with what their optimisers remember, in teams for the wanted arithmetic."""
        teams, start = teams_for(self._task, self.arithmetic), 0
        for team in teams:
            stop = start + len(team.states)
            team.parameters, team.states = parameters[start:stop], states[start:stop]
            start = stop
        return teams

    def calculate_with(self, arithmetic: Arithmetic) -> None:
        """Compute in another way from the next iteration on, where that is possible here."""
        self.arithmetic = settled(arithmetic, self.configs[0].sizes)

    def _hand_over(self) -> None:
        if self.arithmetic != self._computing:
            parameters = np.concatenate([team.parameters for team in self._teams])
            states = [state for team in self._teams for state in team.states]
            self._teams = self._divide(parameters, states)
            self._computing = self.arithmetic
        self._arithmetics.set(self.iteration, self.arithmetic)

    def advance(self, count: int, before_each: Callable[[], object] = go_on) -> None:
        """Let each make ``count`` iterations.

        ``before_each`` is called before every iteration, for each batch of networks, and may wait; with the engine in
        C, before hundreds of iterations, for each network, and in several threads.
        """
        goal = self.iteration + count
        if count > 0:
            self._hand_over()
        for team in self._teams:
            team.before_each = before_each
        while self.iteration < goal:
            left, until_note = goal - self.iteration, -self.iteration % KEYFRAME_EVERY
            if until_note == 0 and left >= KEYFRAME_EVERY:
                self._run_hundreds(left // KEYFRAME_EVERY)
            else:
                self._run(min(left, until_note or left))

    def _run(self, count: int) -> None:
        """Some iterations, of which at most the last one is to be noted."""
        for team in self._teams:
            team.run(self.iteration, count)
        self.iteration, self._seen = self.iteration + count, None
        if self.iteration % KEYFRAME_EVERY == 0:
            now = self.snapshot()
            self._note(now.parameters, now.costs)

    def _run_hundreds(self, count: int) -> None:
        for parts in zip(*(team.hundreds(self.iteration, count) for team in self._teams), strict=True):
            self.iteration, self._seen = self.iteration + KEYFRAME_EVERY, None
            parameters, costs = (np.concatenate(part) for part in zip(*parts, strict=True))
            self._note(parameters, costs)

    def _note(self, parameters: FloatArray, costs: FloatArray) -> None:
        """Keep what all networks are; those that are far out now count as lost from here on."""
        far_out = ~(costs <= self._limits)
        if (far_out & ~self._lost).any():
            self._lost, self._seen = self._lost | far_out, None
        self._notes.add(self.iteration, parameters, self._judged(costs))

    def _judged(self, costs: FloatArray) -> FloatArray:
        return read_only(np.where(self._lost, np.inf, costs))

    def snapshot(self) -> EnsembleSnapshot:
        """All networks as they are."""
        if self._seen is None:
            parameters = np.concatenate([team.parameters for team in self._teams])
            fits = draw_all(self.configs, parameters, self.targets[0].t)
            costs = self._task.costs(parameters, fits[:, :, self._trained])
            arrays = self._judged(costs), read_only(fits), read_only(parameters)
            self._seen = EnsembleSnapshot(self.iteration, *arrays)
        return self._seen

    @property
    def costs(self) -> FloatArray:
        """Of all networks, shape (K,), read-only; inf where the numbers ran away."""
        return self.snapshot().costs

    @property
    def fits(self) -> FloatArray:
        """The curves that all networks draw, shape (K, 2, N), read-only."""
        return self.snapshot().fits

    @property
    def parameters(self) -> FloatArray:
        """The weights and biases of all networks, shape (K, P), read-only."""
        return self.snapshot().parameters

    @property
    def paces(self) -> FloatArray:
        """How long an iteration of each network computes, in seconds, shape (K,); not a number before the first one."""
        return np.concatenate([team.paces for team in self._teams])

    @property
    def milestones(self) -> dict[int, FloatArray]:
        """The costs of all networks, shape (K,), at those of `MILESTONES` that were passed."""
        return dict(self._notes.milestones)

    def gradients(self) -> FloatArray:
        """dC/dparameter of all networks averaged over their points, shape (K, P)."""
        return np.concatenate([team.gradients() for team in self._teams])

    def cost_history(self, most: int) -> tuple[NDArray[np.int64], FloatArray]:
        """The costs so far: iterations, shape (m,), and the costs of all networks at them, shape (m, K).

        There are at most ``most`` rows, evenly spaced in the logarithm of the iterations since the first one; the last
        one is the present. The cost is inf where a network's numbers had run away.
        """
        iterations, costs = self._notes.rows(most - 1)
        if iterations[-1] == self.iteration:
            return iterations, costs
        return np.append(iterations, self.iteration), np.vstack([costs, self.costs])

    def record(self, member: int, goal: int | None = None) -> RunRecord:
        """One network's run so far, for `Trainer.going_on`: it goes on as an ordinary run.

        Where its numbers ran away, it is the run up to its last good note, and has diverged. Where its optimiser
        remembers something, it can be replayed from here on alone.
        """
        config, now = self.configs[member], self.snapshot()
        iterations, frames, costs = self._notes.of(member)
        is_lost = not now.costs[member] <= self._limits[member]
        iteration, parameters = (
            (int(iterations[-1]), frames[-1]) if is_lost else (now.iteration, now.parameters[member])
        )
        history, lowest, state = np.column_stack([iterations, costs]), int(np.argmin(costs)), NO_STATE
        best = int(iterations[lowest]), float(costs[lowest])
        if not is_lost:
            state = [each for team in self._teams for each in team.states][member]
        if config.optimizer != "descent":
            iterations, frames = np.array([iteration]), parameters[np.newaxis]
            best = iteration, float(costs[-1] if is_lost else now.costs[member])
        arithmetics = Arithmetics(self._arithmetics.all())
        arithmetics.forget_after(iteration)
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
            arithmetics=arithmetics.all(),
        )


def _beginning(configs: Sequence[TrainingConfig], start: Snapshot | None) -> tuple[FloatArray, Sequence[FloatArray]]:
    """The first weights and biases of all networks, shape (K, P), and what the optimiser of each remembers."""
    if start is not None:
        return np.tile(start.parameters, (len(configs), 1)), [start.state] * len(configs)
    first = np.stack([initial_parameters(config.sizes, config.seed) for config in configs])
    return first, [NO_STATE] * len(configs)
