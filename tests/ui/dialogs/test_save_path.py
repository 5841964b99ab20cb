"""Where a file is to be saved: with the right ending, and never over another file unasked."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget

from curvegui.ui.dialogs.paths import ask_path

YES, NO = True, False


@pytest.fixture
def ask(qtbot, monkeypatch):
    """Ask someone who chooses a path and answers the question, if there is one."""
    parent = QWidget()
    qtbot.addWidget(parent)
    asked = []

    def asking(chosen, answer=NO):
        asked.clear()
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *given: asked.append(given) or (str(chosen), ""))
        wanted = lambda _, question, **given: asked.append(question) or answer  # noqa: E731
        monkeypatch.setattr("curvegui.ui.dialogs.paths.is_wanted", wanted)
        return ask_path(parent, "Save film", Path("/films/heart.gif"), "gif"), asked

    return asking


@pytest.mark.parametrize("name", ["heart.gif", "heart.GIF", "a.b.gif"])
def test_a_whole_name_is_taken_as_it_is_though_there_is_such_a_file(ask, tmp_path, name):
    (tmp_path / name).touch()
    path, asked = ask(tmp_path / name)
    assert path == tmp_path / name
    assert len(asked) == 1  # the file dialog has asked about the file


@pytest.mark.parametrize("name", ["heart", "heart.webp", "heart."])
def test_the_ending_is_added(ask, tmp_path, name):
    assert ask(tmp_path / name)[0] == tmp_path / f"{name}.gif"


@pytest.mark.parametrize("answer", [YES, NO])
def test_a_file_that_only_the_added_ending_hits_is_asked_about(ask, tmp_path, answer):
    (tmp_path / "heart.gif").touch()
    path, asked = ask(tmp_path / "heart", answer)
    assert path == (tmp_path / "heart.gif" if answer is YES else None)
    assert "“heart.gif” already exists" in asked[1]


def test_a_name_that_the_ending_makes_too_long_is_for_those_who_save_to_refuse(ask, tmp_path):
    path, asked = ask(tmp_path / ("x" * 253))
    assert path == tmp_path / f"{'x' * 253}.gif"
    assert len(asked) == 1


def test_who_chooses_none_gets_none(ask):
    assert ask("")[0] is None
