"""What a person does with a window: looks for a control by its name, clicks, drags, types, and looks at colours."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QContextMenuEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QSlider, QStyle, QStyleOptionSlider, QWidget

from curvegui.session.run.session import Session
from curvegui.ui.look.theme import Theme, set_theme
from curvegui.ui.window.main_window import MainWindow

LEFT = Qt.MouseButton.LeftButton
Key = Qt.Key
Modifier = Qt.KeyboardModifier


class Person:
    """Someone in front of a window.

    ``session``: behind the window; to look at, not to steer.
    """

    def __init__(self, qtbot: Any, window: MainWindow, session: Session) -> None:
        self.qtbot, self.window, self.session = qtbot, window, session
        self.has_seen_a_picture = False
        window.canvas.painted.connect(self._see_picture)

    def _see_picture(self) -> None:
        self.has_seen_a_picture = True

    # Waiting

    def wait_until(self, condition: Callable[[], object]) -> None:
        """Wait for a condition."""
        self.qtbot.waitUntil(lambda: bool(condition()))

    def wait_for_first_picture(self) -> None:
        """Wait until the run is there and the canvas has shown it."""
        self.wait_until(lambda: self.has_seen_a_picture and self.session.snapshot is not None)

    def reach(self, iteration: int) -> None:
        """Wait until the run has come so far."""
        self.wait_until(lambda: self.session.snapshot is not None and self.session.snapshot.iteration >= iteration)

    def catch_up(self) -> None:
        """Wait until the session has seen all that was asked for."""
        arrived: list[bool] = []
        self.session.when_up_to_date(lambda: arrived.append(True))
        self.wait_until(lambda: arrived)

    def learn(self, iterations: int) -> None:
        """Make so many iterations, through the menu, and wait for the last one."""
        self.reach(0)  # the run is there
        self.catch_up()
        goal = self.session.snapshot.iteration + iterations
        for step in (1_000, 100, 10, 1):
            times, iterations = divmod(iterations, step)
            for _ in range(times):
                self.choose(f"run.step_{step}")
        self.wait_until(lambda: self.session.snapshot.iteration == goal and not self.session.phase.is_learning)

    # Finding

    def find(self, name: str, kind: type[Any] = QWidget) -> Any:
        """The one widget of that name that is not on its way out."""
        found = self._visible(name, kind)
        if not found and self._reveal(name):
            found = self._visible(name, kind)
        if not found:  # it comes with the next picture, or with an answer
            with suppress(self.qtbot.TimeoutError):  # what is missing is said below
                self.wait_until(lambda: self._visible(name, kind))
            found = self._visible(name, kind)
        assert len(found) == 1, f"{len(found)} visible widgets are called {name}"
        return found[0]

    def _reveal(self, name: str) -> bool:
        """Go where something is seen only then; return whether there is such a place."""
        more = self._visible("settings.more")
        if name == "editor.speed":  # of another speed than the usual ones, or where one types
            steps = self._visible("speed.steps")[0].findChildren(QAbstractButton)
            self.click(next(each.objectName() for each in steps if each.isChecked()))
            return True
        if more and not more[0].isChecked() and name.startswith(("editor.", "error.")):
            self.click("settings.more")
        return bool(more)

    def _visible(self, name: str, kind: type[Any] = QWidget) -> list[Any]:
        return [each for each in self.window.findChildren(kind, name) if each.isVisibleTo(self.window)]

    def action(self, id_: str) -> Any:
        """An action by its id."""
        return self.window.services.actions[id_]

    def shows(self, name: str) -> bool:
        """Whether a widget of that name is on the screen."""
        return any(each.isVisible() for each in self.window.findChildren(QWidget, name))

    @property
    def focus(self) -> str:
        """The name of what has the focus."""
        widget = QApplication.focusWidget()
        return widget.objectName() if widget else ""

    # Hands

    def choose(self, id_: str) -> None:
        """Choose an action, as from its menu; another theme is then seen everywhere."""
        action = self.action(id_)
        assert action.isEnabled(), f"{id_} cannot be chosen"
        action.trigger()

    def click(self, name: str, where: QPoint | None = None) -> None:
        """Click on a widget."""
        widget = self.find(name)
        assert widget.isEnabled(), f"{name} cannot be clicked"
        QTest.mouseClick(widget, LEFT, pos=where or widget.rect().center())

    def tab_to(self, name: str) -> Any:
        """Give a widget the focus as Tab does."""
        widget = self.find(name)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        assert self.focus == name
        return widget

    def press(self, *keys: Qt.Key, modifiers: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
        """Press keys, which go wherever the focus is."""
        for key in keys:
            QTest.keyClick(self.window.windowHandle(), key, modifiers)

    def enter(self, name: str, text: str) -> None:
        """Click into a box, type a text in place of what is there, and press Enter."""
        box = self.find(name)
        self.click(name)
        box.selectAll()
        if not text:
            self.press(Key.Key_Delete)
        QTest.keyClicks(box, text)
        self.press(Key.Key_Return)

    def enter_setting(self, name: str, text: str) -> None:
        """Type the value of a setting and press Enter."""
        self.enter(f"editor.{name}", text)

    def turn_wheel(self, name: str, notches: int) -> None:
        """Turn the wheel over a widget."""
        widget = self.find(name)
        place = widget.mapTo(self.window, widget.rect().center())
        assert self.window.childAt(place) is widget, f"{name} is out of reach"
        QTest.wheelEvent(self.window.windowHandle(), QPointF(place), QPoint(0, 120 * notches))

    def drag_slider(self, name: str, *positions: int) -> None:
        """Take a slider by its handle and move it over some positions."""
        slider = self.find(name, QSlider)
        QTest.mousePress(slider, LEFT, pos=handle(slider).center())
        for position in positions:
            QTest.mouseMove(slider, QPoint(_across(slider, position), slider.rect().center().y()))
        QTest.mouseRelease(slider, LEFT, pos=QPoint(_across(slider, positions[-1]), slider.rect().center().y()))

    def point_at(self, widget: QWidget, place: QPoint) -> None:
        """Move the pointer over a widget, no button pressed."""
        for step in (QPoint(1, 1), QPoint(0, 0)):  # a pointer that is there already would not be noticed
            QTest.mouseMove(widget, place + step)

    # Eyes

    def read(self, name: str) -> str:
        """The text of a widget."""
        return str(self.find(name).text())


def menu_at(widget: QWidget, place: QPoint, reason: Any = QContextMenuEvent.Reason.Mouse) -> Any:
    """The menu that the right button, or the menu key, opens there."""
    QApplication.sendEvent(widget, QContextMenuEvent(reason, place, widget.mapToGlobal(place)))
    return QApplication.activePopupWidget()


def choose_in(menu: Any, words: str) -> None:
    """Choose the entry of a menu that begins with some words, and close it."""
    next(each for each in menu.actions() if each.text().replace("&", "").startswith(words)).trigger()
    menu.close()


def handle(slider: QSlider) -> Any:
    """Where the handle of a slider is."""
    option = QStyleOptionSlider()
    slider.initStyleOption(option)
    control = QStyle.ComplexControl.CC_Slider
    return slider.style().subControlRect(control, option, QStyle.SubControl.SC_SliderHandle, slider)


def _across(slider: QSlider, position: int) -> int:
    """How far to the right the pointer is when it has drawn the handle's centre to a position."""
    size = handle(slider).width()
    return round(size / 2 + (slider.width() - size) * position / slider.maximum())


def put_on(theme: Theme) -> None:
    """Put a theme on, as the View menu does."""
    set_theme(theme)


def picture(widget: QWidget) -> QImage:
    """What a widget looks like now."""
    return widget.grab().toImage()


def pixels_near(image: QImage, colour: str, within: int = 24) -> int:
    """How many pixels have about that colour: each of red, green and blue by at most ``within`` away."""
    rgb = QColor(colour).getRgb()[:3]
    distance = np.abs(colours(image).astype(np.int16) - np.array(rgb, np.int16))
    return int((distance <= within).all(axis=2).sum())


def colours(image: QImage) -> NDArray[np.uint8]:
    """Red, green and blue of every pixel, shape (height, width, 3)."""
    image = image.convertToFormat(QImage.Format.Format_RGBA8888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 4 * image.width()].reshape(image.height(), image.width(), 4)[:, :, :3].copy()
