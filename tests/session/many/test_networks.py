"""The networks of a wall in their thread: chunks, snapshots, and an end at any time."""

import threading

from curvegui.core.engine.backend import NUMPY
from curvegui.core.ensemble.plan import WallPlan
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.many import wall as networks_module
from curvegui.session.many.wall import Networks
from curvegui.session.run.gate import Gate

CONFIGS = WallPlan(count=4, iterations=1_000_000).configs(TrainingConfig(points=20, seed=7))


def test_the_networks_learn_in_chunks_and_leave_a_snapshot_where_the_last_was_taken(monkeypatch):
    """The same in this thread."""
    monkeypatch.setattr(networks_module, "PUBLISH_S", 0.0)
    networks, stop = Networks(CONFIGS, Gate(), NUMPY), threading.Event()
    assert networks.learn(50, stop)
    assert networks.record(3).iteration == 50
    assert networks.newest().iteration == 50
    stop.set()
    assert not networks.learn(100, stop)
    assert networks.newest().iteration == 50
    networks.is_dismissed = True
    assert not networks.learn(100, threading.Event())
    assert networks.newest() is None


def test_networks_that_are_dismissed_while_they_learn_leave_nothing(monkeypatch):
    networks, stop = Networks(CONFIGS, Gate(), NUMPY), threading.Event()

    def dismiss():
        networks.is_dismissed = True
        stop.set()

    monkeypatch.setattr(networks, "_gate", type("Dismissing", (), {"wait": staticmethod(dismiss)}))
    monkeypatch.setattr(networks_module, "PUBLISH_S", 1e9)
    networks._publish_at = 1e12
    assert not networks.learn(1_000, stop)
    assert networks.newest() is None


def test_networks_that_are_abandoned_end_within_a_chunk(monkeypatch):
    networks, stop = Networks(CONFIGS, Gate(), NUMPY), threading.Event()

    def abandon():
        networks.is_dismissed = networks.is_abandoned = True

    monkeypatch.setattr(networks, "_gate", type("Abandoning", (), {"wait": staticmethod(abandon)}))
    assert not networks.learn(100_000, stop)
    assert not stop.is_set() and networks.newest() is None
