"""What the window tells the trainer's thread to do: each command is one record, which carries itself out there."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from curvegui.core.engine.backend import Backend
from curvegui.core.learner.learner import Snapshot
from curvegui.core.run.operations import PlannedOperations
from curvegui.core.run.record import RunRecord
from curvegui.core.settings.config import SETTINGS, TrainingConfig
from curvegui.session.run.delivery import Phase
from curvegui.session.run.driver import Driver

PACE_SETTINGS = tuple(name for name, setting in SETTINGS.items() if setting.changes_pace)


class Command(ABC):
    """Something to do between two chunks of iterations.

    A numbered one is answered with a delivery that says its number, so that the window knows what a snapshot has seen.
    That fails where there is no run, unless the command does not need one.
    """

    is_numbered: ClassVar[bool] = True
    needs_run: ClassVar[bool] = True

    @abstractmethod
    def carry_out(self, driver: Driver) -> None:
        """Do it, in the trainer's thread. Whatever is raised stops the run."""


# Another run: ``run`` is its number, and the present one is set aside


@dataclass(frozen=True, eq=False)
class Begin(Command):
    """Begin a run. It learns unless it is to be ``paused``, or the present one is."""

    config: TrainingConfig
    run: int
    paused: bool = False

    def carry_out(self, driver: Driver) -> None:
        driver.set_aside()
        driver.begin(self.config, self.run)
        if self.paused or driver.phase is Phase.PAUSED:
            driver.phase = Phase.PAUSED
        else:
            driver.phase = Phase.LEARNING


@dataclass(frozen=True, eq=False)
class Restore(Command):
    """Go on with an earlier run where it stood, with these settings. It learns if it did, and the present one does."""

    config: TrainingConfig
    run: int

    def carry_out(self, driver: Driver) -> None:
        driver.set_aside()
        driver.restore(self.run, self.config)
        Apply(self.config).carry_out(driver)
        if driver.phase is not Phase.LEARNING or driver.live.was_paused:
            driver.phase = Phase.PAUSED


@dataclass(frozen=True, eq=False)
class Open(Command):
    """Go on with a recorded run, paused."""

    record: RunRecord
    run: int

    def carry_out(self, driver: Driver) -> None:
        driver.go_on_with(self.record, self.run)
        driver.phase = Phase.DIVERGED if self.record.diverged else Phase.PAUSED


@dataclass(frozen=True, eq=False)
class Branch(Command):
    """Learn on from an earlier iteration of the present run, as another run."""

    iteration: int
    run: int

    def carry_out(self, driver: Driver) -> None:
        Open(driver.record_until(self.iteration), self.run).carry_out(driver)
        Run().carry_out(driver)


@dataclass(frozen=True, eq=False)
class Operate(Command):
    """Go on with other layers, as another run. It learns if the present one does."""

    planned: PlannedOperations
    run: int

    def carry_out(self, driver: Driver) -> None:
        if driver.has_live:
            _go_on_changed(driver, self.planned.on(driver.live.record()), self.run)
        else:  # it failed to begin
            Begin(self.planned.config, self.run).carry_out(driver)


@dataclass(frozen=True, eq=False)
class SetParameters(Command):
    """Set parameters, by their places, by hand: in the present run if it has this number, else in a copy of it."""

    values: Mapping[int, float]
    run: int

    def carry_out(self, driver: Driver) -> None:
        if self.run != driver.live.number:
            _go_on_changed(driver, driver.live.record(), self.run)
        driver.live.trainer.set_parameters(self.values)
        if driver.phase is Phase.DIVERGED:
            driver.phase = Phase.LEARNING
        driver.changed = True


def _go_on_changed(driver: Driver, record: RunRecord, run: int) -> None:
    """Go on from a record in which something is to be better than it was."""
    driver.go_on_with(record, run)
    if driver.phase in (Phase.DIVERGED, Phase.FAILED):
        driver.phase = Phase.LEARNING


# The present run


@dataclass(frozen=True, eq=False)
class Apply(Command):
    """Go on with other settings."""

    config: TrainingConfig

    def carry_out(self, driver: Driver) -> None:
        run, before = driver.live, driver.live.trainer.config
        run.trainer.apply(self.config)
        run.goal = max(run.goal + self.config.iterations - before.iterations, 0)
        if driver.phase is Phase.DIVERGED and not run.trainer.diverged:
            driver.phase = Phase.LEARNING
        elif driver.phase is Phase.FINISHED and run.trainer.iteration < run.goal:
            driver.phase = Phase.PAUSED
        if self.config.differs(before, PACE_SETTINGS):
            driver.restart_chunk()
        if self.config.speed != before.speed:
            driver.restart_clocks()
        driver.changed = True


@dataclass(frozen=True, eq=False)
class Rewind(Command):
    """Go back to an earlier iteration of the run, with the settings of that time."""

    snapshot: Snapshot

    def carry_out(self, driver: Driver) -> None:
        driver.live.trainer.rewind(self.snapshot.iteration, self.snapshot.parameters, self.snapshot.state)
        Apply(self.snapshot.config).carry_out(driver)


@dataclass(frozen=True)
class Run(Command):
    """Learn to the goal; from the goal, as many iterations again."""

    def carry_out(self, driver: Driver) -> None:
        run = driver.live
        if run.trainer.iteration >= run.goal:
            run.goal = run.trainer.iteration + run.trainer.config.iterations
        if driver.phase is not Phase.FAILED:
            driver.phase = Phase.LEARNING
        driver.steps_left = 0
        driver.restart_watch()


@dataclass(frozen=True)
class Pause(Command):
    """Make no more iterations for now."""

    def carry_out(self, driver: Driver) -> None:
        if driver.phase is Phase.LEARNING:
            driver.phase = Phase.PAUSED
        driver.steps_left = 0


@dataclass(frozen=True)
class Step(Command):
    """Make so many iterations as fast as possible, then pause; more steps add up."""

    count: int

    def carry_out(self, driver: Driver) -> None:
        if self.count <= 0 or driver.phase is Phase.FAILED:
            return
        if driver.phase is not Phase.LEARNING:
            driver.restart_clocks()
        driver.phase = Phase.LEARNING
        driver.steps_left += self.count


# All runs


@dataclass(frozen=True)
class CalculateWith(Command):
    """Compute with something else from the next iteration on, where that is possible."""

    needs_run: ClassVar[bool] = False

    backend: Backend

    def carry_out(self, driver: Driver) -> None:
        driver.calculate_with(self.backend)


@dataclass(frozen=True)
class Discard(Command):
    """Let go of the runs that were set aside, except these. Nothing that is shown depends on it."""

    is_numbered: ClassVar[bool] = False

    kept: frozenset[int]

    def carry_out(self, driver: Driver) -> None:
        driver.discard(self.kept)


class Question(ABC):
    """Something to find out, which changes nothing; the answer comes back together with the question."""

    is_numbered: ClassVar[bool] = False

    @abstractmethod
    def answer(self, driver: Driver) -> object:
        """Find it out, in the trainer's thread; None where it cannot be found."""


@dataclass(frozen=True, eq=False)
class Capture(Question):
    """The present run as a ``RunRecord``, up to an iteration or, at -1, as it stands. ``label`` comes back with it."""

    label: object
    iteration: int = -1

    def answer(self, driver: Driver) -> RunRecord | None:
        if not driver.has_live:
            return None
        return driver.live.record() if self.iteration < 0 else driver.record_until(self.iteration)


@dataclass(frozen=True)
class LookBack(Question):
    """An iteration of the run with this number, if it is the present one."""

    run: int
    iteration: int

    def answer(self, driver: Driver) -> Snapshot | None:
        if not driver.has_live or driver.live.number != self.run:
            return None
        driver.expect_more()
        return driver.snapshot_at(self.iteration)
