"""Pictures need no display, and an application that runs already is used."""

import os
import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import qInstallMessageHandler, qWarning
from PySide6.QtGui import QGuiApplication

from curvegui.figure.application import ensure_gui_application, heard_messages

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
        [sys.executable, "-c", code], env=kept | environment, capture_output=True, text=True, check=True
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


@pytest.fixture
def others():
    """What is said to the handler that was there before."""
    said = []

    def hear(_kind, _context, message):
        said.append(message)

    before = qInstallMessageHandler(hear)
    yield said
    qInstallMessageHandler(before)


def test_messages_are_heard_and_afterwards_go_where_they_went(others):
    with heard_messages() as heard:
        qWarning("one")
    qWarning("two")
    assert (heard, others) == (["one"], ["two"])


def test_the_handler_is_put_back_when_something_fails(others):
    with pytest.raises(ZeroDivisionError), heard_messages():
        1 / 0  # noqa: B018
    qWarning("after")
    assert others == ["after"]


def in_another_thread(message):
    thread = threading.Thread(target=qWarning, args=(message,))
    thread.start()
    thread.join()


def test_messages_of_other_threads_go_where_they_always_do(others):
    with heard_messages() as heard:
        in_another_thread("theirs")
    assert (heard, others) == ([], ["theirs"])


def test_messages_of_other_threads_are_written_where_there_is_no_handler(capsys):
    before = qInstallMessageHandler(None)
    try:
        with heard_messages() as heard:
            in_another_thread("theirs")
    finally:
        qInstallMessageHandler(before)
    assert heard == []
    assert "theirs" in capsys.readouterr().err
