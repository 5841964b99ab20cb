"""Sounds are played by the system's own programs, one sound at a time; that none is there is told each time."""

import stat
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QProcess

from curvegui.core.sound import BYTES_PER_S
from curvegui.ui.aloud import player as module
from curvegui.ui.aloud.player import Player

SOUND = b"RIFF and so on"
LONG = bytes(600 * BYTES_PER_S)


@pytest.fixture
def failures():
    return []


@pytest.fixture
def player(qapp, failures):
    player = Player()
    player.failed.connect(lambda: failures.append(True))
    yield player
    player.close()


@pytest.fixture
def program(tmp_path, monkeypatch):
    """What plays in place of the system's program: a script of these lines; if that fails, ``then``."""

    def make(*lines, then="no-such-program"):
        monkeypatch.setattr(module, "PROGRAMS", ("no-such-program", script(tmp_path / "play", *lines), then))

    return make


def program_of(player):
    """The program that plays now, or has not ended yet."""
    return player.findChild(QProcess)


def script(path, *lines):
    path.write_text("\n".join(["#!/bin/sh", *lines]), encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


def test_the_program_gets_the_whole_file(player, program, tmp_path, qtbot, failures):
    program(f'cp "$1" {tmp_path}/copy', f"mv {tmp_path}/copy {tmp_path}/heard")
    player.play(SOUND)
    qtbot.waitUntil((tmp_path / "heard").is_file)
    assert (tmp_path / "heard").read_bytes() == SOUND
    assert failures == []


def test_another_sound_ends_the_one_before(player, program, qtbot, failures):
    program("exec sleep 60")
    player.play(SOUND)
    first = program_of(player)
    with qtbot.waitSignal(first.finished):
        player.play(SOUND)
    qtbot.waitUntil(lambda: program_of(player) not in (first, None))
    assert failures == []


def test_without_a_sound_device_it_says_so(player, program, qtbot, failures):
    program("exit 1")
    for _ in range(2):
        player.play(SOUND)
        qtbot.waitUntil(lambda: program_of(player) is None)
    assert len(failures) == 2


def test_a_program_that_cannot_even_be_started_is_not_waited_for(player, program, monkeypatch, failures):
    program("exit 0")
    monkeypatch.setattr(
        module.QProcess, "start", lambda process, *_: process.errorOccurred.emit(QProcess.ProcessError.FailedToStart)
    )
    player.play(SOUND)

    assert len(failures) == 1


@pytest.mark.parametrize("does", ["exit 1", "kill -9 $$"])
def test_where_a_program_fails_the_next_one_plays_this_sound_and_all_that_follow(
    player, program, tmp_path, qtbot, does
):
    asked, heard = tmp_path / "asked", tmp_path / "heard"
    program(f"echo x >> {asked}", does, then=script(tmp_path / "second", f'cat "$1" >> {heard}'))
    with qtbot.assertNotEmitted(player.failed):
        for count in 1, 2:
            player.play(SOUND)
            qtbot.waitUntil(lambda: program_of(player) is None)
            assert heard.read_bytes() == SOUND * count
    assert asked.read_text() == "x\n"


def test_without_a_program_it_says_so(player, monkeypatch, failures):
    monkeypatch.setattr(module, "PROGRAMS", ("no-such-program",))
    player.play(SOUND)
    player.play(SOUND)
    assert len(failures) == 2


def test_a_sound_is_playing_from_when_the_program_that_plays_it_begins(player, program, tmp_path, qtbot):
    program("sleep 0.6", "exit 1", then=script(tmp_path / "second", "exec sleep 600"))
    playing = []
    player.began.connect(lambda: playing.append(player.is_playing))
    player.play(bytes(BYTES_PER_S // 2))  # the first program is there for longer than the sound
    qtbot.waitUntil(lambda: len(playing) == 2)
    assert playing == [True, True]


@pytest.fixture
def on_windows(monkeypatch):
    """What Windows is given to play; None is silence."""
    given = []
    monkeypatch.setattr(module.sys, "platform", "win32")
    monkeypatch.setattr(
        module, "import_module", lambda _: SimpleNamespace(PlaySound=lambda sound, _: given.append(sound))
    )
    return given


@pytest.mark.parametrize("end", [Player.stop, Player.close])
def test_on_windows_a_sound_can_be_ended(player, on_windows, end):
    player.play(LONG)
    assert len(on_windows) == 1 and on_windows[0] is not None
    end(player)
    assert on_windows[-1] is None


def test_on_windows_a_player_that_is_silent_ends_no_other_s_sound(player, on_windows):
    player.play(LONG)
    Player(player).stop()
    assert None not in on_windows
