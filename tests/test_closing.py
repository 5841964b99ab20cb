"""Closing the window while it trains as fast as it can: always clean, never late."""

import os
import signal
import subprocess
import sys
import threading

import pytest
from PIL import Image

from curvegui.core.settings.config import FULL_SPEED, TrainingConfig
from curvegui.session.run.session import Session
from curvegui.session.stored.preferences import PreferencesFile
from curvegui.ui.window.main_window import MainWindow
from tests.help.patience import patience_s

pytestmark = pytest.mark.costly

TIMES = 2


SAVE_AND_CLOSE = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from curvegui.core.settings.config import TrainingConfig
from curvegui.ui.share.dialog import ShareDialog
from tests.help.whole_app import run_app

def save(window):
    window.features["share"].open("picture")
    save_in(window)

def save_in(window):
    dialog = window.findChild(ShareDialog)
    if dialog is None:  # it opens when the run is where it was asked to be
        QTimer.singleShot(5, lambda: save_in(window))
        return
    dialog.findChild(QWidget, "picture.scale").setValue(2)
    dialog.save(Path(sys.argv[1]))
    def close_when_writing():
        if dialog._job is not None and dialog._job._painting.painted:  # the run that it is to contain arrives first
            window.close()
        else:
            QTimer.singleShot(5, close_when_writing)
    close_when_writing()

raise SystemExit(run_app(TrainingConfig(), save))
"""


@pytest.mark.slow
def test_the_window_closes_at_full_speed_every_time(qtbot, tmp_path):
    threads = threading.active_count()
    for _ in range(TIMES):
        session = Session(TrainingConfig(speed=FULL_SPEED, iterations=1_000_000_000))
        window = MainWindow(PreferencesFile(tmp_path / "preferences.json"), tmp_path / "log", tmp_path / "favourites")
        window.begin(session)
        window.finish()
        window.show()
        with qtbot.waitSignal(session.snapshot_ready, check_params_cb=lambda delivery: delivery.snapshot.iteration):
            session.run()
        window.close()
        assert session.close()
        window.deleteLater()
    assert threading.active_count() == threads


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals between processes")
def test_a_signal_closes_the_app_with_status_0(qtbot, tmp_path):
    ready = tmp_path / "ready"
    places = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(tmp_path))
    environment = {**os.environ, **places, "QT_QPA_PLATFORM": "offscreen", "CURVEGUI_READY_FILE": str(ready)}
    app = subprocess.Popen(
        [sys.executable, "-m", "curvegui", "--speed", "0", "--iterations", "1000000000"],
        env=environment,
        stderr=subprocess.PIPE,
    )
    qtbot.waitUntil(ready.exists)
    assert int(ready.read_text()) == app.pid
    app.send_signal(signal.SIGTERM)
    _, errors = app.communicate(timeout=patience_s())
    assert app.returncode == 0
    assert b"Traceback" not in errors
    assert b"QThread" not in errors


def test_a_picture_that_is_being_saved_is_saved_to_its_end(qtbot, tmp_path):
    """The window is closed while a large picture is encoded in another thread."""
    picture = tmp_path / "large.png"
    places = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(tmp_path))
    environment = {**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"}
    ended = subprocess.run(
        [sys.executable, "-c", SAVE_AND_CLOSE, str(picture)],
        env=environment,
        capture_output=True,
        timeout=patience_s(),
        check=False,
    )
    assert (ended.returncode, ended.stderr.count(b"Traceback")) == (0, 0)
    with Image.open(picture) as saved:
        saved.load()
        assert saved.size == (1800, 1800)
