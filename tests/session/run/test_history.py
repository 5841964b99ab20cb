"""The history: what Undo and Redo go back to, and how much is kept."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from curvegui.core.curve.curve import Curve
from curvegui.core.network.network import parameter_count
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig, memory_gigabytes
from curvegui.session.run.history import (
    BEFORE,
    MAX_CHANGES,
    MAX_GB,
    MAX_RUNS,
    MERGE_S,
    Change,
    EarlierRun,
    History,
    UndoState,
)

BOTH_ENGINES = True

DEFAULTS = TrainingConfig()


class Clock:
    """Seconds that pass only when told."""

    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def history(clock):
    return History(clock)


def state(aggression=7.0, run=0, **settings):
    return UndoState(TrainingConfig(aggression=aggression, **settings), run)


def turn(before, after, label="Aggression"):
    """A change of the aggression."""
    return Change(label, state(before), state(after))


def reset(run):
    return Change("Reset", state(run=run), state(run=run + 1))


def test_undo_gives_what_was_before_and_redo_what_came_after(history):
    history.push(turn(7, 3))
    assert (history.undo_label, history.redo_label) == ("Aggression", None)
    assert history.undo() == state(7)
    assert (history.undo_label, history.redo_label) == (None, "Aggression")
    assert history.redo() == state(3)
    assert (history.undo_label, history.redo_label) == ("Aggression", None)


def test_a_slider_on_its_way_makes_one_change(history, clock):
    for step in range(100):
        history.push(turn(7 + step, 8 + step))
        clock.now += 0.9 * MERGE_S
    assert history.undo() == state(7)
    assert history.undo() is None
    assert history.redo() == state(107)


def test_a_slider_that_rested_makes_a_second_change(history, clock):
    history.push(turn(7, 8))
    clock.now += MERGE_S
    history.push(turn(8, 9))
    assert history.undo() == state(8)


def test_what_a_hand_does_before_it_lets_go_is_one_change_however_long_it_rests(history, clock):
    history.push(turn(7, 8))
    history.hold()
    for step in range(8, 12):
        history.push(turn(step, step + 1))
        clock.now += 100 * MERGE_S
    history.release()
    history.push(turn(12, 13))
    assert [history.undo().config.aggression for _ in range(3)] == [12, 8, 7]
    assert history.undo() is None


def test_a_hand_that_brings_everything_back_made_no_change_and_joins_no_older_one(history, clock):
    history.push(turn(6, 7))
    history.hold()
    history.push(turn(7, 8))
    history.push(turn(8, 7))
    history.push(turn(7, 9))
    history.release()
    assert [history.undo().config.aggression for _ in range(2)] == [7, 6]


def test_the_last_200_changes_are_kept(history, clock):
    for step in range(MAX_CHANGES + 50):
        history.push(turn(step, step + 1))
        clock.now += MERGE_S
    undone = []
    while state := history.undo():
        undone.append(state.config.aggression)
    assert len(undone) == MAX_CHANGES == 200
    assert undone[-1] == 50


def test_the_last_20_runs_are_kept(history):
    for run in range(50):
        history.push(reset(run))
    assert history.runs() == set(range(31, 51))
    assert len(history.runs()) == MAX_RUNS == 20


def test_a_change_that_comes_to_nothing_joins_no_older_one():
    times = iter([0.0, 5.0, 5.3, 5.6])
    history = History(lambda: next(times))
    for before, after in ((1, 2), (2, 3), (3, 2), (2, 4)):
        history.push(
            Change("Noise", UndoState(TrainingConfig(noise=before), 0), UndoState(TrainingConfig(noise=after), 0))
        )
    state = history.undo()
    assert state.config.noise == 2


def test_runs_and_parameters_that_can_come_back_are_bounded_in_memory():
    history = History(itertools.count(step=2 * MERGE_S).__next__)
    large = TrainingConfig(hidden=(2000, 2000))  # four million parameters
    for run in range(10):
        history.push(Change("Reset", UndoState(large, run), UndoState(large, run + 1)))
    kept = len(history.runs()) * memory_gigabytes(parameter_count(large.sizes))
    assert history.undo_label == "Reset"
    assert kept <= max(MAX_GB, 2 * memory_gigabytes(parameter_count(large.sizes)))


def test_runs_that_have_noted_much_push_old_changes_out():
    history = History(itertools.count(step=2 * MERGE_S).__next__)
    for run in range(MAX_RUNS):
        before = UndoState(DEFAULTS, run, noted=int(0.3e9 * MAX_GB))
        history.push(Change("Reset", before, UndoState(DEFAULTS, run + 1)))
    assert [state.run for state in iter(history.undo, None)] == [MAX_RUNS - 1, MAX_RUNS - 2, MAX_RUNS - 3]


def test_large_curves_push_old_changes_out(monkeypatch):
    history, t = History(), np.linspace(0, 1, 10_000)
    curves = [Curve(f"curve {n}", np.stack([t, t]), t, False, np.zeros(t.size, bool)) for n in range(10)]
    monkeypatch.setattr("curvegui.session.run.history.MAX_GB", 3.5 * curves[0].nbytes / 1e9)
    for number, (one, other) in enumerate(itertools.pairwise(curves)):
        states = (UndoState(TrainingConfig(curve=curve), 0) for curve in (one, other))
        history.push(Change(f"Curve {number}", *states))
    undone = iter(history.undo, None)
    assert [state.config.curve.name for state in undone] == ["curve 8", "curve 7"]


def test_the_curves_of_a_morph_count_too_and_each_once(history, monkeypatch):
    t = np.linspace(0, 1, 10_000)
    one, other = (Curve(name, np.stack([t, t]), t, False, np.zeros(t.size, bool)) for name in ("one", "other"))
    before = UndoState(DEFAULTS, 0)
    plain = [UndoState(DEFAULTS, 0, curves=names) for names in (("heart", "star"), ("heart", "circle"))]
    history.push(Change("Morph", before, plain[0]))
    least = history.nbytes
    large = UndoState(DEFAULTS, 0, curves=("heart", one))
    history.push(Change("Morph", plain[0], large))
    assert history.nbytes == least + one.nbytes
    largest = UndoState(TrainingConfig(curve=one), 0, curves=("heart", one, other))
    history.push(Change("Curve", large, largest))
    assert history.nbytes == least + one.nbytes + other.nbytes
    monkeypatch.setattr("curvegui.session.run.history.MAX_GB", (least + one.nbytes) / 1e9)
    history.push(Change("Aggression", largest, replace(largest, config=TrainingConfig(aggression=3))))
    assert history.undo_label == "Aggression" and history.undo() and history.undo() is None


def test_a_change_that_began_a_run_is_gone_on_with_while_it_is_held_or_soon_after():
    now = [0.0]
    history = History(lambda: now[0])
    history.push(Change("Weight", UndoState(TrainingConfig(), 0), UndoState(TrainingConfig(), 1)))
    now[0] = MERGE_S / 2
    assert history.joins_last("Weight", 1)
    now[0] = MERGE_S * 1.2  # it has been gone on with since
    assert history.joins_last("Weight", 1)
    assert not history.joins_last("Bias", 1)
    assert not history.joins_last("Weight", 0)
    now[0] = MERGE_S * 3
    assert not history.joins_last("Weight", 1)
    history.hold()
    assert not history.joins_last("Weight", 1)
    history.push(Change("Weight", UndoState(TrainingConfig(), 1), UndoState(TrainingConfig(), 2)))
    now[0] = MERGE_S * 30
    assert history.joins_last("Weight", 2)
    history.release()
    assert not history.joins_last("Weight", 2)
    assert not History().joins_last("Weight", 0)


# What broke a run


def made(label, before, after, in_trouble=False):
    """A change between two (aggression, run, noise)."""
    states = (state(aggression, run, noise=noise) for aggression, run, noise in (before, after))
    return Change(label, *states, in_trouble)


def push(history, clock, *changes):
    for change in changes:
        history.push(change)
        clock.now += 2 * MERGE_S


def test_the_cause_is_the_newest_change_made_before_the_trouble_began(history, clock):
    push(
        history,
        clock,
        made("Noise", (7, 0, 1), (7, 0, 2)),
        made("Aggression", (7, 0, 2), (210, 0, 2)),
        made("Noise", (210, 0, 2), (210, 0, 3), in_trouble=True),
        made("Layers", (210, 0, 3), (210, 1, 3), in_trouble=True),
    )
    cause = history.cause(1)
    assert (cause.label, cause.after.config.aggression) == ("Aggression", 210)
    assert history.undo_cause(1) == cause.before and history.undone == 3


def test_what_only_changes_the_display_or_another_run_is_no_cause(history, clock):
    aggression = made("Aggression", (7, 0, 1), (70, 0, 1))
    trail = Change("Trail", state(70), state(70, trail_every=7))
    push(history, clock, aggression, trail)
    assert history.cause(0).label == "Aggression"
    assert history.cause(5) is None and history.undo_cause(5) is None
    assert history.undo_cause(0) == state(7) and history.undone == 2
    assert History().cause(0) is None


def test_where_all_was_done_in_trouble_the_newest_of_all_is_taken_back(history, clock):
    push(
        history,
        clock,
        made("Aggression", (7, 0, 1), (9, 0, 1), in_trouble=True),
        made("Noise", (9, 0, 1), (9, 0, 5), in_trouble=True),
    )
    assert history.cause(0).label == "Noise"


BOTH_ENGINES = True


def test_it_is_the_run_that_was_left_until_another_one_is_chosen(session, settle):
    assert session.earlier is None
    session.step(200)
    settle(session)
    left = session.snapshot
    session.reset()
    assert (session.earlier.words, session.earlier.cost) == (BEFORE, left.cost)
    settle(session)
    session.reset()  # of a run that has not learned yet there is nothing to compare with
    settle(session)
    assert np.array_equal(session.earlier.fit, left.fit)
    assert session.earlier.costs.iterations[-1] == 200

    trainer = Trainer(TrainingConfig(seed=7))
    trainer.advance(100)
    chosen = EarlierRun.of("another", trainer.record(100))
    assert np.array_equal(chosen.fit, trainer.snapshot().fit)
    session.compare_with(chosen)
    session.step(10)
    settle(session)
    session.reset()
    assert session.earlier is chosen
    session.compare_with(None)
    assert session.earlier.words == BEFORE
    assert session.earlier.costs.iterations[-1] == 10
