"""What the Help menu opens: each window once, however often it is asked for, and none stays when it is closed."""

from types import SimpleNamespace

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QWidget

from curvegui import __version__
from curvegui.core.engine.backend import NUMPY
from curvegui.ui.help.actions import HelpActions


@pytest.fixture
def told():
    return []


@pytest.fixture
def actions(qtbot, tmp_path, told):
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    offered = SimpleNamespace(offered=lambda: [])
    facts = {
        "log": tmp_path / "log",
        "features": None,
        "actions": offered,
        "notify": told.append,
        "session": SimpleNamespace(backend=NUMPY),
    }
    return HelpActions(SimpleNamespace(window=window, **facts))


def seen(actions):
    return [each for each in actions.parent().findChildren(QDialog) if each.isVisible()]


@pytest.mark.parametrize("name", ["show_guide", "show_keys", "show_log", "show_about"])
def test_a_window_is_there_once_and_goes_when_it_is_closed(actions, name):
    for _ in range(3):
        getattr(actions, name)()
        (shown,) = seen(actions)
        if name == "show_about":  # nothing else can be done meanwhile
            shown.close()
    for _ in range(2):
        for each in seen(actions):
            each.close()
        getattr(actions, name)()
        getattr(actions, name)()
        assert name == "show_about" or len(seen(actions)) == 1
    for each in seen(actions):
        each.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert actions.parent().findChildren(QDialog) == []


def test_what_it_runs_on_can_be_copied_and_that_is_said(actions, told):
    actions.copy_details()
    copied = QGuiApplication.clipboard().text()
    assert "Display: offscreen" in copied
    assert "Python 3" in copied
    assert told == [f"Copied: CurveGUI {__version__} (package) and what it runs on."]
