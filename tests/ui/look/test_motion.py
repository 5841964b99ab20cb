"""Whether the system's user wants less to move."""

import sys

import pytest
from PySide6.QtCore import QProcess
from PySide6.QtGui import QGuiApplication

from curvegui.ui.look import motion
from curvegui.ui.look.motion import SystemMotion


@pytest.mark.skipif(sys.platform == "win32", reason="it answers at once there")
@pytest.mark.parametrize(("answer", "wants_less"), [("less", True), ("all", False)])
def test_the_system_is_asked_without_waiting_for_its_answer(qtbot, qapp, monkeypatch, answer, wants_less):
    monkeypatch.setitem(motion.ASKED, sys.platform, (sys.executable, ["-c", f"print('{answer}')"], "less"))
    told = []
    asking = SystemMotion(qapp)
    asking.wanted_less.connect(lambda: told.append(True))
    asking.ask()  # there is no system to ask
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    with qtbot.waitSignal(asking.findChild(QProcess).finished):
        asking.ask()
    assert bool(told) is wants_less
    asking.deleteLater()
