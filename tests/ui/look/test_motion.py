"""Whether the system's user wants less to move."""

import sys

import pytest
from PySide6.QtCore import QPoint, QProcess
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget

from curvegui.ui.look import motion
from curvegui.ui.look.motion import SystemMotion, glide, rise


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


@pytest.mark.parametrize("is_calm", [False, True])
def test_what_was_shown_before_fades_unless_less_motion_is_wanted(qtbot, monkeypatch, is_calm):
    monkeypatch.setattr(motion, "GLIDE_MS", 20)
    window = QLabel("before")
    qtbot.addWidget(window)
    window.show()
    glide(window, lambda: window.setText("after"), is_calm)
    pictures = window.findChildren(QLabel, "glide")
    assert (window.text(), len(pictures)) == ("after", 0 if is_calm else 1)
    qtbot.waitUntil(lambda: not window.findChildren(QLabel, "glide"))


@pytest.mark.parametrize("is_calm", [False, True])
def test_what_appears_rises_to_its_place_unless_less_motion_is_wanted_or_the_pointer_is_there(
    qtbot, monkeypatch, is_calm
):
    monkeypatch.setattr(motion, "GLIDE_MS", 20)
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(200, 200)
    window.show()
    card = QLabel("Saved.", window)
    card.setGeometry(50, 50, 80, 30)
    card.show()
    QCursor.setPos(window.mapToGlobal(QPoint(5, 5)))
    rise(card, is_calm)
    assert (card.y() > 50) is not is_calm
    qtbot.waitUntil(lambda: card.y() == 50)
    QCursor.setPos(window.mapToGlobal(QPoint(60, 85)))
    rise(card, is_calm)
    assert card.y() == 50
