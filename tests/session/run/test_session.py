"""The session: every setting is live, everything can be undone, and it always closes."""

import gc
import itertools
from functools import partial
from threading import Event

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication

from curvegui.core.diagnosis.finding import Remedy, RunState
from curvegui.core.network.parts import Parameter
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import FULL_SPEED, SETTINGS, TrainingConfig
from curvegui.session.run import commands
from curvegui.session.run import worker as worker_module
from curvegui.session.run.delivery import Phase
from curvegui.session.run.history import MERGE_S, History
from curvegui.session.run.remedies import carry_out
from curvegui.session.run.session import Session
from curvegui.session.run.worker import TrainerLink
from tests.help.patience import patience_ms, patience_s

BOTH_ENGINES = True


class Clock:
    """Seconds that pass only when told."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def busy_after(monkeypatch):
    """Do something, and keep the window's thread from its events until the trainer has gone beyond an iteration."""

    def wait(command, session, iteration):
        beyond, trainer = Event(), session.findChild(TrainerLink)
        put = trainer.mailbox.put

        def watched_put(delivery):
            needs_notice = put(delivery)
            if delivery.command == trainer.command and delivery.snapshot.iteration > iteration:
                beyond.set()
            return needs_notice

        monkeypatch.setattr(trainer.mailbox, "put", watched_put)
        command()
        assert beyond.wait(patience_s())

    return wait


def state(session):
    """Everything a person would miss if it did not come back."""
    trail = session.received.trail.since(-1)
    return (
        session.config,
        session.iteration,
        session.snapshot.parameters.tobytes(),
        trail.iterations.tolist(),
        trail.curves.tobytes(),
        session.received.costs.since(-1).tolist(),
        session.received.test_costs.since(-1).tolist(),
    )


# Editing


@pytest.mark.slow
@pytest.mark.parametrize(
    "changes", [{"aggression": 3}, {"noise": 0}, {"points": 50}, {"activation": "tanh"}, {"trail_every": 7}]
)
def test_a_live_setting_goes_on_from_where_the_run_is(session, settle, changes):
    session.step(120)
    settle(session)
    before = session.snapshot
    session.edit(**changes)
    settle(session)
    assert session.iteration == 120
    np.testing.assert_array_equal(session.snapshot.parameters, before.parameters)
    assert session.snapshot.config == session.config != before.config
    session.step(80)
    settle(session)
    trainer = Trainer(before.config, session.wanted)
    trainer.advance(120)
    trainer.apply(session.config)
    trainer.advance(80)
    np.testing.assert_array_equal(session.snapshot.parameters, trainer.parameters)


def test_another_seed_starts_a_new_run(session, settle):
    session.step(120)
    settle(session)
    session.edit(seed=7)
    settle(session)
    assert session.iteration == 0
    assert session.snapshot.parameters.tobytes() == Trainer(session.config, session.wanted).parameters.tobytes()
    assert session.received.trail.since(-1).iterations.tolist() == session.received.costs.iterations == [0]
    assert session.deliveries[-1].run == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"aggression": float("nan")},
        {"aggression": "fast"},
        {"noise": -1},
        {"hidden": ()},
        {"hidden": (0,)},
        {"hidden": (20_000, 20_000)},
        {"iterations": 0},
        {"iterations": 1.5},
        {"seed": 1e400},
        {"curve": "teapot"},
        {"aggression": 3, "points": 1},
    ],
)
def test_a_bad_value_is_refused_in_words_and_changes_nothing(session, settle, changes):
    session.step(30)
    settle(session)
    before, announced = state(session), []
    for signal in (session.config_changed, session.history_changed, session.snapshot_ready):
        signal.connect(lambda *_: announced.append("something"))
    with pytest.raises(ValueError, match=r"^[A-Z].*: .*\.$"):
        session.edit(**changes)
    assert state(session) == before
    assert announced == []
    assert session.history.undo_label is None


# Undo and redo


def test_undo_and_redo_bring_settings_back_and_the_run_goes_on(session, settle):
    session.edit(aggression=3)
    session.step(10)
    settle(session)
    assert session.mark().noted > 0  # bytes, by which the history is bounded
    session.undo()
    session.step(10)
    settle(session)
    assert (session.config.aggression, session.iteration) == (7, 20)
    session.redo()
    session.step(10)
    settle(session)
    assert (session.config.aggression, session.snapshot.config.aggression, session.iteration) == (3, 3, 30)


def test_a_run_that_begins_is_opened_or_has_other_layers_is_told_to_be_new_and_one_set_by_hand_is_not(session, settle):
    settle(session)
    session.capture("it")
    records, told = [], []
    session.captured.connect(lambda _label, record: records.append(record))
    session.renewed.connect(lambda: told.append(session.config))
    session.set_parameters({Parameter(1, 1, 0): 2.0})
    session.edit(noise=0.5)
    session.undo()
    settle(session)
    assert told == []
    for act in (
        session.reset,
        lambda: session.reset(curve="circle"),
        lambda: session.edit(seed=9),
        lambda: session.add_neuron(1),
        lambda: session.open(records[0]),
    ):
        act()
        assert told == [session.config]
        told.clear()


def test_a_record_that_is_opened_twice_by_a_double_click_is_one_change(session, settle):
    record, before = Trainer(TrainingConfig(curve="circle")).record(), session.mark()
    for _ in range(2):
        session.open(record, "Open it")
    settle(session)
    session.open(record, "Open it")
    assert session.history.steps_to(before) == 1
    session.step(1)
    settle(session)
    session.open(record, "Open it")
    assert session.history.steps_to(before) == 2
    session.undo()
    settle(session)
    assert session.iteration == 1


def test_a_mark_is_so_many_changes_and_runs_ago(session, settle):
    session.edit(aggression=4)
    before = session.mark()
    assert session.history.steps_to(before) == 0
    session.edit(aggression=5)  # at once, which is no part of the change before the mark
    session.reset(noise=0)
    assert session.history.steps_to(before) == 2
    session.undo()
    session.undo()
    assert session.history.steps_to(before) == 0
    session.begin(TrainingConfig())
    assert session.history.steps_to(before) == 0  # that one cannot come back


@pytest.mark.slow
@pytest.mark.parametrize(
    "change",
    [
        lambda session: session.reset(),
        lambda session: session.reset_with_seed(6),
        lambda session: session.edit(seed=6),
        lambda session: session.edit(hidden=(4, 4), aggression=2, points=30),
    ],
)
def test_undo_brings_the_old_run_back_exactly_and_redo_the_newer_one(session, settle, change):
    session.step(730)
    settle(session)
    old = state(session)
    change(session)
    session.step(210)
    settle(session)
    new = state(session)
    for _ in range(2):
        session.undo()
        settle(session)
        assert state(session) == old
        session.redo()
        settle(session)
        assert state(session) == new


@pytest.mark.slow
def test_an_old_run_goes_on_as_if_nothing_had_been(session, settle):
    session.step(300)
    settle(session)
    session.reset_with_seed(1)
    session.step(50)
    settle(session)
    session.undo()
    session.step(300)
    settle(session)
    trainer = Trainer(session.config, session.wanted)
    trainer.advance(600)
    assert session.snapshot.parameters.tobytes() == trainer.parameters.tobytes()
    np.testing.assert_array_equal(session.received.costs.since(-1), trainer.costs.since(-1))


@pytest.mark.slow
def test_a_reset_that_is_undone_at_once_leaves_no_gap(session, reach, settle):
    session.run()
    for iteration in (100, 200, 300):
        reach(session, iteration)
        session.reset()
        session.undo()
    reach(session, 500)
    session.pause()
    settle(session)
    trainer = Trainer(session.config, session.wanted)
    trainer.advance(session.iteration)
    np.testing.assert_array_equal(session.received.costs.since(-1), trainer.costs.since(-1))


@pytest.mark.slow
def test_nothing_of_a_run_that_was_left_is_shown(session, reach):
    session.run()
    for seed in range(4):
        reach(session, 50)
        session.edit(seed=seed)
        assert session.snapshot is None
        session.deliveries.clear()
        reach(session, 50)
        assert {(sent.run, sent.snapshot.config.seed) for sent in session.deliveries} == {(seed + 1, seed)}


def test_slider_moves_make_one_change_until_the_slider_rests(session, settle):
    clock = Clock()
    session.history = History(clock)
    for aggression in (8, 9, 10):
        session.edit(aggression=aggression)
        clock.now += 0.5 * MERGE_S
    clock.now += MERGE_S
    session.edit(aggression=11)
    session.undo()
    assert session.config.aggression == 10
    session.undo()
    assert session.config.aggression == 7
    assert session.history.undo_label is None


# Dead ends


@pytest.fixture
def saturated(open_session, settle, qtbot, reach):
    """A session whose network has saturated at full speed, and how it was before."""
    session = open_session(points=20)
    settle(session)
    session.run()
    reach(session, 1_000)
    before = session.snapshot
    session.edit(aggression=70)
    dead = RunState.SATURATED
    qtbot.waitUntil(lambda: session.diagnosis.condition is dead)
    reach(session, before.iteration + 20_000)
    return session, before


@pytest.mark.slow
def test_undo_after_saturation_brings_the_run_back_to_before_the_change(saturated, settle):
    session, before = saturated
    session.undo()
    session.pause()
    settle(session)
    assert session.config.aggression == 7
    assert session.diagnosis.condition is not RunState.SATURATED
    trainer = Trainer(session.config, session.wanted)
    trainer.advance(session.iteration)
    assert session.iteration < before.iteration + 20_000
    assert session.snapshot.parameters.tobytes() == trainer.parameters.tobytes()
    np.testing.assert_array_equal(session.received.costs.since(-1), trainer.costs.since(-1))
    np.testing.assert_array_equal(session.received.trail.since(-1).curves, trainer.trail.since(-1).curves)


def test_undoing_what_cannot_have_led_there_leaves_the_run_where_it_is(session, settle):
    session.edit(aggression=70)
    session.step(500)
    settle(session)
    session.edit(trail_every=5)
    session.step(500)
    settle(session)
    assert session.diagnosis.condition is RunState.SATURATED
    session.undo()
    settle(session)
    assert (session.config.trail_every, session.iteration) == (100, 1_000)


def test_the_remedy_undoes_what_led_into_the_dead_end_though_something_else_was_changed_since(session, settle):
    session.history = History(itertools.count(step=2 * MERGE_S).__next__)
    session.edit(aggression=70)
    session.edit(trail_every=7)
    assert session.cause.label == SETTINGS["aggression"].label
    carry_out(session, Remedy.UNDO)
    settle(session)
    assert (session.config.aggression, session.config.trail_every) == (7, 100)
    session.edit(speed=3)
    assert session.cause is None


def test_undo_takes_back_the_change_that_broke_the_run_and_those_made_in_its_trouble(session, settle):
    session.history = History(itertools.count(step=2 * MERGE_S).__next__)
    session.edit(noise=0.5)  # long before
    session.step(500)
    settle(session)
    session.edit(aggression=210)
    session.step(1_000)
    settle(session)
    assert session.diagnosis.is_dead_end
    session.edit(noise=0)
    session.add_layer()
    settle(session)
    assert session.diagnosis.is_trouble
    assert session.cause.label == SETTINGS["aggression"].label
    assert session.cause.after.config.aggression == 210
    carry_out(session, Remedy.UNDO)
    settle(session)
    config = session.config
    assert (config.aggression, config.noise, config.hidden) == (7, 0.5, (6, 7))
    assert session.history.undone == 3
    session.step(500)
    settle(session)
    assert not session.diagnosis.is_dead_end


# Closing


@pytest.mark.slow
def test_a_session_closes_at_full_speed_always_and_leaves_nothing_behind(qtbot, no_thread_left):
    for _ in range(8):
        session = Session(TrainingConfig(speed=FULL_SPEED))
        session.run()
        qtbot.waitUntil(lambda session=session: session.snapshot is not None)
        assert session.close()
        del session
        gc.collect()  # its timer goes too, in this thread, which Qt would warn of if it were running


def test_a_thread_that_does_not_end_in_time_does_not_end_the_process(monkeypatch, no_thread_left):
    begun, go_on, late = Event(), Event(), []

    def begin(*_, **__):
        begun.set()
        go_on.wait()

    monkeypatch.setattr(commands, "begin", begin)
    monkeypatch.setattr(worker_module, "CLOSE_MS", 1)
    monkeypatch.setattr(worker_module, "_late", late)
    session = Session(TrainingConfig())
    assert begun.wait(patience_s())
    assert not session.close()
    del session
    gc.collect()
    go_on.set()
    assert late[0][0].wait(patience_ms())


def test_after_closing_nothing_arrives_any_more(session, busy_after):
    busy_after(session.run, session, 100)
    session.close()
    count = len(session.deliveries)
    QCoreApplication.sendPostedEvents()
    assert len(session.deliveries) == count


# What those are told who keep the run


def test_whatever_a_person_changes_is_announced(session):
    acts = [
        lambda: session.edit(noise=2),
        session.undo,
        session.redo,
        session.reset,
        lambda: session.step(1),
        lambda: session.begin(TrainingConfig()),
    ]
    told = []
    session.acted.connect(lambda: told.append(True))
    for count, act in enumerate(acts, 1):
        act()
        assert len(told) == count


def test_a_run_that_is_about_to_be_left_can_still_be_captured(session, settle, qtbot):
    session.step(30)
    settle(session)
    session.about_to_leave.connect(lambda: session.capture("left"))
    with qtbot.waitSignal(session.captured) as captured:
        session.reset()
    assert captured.args[0] == "left"
    assert captured.args[1].iteration == 30


def test_what_a_hand_changes_at_a_stretch_is_taken_back_at_a_stretch(session, settle):
    session.edit(aggression=5)
    session.history.hold()
    for noise in (0.5, 0.25, 0.0):
        session.edit(noise=noise)
        settle(session)
    session.history.release()
    session.edit(noise=2)
    found = []
    for _ in range(3):
        session.undo()
        found.append((session.config.aggression, session.config.noise))
    assert found == [(5, 0), (5, 1), (7, 1)]


# Optimisers, and rules that end a run


def test_another_optimiser_goes_on_and_undo_brings_the_old_one_and_its_aggression_back(session, reach, settle):
    session.run()
    reach(session, 200)
    session.edit(optimizer="adam")
    assert session.config.aggression == 0.01
    before = session.iteration
    reach(session, before + 100)
    session.pause()
    settle(session)
    assert session.iteration > before

    session.undo()
    assert (session.config.optimizer, session.config.aggression) == ("descent", 7.0)


def test_a_rule_finishes_the_run_says_why_and_run_goes_on(open_session, qtbot, settle):
    session = open_session(speed=FULL_SPEED, stop_cost=0.1, seed=2)
    seen = []
    session.snapshot_ready.connect(lambda delivery: seen.append(delivery.stopped_by))
    session.run()
    qtbot.waitUntil(lambda: session.phase is Phase.FINISHED)
    qtbot.waitUntil(lambda: "The cost is below 0.1." in seen)
    stopped = session.iteration
    assert session.snapshot.cost < 0.1
    assert stopped < session.config.iterations

    session.run()
    qtbot.waitUntil(lambda: session.iteration > stopped + 500)
    session.pause()
    settle(session)


def test_the_time_that_it_has_learnt_finishes_the_run(open_session, qtbot):
    session = open_session(speed=FULL_SPEED, stop_seconds=0.05, iterations=1_000_000_000)
    session.run()
    qtbot.waitUntil(lambda: session.phase is Phase.FINISHED)
    assert 0 < session.iteration < 1_000_000_000


def test_looking_back_and_going_on_from_there_keeps_what_the_optimiser_remembered(open_session, qtbot):
    session = open_session(speed=FULL_SPEED, optimizer="adam", aggression=0.1, iterations=600)
    session.run()
    qtbot.waitUntil(lambda: session.phase is Phase.FINISHED)
    end = session.snapshot.parameters
    session.go_on_from(350, "Go on")
    qtbot.waitUntil(lambda: session.phase is Phase.FINISHED and session.iteration == 600)

    assert np.array_equal(session.snapshot.parameters, end)


def test_what_waits_for_the_last_command_is_done_once(session, qtbot):
    done = []
    session.step(1)
    act = partial(done.append, "once")
    session.when_up_to_date(act)
    session.when_up_to_date(act)  # a key that is pressed twice
    session.when_up_to_date(partial(done.append, "last"))
    qtbot.waitUntil(lambda: "last" in done)
    assert done == ["once", "last"]
