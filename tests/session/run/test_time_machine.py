"""Looking back: exactly, one question at a time, and without a mark on the run itself."""

import numpy as np
import pytest
from PySide6.QtCore import QTimer

from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.run.delivery import Phase
from curvegui.session.run.time_machine import TimeMachine

BOTH_ENGINES = True


@pytest.fixture
def machine(qapp):
    """A time machine of a run at iteration 1,000 that nobody answers, and the questions it asked."""
    made = TimeMachine()
    made.follow(7, 1_000)
    questions = []
    made.asked.connect(lambda run, iteration: questions.append((run, iteration)))
    return made, questions


@pytest.fixture
def look(qtbot):
    """Look back and wait for the snapshot."""

    def at(session, iteration):
        session.time.look_back(iteration)
        qtbot.waitUntil(lambda: session.time.past is not None and session.time.past.iteration == iteration)
        return session.time.past

    return at


def snapshot_at(iteration):
    trainer = Trainer(TrainingConfig())
    trainer.advance(iteration)
    return trainer.snapshot()


def test_one_question_is_asked_at_a_time_and_then_the_latest(machine):
    time, questions = machine
    for iteration in (5, 6, 7, 8):
        time.look_back(iteration)
    assert questions == [(7, 5)]
    time.show_answer(7, snapshot_at(5))
    assert questions == [(7, 5), (7, 8)]
    time.show_answer(7, snapshot_at(8))
    assert questions == [(7, 5), (7, 8)]
    assert time.past.iteration == 8


def test_the_playhead_stands_where_the_run_begins_if_it_does_not_reach_back_further(machine):
    time, _ = machine
    moves = []
    time.playhead_moved.connect(moves.append)
    time.look_back(10)
    time.show_answer(7, snapshot_at(400))
    assert time.playhead == time.past.iteration == 400
    time.look_back(20)
    assert moves == [10, 400]
    time.follow(8, 1_000)
    time.look_back(20)
    assert time.playhead == 20


def test_another_run_is_seen_live_and_so_is_one_that_was_taken_back(machine, qtbot):
    time, _ = machine
    time.look_back(900)
    time.show_answer(7, snapshot_at(900))
    with qtbot.waitSignal(time.moved) as moved:
        time.follow(7, 800)
    assert moved.args == [None]
    time.look_back(5)
    time.show_answer(7, snapshot_at(5))
    time.follow(8, 0)
    assert time.past is None


@pytest.mark.slow
def test_the_moment_is_the_run_as_it_was(session, settle, look):
    session.step(1_234)
    settle(session)
    trainer = Trainer(session.config, session.wanted)
    for iteration in (0, 1, 99, 100, 101, 777, 1_234):
        trainer.advance(iteration - trainer.iteration)
        seen = look(session, iteration)
        assert np.array_equal(seen.parameters, trainer.parameters)
        assert seen.cost == trainer.snapshot().cost
        assert np.array_equal(seen.fit, trainer.snapshot().fit)


@pytest.mark.slow
def test_looking_back_leaves_no_mark_on_a_run_that_learns(open_session, settle, reach, look):
    session = open_session(iterations=1_000_000)
    session.run()
    reach(session, 1_000)
    for iteration in (17, 999, 500):
        look(session, iteration)
    session.time.go_to_now()
    assert session.phase is Phase.LEARNING
    reach(session, session.iteration + 300)
    session.pause()
    settle(session)
    trainer = Trainer(session.config, session.wanted)
    trainer.advance(session.iteration)
    assert np.array_equal(session.snapshot.parameters, trainer.parameters)
    assert session.best == trainer.best[0]


@pytest.mark.slow
def test_playing_backwards_ends_at_the_start_and_forwards_at_now(session, settle, qtbot):
    session.step(2_000)
    settle(session)
    seen = []
    session.time.moved.connect(lambda past: seen.append(past and past.iteration))
    session.time.speed = 20_000
    session.time.play(-1)
    qtbot.waitUntil(lambda: session.time.playing == 0 and seen and seen[-1] == 0)
    assert seen == sorted(seen, reverse=True)
    seen.clear()
    session.time.play(1)
    qtbot.waitUntil(lambda: session.time.playing == 0 and seen and seen[-1] is None)
    assert seen[:-1] == sorted(seen[:-1])


def test_playing_forwards_from_the_latest_iteration_looked_at_as_the_past_begins_at_the_start(machine):
    time, _ = machine
    time.speed = 0.001  # so slow that it stays there, however busy the machine is
    time.look_back(1_000)
    time.show_answer(7, snapshot_at(1_000))
    time.play(1)
    assert (time.playing, time.playhead) == (1, 0)
    time.show_answer(7, snapshot_at(0))
    assert time.past.iteration == 0
    time.findChild(QTimer).timeout.emit()
    assert (time.playing, time.playhead) == (1, 0)
    time.look_back(999)
    time.play(1)
    assert time.playhead == 999


def test_after_closing_nothing_plays_and_nobody_is_told(session, settle):
    session.step(100)
    settle(session)
    told = []
    session.time.play(-1)
    session.time.playing_changed.connect(told.append)
    session.close()
    assert not any(timer.isActive() for timer in session.time.findChildren(QTimer))
    assert told == []


@pytest.mark.slow
def test_going_on_from_here_sets_the_future_aside_and_undo_brings_it_back(session, settle, look):
    session.step(1_000)
    settle(session)
    late = session.snapshot
    session.edit(aggression=5.0)
    session.step(100)
    settle(session)
    look(session, 450)
    session.go_on_from_here()
    assert session.phase is Phase.LEARNING
    assert session.config.aggression == 7
    session.pause()
    settle(session)
    assert session.time.past is None
    trainer = Trainer(session.config, session.wanted)
    trainer.advance(session.iteration)
    assert np.array_equal(session.snapshot.parameters, trainer.parameters)
    session.undo()
    settle(session)
    assert (session.iteration, session.config.aggression) == (1_100, 5)
    assert np.array_equal(look(session, 1_000).parameters, late.parameters)


def ask(qtbot, session, iteration=-1):
    """The record of a session's run."""
    with qtbot.waitSignal(session.captured) as captured:
        session.capture("question", iteration)
    assert captured.args[0] == "question"
    return captured.args[1]


@pytest.mark.slow
def test_a_record_goes_on_as_the_run_it_was_taken_of(session, settle, qtbot):
    session.step(1_500)
    settle(session)
    record = ask(qtbot, session)
    session.step(500)
    settle(session)
    end = session.snapshot
    session.reset()
    session.open(record, "Load")
    settle(session)
    assert (session.phase, session.iteration) == (Phase.PAUSED, 1_500)
    session.step(500)
    settle(session)
    assert np.array_equal(session.snapshot.parameters, end.parameters)
    session.undo()
    settle(session)
    assert session.iteration == 0


@pytest.mark.slow
def test_a_record_ends_at_the_iteration_that_was_asked_for(session, settle, qtbot):
    session.step(1_500)
    settle(session)
    record = ask(qtbot, session, 777)
    trainer = Trainer(session.config, session.wanted)
    trainer.advance(777)
    assert record.iteration == 777
    assert np.array_equal(record.parameters, trainer.parameters)


def test_what_cannot_be_recorded_or_computed_is_logged_and_answered(session, qtbot, monkeypatch, caplog):

    def fail(*_):
        raise ArithmeticError

    monkeypatch.setattr(Trainer, "record", fail)
    assert ask(qtbot, session) is None
    monkeypatch.setattr(Replayer, "snapshot", fail)
    session.time.look_back(0)
    qtbot.waitUntil(lambda: "LookBack(run=0, iteration=0) could not be answered" in caplog.text)
    assert session.time.past is None
    assert "Capture(label=" in caplog.text


def test_a_run_that_was_paused_is_paused_again_when_it_comes_back(session, settle, look):
    session.step(500)
    settle(session)
    look(session, 100)
    session.go_on_from_here()
    session.undo()
    settle(session)
    assert (session.phase, session.iteration) == (Phase.PAUSED, 500)
