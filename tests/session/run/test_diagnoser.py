"""The diagnoser: when a finding is told, when it waits, and how what comes next is found beside the run."""

from itertools import count

import pytest

from curvegui.core.diagnosis.finding import Diagnosis, RunState
from curvegui.core.diagnosis.forecast import Forecast
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import FULL_SPEED, TrainingConfig
from curvegui.session.run import diagnoser as module
from curvegui.session.run.diagnoser import AHEAD_S, DIAGNOSE_S, READING_S, Diagnoser, Forecaster

LOOKS_AHEAD = True  # for what is said of a run

BOTH_ENGINES = True


@pytest.fixture
def found(monkeypatch):
    """What is found: a number that counts the looks, of a condition that a test sets."""

    class Found:
        now, looks, condition, headline = 100.0, 0, RunState.SLOW, "Slowly."

        def diagnose(self, evidence):
            self.looks += 1
            return Diagnosis(self.condition, self.headline, f"Look {self.looks}.")

    found = Found()
    monkeypatch.setattr(module, "diagnose", found.diagnose)
    monkeypatch.setattr(module, "perf_counter", lambda: found.now)
    monkeypatch.setattr(module, "thread_time", lambda: 0.0)  # a look takes next to nothing
    return found


def told(diagnoser, trainer, found, seconds, at_once=False):
    found.now += seconds
    return diagnoser.look(trainer, at_once).detail


def test_new_figures_of_the_same_finding_wait_until_the_old_ones_can_be_read(found):
    trainer, watcher = Trainer(TrainingConfig(points=5)), Diagnoser()
    assert told(watcher, trainer, found, 0) == "Look 1."
    assert told(watcher, trainer, found, DIAGNOSE_S) == "Look 1."
    assert told(watcher, trainer, found, DIAGNOSE_S) == "Look 1."
    assert found.looks == 3
    assert told(watcher, trainer, found, READING_S) == "Look 4."


def test_another_finding_is_told_at_the_next_look(found):
    trainer, watcher = Trainer(TrainingConfig(points=5)), Diagnoser()
    told(watcher, trainer, found, 0)
    found.condition = RunState.PLATEAU
    assert told(watcher, trainer, found, DIAGNOSE_S / 2) == "Look 1."
    assert told(watcher, trainer, found, DIAGNOSE_S / 2) == "Look 2."


def test_a_look_that_waited_for_others_does_not_put_off_the_next(found, monkeypatch):
    def diagnose_late(evidence):
        found.now += 10
        return found.diagnose(evidence)

    monkeypatch.setattr(module, "diagnose", diagnose_late)
    trainer, watcher = Trainer(TrainingConfig(points=5)), Diagnoser()
    assert told(watcher, trainer, found, 0) == "Look 1."
    assert told(watcher, trainer, found, READING_S) == "Look 2."


# What comes next


def test_the_last_that_is_found_ends_the_work_however_slow_the_machine(monkeypatch):
    """Or nobody would look again when it has ended, and what rests now would never be looked ahead for."""
    monkeypatch.setattr(module, "perf_counter", count(0.0, 0.8 * AHEAD_S).__next__)  # one step fills the time
    forecaster, forecast = Forecaster(), Forecast(100, 0.5, 0.4, 1_000)
    forecaster._work = iter([None, forecast])
    assert not forecaster.work(bool) and forecaster.is_busy
    assert forecaster.work(bool) and not forecaster.is_busy


def test_what_helps_is_found_beside_a_run_that_is_paused(open_session, settle, qtbot):
    session = open_session(aggression=70.0, seed=1, points=20)
    session.step(600)
    settle(session)
    qtbot.waitUntil(lambda: session.diagnosis.was_tried)
    assert session.diagnosis.condition is RunState.SATURATED
    assert session.iteration == 600


@pytest.mark.slow
@pytest.mark.parametrize("speed", [0.01, FULL_SPEED])
def test_what_helps_is_found_while_a_run_goes_on(open_session, settle, qtbot, speed):
    session = open_session(aggression=70.0, seed=1, points=20, iterations=10_000_000, speed=speed)
    session.step(600)
    settle(session)
    session.run()
    qtbot.waitUntil(lambda: session.diagnosis is not None and session.diagnosis.was_tried)
    assert session.phase.is_learning
    session.pause()


def test_a_run_survives_what_cannot_be_looked_ahead(open_session, settle, qtbot, monkeypatch, caplog):
    def breaks(trainer, evidence):
        raise RuntimeError("the crystal ball jammed")
        yield

    monkeypatch.setattr("curvegui.core.run.look_ahead.look_ahead", breaks)
    session = open_session(aggression=700.0, seed=1)
    session.step(600)
    settle(session)
    qtbot.waitUntil(lambda: "the crystal ball jammed" in caplog.text)
    session.step(10)
    settle(session)
    assert session.iteration == 610
    assert session.diagnosis.condition is RunState.SATURATED
