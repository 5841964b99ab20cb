"""A program that is killed while it learns: the next start offers what it had, and goes on with it."""

import json
import os
import signal
import subprocess
import sys

import pytest

from tests.help.patience import patience_s

pytestmark = pytest.mark.costly


LEARN = """
from curvegui.core.settings.config import TrainingConfig
from tests.help.whole_app import run_app

def act(window):
    window.services.actions["look.dark"].trigger()
    window.services.session.edit(noise=0.5)
    autosave = window.features["documents"]._autosave
    autosave.begin(1)
    autosave._timer.setInterval(50)

raise SystemExit(run_app(TrainingConfig(speed=100, iterations=1_000_000_000), act))
"""

GO_ON = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from curvegui.core.settings.config import TrainingConfig
from curvegui.ui.documents.recovery_dialog import RecoveryDialog
from tests.help.whole_app import leave, run_app

def act(window):
    window.features["documents"].document.opened.connect(lambda path: QTimer.singleShot(0, write))

    def accept_when_asked():
        dialog = window.findChild(RecoveryDialog)
        if dialog is None:
            QTimer.singleShot(5, accept_when_asked)
        else:
            dialog.accept()

    def write():
        snapshot = window.services.session.snapshot
        if snapshot is None:
            QTimer.singleShot(5, write)
            return
        seen = [snapshot.iteration, snapshot.config.noise, window.windowTitle(), window.isWindowModified()]
        Path(sys.argv[1]).write_text(json.dumps(seen))
        if window.features["documents"]._autosave.is_busy:
            window.features["documents"]._autosave.became_idle.connect(lambda: leave(window))
        else:
            leave(window)

    accept_when_asked()

raise SystemExit(run_app(TrainingConfig(), act))
"""


@pytest.fixture
def home(tmp_path):
    places = dict.fromkeys(("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"), str(tmp_path))
    return {**os.environ, **places, "QT_QPA_PLATFORM": "offscreen"}


def copies(tmp_path):
    return sorted(tmp_path.rglob("autosave/window-*/*.curvegui"))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no kill -9")
def test_what_a_killed_program_had_is_offered_and_brought_back(qtbot, tmp_path, home):
    killed = subprocess.Popen([sys.executable, "-c", LEARN], env=home, stderr=subprocess.PIPE)
    qtbot.waitUntil(lambda: len(copies(tmp_path)) >= 2)
    killed.send_signal(signal.SIGKILL)
    _, errors = killed.communicate(timeout=patience_s())
    assert killed.returncode == -signal.SIGKILL
    assert b"Traceback" not in errors
    left = copies(tmp_path)

    seen = tmp_path / "seen.json"
    next_one = subprocess.run(
        [sys.executable, "-c", GO_ON, str(seen)], env=home, capture_output=True, timeout=patience_s(), check=False
    )
    assert (next_one.returncode, next_one.stderr.count(b"Traceback")) == (0, 0)
    iteration, noise, title, is_modified = json.loads(seen.read_text())
    assert iteration > 0
    assert (noise, title, is_modified) == (0.5, "Heart (recovered)[*] – CurveGUI", True)
    still = [each for each in left if each.exists()]
    assert len(still) == len(left) - 1  # the next one has that copy in its own folder now, and leaves the others
    assert len(copies(tmp_path)) > len(still)
