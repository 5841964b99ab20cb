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
from curvegui.core.settings.config import FULL_SPEED, MAX_SEED, SETTINGS, TrainingConfig
from curvegui.session.run import worker as worker_module
from curvegui.session.run.commands import Begin
from curvegui.session.run.delivery import Phase
from curvegui.session.run.history import MERGE_S, History
from curvegui.session.run.remedies import carry_out
from curvegui.session.run.session import Session
from tests.help.patience import patience_ms, patience_s
from tests.session.conftest import ENDLESS

BOTH_ENGINES = True

SEED = TrainingConfig().seed


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
        beyond, put = Event(), session._trainer.mailbox.put

        def watched_put(delivery):
            needs_notice = put(delivery)
            if delivery.command == session._trainer.command and delivery.snapshot.iteration > iteration:
                beyond.set()
            return needs_notice

        monkeypatch.setattr(session._trainer.mailbox, "put", watched_put)
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


def test_a_session_shows_its_network_before_it_learns(session):
    assert session.config == TrainingConfig(speed=FULL_SPEED, iterations=ENDLESS)
    assert session.iteration == 0
    assert session.snapshot.parameters.tobytes() == Trainer(session.config, session.wanted).parameters.tobytes()
    assert len(session.received.trail) == len(session.received.costs.costs) == 1


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


def test_a_live_setting_does_not_stop_a_run_that_is_learning(session, reach):
    session.run()
    reach(session, 500)
    session.edit(aggression=3)
    session.edit(noise=0)
    reach(session, session.iteration + 500)
    assert session.phases == [Phase.LEARNING]
    assert session.snapshot.config.aggression == 3
    assert {sent.run for sent in session.deliveries} == {0}


def test_another_seed_starts_a_new_run(session, settle):
    session.step(120)
    settle(session)
    session.edit(seed=7)
    settle(session)
    assert session.iteration == 0
    assert session.snapshot.parameters.tobytes() == Trainer(session.config, session.wanted).parameters.tobytes()
    assert session.received.trail.since(-1).iterations.tolist() == session.received.costs.iterations == [0]
    assert session.deliveries[-1].run == 1


def test_every_change_is_announced_once(session, qtbot):
    configs, histories = [], []
    session.config_changed.connect(configs.append)
    session.history_changed.connect(lambda: histories.append(session.history.undo_label))
    session.edit(aggression=3, noise=0)
    session.edit(hidden=[4, 4])
    assert [(c.aggression, c.noise, c.hidden) for c in configs] == [(3, 0, (6, 7)), (3, 0, (4, 4))]
    assert histories == ["Aggression and Noise", "Layers"]


def test_setting_a_setting_to_what_it_was_changes_nothing(session):
    configs = []
    session.config_changed.connect(configs.append)
    session.edit(aggression=7.0, hidden=[6, 7])
    assert configs == []
    assert session.history.undo_label is None


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


def test_a_setting_that_does_not_exist_is_an_error(session):
    with pytest.raises(TypeError):
        session.edit(agression=3)


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


def test_with_nothing_to_undo_or_redo_nothing_happens(session):
    commands = session._trainer.command
    session.undo()
    session.redo()
    assert session._trainer.command == commands


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


def test_resets_take_the_same_seed_or_another_and_say_so(session, settle):
    session.reset()
    assert (session.config.seed, session.history.undo_label) == (SEED, "Reset")
    session.reset_with_seed(MAX_SEED + 3)
    assert (session.config.seed, session.history.undo_label) == (2, "New seed")


def test_what_undo_takes_back_is_named_in_the_language_of_the_app(in_brackets, session):
    session.reset()
    assert session.history.undo_label == "[Reset]"
    session.set_parameters({Parameter(2, 0, 0): 1.0})
    assert session.history.undo_label == "[Weight]"
    session.undo()
    session.undo()
    assert session.history.redo_label == "[Reset]"


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


@pytest.mark.slow
def test_after_such_an_undo_nothing_of_the_dead_end_is_left_however_late_the_window(saturated, settle, busy_after):
    session, before = saturated
    busy_after(session.undo, session, before.iteration)
    session.pause()
    settle(session)
    trainer = Trainer(session.config, session.wanted)
    trainer.advance(session.iteration)
    assert session.iteration > before.iteration
    np.testing.assert_array_equal(session.received.costs.since(-1), trainer.costs.since(-1))
    np.testing.assert_array_equal(session.received.trail.since(-1).curves, trainer.trail.since(-1).curves)


@pytest.mark.slow
def test_a_second_quick_undo_takes_back_a_setting_and_not_the_run(session, settle):
    session.edit(noise=0.5)
    session.step(300)
    settle(session)
    session.edit(aggression=70)
    session.step(1_000)
    settle(session)
    assert session.diagnosis.condition is RunState.SATURATED
    session.undo()
    session.undo()
    settle(session)
    assert (session.config.noise, session.iteration) == (1, 300)


@pytest.mark.slow
def test_undo_and_redo_at_once_still_know_the_way_out_of_the_dead_end(session, settle):
    session.step(300)
    settle(session)
    before = state(session)
    session.edit(aggression=70)
    for _ in range(2):
        session.step(1_000)
        settle(session)
        assert session.diagnosis.condition is RunState.SATURATED
        session.undo()
        session.redo()
    session.undo()
    settle(session)
    assert state(session) == before


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


@pytest.mark.slow
def test_redo_goes_on_from_where_the_run_is_even_in_a_dead_end(session, settle):
    session.step(300)
    settle(session)
    session.edit(aggression=70)
    session.step(1_000)
    settle(session)
    session.edit(noise=0)
    session.undo()
    session.step(1_000)
    settle(session)
    assert session.diagnosis.condition is RunState.SATURATED
    session.redo()
    settle(session)
    assert (session.config.noise, session.iteration) == (0, 2_300)


@pytest.mark.parametrize(
    ("remedy", "outcome"),
    [
        (Remedy.UNDO, (7, SEED, 0)),
        (Remedy.RESET, (70, SEED, 1)),
        (Remedy.NEW_SEED, (70, SEED + 1, 1)),
        (Remedy.LOWER_AGGRESSION, (7, SEED, 0)),
        (Remedy.RAISE_AGGRESSION, (84, SEED, 0)),
        (Remedy.START_GENTLER, (7, SEED, 1)),
    ],
)
def test_every_remedy_does_what_its_button_says(session, settle, remedy, outcome):
    session.history = History(itertools.count(step=2 * MERGE_S).__next__)
    session.edit(aggression=70)
    carry_out(session, remedy)
    settle(session)
    assert (session.config.aggression, session.config.seed, session.deliveries[-1].run) == outcome
    if remedy is not Remedy.UNDO:
        session.undo()
        assert session.config.aggression == 70


@pytest.mark.parametrize(
    ("aggression", "raised"), [(0, 7), (1, 7), (5, 10), (7, 14), (10, 14), (14, 16.8), (100, 120), (1e6, 1e6)]
)
def test_aggression_is_raised_with_care(session, aggression, raised):
    session.edit(aggression=aggression)
    carry_out(session, Remedy.RAISE_AGGRESSION)
    assert session.config.aggression == pytest.approx(raised)


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


def test_looking_at_its_best_changes_nothing_and_moves_the_playhead(session, settle):
    session.step(500)
    settle(session)
    before, best = session.config, session.best
    carry_out(session, Remedy.SEE_BEST)
    assert (session.time.playhead, session.config) == (best, before)


def test_all_remedies_that_change_something_are_known(session):
    for remedy in set(Remedy) - {Remedy.SEE_BEST, Remedy.FIT_CURVE}:  # a preset fits
        session.edit(aggression=5, weight_decay=1e-4)
        before = (session.config, session._run)
        carry_out(session, remedy)
        assert (session.config, session._run) != before


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


def test_a_session_closes_before_it_has_begun_and_twice(open_session):
    session = open_session()
    assert session.close()
    assert session.close()


def test_a_thread_that_does_not_end_in_time_does_not_end_the_process(monkeypatch, no_thread_left):
    begun, go_on, late = Event(), Event(), []

    def begin(*_):
        begun.set()
        go_on.wait()

    monkeypatch.setattr(Begin, "carry_out", begin)
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


def test_running_pausing_and_looking_change_nothing(session, reach):
    told = []
    session.acted.connect(lambda: told.append(True))
    session.run()
    reach(session, 100)
    session.time.look_back(50)
    session.pause()
    assert told == []


def test_a_run_that_is_about_to_be_left_can_still_be_captured(session, settle, qtbot):
    session.step(30)
    settle(session)
    session.about_to_leave.connect(lambda: session.capture("left"))
    with qtbot.waitSignal(session.captured) as captured:
        session.reset()
    assert captured.args[0] == "left"
    assert captured.args[1].iteration == 30


def test_begin_starts_afresh_and_forgets_what_was_before(session, settle):
    session.edit(noise=2)
    session.step(30)
    settle(session)
    session.begin(TrainingConfig(aggression=3))
    settle(session)
    assert (session.iteration, session.config) == (0, TrainingConfig(aggression=3))
    assert (session.history.undo_label, session.history.redo_label) == (None, None)


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


def test_steps_are_made_whatever_the_rules_say(open_session, qtbot, settle):
    session = open_session(stop_cost=1_000, stop_seconds=1e-9)
    settle(session)
    session.step(50)
    qtbot.waitUntil(lambda: session.phase is Phase.PAUSED and session.iteration == 50)


def test_the_time_that_it_has_learnt_finishes_the_run(open_session, qtbot):
    session = open_session(speed=FULL_SPEED, stop_seconds=0.05, iterations=1_000_000_000)
    session.run()
    qtbot.waitUntil(lambda: session.phase is Phase.FINISHED)
    assert 0 < session.iteration < 1_000_000_000


def test_a_slow_run_learns_while_it_waits_for_its_next_iteration(open_session, qtbot):
    session = open_session(speed=20, stop_seconds=0.5)
    session.run()
    qtbot.waitUntil(lambda: session.phase is Phase.FINISHED)
    assert session.iteration <= 20


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
