"""The options that the window is opened with."""

import pytest

from curvegui import __version__
from curvegui.cli.window import window_config
from curvegui.core.config import TrainingConfig


def test_the_window_takes_every_knob_speed_included():
    wanted = TrainingConfig(hidden=(100, 100), aggression=3, speed=0)
    assert window_config(["--hidden", "100", "100", "--aggression", "3", "--speed", "0"]) == wanted


def test_without_options_the_window_opens_with_the_usual_settings():
    assert window_config([]) == TrainingConfig()


@pytest.mark.parametrize("words", [["trian"], ["--save", "heart.png"], ["--aggr", "3"], ["--noise", "-1"]])
def test_what_the_window_does_not_know_ends_with_status_2(words, capsys):
    with pytest.raises(SystemExit) as ended:
        window_config(words)
    assert ended.value.code == 2
    assert "curvegui: error: " in capsys.readouterr().err


def test_help_shows_the_way_to_training_without_a_window(capsys):
    with pytest.raises(SystemExit) as ended:
        window_config(["--help"])
    assert ended.value.code == 0
    assert "curvegui train --help" in capsys.readouterr().out


def test_version_is_told(capsys):
    with pytest.raises(SystemExit) as ended:
        window_config(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"curvegui {__version__}\n"
