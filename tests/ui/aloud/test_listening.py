"""Listening to the curve, and hearing it learn, in the window."""

import wave
from io import BytesIO

import pytest
from PySide6.QtCore import QProcess, QTimer

from curvegui.core.settings.config import FULL_SPEED
from curvegui.core.sound import BYTES_PER_S, SPEEDS_S, corners
from curvegui.ui.aloud import aloud as aloud_module
from curvegui.ui.aloud import player as player_module
from curvegui.ui.aloud.listening import Learning, point_words
from curvegui.ui.aloud.player import Player
from curvegui.ui.widgets.numbers import Farthest
from tests.ui.person import Key

PLAY = Player.play


@pytest.fixture
def played(monkeypatch):
    """What is played: how long each sound is, in seconds."""
    played = []

    def play(_, sound):
        with wave.open(BytesIO(sound)) as read:
            played.append(read.getnframes() / read.getframerate())

    monkeypatch.setattr(Player, "play", play)
    return played


@pytest.fixture
def listener(visit, played):
    """Somebody who listens to a heart that has learned a little."""
    person = visit(speed=FULL_SPEED, iterations=1_000_000)
    person.learn(500)
    person.press(Key.Key_A)
    yield person
    if person.window.findChild(object, "action.hear.curve").isChecked():
        person.choose("hear.curve")


def said(person):
    return person.window.toast.words


@pytest.mark.slow
def test_the_whole_curve_is_played_at_ten_speeds(listener, played):
    assert played == [pytest.approx(SPEEDS_S[4], abs=0.01)]
    for _ in range(20):
        listener.press(Key.Key_Up)
    assert played[-1] == pytest.approx(SPEEDS_S[-1], abs=0.01)
    assert said(listener) == "Speed 10 of 10."
    for _ in range(20):
        listener.press(Key.Key_Down)
    assert played[-1] == pytest.approx(SPEEDS_S[0], abs=0.01)


def test_arrows_go_from_point_to_point_and_each_is_said(listener, played):
    listener.press(Key.Key_Home, Key.Key_Right, Key.Key_Right)
    assert said(listener).startswith("t 0.02, x ")
    assert said(listener).endswith(" from the target")
    listener.press(Key.Key_Left, Key.Key_Left, Key.Key_Left)
    assert said(listener).startswith("t 0.99, ")
    assert len(played) == 7


def test_it_jumps_to_the_largest_error_and_to_corners(listener):
    snapshot = listener.window.canvas.snapshot
    target = snapshot.target
    listener.press(Key.Key_X)
    assert said(listener) == point_words(snapshot, Farthest.of(snapshot).index, of_target=False)
    listener.press(Key.Key_Home, Key.Key_C)
    first = int(corners(target.curve_points, target.closed).max())  # a heart has two: its dent, at 0, and its tip
    assert said(listener) == point_words(snapshot, first, of_target=False)
    listener.press(Key.Key_C)
    assert said(listener).startswith("t 0, ")


def test_the_target_can_be_heard_too(listener):
    listener.press(Key.Key_Y)
    assert said(listener) == "Listening to the target."
    listener.press(Key.Key_Home)
    assert said(listener) == point_words(listener.window.canvas.snapshot, 0, of_target=True)
    assert "from the target" not in said(listener)


def test_the_same_key_gives_the_canvas_back(listener, played):
    listener.press(Key.Key_A)
    count = len(played)
    listener.press(Key.Key_Right)
    assert len(played) == count


def beat_of(person):
    """What has a tone of learning sound each second."""
    return person.window.features["hearing"].findChild(Learning).findChild(QTimer)


def test_learning_is_heard_while_it_learns_and_only_if_wanted(listener, played):
    listener.choose("hear.curve")
    beat = beat_of(listener)
    assert not beat.isActive()
    listener.choose("hear.learning")
    beat.setInterval(1)
    played.clear()
    listener.press(Key.Key_Space)
    listener.wait_until(lambda: len(played) > 2)
    listener.press(Key.Key_Space)
    listener.choose("hear.learning")
    assert not beat.isActive()
    assert played == pytest.approx([0.7] * len(played), abs=0.01)


@pytest.fixture
def sounding(listener, tmp_path, monkeypatch):
    """The beat of learning, which comes when it is asked for, and the players of curve and tones; no sound ends."""
    program = tmp_path / "play"
    program.write_text("#!/bin/sh\nexec sleep 600\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(player_module, "PROGRAMS", (str(program),))
    monkeypatch.setattr(Player, "play", PLAY)
    listener.choose("hear.learning")
    beat = beat_of(listener)
    beat.stop()
    listener.press(Key.Key_Space)
    listener.wait_until(lambda: listener.session.phase.is_learning)
    yield beat, *listener.window.features["hearing"].findChildren(Player)
    if listener.window.findChild(object, "action.hear.learning").isChecked():
        listener.choose("hear.learning")
    program.unlink()


def program_of(player):
    """The program that plays now, or has not ended yet."""
    return player.findChild(QProcess)


def test_the_curve_is_heard_to_its_end_and_the_tones_of_learning_wait_for_it(listener, sounding, monkeypatch):
    beat, curve, tones = sounding
    curve.play(bytes(600 * BYTES_PER_S))
    program = program_of(curve)
    beat.timeout.emit()
    assert program_of(tones) is None and program_of(curve) is program
    with monkeypatch.context() as patch:
        patch.setattr(Player, "is_playing", False)  # its time is over
        beat.timeout.emit()
    assert program_of(tones) is not None and program_of(curve) is program
    listener.choose("hear.learning")
    listener.wait_until(lambda: program_of(tones) is None)
    assert program_of(curve) is program
    listener.choose("hear.curve")
    listener.wait_until(lambda: program_of(curve) is None)


def test_that_no_sound_can_be_played_is_said_once_in_a_window(listener, sounding, monkeypatch):
    _, *players = sounding
    monkeypatch.setattr(player_module, "PROGRAMS", ())
    heard = []
    monkeypatch.setattr(aloud_module, "announce", lambda _, words: heard.append(words))
    for _ in range(2):
        with listener.qtbot.waitSignals([each.failed for each in players]):
            for each in players:
                each.play(bytes(BYTES_PER_S))
    assert len(heard) == 1
