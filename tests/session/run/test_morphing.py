"""The morph of a session: played with the run, dragged, undone in one piece, and ended by whatever else changes it."""

import numpy as np
import pytest
from PySide6.QtCore import QTimer

from curvegui.core.curve.curve import curve_through
from curvegui.core.learner.morphing import MOST_KEYFRAMES, Morph
from curvegui.core.run.replay import Replayer
from curvegui.core.run.trainer import Trainer
from curvegui.session.run import history as history_module
from curvegui.session.run import morphing as morphing_module

BOTH_ENGINES = True

OWN = curve_through("own", np.array([[0.1, 0.9, 0.5], [0.1, 0.1, 0.8]]), closed=True)


@pytest.fixture
def session(open_session):
    return open_session(points=20, hidden=(3,), speed=20_000.0)


@pytest.fixture
def morphing(session, settle):
    settle(session)
    session.morphing.add("star")
    session.morphing.set_iterations(2_000)
    session.history.clear()
    return session.morphing


def test_the_present_curve_comes_first_and_none_twice_in_a_row(session, morphing):
    morphing.add("star")
    morphing.add(OWN)
    assert morphing.now == Morph(("heart", "star", OWN), 0.0, 2_000)
    for _ in range(MOST_KEYFRAMES):
        morphing.add("circle")
        morphing.add("heart")
    assert morphing.is_full and len(morphing.now.keyframes) == MOST_KEYFRAMES
    for _ in range(MOST_KEYFRAMES - 1):
        morphing.remove_last()
    assert morphing.now == Morph(iterations=2_000)
    morphing.play()
    morphing.go_to(1.0)
    assert not morphing.is_playing and session.config.curve == "heart"


def test_keyframes_that_are_added_or_removed_come_back_with_undo(session, morphing):
    morphing.go_to(0.5)
    session.history.clear()
    halfway, curve = morphing.now, session.config.curve
    morphing.remove_last()
    assert morphing.now.keyframes == ()
    session.undo()
    assert (morphing.now, session.config.curve) == (halfway, curve)
    session.redo()
    assert morphing.now.keyframes == ()
    session.undo()
    for added in ("circle", "heart"):
        morphing.add(added)
    session.undo()
    assert morphing.now.keyframes == ("heart", "star", "circle")
    session.undo()
    assert (morphing.now, session.history.undo_label) == (halfway, None)


def test_a_keyframe_and_the_way_to_it_are_two_changes(session, morphing, qtbot):
    morphing.add("circle")
    morphing.go_to(1.0)
    qtbot.waitUntil(lambda: morphing.now.position == 1.0)
    session.undo()
    assert (morphing.now.keyframes, morphing.now.position) == (("heart", "star", "circle"), 0.0)
    assert session.config.curve == "heart"


@pytest.mark.slow
def test_a_keyframe_that_is_added_while_it_plays_leaves_it_playing_and_is_undone_by_itself(
    session, morphing, qtbot, monkeypatch
):
    monkeypatch.setattr(history_module, "MERGE_S", 0.0)  # as if each step came long after the one before
    steps = []
    morphing.changed.connect(lambda morph: steps.append(morph.position))
    morphing.set_iterations(20_000)
    morphing.play()
    qtbot.waitUntil(lambda: morphing.now.position > 0)
    morphing.add("circle")
    added_at, curve = morphing.now.position, session.config.curve
    assert morphing.is_playing
    qtbot.waitUntil(lambda: not morphing.is_playing)
    assert morphing.now.position == 2.0 and len(set(steps)) > 2
    session.undo()
    assert (morphing.now.keyframes, morphing.now.position) == (("heart", "star", "circle"), added_at)
    session.undo()
    assert (morphing.now.keyframes, session.config.curve) == (("heart", "star"), curve)
    session.undo()
    assert (session.config.curve, session.history.undo_label) == ("heart", None)


def test_a_setting_that_is_changed_after_a_keyframe_was_added_leaves_it_playing(open_session, settle, qtbot):
    session = open_session(points=20, hidden=(3,), speed=20.0)  # slow: no other curve is sent meanwhile
    settle(session)
    morphing = session.morphing
    morphing.add("star")
    morphing.set_iterations(5_000)
    morphing.go_to(0.3)
    qtbot.waitUntil(lambda: morphing.now.position == 0.3)
    morphing.play()
    morphing.add("circle")
    session.edit(aggression=3.0)
    assert morphing.is_playing
    morphing.stop()
    morphing.remove_last()
    morphing.play()
    session.edit(aggression=4.0)
    assert morphing.is_playing and morphing.now.position == 0.3
    session.edit(curve="circle")
    assert not morphing.is_playing


@pytest.mark.slow
def test_it_plays_with_the_run_to_its_end_and_is_undone_in_one_piece(session, morphing, qtbot):
    positions = []
    morphing.set_iterations(20_000)
    morphing.changed.connect(lambda morph: positions.append(morph.position))
    morphing.play()
    assert session.phase.is_learning
    qtbot.waitUntil(lambda: not morphing.is_playing)
    assert morphing.now.position == 1.0 and session.config.curve.name == "star"
    assert positions == sorted(positions) and len(set(positions)) > 2
    session.pause()
    assert session.history.undo_label == "Morph"
    session.undo()
    assert (session.config.curve, morphing.now.position) == ("heart", 0.0)
    assert session.history.undo_label is None
    session.redo()
    assert (session.config.curve.name, morphing.now.position) == ("star", 1.0)
    morphing.play()  # from the end, from the start
    assert morphing.now.position == 0.0 and session.config.curve == "heart"
    morphing.stop()
    assert not morphing.is_playing


@pytest.mark.slow
def test_what_was_recorded_on_the_way_replays_to_the_last_bit(session, morphing, qtbot, settle):
    morphing.set_iterations(20_000)  # a second: on a busy machine, fewer would leave no curve between
    morphing.play()
    qtbot.waitUntil(lambda: not morphing.is_playing)
    session.pause()
    settle(session)
    records = []
    session.captured.connect(lambda label, record: records.append(record))
    session.capture("film")
    qtbot.waitUntil(lambda: bool(records))
    (record,) = records
    assert len(record.curves) > 2
    kept, replayer = Trainer.going_on(record), Replayer()
    for delivery in session.deliveries[-200::20]:
        again = replayer.snapshot(kept, delivery.snapshot.iteration)
        if again.config.curve == delivery.snapshot.config.curve:  # else it is of just before that change
            assert again.parameters.tobytes() == delivery.snapshot.parameters.tobytes()


def test_a_drag_is_one_change_and_its_last_place_counts(session, morphing, qtbot, monkeypatch):
    monkeypatch.setattr(morphing_module, "SHORTEST_S", 3_600.0)
    morphing.hold()
    morphing.go_to(0.25)
    qtbot.waitUntil(lambda: morphing.now.position == 0.25)
    for position in (0.5, 0.75):
        morphing.go_to(position)
    assert morphing.now.position == 0.25  # the trainer has its time
    morphing.release()
    assert morphing.now.position == 0.75 and session.config.curve.name == "heart to star"
    session.undo()
    assert session.config.curve == "heart" and session.history.undo_label is None


def test_another_curve_ends_it_and_undo_leads_back_to_its_place(session, morphing, qtbot):
    morphing.go_to(0.5)
    qtbot.waitUntil(lambda: morphing.now.position == 0.5)
    morphing.play()
    session.edit(aggression=3.0)
    assert morphing.is_playing
    session.edit(curve="circle")
    assert not morphing.is_playing and morphing.now.position >= 0.5
    session.undo()
    assert session.config.curve.name == "heart to star"
    place = morphing.now.position
    assert Morph(morphing.now.keyframes, place).curve(20) == session.config.curve


def test_a_new_run_and_a_run_that_is_taken_back_end_it(session, morphing, settle, qtbot):
    session.step(100)
    settle(session)
    morphing.play()
    qtbot.waitUntil(lambda: morphing.now.position > 0)
    session.reset()
    assert not morphing.is_playing
    session.pause()
    settle(session)
    assert session.iteration < 100_000
    morphing.play()
    qtbot.waitUntil(lambda: morphing.now.position > 0)
    session.undo()  # the run before
    qtbot.waitUntil(lambda: not morphing.is_playing)


def test_a_morph_from_a_file_stands_where_its_run_does(session, morphing):
    kept = Morph(("circle", OWN), 0.5, 300)
    session.edit(curve=kept.curve(20))
    morphing.take(kept)
    session.history.clear()  # as with every file that is opened
    session.edit(curve="star")
    session.undo()
    assert morphing.now == kept


@pytest.mark.parametrize("added", ["keyframe", "nothing"])
def test_undo_forgets_a_position_that_still_waits(session, morphing, qtbot, monkeypatch, added):
    if added == "nothing":
        morphing.go_to(0.2)
        qtbot.waitUntil(lambda: morphing.now.position == 0.2)
    else:
        session.history.clear()
        morphing.remove_last()
        session.history.clear()
        morphing.add("star")
    monkeypatch.setattr(morphing_module, "SHORTEST_S", 3_600.0)
    if added == "nothing":
        morphing.go_to(0.3)
        qtbot.waitUntil(lambda: morphing.now.position == 0.3)
    morphing.go_to(0.5)
    late = morphing.findChild(QTimer)  # sends the position that could not be sent yet
    assert late.isActive()
    shown = []
    morphing.changed.connect(lambda morph: shown.append(morph.position))
    with qtbot.captureExceptions() as raised:
        session.undo()
        late.start(0)
        qtbot.waitUntil(lambda: not late.isActive())
    assert not raised and session.config.curve == "heart" and session.history.redo_label == "Morph"
    assert shown[-1] == morphing.now.position == 0.0  # as the slider says, too


def drag(morphing, position):
    """Drag the slider from where it is."""
    morphing.hold()
    morphing.go_to(position)
    morphing.release()
    assert morphing.now.position == position


def test_after_undo_the_morph_stands_where_the_curve_does_though_keyframes_came_or_went(session, morphing):
    drag(morphing, 0.5)
    drag(morphing, 0.8)
    morphing.add("circle")
    for position in (0.8, 0.5, 0.0):
        session.undo()
        assert morphing.now.position == position and morphing.now.curve(20) == session.config.curve
    for position in (0.5, 0.8, 0.8):
        session.redo()
        assert morphing.now.position == position and morphing.now.curve(20) == session.config.curve
    drag(morphing, 2.0)
    morphing.remove_last()
    session.undo()
    assert morphing.now.position == 2.0 and morphing.now.curve(20) == session.config.curve
