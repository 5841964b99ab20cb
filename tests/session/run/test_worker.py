"""The worker: exact iterations whatever happens between them, goals, steps, and errors that are survived."""

import gc
import threading
from random import Random
from typing import ClassVar
from weakref import WeakSet

import numpy as np
import pytest
from PySide6.QtCore import QTimer

from curvegui.core.cancellation import check_cancelled
from curvegui.core.diagnosis.finding import RunState
from curvegui.core.engine.backend import Backend
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import FULL_SPEED, TrainingConfig
from curvegui.session.run import commands
from curvegui.session.run import driver as driver_module
from curvegui.session.run.commands import Command, LookBack
from curvegui.session.run.delivery import Mailbox, Phase
from curvegui.session.run.driver import ASKING_S, Driver
from curvegui.session.run.gate import Gate
from curvegui.session.run.history import MAX_RUNS
from curvegui.session.run.session import Session
from curvegui.session.run.worker import TrainerLink, TrainingWorker
from tests.help.patience import patience_s

BOTH_ENGINES = True

RUNS_AWAY = {"activation": "relu", "output_activation": "linear", "aggression": 7.0}


class CountedTrainer(Trainer):
    """A trainer that is known for as long as it lives, and writes down its chunks."""

    alive: ClassVar = WeakSet()

    def __init__(self, config, backend):
        super().__init__(config, backend)
        self.alive.add(self)
        self.chunks = []

    def advance(self, count, *rest):
        self.chunks.append((self.config, count))
        super().advance(count, *rest)


@pytest.fixture
def trainers(monkeypatch):
    """The trainers that the worker has."""
    monkeypatch.setattr(driver_module, "Trainer", CountedTrainer)
    CountedTrainer.alive.clear()
    return CountedTrainer.alive


# The same run to the last bit


@pytest.mark.slow
@pytest.mark.parametrize("chance", range(2))
def test_1000_iterations_are_the_same_to_the_last_bit_whatever_the_pauses_steps_and_speeds(
    open_session, settle, reach, chance
):
    random, session = Random(chance), open_session(iterations=1_000)
    settle(session)
    while session.iteration < 1_000:
        left = 1_000 - session.iteration
        if random.random() < 0.4:
            session.step(min(random.randint(1, 150), left))
        else:
            session.edit(speed=random.choice([FULL_SPEED, 3_000, 20_000, 100_000]))
            session.run()
            reach(session, session.iteration + min(random.randint(1, 300), left))
            session.pause()
        settle(session)
    trainer = Trainer(session.config, session.wanted)
    trainer.advance(1_000)
    assert session.iteration == 1_000
    assert session.snapshot.parameters.tobytes() == trainer.parameters.tobytes()
    assert session.snapshot.fit.tobytes() == trainer.snapshot().fit.tobytes()


# Goals


def test_a_run_finishes_at_exactly_its_goal_and_each_further_run_goes_on_for_as_many(open_session, settle):
    session = open_session(iterations=50)
    for goal in (50, 100, 150):
        session.run()
        settle(session)
        assert (session.phase, session.iteration) == (Phase.FINISHED, goal)
        assert session.deliveries[-1].goal == goal


@pytest.mark.slow
def test_more_or_fewer_iterations_move_the_goal_of_a_run_that_is_learning(open_session, reach, settle):
    session = open_session(iterations=100_000_000, speed=100)
    session.run()
    reach(session, 10)
    goal = session.iteration + 1_000  # ten seconds ahead
    session.edit(iterations=goal)
    session.edit(speed=FULL_SPEED)
    settle(session)
    assert (session.phase, session.iteration) == (Phase.FINISHED, goal)


def test_a_goal_that_has_been_passed_finishes_the_run_where_it_is(open_session, reach, settle):
    session = open_session()
    session.run()
    reach(session, 500)
    session.edit(iterations=10)
    settle(session)
    assert session.phase is Phase.FINISHED
    assert session.iteration >= 500


def test_a_finished_run_whose_goal_was_raised_runs_on_to_that_goal(open_session, settle):
    session = open_session(iterations=50)
    session.run()
    settle(session)
    session.edit(iterations=80)
    session.run()
    settle(session)
    assert (session.phase, session.iteration) == (Phase.FINISHED, 80)


# Steps


@pytest.mark.slow
def test_steps_are_exact_and_leave_the_run_paused(session, settle):
    done = 0
    for count in (1, 10, 100, 1_000, 1):
        session.step(count)
        settle(session)
        done += count
        assert (session.phase, session.iteration) == (Phase.PAUSED, done)


def test_steps_are_made_at_once_however_slow_the_speed(open_session, settle):
    session = open_session(speed=0.001)
    session.step(1_000)
    settle(session)
    assert session.iteration == 1_000


# Speed and rate


def test_the_first_iteration_comes_at_once_and_a_faster_speed_is_not_kept_waiting(open_session, reach):
    session = open_session(speed=0.001)
    session.run()
    reach(session, 1)
    assert session.iteration == 1
    session.edit(speed=FULL_SPEED)
    reach(session, 1_000)


def test_the_timer_rests_between_the_iterations_of_a_slow_run_but_not_between_steps(open_session, reach):
    session = open_session(speed=0.001)
    timer = session.findChild(TrainerLink).worker.findChild(QTimer)
    session.run()
    reach(session, 1)
    assert 990_000 < timer.interval() <= 1_000_000
    session.step(100_000_000)
    reach(session, 1_000)
    assert timer.interval() == 0


@pytest.mark.slow
def test_every_network_begins_with_a_chunk_of_one_iteration_as_it_may_be_large(open_session, trainers, reach, settle):
    session = open_session()
    session.run()
    reach(session, 1_000)
    session.reset(hidden=(9, 9))
    reach(session, 500)
    session.undo()
    reach(session, 1_500)
    session.pause()
    settle(session)
    old, new = sorted(trainers, key=lambda trainer: trainer.config.hidden)
    assert new.chunks[0][1] == 1
    assert [count for _, count in old.chunks].count(1) >= 2


# Numbers that run away


def test_numbers_that_ran_away_are_never_delivered_and_are_explained(open_session, settle):
    session = open_session(**RUNS_AWAY)
    session.run()
    settle(session)
    last = session.deliveries[-1]
    assert last.snapshot.diverged
    assert last.diagnosis.condition is RunState.NON_FINITE
    assert session.diagnosis is last.diagnosis
    for sent in session.deliveries:
        assert np.isfinite(sent.snapshot.parameters).all()
        assert np.isfinite(sent.snapshot.fit).all()


@pytest.mark.slow
def test_stepping_on_from_there_makes_no_iterations_and_less_aggression_does(open_session, settle, reach):
    session = open_session(**RUNS_AWAY)
    session.step(1_000)
    settle(session)
    assert session.phase is Phase.DIVERGED
    before = session.iteration
    session.step(10)
    settle(session)
    assert (session.phase, session.iteration) == (Phase.DIVERGED, before)
    session.edit(aggression=0.01)
    reach(session, before + 1_500)  # on, and not just the steps that were left
    assert session.diagnosis.condition is not RunState.NON_FINITE


# Errors


def break_down(*_):
    raise RuntimeError("the abacus jammed")


def test_an_error_in_a_chunk_comes_out_once_and_a_reset_learns_again(session, qtbot, monkeypatch, reach):
    with monkeypatch.context() as patch:
        patch.setattr(Trainer, "advance", break_down)
        with qtbot.waitSignals([session.failed, session.snapshot_ready]):
            session.run()
        qtbot.waitUntil(lambda: session.deliveries[-1].phase is Phase.FAILED)
    assert session.failures == ["RuntimeError: the abacus jammed"]
    assert session.phase is Phase.FAILED
    session.reset()
    reach(session, 100)
    assert session.phase is Phase.LEARNING
    assert len(session.failures) == 1


def test_an_error_at_the_very_start_leaves_a_session_that_a_reset_starts(open_session, qtbot, monkeypatch, reach):
    with monkeypatch.context() as patch:
        patch.setattr(Trainer, "__init__", break_down)
        session = open_session()
        qtbot.waitSignal(session.failed).wait()
    assert session.phase is Phase.FAILED
    assert session.snapshot is None
    session.reset()
    reach(session, 100)
    assert session.failures == ["RuntimeError: the abacus jammed"]


def test_an_engine_that_is_ready_later_does_not_tell_the_error_again(open_session, qtbot, monkeypatch, reach):
    with monkeypatch.context() as patch:
        patch.setattr(Trainer, "__init__", break_down)
        session = open_session()
        qtbot.waitSignal(session.failed).wait()
    session.findChild(TrainerLink).send(commands.calculate_with(Backend(precision="single")))
    session.reset()
    reach(session, 100)
    assert session.failures == ["RuntimeError: the abacus jammed"]
    assert session.deliveries[-1].backend.precision == "single"


@pytest.fixture
def failed_reset(session, settle, qtbot, monkeypatch):
    """A session 40 iterations into its run whose reset then failed."""
    session.step(40)
    settle(session)
    with monkeypatch.context() as patch:
        patch.setattr(Trainer, "__init__", break_down)
        with qtbot.waitSignal(session.failed):
            session.reset()
    return session


def test_when_a_reset_fails_undo_brings_the_old_run_back(failed_reset, settle):
    failed_reset.undo()
    settle(failed_reset)
    assert (failed_reset.phase, failed_reset.iteration) == (Phase.PAUSED, 40)
    assert len(failed_reset.failures) == 1


def test_when_a_reset_fails_the_old_run_is_not_touched_by_what_follows(failed_reset, settle, qtbot):
    with qtbot.waitSignal(failed_reset.failed):
        failed_reset.step(10)
    assert failed_reset.phase is Phase.FAILED
    failed_reset.undo()
    settle(failed_reset)
    assert failed_reset.iteration == 40


# Runs that were set aside


def test_runs_that_nothing_can_bring_back_are_let_go(open_session, settle, trainers, qtbot):
    session = open_session()
    for _ in range(MAX_RUNS + 10):
        session.reset()
    settle(session)

    def are_let_go():  # a little after the last snapshot
        gc.collect()
        return len(trainers) == MAX_RUNS

    qtbot.waitUntil(are_let_go)


@pytest.mark.parametrize(("settings", "crowded"), [({"speed": FULL_SPEED}, True), ({"speed": 50.0}, False)])
def test_the_gate_knows_whether_the_window_takes_time_from_the_trainer(qtbot, settings, crowded):
    session = Session(TrainingConfig(**settings))
    with qtbot.waitSignal(session.snapshot_ready, check_params_cb=lambda found: found.phase is Phase.LEARNING):
        session.run()
    assert session.gate.is_crowded is crowded
    with qtbot.waitSignal(session.snapshot_ready, check_params_cb=lambda found: found.phase is Phase.PAUSED):
        session.pause()
    assert not session.gate.is_crowded
    assert session.close()


def test_who_looks_back_waits_for_short_chunks_until_nobody_has_looked_for_a_while(monkeypatch):
    now, chunks = [100.0], []
    monkeypatch.setattr(driver_module, "perf_counter", lambda: now[0])
    driver = Driver(Gate())
    commands.begin(driver, TrainingConfig(points=5, speed=FULL_SPEED), 1)
    driver.phase = Phase.LEARNING

    def learn():
        for _ in range(12):
            before = driver.live.trainer.iteration
            now[0] += 1e-4  # each iteration would take as long
            with monkeypatch.context() as patch:
                patch.setattr(driver.live.trainer, "advance", lambda count, *rest: _advance(driver, now, count))
                driver.advance()
        chunks.append(driver.live.trainer.iteration - before)

    learn()
    LookBack(1, 0).answer(driver)
    learn()
    now[0] += 2 * ASKING_S
    learn()
    assert chunks[1] <= 40
    assert 100 <= chunks[0] <= chunks[2]


def _advance(driver, now, count):
    driver.live.trainer.iteration += count
    now[0] += 1e-4 * count


def test_once_the_thread_is_to_end_nothing_is_begun_any_more_and_nothing_is_told_to_have_failed(qapp, caplog):
    """The beginning of a run that was ended leaves none, and a tick or a command may still be on its way."""
    gate, failures = Gate(), []
    worker = TrainingWorker(Mailbox(), gate, Backend())
    worker.failed.connect(failures.append)
    gate.end()
    config = TrainingConfig(speed=FULL_SPEED)
    for number, act in enumerate((lambda driver: commands.begin(driver, config, 1), commands.learn)):
        worker.serve(number, Command(act))
    worker.driver.phase = Phase.LEARNING
    worker.findChild(QTimer).timeout.emit()
    assert not failures and not caplog.records and not worker.driver.has_live


class _Working:
    """Takes until it may end."""

    def __init__(self) -> None:
        self.begun, self.may_end = threading.Event(), threading.Event()

    def carry_out(self, driver: Driver) -> None:
        self.begun.set()
        self.may_end.wait(patience_s())


def test_what_has_not_begun_when_it_ends_is_dropped(qapp, monkeypatch: pytest.MonkeyPatch) -> None:
    link, carried_out = TrainerLink(), list[bool]()
    first, second = _Working(), _Working()
    link.send(Command(first.carry_out))
    assert first.begun.wait(patience_s())
    link.send(Command(second.carry_out))  # Qt takes this and the next ones out of its queue together
    for _ in range(3):
        link.send(Command(lambda _: carried_out.append(True)))
    first.may_end.set()
    assert second.begun.wait(patience_s())
    wait = link._thread.wait

    def work_ends(most_ms: int) -> bool:
        second.may_end.set()
        return wait(most_ms)

    monkeypatch.setattr(link._thread, "wait", work_ends)
    assert link.close()
    assert carried_out == []


@pytest.mark.parametrize("is_question", [False, True])
def test_what_goes_on_is_ended_at_its_next_look_and_nothing_is_said_of_it(
    qapp, caplog, monkeypatch: pytest.MonkeyPatch, is_question: bool
) -> None:
    link, begun, said = TrainerLink(), threading.Event(), list[object]()

    def work(*_: object) -> None:
        """Compute for ever, and look whether it is still wanted."""
        begun.set()
        while True:
            check_cancelled()

    monkeypatch.setattr(LookBack, "answer", work)
    link.failed.connect(said.append)
    link.answered.connect(lambda *answer: said.append(answer))
    link.send(LookBack(0, 0) if is_question else Command(work))
    assert begun.wait(patience_s())
    assert link.close()
    qapp.processEvents()
    assert (said, caplog.records) == ([], [])
