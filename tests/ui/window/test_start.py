"""The start: what is loaded before the first painting, and that nothing jumps when the rest comes."""

import json
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from curvegui.core.learner.target import build_target
from curvegui.core.settings.config import TrainingConfig
from curvegui.session.run.session import Session
from curvegui.session.stored.preferences import PreferencesFile
from curvegui.ui.window.main_window import MainWindow

LOOK = """
import json, sys
from PySide6.QtWidgets import QApplication
from curvegui import __main__
from curvegui.ui.window import start_up

def look(variable):
    if variable == start_up.READY_FILE:
        print(json.dumps(sorted(sys.modules)))
        QApplication.closeAllWindows()

start_up.notify_script = look
sys.exit(__main__.main([]))
"""
SIZE = 1180, 830
SLACK_PX = 12


LOADED_FIRST = (  # all else waits, so that the window is there sooner
    "cli", "core.curve", "core.engine", "core.language", "core.learner", "core.native", "core.network",
    "core.optimizers", "core.presets", "core.settings", "figure.drawing", "files.disk", "session.jobs",
    "session.stored", "session.run", "ui.actions", "ui.canvas", "ui.look", "ui.widgets", "ui.window",
)  # fmt: skip


def test_only_these_folders_and_of_a_feature_its_record_are_loaded_before_the_first_painting(tmp_path):
    places = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(tmp_path))
    environment = {**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run([sys.executable, "-c", LOOK], env=environment, capture_output=True, check=True, text=True)
    loaded = set(json.loads(ended.stdout))
    ours = {name.removeprefix("curvegui.") for name in loaded if name.startswith("curvegui.")}
    folders = {name.rpartition(".")[0] for name in ours if name.count(".") == 2 or name.startswith("cli.")}
    assert folders == set(LOADED_FIRST)
    assert not loaded & {"PIL", "av", "concurrent.futures.thread", "curvegui.session.run.session"}


def test_before_there_is_a_run_keys_do_nothing_and_the_window_can_be_closed(qtbot, nothing_left, tmp_path):
    window = MainWindow(PreferencesFile(tmp_path / "preferences.json"), tmp_path / "log", tmp_path / "favourites")
    with qtbot.waitSignal(window.canvas.painted):
        window.show()
    assert not any(window.findChild(QAction, f"action.edit.{each}").isEnabled() for each in ("undo", "redo"))
    for action in window.actions():
        action.trigger()
    with qtbot.waitSignal(window.closed):
        window.close()
    window.deleteLater()


@pytest.fixture
def larger_font(qapp, request):
    font, before = qapp.font(), qapp.font()
    font.setPointSizeF(request.param * before.pointSizeF())
    qapp.setFont(font)
    yield
    qapp.setFont(before)


def place(window):
    """Where the canvas is, and how high the first dock."""
    canvas = window.canvas
    corner = canvas.mapTo(window, QPoint(0, 0))
    return corner.x(), corner.y(), canvas.width(), canvas.height()


@pytest.mark.parametrize("larger_font", [1.0, pytest.param(2.0, marks=pytest.mark.slow)], indirect=True)
def test_the_canvas_stays_where_it_is_while_the_rest_of_the_window_comes(
    qtbot, nothing_left, tmp_path, monkeypatch, larger_font
):
    large_screen = SimpleNamespace(availableSize=lambda: QSize(1920, 1080))  # the one without a screen is small
    monkeypatch.setattr(MainWindow, "screen", lambda window: large_screen)

    def open_window():
        window = MainWindow(PreferencesFile(tmp_path / "preferences.json"), tmp_path / "log", tmp_path / "favourites")
        window.resize(*SIZE)
        window.canvas.show_target(build_target(TrainingConfig()))
        with qtbot.waitSignal(window.canvas.painted):
            window.show()
        return window

    for _ in range(2):  # a new user's, and one whose layout was kept
        window = open_window()
        at_first = place(window)
        session = Session(TrainingConfig())
        with qtbot.waitSignal(window.completed):
            window.begin(session)
        QApplication.processEvents()
        window.features["documents"].closing.allow()
        assert place(window) == pytest.approx(at_first, abs=SLACK_PX)
        window.close()
        assert session.close()
        window.deleteLater()
