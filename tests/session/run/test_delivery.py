"""Deliveries and the mailbox: the newest picture, one notice, and nothing lost or doubled on the way."""

from dataclasses import FrozenInstanceError, replace
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QCoreApplication, QThread, QTimer

from curvegui.core.learner import recording
from curvegui.core.learner.recording import TrailCurves
from curvegui.core.network.parts import Parameter
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import FULL_SPEED, TrainingConfig
from curvegui.session.run import diagnoser as module
from curvegui.session.run import worker as worker_module
from curvegui.session.run.delivery import Delivery, Mailbox, Phase
from curvegui.session.run.session import Session
from curvegui.session.run.worker import TrainerLink

BOTH_ENGINES = True


def test_running_and_pausing_are_announced_at_once_and_once(session, reach, settle):
    session.run()
    assert session.phases == [Phase.LEARNING]
    reach(session, 500)
    session.pause()
    assert session.phase is Phase.PAUSED
    settle(session)
    assert session.phases == [Phase.LEARNING, Phase.PAUSED]


def test_two_quick_toggles_end_paused(session, settle):
    session.toggle()
    session.toggle()
    settle(session)
    assert session.phase is Phase.PAUSED
    assert session.deliveries[-1].phase is Phase.PAUSED
    assert session.phases == [Phase.LEARNING, Phase.PAUSED]


@pytest.mark.slow
@pytest.mark.parametrize("pause_after", [0, 1, 2])
def test_no_older_delivery_brings_a_phase_back(session, qtbot, settle, pause_after):
    for _ in range(15):
        session.toggle()
        for _ in range(pause_after):
            with qtbot.waitSignal(session.snapshot_ready):
                session.edit(noise=1 - session.config.noise)
        session.toggle()
    settle(session)
    assert session.phases == [Phase.LEARNING, Phase.PAUSED] * 15


@pytest.mark.slow
def test_a_finished_run_that_an_undo_takes_back_is_paused(open_session, settle):
    session = open_session(iterations=3_300)
    session.step(300)
    settle(session)
    session.edit(aggression=70)
    session.run()
    settle(session)
    assert session.phase is Phase.FINISHED and session.diagnosis.is_dead_end
    session.undo()
    settle(session)
    assert (session.phase, session.iteration) == (Phase.PAUSED, 300)


def test_a_reset_of_a_paused_run_stays_paused(session, settle):
    session.step(10)
    settle(session)
    session.reset()
    settle(session)
    assert (session.phase, session.iteration) == (Phase.PAUSED, 0)


def test_a_reset_in_the_midst_of_steps_leaves_the_new_run_paused(session, settle):
    session.step(10_000_000)
    session.reset()
    settle(session)
    assert (session.phase, session.iteration) == (Phase.PAUSED, 0)


@pytest.mark.parametrize("iterations", [50, 1_000_000])
def test_a_reset_of_a_run_that_learns_or_has_finished_learns(open_session, reach, settle, iterations):
    session = open_session(iterations=iterations)
    session.run()
    reach(session, 50)
    session.reset()
    reach(session, 50)
    session.pause()
    settle(session)
    assert {phase for phase in session.phases if phase is not Phase.FINISHED} == {Phase.LEARNING, Phase.PAUSED}
    assert {sent.run for sent in session.deliveries} == {0, 1}


def test_a_setting_that_only_changes_the_picture_does_not_wake_a_run_that_ran_away(open_session, settle):
    session = open_session(activation="relu", output_activation="linear", aggression=7)
    session.run()
    settle(session)
    session.edit(speed=100)
    settle(session)
    session.undo()
    settle(session)
    assert session.phase is Phase.DIVERGED
    assert {sent.phase for sent in session.deliveries[-2:]} == {Phase.DIVERGED}


BOTH_ENGINES = True

TRAINER = Trainer(TrainingConfig(trail_every=10))
TRAINER.advance(100)
SNAPSHOT = TRAINER.snapshot()


def delivery(run=0, iteration=100, since=-1, command=1):
    """A delivery of a run at an iteration, with a curve and a cost every 10 iterations."""
    iterations = np.arange(since + 10 - since % 10 if since >= 0 else 0, iteration + 1, 10)
    return Delivery(
        run=run,
        command=command,
        phase=Phase.LEARNING,
        snapshot=replace(SNAPSHOT, iteration=iteration),
        trail=TrailCurves(iterations, np.zeros((len(iterations), 2, 3), np.float32)),
        trail_spacing=1,
        costs=np.column_stack([iterations, np.ones(len(iterations))]),
        test_costs=np.column_stack([iterations, np.ones(len(iterations))]),
        since=since,
        goal=1_000,
        rate=0.0,
        best=(0, 1.0),
        diagnosis=None,
    )


# One delivery


def test_nobody_can_write_to_what_a_delivery_holds():
    sent = delivery()
    arrays = [sent.snapshot.fit, sent.snapshot.parameters, sent.snapshot.target.points, sent.snapshot.target.t]
    for array in [*arrays, sent.trail.iterations, sent.trail.curves, sent.costs, sent.test_costs]:
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
    with pytest.raises(FrozenInstanceError):
        sent.phase = Phase.PAUSED


# The mailbox


@pytest.mark.slow
@given(st.lists(st.one_of(st.just("notice arrives"), st.tuples(st.integers(0, 1), st.integers(0, 9))), max_size=40))
@settings(max_examples=40)
def test_at_most_one_notice_is_under_way_whatever_the_receiver_does(events):
    box, notices = Mailbox(), 0
    for event in events:
        if event == "notice arrives":
            notices = max(notices - 1, 0)
            box.take(0)
        else:
            run, tens = event
            notices += box.put(delivery(run=run, iteration=10 * tens, since=-1))
        assert notices in (0, 1)
        assert notices or box.take(0) is box.take(1) is None  # nothing waits without a notice


# The whole way, from a real trainer to a session's trail, in every order of events


class IdleThread(QThread):
    """A thread that is never started: the test itself decides who does what next."""

    def start(self):
        self.started.emit()

    def wait(self, *deadline):
        return True


class RacingMailbox(Mailbox):
    """A mailbox at which the window may come by just before a finished delivery is put in."""

    def __init__(self):
        super().__init__()
        self.just_before = []
        self.notices = 0

    def put(self, delivery):
        while self.just_before:
            self.just_before.pop(0)()
        needs_notice = super().put(delivery)
        self.notices += needs_notice
        return needs_notice

    def take(self, run):
        self.notices -= 1
        return super().take(run)


WEIGHT = Parameter(1, 0, 0)
CHANGES = {
    "reset": lambda session: session.reset(),
    "undo": lambda session: session.undo(),
    "redo": lambda session: session.redo(),
    "saturate": lambda session: session.edit(aggression=5_000),
    "run away": lambda session: session.edit(activation="relu", output_activation="linear", aggression=7),
    "be gentle": lambda session: session.edit(activation="logistic", output_activation="logistic", aggression=1),
    "more points": lambda session: session.edit(points=700),
    "fewer points": lambda session: session.edit(points=20),
    "test": lambda session: session.edit(train_one_in=4),
    "test no more": lambda session: session.edit(train_one_in=1),
    "weight": lambda session: session.set_parameters({WEIGHT: 0.5}),
    "grow": lambda session: session.edit(hidden=(2, 4)),
    "shrink": lambda session: session.edit(hidden=(2, 3)),
    "run": lambda session: session.run(),
    "pause": lambda session: session.pause(),
    "step": lambda session: session.step(30),
    "branch": lambda session: session.go_on_from(session.snapshot.iteration // 2 if session.snapshot else 0, "B"),
}


class Correspondence:
    """Session and worker in one thread, each of which acts only when it is told to."""

    def __init__(self, patch):
        patch.setattr(worker_module, "QThread", IdleThread)
        patch.setattr(worker_module, "Mailbox", RacingMailbox)
        patch.setattr(worker_module.TrainingWorker, "moveToThread", lambda worker, thread: None)
        patch.setattr(worker_module, "PUBLISH_S", 0.0)
        patch.setattr(module, "DIAGNOSE_S", 0.0)
        patch.setattr(module, "DIAGNOSE_SHARE", 1.0)
        patch.setattr(recording, "TRAIL_CURVES", 12)
        small = TrainingConfig(hidden=(2, 3), points=30)
        self.session = Session(replace(small, speed=FULL_SPEED, trail_every=10, iterations=100_000))
        self.trainer = self.session.findChild(TrainerLink)
        self.worker, self.mailbox = self.trainer.worker, self.trainer.mailbox
        self.session.run()

    def change(self, name):
        CHANGES[name](self.session)

    def window_collects(self):
        QCoreApplication.sendPostedEvents(self.trainer)

    def trainer_serves(self):
        QCoreApplication.sendPostedEvents(self.worker)

    def trainer_learns(self, chunks):
        timer = self.worker.findChild(QTimer)
        for _ in range(chunks):
            if timer.isActive():
                self.worker.driver._chunk.iterations = 16
                timer.timeout.emit()

    def play(self, turn):
        """The window does something, may be quicker than a delivery or not look at it; the trainer goes on."""
        for name in turn["changes"]:
            self.change(name)
        for name in turn["quicker"]:
            act = self.window_collects if name == "collect" else partial(self.change, name)
            self.mailbox.just_before.append(act)
        if turn["serves"]:
            self.trainer_serves()
        self.trainer_learns(turn["chunks"])
        if turn["collects"]:
            self.window_collects()
        assert self.mailbox.notices in (0, 1)

    def finish(self):
        self.mailbox.just_before.clear()
        self.session.pause()
        self.trainer_serves()
        self.window_collects()


TURNS = st.fixed_dictionaries(
    {
        "changes": st.lists(st.sampled_from(sorted(CHANGES)), max_size=2),
        "quicker": st.lists(st.sampled_from(["collect", "undo", "redo", "reset"]), max_size=3),
        "serves": st.booleans(),
        "chunks": st.integers(0, 8),
        "collects": st.booleans(),
    }
)


@pytest.mark.slow
@given(st.lists(TURNS, max_size=12))
@settings(max_examples=8)
def test_trail_and_costs_arrive_whole_and_once_in_every_order_of_events(qapp, turns):
    with pytest.MonkeyPatch.context() as patch:
        post = Correspondence(patch)
        for turn in turns:
            post.play(turn)
        post.finish()
        session, trainer = post.session, post.worker.driver.live.trainer
        session.close()
    assert session.config == session.snapshot.config == trainer.config
    np.testing.assert_array_equal(session.snapshot.parameters, trainer.parameters)
    np.testing.assert_array_equal(session.received.costs.since(-1), trainer.costs.since(-1))
    np.testing.assert_array_equal(session.received.test_costs.since(-1), trainer.test_costs.since(-1))
    arrived, recorded = session.received.trail.since(-1), trainer.trail.since(-1)
    assert session.received.trail.spacing == trainer.trail.spacing
    np.testing.assert_array_equal(arrived.iterations, recorded.iterations)
    for arrived_curve, recorded_curve in zip(arrived.curves, recorded.curves, strict=True):
        assert_same_curve(arrived_curve, recorded_curve)


def assert_same_curve(one, other):
    """Curves of fewer points may have been brought with ones of more points: then they repeat their last point."""
    points = min(one.shape[1], other.shape[1])
    np.testing.assert_array_equal(one[:, :points], other[:, :points])
    for curve in (one, other):
        rest = curve[:, points:]
        np.testing.assert_array_equal(rest, np.repeat(curve[:, points - 1 : points], rest.shape[1], axis=1))


@pytest.mark.slow
def test_at_full_speed_a_session_ends_up_with_the_trail_and_costs_of_a_plain_trainer(open_session, settle, reach):
    session = open_session(trail_every=7, iterations=2_000)
    session.run()
    reach(session, 1_000)
    session.pause()
    settle(session)
    trainer = Trainer(session.config, session.wanted)
    trainer.advance(session.iteration)
    np.testing.assert_array_equal(session.received.costs.since(-1), trainer.costs.since(-1))
    np.testing.assert_array_equal(session.received.trail.since(-1).iterations, trainer.trail.since(-1).iterations)
    np.testing.assert_array_equal(session.received.trail.since(-1).curves, trainer.trail.since(-1).curves)


def test_a_delivery_never_changes_after_it_arrived(open_session, reach, settle):
    session = open_session()
    session.run()
    reach(session, 1)
    kept = [(sent, sent.snapshot.parameters.copy(), sent.snapshot.fit.copy()) for sent in session.deliveries]
    reach(session, 1_500)
    session.pause()
    settle(session)
    for sent, parameters, fit in kept:
        np.testing.assert_array_equal(sent.snapshot.parameters, parameters)
        np.testing.assert_array_equal(sent.snapshot.fit, fit)
