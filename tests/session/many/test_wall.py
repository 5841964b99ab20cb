"""A wall learns elsewhere, can be paused, asked and closed at any time, and brings its latest snapshot alone."""

import threading
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QThreadPool

from curvegui.core.ensemble.ensemble import Ensemble
from curvegui.core.ensemble.plan import WallPlan
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.jobs.job import Jobs
from curvegui.session.many import wall as networks_module
from curvegui.session.many.wall import Wall
from curvegui.session.run.delivery import Phase
from curvegui.session.run.gate import Gate
from tests.core.runs import SINGLE, C
from tests.help.left_over import jobs_left
from tests.help.narrow_pool import room_for_one, wait_for_another
from tests.help.patience import patience_ms, patience_s
from tests.session.engines import with_c, without_c

BASE = TrainingConfig(points=20, seed=7)
ENDLESS = WallPlan(count=4, iterations=1_000_000)


@pytest.fixture(autouse=True)
def nothing_left(qtbot):
    """In the end, answers that nobody waits for any more are heard all the same."""
    yield
    qtbot.waitUntil(lambda: not jobs_left())


@pytest.fixture
def gate():
    return Gate()


@pytest.fixture
def wall(qapp, gate):
    made = Wall(gate)
    made.problems, made.phases = [], []
    made.failed.connect(made.problems.append)
    made.phase_changed.connect(made.phases.append)
    yield made
    made.close()
    assert QThreadPool.globalInstance().waitForDone(patience_ms())


@pytest.fixture
def see(qtbot, wall):
    """Wait for a snapshot at an iteration or beyond, taking all before it."""

    def wait(iteration):
        found = []

        def look():
            snapshot = wall.newest()
            if snapshot is not None:
                found.append(snapshot)
            return bool(found) and found[-1].iteration >= iteration

        qtbot.waitUntil(look)
        return found[-1]

    return wait


def trained(plan, iterations):
    ensemble = Ensemble(plan.configs(BASE))
    ensemble.advance(iterations)
    return ensemble


def test_networks_can_begin_at_a_snapshot_of_a_run_and_go_on_for_as_long_again(wall, see, qtbot):
    run = Trainer(BASE)
    run.advance(130)
    plan = WallPlan(count=4, iterations=150, varied="noise", low=0, high=3)
    wall.begin(plan, BASE, run.snapshot())
    assert see(150).iteration == wall.goal == 150
    qtbot.waitUntil(lambda: wall.phase is Phase.FINISHED)  # a little after its last snapshot
    wall.go_on()
    snapshot = see(300)
    run.advance(300)
    assert snapshot.costs[1] == pytest.approx(run.snapshot().cost, rel=1e-9)


def test_a_wall_is_computed_with_what_is_wanted(qapp, qtbot, monkeypatch):
    with_c(monkeypatch)
    wall = Wall(Gate(), C)
    wall.begin(WallPlan(count=4, iterations=100), BASE)
    qtbot.waitUntil(lambda: wall.phase is Phase.FINISHED)
    assert wall.newest().backend == C
    with qtbot.waitCallback() as answered:
        wall.record(0, answered)
    assert answered.args[0].backends == ((0, C),)
    wall.close()


def test_without_the_engine_that_is_wanted_numpy_computes(qapp, qtbot, monkeypatch):
    without_c(monkeypatch)
    wall = Wall(Gate(), replace(C, precision="single"))
    wall.begin(WallPlan(count=4, iterations=100), BASE)
    qtbot.waitUntil(lambda: wall.phase is Phase.FINISHED)
    assert wall.newest().backend == SINGLE
    wall.close()


def test_it_says_when_it_has_ended_and_learns_as_much_again(wall, see, qtbot):
    plan = WallPlan(count=4, iterations=100)
    wall.begin(plan, BASE)
    qtbot.waitUntil(lambda: wall.phase is Phase.FINISHED)
    wall.go_on()
    assert wall.goal == 200
    snapshot = see(200)
    assert (snapshot.costs == trained(plan, 200).costs).all()
    qtbot.waitUntil(lambda: wall.phase is Phase.FINISHED)
    assert wall.phases == [Phase.LEARNING, Phase.FINISHED] * 2


def test_it_learns_in_another_thread(wall, see, monkeypatch):
    threads, advance = set(), Ensemble.advance

    def watched(self, *args):
        threads.add(threading.get_ident())
        advance(self, *args)

    monkeypatch.setattr(Ensemble, "advance", watched)
    wall.begin(WallPlan(count=4, iterations=50), BASE)
    see(50)
    assert threads
    assert threading.get_ident() not in threads


def test_it_stands_still_while_paused(wall, see):
    wall.begin(ENDLESS, BASE)
    see(100)
    wall.pause()
    assert wall.phase is Phase.PAUSED
    QThreadPool.globalInstance().waitForDone()
    last = see(100)
    assert wall.newest() is None
    wall.go_on()
    assert wall.phase is Phase.LEARNING
    assert see(last.iteration + 1).iteration > last.iteration
    assert wall.goal == ENDLESS.iterations


def test_pausing_what_is_paused_and_going_on_with_what_learns_change_nothing(wall, see):
    wall.pause()
    wall.go_on()
    assert (wall.phase, wall.phases) == (Phase.PAUSED, [])
    wall.begin(ENDLESS, BASE)
    wall.go_on()
    assert wall.phases == [Phase.LEARNING]


def test_a_network_becomes_a_run_while_the_others_go_on(wall, see, qtbot):
    wall.begin(ENDLESS, BASE)
    before = see(100).iteration
    with qtbot.waitCallback() as answered:
        wall.record(2, answered)
    (record,) = answered.args
    assert record.iteration >= before
    assert record.config == wall.configs[2] == replace(BASE, seed=9)
    trainer = Trainer.going_on(record)
    assert np.isfinite(trainer.snapshot().cost)
    assert wall.phase is Phase.LEARNING
    see(record.iteration + 1)


def test_a_network_of_a_paused_wall_becomes_the_run_that_is_seen(wall, see, qtbot):
    wall.begin(ENDLESS, BASE)
    see(100)
    wall.pause()
    QThreadPool.globalInstance().waitForDone()
    seen = see(0)
    with qtbot.waitCallback() as answered:
        wall.record(1, answered)
    (record,) = answered.args
    assert record.iteration == seen.iteration
    assert Trainer.going_on(record).snapshot().cost == pytest.approx(seen.costs[1], rel=1e-9)
    assert wall.phase is Phase.PAUSED


def test_another_wall_takes_the_place_of_the_one_before(wall, see, qtbot):
    wall.begin(ENDLESS, BASE)
    see(100)
    plan = WallPlan(count=6, iterations=40, varied="aggression", low=0.1, high=100)
    with qtbot.waitSignal(wall.begun):
        wall.begin(plan, BASE)
    snapshot = see(40)
    assert len(snapshot.costs) == 6
    assert snapshot.iteration == 40


def test_what_is_too_much_is_refused_and_the_present_wall_goes_on(wall, see):
    wall.begin(ENDLESS, BASE)
    see(10)
    with pytest.raises(ValueError, match="too many"):
        wall.begin(ENDLESS, replace(BASE, hidden=(3_000, 3_000)))
    assert wall.plan == ENDLESS
    assert wall.phase is Phase.LEARNING
    see(100)


def test_closing_does_not_wait_and_the_chunk_of_then_is_the_last(wall, qtbot, monkeypatch):
    chunks, may_end, advance = [], threading.Event(), Ensemble.advance

    def slow(self, *args):
        chunks.append(args)
        assert may_end.wait(patience_s())
        advance(self, *args)

    monkeypatch.setattr(Ensemble, "advance", slow)
    wall.begin(ENDLESS, BASE)
    qtbot.waitUntil(lambda: bool(chunks))
    wall.close()  # would wait for ever if it waited
    may_end.set()
    assert QThreadPool.globalInstance().waitForDone(patience_ms())
    assert len(chunks) == 1
    assert wall.newest() is None
    assert wall.phase is Phase.PAUSED


def test_what_was_asked_before_it_was_closed_is_answered_and_then_it_is_gone(qapp, qtbot):
    wall, answers = Wall(Gate()), []
    wall.begin(ENDLESS, BASE)
    wall.record(1, answers.append)
    with qtbot.waitSignal(wall.destroyed):
        wall.close()
        wall.close()
    (record,) = answers
    assert record.config.seed == 8


def test_a_wall_that_waits_for_the_one_before_is_not_built_once_closed(wall, monkeypatch):
    wall.begin(ENDLESS, BASE)
    built = []
    monkeypatch.setattr(networks_module, "Ensemble", lambda *of: built.append(of) or Ensemble(*of))
    goes_on = threading.Event()
    wall._stop.set()
    wall.findChild(Jobs).do(goes_on.wait, lambda _: None, lambda _: None)
    wall.begin(WallPlan(count=4), BASE)
    wall.close()
    goes_on.set()
    assert QThreadPool.globalInstance().waitForDone(patience_ms())
    assert len(built) <= 1  # the first may have been built before


def test_it_passes_the_gate_before_each_iteration_of_each_network(qtbot, see, wall, gate, monkeypatch):
    passed = []
    monkeypatch.setattr(gate, "wait", lambda: passed.append(1))
    wall.begin(WallPlan(count=4, iterations=70), BASE)
    see(70)
    assert len(passed) == 4 * 70


def test_only_the_latest_snapshot_is_kept(wall, qtbot):
    wall.begin(WallPlan(count=4, iterations=5_000), BASE)
    qtbot.waitUntil(lambda: wall.phase is Phase.FINISHED)
    assert wall.newest().iteration == 5_000
    assert wall.newest() is None


def test_what_goes_wrong_is_told_in_words(wall, qtbot, monkeypatch):
    def broken(self, *args):
        raise MemoryError("There is no room.")

    monkeypatch.setattr(Ensemble, "advance", broken)
    wall.begin(ENDLESS, BASE)
    qtbot.waitUntil(lambda: wall.phase is Phase.FAILED)
    assert wall.problems == ["There is no room."]
    wall.go_on()
    assert wall.phase is Phase.FAILED


def test_the_failure_of_a_wall_that_was_replaced_is_nobodys(wall, see, qtbot, monkeypatch):
    def broken(*of):
        raise ValueError("It is too late.")

    monkeypatch.setattr(networks_module, "Ensemble", broken)
    wall.begin(ENDLESS, BASE)
    QThreadPool.globalInstance().waitForDone()
    monkeypatch.undo()
    wall.begin(WallPlan(count=4, iterations=20), BASE)
    see(20)
    assert wall.problems == []


def test_while_it_learns_nothing_else_waits_for_it(wall, see, qtbot):
    with room_for_one():
        wall.begin(ENDLESS, BASE)
        see(1)
        wait_for_another(qtbot)
    assert wall.phase is Phase.LEARNING
