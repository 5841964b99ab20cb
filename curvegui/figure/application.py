"""Qt for those who paint without a window: its application, and what it says in its log and nowhere else."""

import atexit
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, get_ident

from PySide6.QtCore import QCoreApplication, QMessageLogContext, QtMsgType, qFormatLogMessage, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication


def ensure_gui_application() -> QGuiApplication:
    """The running application, or a new one that needs no display and stays until the process ends. Raises
    ``RuntimeError`` if an application without fonts and pictures is running, as there can be only one application."""
    running = QCoreApplication.instance()
    if running is None:
        # offscreen where there may be no display, unless someone chose another platform; arguments concern this process
        # alone, an environment variable would reach its children
        is_free = sys.platform.startswith("linux") and not os.environ.get("QT_QPA_PLATFORM")
        return QGuiApplication(["curvegui", *(["-platform", "offscreen"] if is_free else [])])
    if not isinstance(running, QGuiApplication):
        raise RuntimeError("Pictures need a QGuiApplication, and a QCoreApplication is running in its place.")
    return running


Handler = Callable[[QtMsgType, QMessageLogContext, str], None]


def _say(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(f"{qFormatLogMessage(kind, context, message)}\n")


_one_at_a_time = Lock()  # there is one handler in a process; two that overlap could be taken off in the wrong order


@contextmanager
def heard_messages() -> Iterator[list[str]]:
    """Qt's log messages of this thread go into the list; messages of other threads are logged as always."""
    heard: list[str] = []
    thread = get_ident()

    def hear(kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        if get_ident() == thread:
            heard.append(message)
        else:
            before(kind, context, message)

    with _one_at_a_time:
        before: Handler = qInstallMessageHandler(hear) or _say
        try:
            yield heard
        finally:
            # never none: PySide crashes where another thread has begun to hand a message to one that is taken off then
            qInstallMessageHandler(before)


atexit.register(qInstallMessageHandler, None)  # Qt may still say something when Python has ended
