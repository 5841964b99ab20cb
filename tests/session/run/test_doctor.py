"""When a run is looked at again, and when what is found is told."""

import pytest

from curvegui.core.diagnosis.finding import Condition, Diagnosis
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.run import doctor
from curvegui.session.run.doctor import DIAGNOSE_S, READING_S, Doctor


@pytest.fixture
def found(monkeypatch):
    """What is found: a number that counts the looks, of a condition that a test sets."""

    class Found:
        now, looks, condition, headline = 100.0, 0, Condition.SLOW, "Slowly."

        def diagnose(self, evidence):
            self.looks += 1
            return Diagnosis(self.condition, self.headline, f"Look {self.looks}.")

    found = Found()
    monkeypatch.setattr(doctor, "diagnose", found.diagnose)
    monkeypatch.setattr(doctor, "perf_counter", lambda: found.now)
    return found


def told(doctor_, trainer, found, seconds, at_once=False):
    found.now += seconds
    return doctor_.look(trainer, at_once).detail


def test_new_figures_of_the_same_finding_wait_until_the_old_ones_can_be_read(found):
    trainer, watcher = Trainer(TrainingConfig(points=5)), Doctor()
    assert told(watcher, trainer, found, 0) == "Look 1."
    assert told(watcher, trainer, found, DIAGNOSE_S) == "Look 1."
    assert told(watcher, trainer, found, DIAGNOSE_S) == "Look 1."
    assert found.looks == 3
    assert told(watcher, trainer, found, READING_S) == "Look 4."


def test_another_finding_is_told_at_the_next_look(found):
    trainer, watcher = Trainer(TrainingConfig(points=5)), Doctor()
    told(watcher, trainer, found, 0)
    found.condition = Condition.PLATEAU
    assert told(watcher, trainer, found, DIAGNOSE_S / 2) == "Look 1."
    assert told(watcher, trainer, found, DIAGNOSE_S / 2) == "Look 2."


def test_whoever_asks_is_told_the_newest(found):
    trainer, watcher = Trainer(TrainingConfig(points=5)), Doctor()
    told(watcher, trainer, found, 0)
    assert told(watcher, trainer, found, 0.01, at_once=True) == "Look 2."


def test_another_headline_of_the_same_condition_does_not_wait(found):
    trainer, watcher = Trainer(TrainingConfig(points=5)), Doctor()
    told(watcher, trainer, found, 0)
    found.headline = "Set by hand."
    assert told(watcher, trainer, found, DIAGNOSE_S) == "Look 2."
