"""A run is computed by what is wanted when it begins; another engine takes over where the run is."""

from dataclasses import replace

import pytest

from curvegui.core.engine.backend import AUTO, NUMPY, Backend
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.run.commands import calculate_with
from curvegui.session.run.worker import TrainerLink
from tests.core.runs import BOTH, C
from tests.session.engines import with_c, without_c


@pytest.mark.parametrize("backend", BOTH)
def test_a_run_is_computed_from_its_first_iteration_on_by_what_is_wanted(backend, open_session, settle, qtbot):
    session = open_session(wanted=backend)
    session.step(150)
    settle(session)
    with qtbot.waitSignal(session.captured) as captured:
        session.capture(None)
    assert captured.args[1].backends == (() if backend == NUMPY else ((0, backend),))
    alone = Trainer(session.config, backend)
    alone.advance(150)
    assert session.snapshot.parameters.tobytes() == alone.parameters.tobytes()


def test_another_can_be_wanted_while_the_run_goes_on(open_session, reach, settle, qtbot, monkeypatch):
    with_c(monkeypatch)
    session = open_session()
    session.run()
    reach(session, 500)
    session.calculate_with(C)
    qtbot.waitUntil(lambda: session.deliveries[-1].backend == C)
    reach(session, session.iteration + 500)
    session.pause()
    settle(session)

    assert not session.history.undo_label
    with qtbot.waitSignal(session.captured) as captured:
        session.capture(None)
    ((handed_over, backend),) = captured.args[1].backends
    assert backend == C and 500 <= handed_over < session.iteration
    alone = Trainer(replace(session.config, iterations=10))
    alone.advance(session.iteration)
    assert session.snapshot.parameters.tobytes() == alone.parameters.tobytes()  # this one is NumPy's in disguise
    assert [row[0] for row in session.received.costs.since(-1)] == [row[0] for row in alone.costs.since(-1)]
    assert not session.failures


def test_every_run_is_computed_by_it_afterwards(open_session, settle, monkeypatch):
    with_c(monkeypatch)
    session = open_session()
    session.step(50)
    settle(session)
    session.reset()
    session.calculate_with(C)
    for act in (session.undo, lambda: session.reset(seed=7), lambda: session.edit(hidden=(7, 7))):
        act()
        settle(session)
        assert session.deliveries[-1].backend == C


def test_what_is_taken_automatically_follows_the_network_of_each_run(open_session, settle, monkeypatch):
    with_c(monkeypatch)
    session = open_session(wanted=Backend(AUTO), points=2)
    settle(session)
    assert session.deliveries[-1].backend == C
    session.begin(TrainingConfig(hidden=(600, 600), points=2))
    settle(session)
    assert session.deliveries[-1].backend == NUMPY


@pytest.mark.parametrize(
    ("computed", "told"),
    [
        (((0, Backend("compiled")),), ["Computed so far by: Compiled engine. Goes on with: NumPy engine."]),
        (((0, Backend("newer")),), ["Computed so far by: Engine “newer”. Goes on with: NumPy engine."]),
        (((0, C),), ["Computed so far by: C engine. Goes on with: NumPy engine."]),
        ((), []),
    ],
)
def test_it_is_said_where_another_engine_goes_on_with_a_run(session, settle, monkeypatch, computed, told):
    without_c(monkeypatch)
    trainer, said = Trainer(TrainingConfig()), []
    session.engine_changed.connect(said.append)
    trainer.advance(10)
    session.open(replace(trainer.record(), backends=computed))
    assert said == told
    settle(session)
    assert session.deliveries[-1].backend == NUMPY


def test_a_hand_over_that_fails_is_told(session, monkeypatch, qtbot):
    def fail(*_):
        raise MemoryError("no room")

    monkeypatch.setattr(Trainer, "calculate_with", fail)
    session.findChild(TrainerLink).send(calculate_with(C))
    qtbot.waitUntil(lambda: bool(session.failures))
    assert session.failures == ["MemoryError: no room"]
