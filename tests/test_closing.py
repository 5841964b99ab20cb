"""Closing the window while it trains as fast as it can: always clean, never late."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from curvegui.core.config import FULL_SPEED, TrainingConfig
from curvegui.session.preferences import PreferencesFile
from curvegui.session.session import Session
from curvegui.ui.main_window import MainWindow

TIMES = 50
PATIENCE_S = 60  # for a slow machine; the app itself gives its thread 2 s


def test_the_window_closes_at_full_speed_every_time(qtbot, tmp_path):
    threads = threading.active_count()
    for _ in range(TIMES):
        session = Session(TrainingConfig(speed=FULL_SPEED, iterations=1_000_000_000))
        window = MainWindow(session, PreferencesFile(tmp_path / "preferences.json"), tmp_path / "log")
        window.show()
        with qtbot.waitSignal(session.snapshot_ready, check_params_cb=lambda delivery: delivery.snapshot.iteration):
            session.run()
        window.close()
        assert session.close()
        window.deleteLater()
    assert threading.active_count() == threads


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals between processes")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_closes_the_app_with_status_0(number, tmp_path):
    ready = tmp_path / "ready"
    os.mkfifo(ready)  # reading it waits until the app has written
    places = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(tmp_path))
    environment = {**os.environ, **places, "QT_QPA_PLATFORM": "offscreen", "CURVEGUI_READY_FILE": str(ready)}
    app = subprocess.Popen(
        [sys.executable, "-m", "curvegui", "--speed", "0", "--iterations", "1000000000"],
        env=environment,
        stderr=subprocess.PIPE,
    )
    assert int(ready.read_text()) == app.pid
    app.send_signal(number)
    _, errors = app.communicate(timeout=PATIENCE_S)
    assert app.returncode == 0
    assert b"Traceback" not in errors
    assert b"QThread" not in errors
