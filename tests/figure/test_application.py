"""Pictures need no display, and an application that runs already is used."""

import os
import subprocess
import sys

from PySide6.QtGui import QGuiApplication

from curvegui.figure.application import ensure_gui_application

ALONE = """
import gc, os
from PySide6.QtGui import QGuiApplication
from curvegui.figure.application import ensure_gui_application
ensure_gui_application()
gc.collect()
print(QGuiApplication.platformName(), ensure_gui_application() is QGuiApplication.instance(),
      os.environ.get("QT_QPA_PLATFORM"))
"""
CORE_FIRST = """
from PySide6.QtCore import QCoreApplication
from curvegui.figure.application import ensure_gui_application
application = QCoreApplication([])
try:
    ensure_gui_application()
except RuntimeError as error:
    print(error)
"""


def output_of(code: str, **environment: str) -> str:
    """Run code in a process that knows of no display."""
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    kept = {key: value for key, value in os.environ.items() if key not in hidden}
    run = subprocess.run(
        [sys.executable, "-c", code], env=kept | environment, capture_output=True, text=True, timeout=60, check=True
    )
    return run.stdout.strip()


def test_the_running_application_is_used(qapp: QGuiApplication) -> None:
    assert ensure_gui_application() is qapp


def test_a_new_application_needs_no_display_stays_alive_and_leaves_the_environment_alone() -> None:
    platform = {"linux": "offscreen", "darwin": "cocoa", "win32": "windows"}[sys.platform]
    assert output_of(ALONE) == f"{platform} True None"


def test_a_platform_that_someone_chose_is_kept() -> None:
    assert output_of(ALONE, QT_QPA_PLATFORM="minimal") == "minimal True minimal"


def test_an_application_that_cannot_paint_is_named() -> None:
    assert "QCoreApplication is running" in output_of(CORE_FIRST)
