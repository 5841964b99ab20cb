"""What is to compute is made ready in the background, and takes over where the run is."""

import logging
import threading
from dataclasses import replace

import numpy as np
import pytest

from curvegui.core.engine.arithmetic import USUAL, Arithmetic
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.run.commands import CalculateWith
from curvegui.session.run.preparation import Preparation
from tests.session.engines import COMPILED, without


def wait_for(qtbot, preparation):
    qtbot.waitUntil(lambda: not preparation.is_busy)


def prepare_threads():
    return [thread for thread in threading.enumerate() if thread.name == "prepare"]


@pytest.fixture(autouse=True)
def no_preparation_left(request, qtbot):
    yield
    qtbot.waitUntil(lambda: not prepare_threads())


def test_what_needs_no_preparation_is_ready_and_starts_no_thread(qtbot):
    preparation = Preparation()
    with qtbot.assertNotEmitted(preparation.changed):
        preparation.begin()
    assert preparation.is_ready
    assert not preparation.is_busy and not preparation.is_under_way
    assert not prepare_threads()


def test_what_takes_long_is_prepared_in_a_thread_that_nobody_waits_for(qtbot, slow_engine):
    preparation = Preparation(COMPILED)
    assert not preparation.is_ready and not preparation.is_under_way
    preparation.begin()
    assert slow_engine.begun.wait(30)
    assert preparation.is_under_way and preparation.is_busy
    (thread,) = prepare_threads()
    assert thread.daemon
    slow_engine.release()
    wait_for(qtbot, preparation)
    assert preparation.is_ready and not preparation.is_under_way
    assert preparation.reason == ""


def test_it_is_prepared_once(qtbot, slow_engine):
    preparation = Preparation(COMPILED)
    slow_engine.release()
    preparation.begin()
    preparation.begin()
    wait_for(qtbot, preparation)
    with qtbot.assertNotEmitted(preparation.changed):
        preparation.begin()
        preparation.add([COMPILED, USUAL, Arithmetic("quantum")])


def test_what_fails_is_told_once_and_written_down_in_one_line(qtbot, slow_engine, caplog):
    slow_engine.error = ImportError("Numba needs NumPy 2.5 or less.\nGot 2.6.")
    slow_engine.release()
    preparation = Preparation(COMPILED)
    with caplog.at_level(logging.INFO):
        preparation.begin()
        wait_for(qtbot, preparation)
        preparation.begin()
    assert not preparation.is_ready and not preparation.is_busy
    assert preparation.reason == "ImportError: Numba needs NumPy 2.5 or less."
    (line,) = [record.getMessage() for record in caplog.records]
    assert line == "Compiled engine cannot be used, NumPy goes on: ImportError: Numba needs NumPy 2.5 or less."


def test_what_is_not_installed_is_not_tried(qtbot, monkeypatch):
    without(monkeypatch)
    preparation = Preparation(COMPILED)
    with qtbot.assertNotEmitted(preparation.changed):
        preparation.begin()
    assert not preparation.is_ready


def test_one_is_prepared_after_the_other(qtbot, slow_engine):
    preparation, other = Preparation(COMPILED), Arithmetic("compiled", "single")
    preparation.add([other])
    preparation.begin()
    assert slow_engine.begun.wait(30)
    assert preparation.is_under_way
    slow_engine.error = RuntimeError("no")
    slow_engine.release()
    wait_for(qtbot, preparation)
    assert preparation.reason == "RuntimeError: no"


# In a session


@pytest.mark.slow
def test_numpy_computes_until_the_other_takes_over_where_the_run_is(open_session, slow_engine, reach, settle, qtbot):
    session = open_session(wanted=COMPILED)
    session.preparation.begin()
    session.run()
    reach(session, 500)
    assert session.deliveries[-1].arithmetic == USUAL
    slow_engine.release()
    qtbot.waitUntil(lambda: session.deliveries[-1].arithmetic == COMPILED)
    reach(session, session.iteration + 500)
    session.pause()
    settle(session)

    assert not session.history.undo_label
    with qtbot.waitSignal(session.captured) as captured:
        session.capture(None)
    record = captured.args[1]
    ((handed_over, arithmetic),) = record.arithmetics
    assert arithmetic == COMPILED and 500 <= handed_over < session.iteration
    alone = Trainer(replace(session.config, iterations=10))
    alone.advance(session.iteration)
    assert session.snapshot.parameters.tobytes() == alone.parameters.tobytes()  # this one is NumPy's in disguise
    assert [row[0] for row in session.received.costs.since(-1)] == [row[0] for row in alone.costs.since(-1)]
    assert not session.failures


def test_a_paused_run_says_at_once_who_is_to_compute(open_session, slow_engine, settle, qtbot):
    session = open_session(wanted=COMPILED)
    settle(session)
    slow_engine.release()
    session.preparation.begin()
    qtbot.waitUntil(lambda: session.deliveries[-1].arithmetic == COMPILED)
    assert session.iteration == 0


def test_every_run_is_computed_by_it_afterwards(open_session, slow_engine, reach, settle, qtbot):
    session = open_session(wanted=COMPILED)
    session.step(50)
    settle(session)
    session.reset()
    slow_engine.release()
    session.preparation.begin()
    qtbot.waitUntil(lambda: session.deliveries[-1].arithmetic == COMPILED)
    session.undo()
    settle(session)
    assert session.iteration == 50
    assert session.deliveries[-1].arithmetic == COMPILED
    session.reset(seed=7)
    settle(session)
    assert session.deliveries[-1].arithmetic == COMPILED
    session.edit(hidden=(7, 7))
    settle(session)
    assert session.deliveries[-1].arithmetic == COMPILED


def test_another_can_be_wanted_while_the_run_goes_on(open_session, slow_engine, settle, qtbot):
    session = open_session()
    settle(session)
    session.preparation.want(COMPILED)
    assert session.preparation.is_under_way
    slow_engine.release()
    qtbot.waitUntil(lambda: session.deliveries[-1].arithmetic == COMPILED)
    session.preparation.want(Arithmetic(precision="single"))
    settle(session)
    assert session.deliveries[-1].arithmetic == Arithmetic(precision="single")
    assert not session.failures


def test_single_precision_needs_no_preparation(open_session, settle):
    single = Arithmetic(precision="single")
    session = open_session(wanted=single)
    session.step(10)
    settle(session)
    assert session.deliveries[-1].arithmetic == single
    assert (session.snapshot.parameters == np.float32(session.snapshot.parameters)).all()


def test_what_computed_a_run_from_a_file_is_prepared_to_look_back(session, slow_engine, settle, qtbot):
    trainer = Trainer(TrainingConfig())
    trainer.advance(10)
    session.open(replace(trainer.record(), arithmetics=((0, COMPILED),)))
    assert slow_engine.begun.wait(30)
    assert not session.preparation.is_under_way
    slow_engine.release()
    wait_for(qtbot, session.preparation)
    settle(session)
    assert session.deliveries[-1].arithmetic == USUAL


def test_a_hand_over_that_fails_is_told(session, monkeypatch, qtbot):
    def fail(*_):
        raise MemoryError("no room")

    monkeypatch.setattr(Trainer, "calculate_with", fail)
    session._trainer.send(CalculateWith(COMPILED))
    qtbot.waitUntil(lambda: bool(session.failures))
    assert session.failures == ["MemoryError: no room"]
