"""What the window asks of the trainer's thread: commands, which are functions of the driver, and questions."""

from collections.abc import Callable, Mapping
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


@dataclass(frozen=True, eq=False)
class Command:
    """An action between two chunks of iterations; an error in it stops the run. What it is given must not change. The
    worker answers a numbered command with a delivery of the same number: so the window knows which commands a snapshot
    has seen. The answer fails where there is no run, unless the command needs none."""

    carry_out: Callable[[Driver], object]
    is_numbered: bool = True
    needs_run: bool = True


# Another run: ``run`` is its number, and the present one is set aside


def begin(driver: Driver, config: TrainingConfig, run: int, paused: bool = False, learned: int = 0) -> None:
    """Begin a run, which has made as many iterations as it has ``learned``; it goes on unless it is to be ``paused``,
    or the present run is."""
    driver.set_aside()
    driver.begin(config, run, learned)
    driver.phase = Phase.PAUSED if paused or driver.phase is Phase.PAUSED else Phase.LEARNING


def restore(driver: Driver, config: TrainingConfig, run: int) -> None:
    """Go on with an earlier run where it stood, with these settings; it learns if both it and the present run did."""
    driver.set_aside()
    driver.restore(run, config)
    apply(driver, config)
    if driver.phase is not Phase.LEARNING or driver.live.was_paused:
        driver.phase = Phase.PAUSED


def open_record(driver: Driver, record: RunRecord, run: int) -> None:
    driver.go_on_with(record, run)
    driver.phase = Phase.DIVERGED if record.diverged else Phase.PAUSED


def branch(driver: Driver, iteration: int, run: int) -> None:
    """Learn on from an earlier iteration of the present run, as another run."""
    open_record(driver, driver.record_until(iteration), run)
    learn(driver)


def operate(driver: Driver, planned: PlannedOperations, run: int) -> None:
    """Go on with other layers, as another run, which learns if the present run does."""
    if driver.has_live:
        _go_on_changed(driver, planned.on(driver.live.record()), run)
    else:  # it failed to begin
        begin(driver, planned.config, run)


def set_parameters(driver: Driver, values: Mapping[int, float], run: int) -> None:
    """Set parameters by hand, given by their indices: in the present run if ``run`` is its number, else in a copy."""
    if run != driver.live.number:
        _go_on_changed(driver, driver.live.record(), run)
    driver.live.trainer.set_parameters(values)
    if driver.phase is Phase.DIVERGED:
        driver.phase = Phase.LEARNING
    driver.changed = True


def _go_on_changed(driver: Driver, record: RunRecord, run: int) -> None:
    """Go on from a record that was changed, as another run; after an error or an overflow, learning begins again."""
    driver.go_on_with(record, run)
    if driver.phase in (Phase.DIVERGED, Phase.FAILED):
        driver.phase = Phase.LEARNING


def played(command: Callable[..., object]) -> Callable[..., object]:
    """A command with which a person plays: after it, the run does not rest at its goal for a while, and goes on if it
    rests there; but what a rule of the settings has ended stays so."""

    def carry_out(driver: Driver, **given: object) -> None:
        was_stopped = bool(driver.stopped_by)
        command(driver, **given)
        driver.play(resumes=not was_stopped)

    return carry_out


# The present run


def apply(driver: Driver, config: TrainingConfig) -> None:
    run, before = driver.live, driver.live.trainer.config
    run.trainer.apply(config)
    run.goal = max(run.goal + config.iterations - before.iterations, 0)
    if driver.phase is Phase.DIVERGED and not run.trainer.diverged:
        driver.phase = Phase.LEARNING
    elif driver.phase is Phase.FINISHED and run.trainer.iteration < run.goal:
        driver.phase = Phase.PAUSED
    if config.differs(before, PACE_SETTINGS):
        driver.restart_chunk()
    if config.speed != before.speed:
        driver.restart_clocks()
    driver.changed = True


def rewind(driver: Driver, snapshot: Snapshot) -> None:
    driver.live.trainer.rewind(snapshot.iteration, snapshot.parameters, snapshot.state)
    apply(driver, snapshot.config)


def learn(driver: Driver) -> None:
    """Learn to the goal; from the goal, as many iterations again."""
    run = driver.live
    if run.trainer.iteration >= run.goal:
        run.goal = run.trainer.iteration + run.trainer.config.iterations
    if driver.phase is not Phase.FAILED:
        driver.phase = Phase.LEARNING
    driver.steps_left = 0
    driver.restart_watch()


def play_no_more(driver: Driver) -> None:
    driver.play_no_more()


def pause_at(driver: Driver, iteration: int | None) -> None:
    driver.pause_at = iteration


def pause(driver: Driver) -> None:
    if driver.phase is Phase.LEARNING:
        driver.phase = Phase.PAUSED
    driver.steps_left = 0


def step(driver: Driver, count: int) -> None:
    """Make ``count`` iterations as fast as possible, then pause; more steps add up."""
    if count <= 0 or driver.phase is Phase.FAILED:
        return
    if driver.phase is not Phase.LEARNING:
        driver.restart_clocks()
    driver.phase = Phase.LEARNING
    driver.steps_left += count


# All runs


def calculate_with(backend: Backend) -> Command:
    """Compute with another backend from the next iteration on, where that is possible."""
    return Command(lambda driver: driver.calculate_with(backend), needs_run=False)


def discard(numbers: frozenset[int]) -> Command:
    """Let go of the runs that were set aside, except those with these numbers; nothing that is shown changes."""
    return Command(lambda driver: driver.discard(numbers), is_numbered=False)


class Query:
    """A question, which changes nothing; the answer comes back together with it."""

    is_numbered: ClassVar[bool] = False

    def answer(self, driver: Driver) -> object:
        """Find the answer, in the trainer's thread; None where there can be none."""
        raise NotImplementedError


@dataclass(frozen=True, eq=False)
class Capture(Query):
    """Asks for a `RunRecord` of the present run, up to an iteration or, at -1, as the run stands."""

    label: object
    iteration: int = -1

    def answer(self, driver: Driver) -> RunRecord | None:
        if not driver.has_live:
            return None
        return driver.live.record() if self.iteration < 0 else driver.record_until(self.iteration)


@dataclass(frozen=True)
class LookBack(Query):
    """Asks for the snapshot at an iteration of the run with this number, if that is the present run."""

    run: int
    iteration: int

    def answer(self, driver: Driver) -> Snapshot | None:
        if not driver.has_live or driver.live.number != self.run:
            return None
        driver.expect_more()
        return driver.snapshot_at(self.iteration)
