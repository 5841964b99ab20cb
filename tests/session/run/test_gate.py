"""The gate between the window and the trainer's thread."""

from threading import Event, Thread
from time import perf_counter, sleep

import pytest

from curvegui.core.cancellation import Cancelled
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import FULL_SPEED, TrainingConfig
from curvegui.session.run import gate as gate_module
from curvegui.session.run.gate import MOST_S, Gate
from curvegui.session.run.session import Session


def test_the_trainer_makes_no_iteration_while_the_gate_is_shut(monkeypatch):
    monkeypatch.setattr(gate_module, "MOST_S", 30.0)
    gate, trainer, arrived = Gate(), Trainer(TrainingConfig(points=5)), Event()

    def before_each():
        arrived.set()
        gate.wait()

    with gate, gate:
        thread = Thread(target=trainer.advance, args=(3, before_each))
        thread.start()
        assert arrived.wait(30)
        assert trainer.iteration == 0
        assert thread.is_alive()
    thread.join(30)
    assert trainer.iteration == 3


def test_the_window_works_alone_as_soon_as_a_trainer_that_computes_in_python_has_come_to_the_gate(monkeypatch):
    monkeypatch.setattr(gate_module, "ARRIVAL_S", 30.0)
    monkeypatch.setattr(gate_module, "MOST_S", 30.0)
    gate, trainer = Gate(), Trainer(TrainingConfig(points=5))
    gate.is_crowded = True
    thread = Thread(target=trainer.advance, args=(20_000, gate.wait))
    thread.start()
    with gate:
        reached = trainer.iteration
        sleep(0.01)  # it had all the time to go on
        assert trainer.iteration == reached
    thread.join(60)
    assert trainer.iteration == 20_000


def test_the_window_does_not_wait_long_for_a_trainer_that_does_not_come(monkeypatch):
    monkeypatch.setattr(gate_module, "ARRIVAL_S", 0.0)
    gate = Gate()
    gate.is_crowded = True
    for _ in range(2):
        with gate:
            pass
    begun = perf_counter()
    gate.wait()  # it comes late, to an open gate
    assert perf_counter() - begun < gate_module.MOST_S


def test_a_shut_gate_holds_no_command_up(qtbot):
    session = Session(TrainingConfig(speed=FULL_SPEED))
    with qtbot.waitSignal(session.snapshot_ready):
        session.run()
    with (
        session.gate,
        qtbot.waitSignal(session.snapshot_ready, check_params_cb=lambda found: found.phase.value == "Paused"),
    ):
        session.pause()
    assert session.close()


def test_a_gate_that_stays_shut_holds_up_a_whole_chunk_no_longer_than_one_iteration():
    gate = Gate()
    with gate:
        started = perf_counter()
        for _ in range(60):
            gate.wait()
        assert perf_counter() - started < 60 * MOST_S / 2  # and not 60 times MOST_S, however busy the machine is
    with gate:  # the next time it is waited for anew
        started = perf_counter()
        gate.wait()
        assert perf_counter() - started > MOST_S / 2


def test_once_it_is_ended_nothing_passes_it_and_others_still_wait_there():
    gate = Gate()
    gate.pass_()
    gate.end()
    with pytest.raises(Cancelled):
        gate.pass_()
    gate.wait()
