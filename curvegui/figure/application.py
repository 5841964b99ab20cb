"""A Qt application for those who paint without a window: the command line and the notebook."""

import os
import sys

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication


def ensure_gui_application() -> QGuiApplication:
    """The running application, or a new one that needs no display and stays until the process ends.

    Raises ``RuntimeError`` if an application without fonts and pictures is running already: there can be only one.
    """
    running = QCoreApplication.instance()
    if running is None:
        return QGuiApplication(["curvegui", *_platform_arguments()])
    if not isinstance(running, QGuiApplication):
        raise RuntimeError("Pictures need a QGuiApplication, and a QCoreApplication is running in its place.")
    return running


def _platform_arguments() -> list[str]:
    """Choose the offscreen platform where there may be no display, unless someone chose another.

    Arguments concern this process alone; an environment variable would reach its children.
    """
    if sys.platform.startswith("linux") and not os.environ.get("QT_QPA_PLATFORM"):
        return ["-platform", "offscreen"]
    return []
