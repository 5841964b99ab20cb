"""What the window is opened with: settings, or a run."""

from pathlib import Path

import pytest

from curvegui.cli import window
from curvegui.cli.window import open_start, window_start
from curvegui.core.engine.backend import NUMPY
from curvegui.core.run.trainer import Trainer
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.disk.resources import resource
from curvegui.files.project.project import Project, save
from curvegui.files.project.text_line import line_of
from curvegui.ui.tour import EXPERIMENTS

pytestmark = pytest.mark.costly

PROJECT = Project(Trainer(TrainingConfig(seed=77)).record(), name="mine")


@pytest.fixture
def path(tmp_path, monkeypatch):
    """A project in the working folder."""
    monkeypatch.chdir(tmp_path)
    save("heart.curvegui", PROJECT)
    return "heart.curvegui"


def test_the_window_takes_every_setting_speed_included():
    wanted = TrainingConfig(hidden=(100, 100), aggression=3, speed=0)
    assert window_start(["--hidden", "100", "100", "--aggression", "3", "--speed", "0"])[:2] == (wanted, None)


def test_without_options_the_window_opens_with_the_usual_settings_and_as_it_is_preferred():
    assert window_start([])[:5] == (TrainingConfig(), None, None, False, None)
    assert window_start(["--curve", "heart"])[:5] == (TrainingConfig(), None, None, True, None)
    assert window_start(["--engine", "numpy"])[2] == NUMPY


@pytest.mark.parametrize("start", [window_start, open_start])
def test_the_window_opens_with_a_file_or_the_run_in_a_line(start, path):
    assert start([path])[:2] == (TrainingConfig(), Path(path))
    _, project, *_ = start([line_of(PROJECT)])
    assert project.name == "mine"
    assert project.record.config == PROJECT.record.config


def test_a_file_is_for_a_window_that_is_open_unless_something_else_is_asked_for_with_it(path):
    assert not window_start([path])[-1]
    for words in (["--new-window"], ["--engine", "numpy"]):
        assert window_start([path, *words])[-1]
    assert open_start([path])[-1]


def test_more_files_get_a_window_each_but_not_too_many(path, monkeypatch, capsys):
    opened = []
    monkeypatch.setattr(window, "open_apart", opened.append)
    Path("second.curvegui").touch()
    *_, apart = window_start([path, "second.curvegui", path])
    assert apart
    assert opened == ["second.curvegui", path]
    assert_ends_with_2(window_start, [path] * 9)
    assert "9 files" in capsys.readouterr().err


def test_what_holds_no_run_but_may_hold_a_curve_is_for_the_window(tmp_path):
    path = tmp_path / "fish.svg"
    path.write_text("<svg xmlns='http://www.w3.org/2000/svg'><path d='M0 0L9 9'/></svg>")
    assert window_start([str(path)])[:2] == (TrainingConfig(), path)


@pytest.mark.parametrize("start", [window_start, open_start])
def test_of_a_picture_that_holds_neither_the_window_says_so(start, tmp_path):
    path = tmp_path / "cut.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(99))
    assert start([str(path)])[:2] == (TrainingConfig(), path)


def test_without_a_console_the_window_says_what_is_wrong_with_a_file(path, monkeypatch):
    monkeypatch.setattr("sys.stderr", None)
    assert window_start(["."])[:2] == (TrainingConfig(), Path())


def assert_ends_with_2(start, words):
    with pytest.raises(SystemExit) as ended:
        start(words)
    assert ended.value.code == 2


def test_a_lesson_is_read_where_it_is_named_and_class_mode_needs_one(tmp_path, capsys):
    lesson = tmp_path / "waves.md"
    lesson.write_text("# Waves\n## One\nText.\nhide: noise\n", encoding="utf-8")
    assert window_start(["--lesson", str(lesson)])[4] == (lesson, False, frozenset())
    assert window_start(["--lesson", str(lesson), "--class", "--seed", "3"])[4] == (
        lesson,
        True,
        frozenset({"setting.noise"}),
    )
    for words, told in (
        (["--class"], "--class needs a lesson"),
        (["--lesson", str(tmp_path / "gone.md")], "gone.md” cannot be read"),
    ):
        assert_ends_with_2(window_start, words)
        assert told in capsys.readouterr().err
    lesson.write_text("# Waves\n## One\nText.\nhide: nose\n", encoding="utf-8")
    assert_ends_with_2(window_start, ["--lesson", str(lesson), "--class"])
    assert "waves.md: Line 4: There is no view, panel, setting or action called “nose”" in capsys.readouterr().err


def test_a_file_and_settings_do_not_go_together(path, capsys):
    assert_ends_with_2(window_start, [path, "--seed", "3"])
    assert "give either a file or settings" in capsys.readouterr().err


@pytest.mark.parametrize("start", [window_start, open_start])
@pytest.mark.parametrize("word", ["curvegui1:700:abc", "."])
def test_what_contains_no_run_ends_with_status_2_and_a_sentence(start, word, path, capsys):
    assert_ends_with_2(start, [word])
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1


def test_open_says_what_is_not_there(path, capsys):
    assert_ends_with_2(open_start, ["none.png"])
    assert capsys.readouterr().err == "“none.png” could not be opened. There is no such file.\n"


def test_help_shows_the_ways_without_a_window(capsys):
    with pytest.raises(SystemExit) as ended:
        window_start(["--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    for command in ("train", "export", "info", "check", "worksheet"):
        assert f"curvegui {command} --help" in told
    assert 'curvegui open "LINE or FILE"' in told


def test_an_experiment_is_opened_by_its_name_and_a_wrong_name_says_which_there_are(capsys):
    *_, lesson, _ = window_start(["--experiment", "too-small"])
    assert lesson == (resource("lessons", "experiments", "too-small.md"), False, frozenset())
    for words in (["--experiment", "small"], ["--experiment", "too-small", "--noise", "0"]):
        assert_ends_with_2(window_start, words)
    said = capsys.readouterr().err
    assert all(name in said for name in EXPERIMENTS)
