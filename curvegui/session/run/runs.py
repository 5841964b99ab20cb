"""The runs that the trainer's thread keeps: the live one, and those that Undo can bring back."""

from dataclasses import dataclass

from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.learner.learner import Snapshot
from curvegui.core.run.record import RunRecord
from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig


@dataclass
class NumberedRun:
    """A run, and the iteration at which it will finish. ``was_paused`` holds from when it was set aside."""

    number: int
    trainer: Trainer
    goal: int
    was_paused: bool = False

    def record(self) -> RunRecord:
        """The run as it stands."""
        return self.trainer.record(self.goal)


class Runs:
    """At most one live run, and the others by number."""

    def __init__(self, arithmetic: Arithmetic = USUAL) -> None:
        self._arithmetic = arithmetic
        self._live: NumberedRun | None = None
        self._others: dict[int, NumberedRun] = {}
        self._replayer = Replayer()

    @property
    def has_live(self) -> bool:
        """Whether there is a live run: none where it could not be begun."""
        return self._live is not None

    @property
    def live(self) -> NumberedRun:
        """The run that learns. Raises ``RuntimeError`` if there is none."""
        if self._live is None:
            raise RuntimeError("There is no run. Press Reset to start one.")
        return self._live

    @live.setter
    def live(self, run: NumberedRun) -> None:
        self._live = run

    def set_aside(self, is_paused: bool) -> None:
        """Keep the live run for later, if there is one."""
        if self._live is not None:
            self._live.was_paused = is_paused
            self._others[self._live.number], self._live = self._live, None

    def begin(self, config: TrainingConfig, number: int) -> None:
        """Begin a run, where none is live."""
        self._live = NumberedRun(number, Trainer(config, self._arithmetic), config.iterations)

    def going_on(self, record: RunRecord, number: int) -> NumberedRun:
        """A run that goes on from a record; it is not live yet."""
        return NumberedRun(number, Trainer.going_on(record, self._arithmetic), record.goal)

    def restore(self, number: int, config: TrainingConfig) -> None:
        """Make a run live that was set aside, where it stood; one that failed to begin is begun."""
        run = self._others.pop(number, None)
        if run is None:
            self.begin(config, number)
            return
        run.trainer.calculate_with(self._arithmetic)
        self._live = run

    def discard(self, kept: frozenset[int]) -> None:
        """Let go of the runs that were set aside, except these."""
        self._others = {number: run for number, run in self._others.items() if number in kept}

    def calculate_with(self, arithmetic: Arithmetic) -> None:
        """Compute all runs with something else, each from where it is."""
        self._arithmetic = arithmetic
        if self._live is not None:
            self._live.trainer.calculate_with(arithmetic)

    def snapshot_at(self, iteration: int) -> Snapshot:
        """An iteration of the live run, computed anew; the nearest one that its record has."""
        trainer = self.live.trainer
        return self._replayer.snapshot(trainer, min(max(iteration, trainer.keyframes.first), trainer.iteration))

    def record_until(self, iteration: int) -> RunRecord:
        """The live run up to an iteration."""
        return self.live.record().until(self.snapshot_at(iteration))
