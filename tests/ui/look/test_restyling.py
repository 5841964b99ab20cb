"""A theme is put on widgets that are there a few at a time, and is seen when all have it."""

import weakref

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from curvegui.ui.look import theme
from curvegui.ui.look.theme import DARK, LIGHT, is_styled, set_theme
from tests.ui.person import pixels_near

BUTTONS = 12


def buttons(qtbot):
    """A window with buttons that has been painted."""
    window = QWidget()
    column = QVBoxLayout(window)
    for number in range(BUTTONS):
        column.addWidget(QPushButton(str(number)))
    window.show()
    qtbot.waitUntil(lambda: not on_screen(window).isNull())
    return window


def on_screen(window):
    return window.screen().grabWindow(window.winId()).toImage()


@pytest.fixture
def one_at_a_time(monkeypatch):
    monkeypatch.setattr(theme, "SLICE_S", 0)


@pytest.mark.usefixtures("light_theme", "one_at_a_time")
def test_the_window_lives_on_while_its_widgets_get_a_theme_and_is_then_painted_in_it(qtbot):
    window, turns = buttons(qtbot), []
    qtbot.addWidget(window)
    assert pixels_near(on_screen(window), LIGHT.chip, 0) > 100
    before, timer = on_screen(window), QTimer(window)
    timer.timeout.connect(lambda: is_styled() or turns.append(on_screen(window)))
    timer.start(0)
    set_theme(DARK)
    window.update()  # what is due meanwhile is painted in the end
    qtbot.waitUntil(is_styled)
    timer.stop()
    assert len(turns) >= BUTTONS
    assert all(turn == before for turn in turns)
    qtbot.waitUntil(lambda: pixels_near(on_screen(window), DARK.chip, 0) > 100)
    assert pixels_near(on_screen(window), LIGHT.chip, 0) == 0


@pytest.mark.usefixtures("light_theme", "one_at_a_time")
def test_a_window_may_be_gone_before_it_has_its_theme_and_is_kept_by_nobody(qtbot):
    window = buttons(qtbot)
    set_theme(DARK)
    window.close()
    window.deleteLater()
    qtbot.waitUntil(is_styled)
    kept = weakref.ref(window)
    del window
    assert kept() is None
