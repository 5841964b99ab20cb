"""What someone in front of the app does: chooses, clicks, drags, types, and carries files over the window."""

from pathlib import Path
from typing import Any

from looking import LOOK_MS, Looking, Lost
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLineEdit,
    QWidget,
)

FRAME_MS = 35  # after which what is drawn on the canvas has its next stroke
LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PLAIN = Qt.KeyboardModifier.NoModifier


class Hands(Looking):
    """Uses what can be seen."""

    def choose(self, id_: str) -> None:
        """Choose an action, as from its menu."""
        action = self.action(id_)
        if not action.isEnabled():
            raise Lost(f"{id_} cannot be chosen")
        action.trigger()
        self.rest()

    def check(self, id_: str, wanted: bool = True) -> None:
        """Check an action, or take its tick away."""
        if self.action(id_).isChecked() != wanted:
            self.choose(id_)

    def click(self, widget: QWidget | str) -> None:
        """Click on a button. No pointer does it, as one would stay there, and light up what comes to lie under it."""
        button = self.find_a(QAbstractButton, widget) if isinstance(widget, str) else widget
        if not isinstance(button, QAbstractButton) or not button.isEnabled():
            raise Lost(f"{button.objectName()} cannot be clicked")
        button.click()
        self.rest()

    def take_pointer_away(self) -> None:
        """Put the pointer into a corner where it lights up nothing; else it is where the last scene has left it."""
        corner = self.window.statusBar()
        self.point_at(corner, corner.rect().bottomRight() - QPoint(2, 2))

    def point_at(self, widget: QWidget, place: QPoint) -> None:
        """Move the pointer over a widget, no button pressed."""
        for step in (QPoint(1, 1), QPoint(0, 0)):  # a pointer that is there already would not be noticed
            QTest.mouseMove(widget, place + step)
            QTest.qWait(LOOK_MS)

    def drag(self, widget: QWidget, *places: QPoint, drop: bool = True) -> None:
        """Press at the first place, and move over the others."""
        QTest.mousePress(widget, LEFT, PLAIN, places[0])
        for place in places[1:]:
            _move_pressed(widget, place)
            QTest.qWait(FRAME_MS)
        if drop:
            QTest.mouseRelease(widget, LEFT, PLAIN, places[-1])
        self.rest()

    def press(self, widget: QWidget, *keys: Qt.Key, modifier: Qt.KeyboardModifier = PLAIN) -> None:
        """Press keys while a widget has the focus."""
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        for key in keys:
            QTest.keyClick(widget, key, modifier)
            QTest.qWait(LOOK_MS)

    def enter(self, name: str, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
        """Type a text into a box in place of what is there, and press Enter."""
        box: Any = self.find(name)
        box.setFocus(Qt.FocusReason.MouseFocusReason)
        box.selectAll()
        QTest.keyClicks(box, text)
        QTest.keyClick(box, key)
        self.rest()

    def fill(self, name: str, text: str) -> None:
        """Type a text into a box of a dialog and go to the next one: Enter would press the dialog's first button."""
        self.enter(name, text, Qt.Key.Key_Tab)

    def pick(self, name: str, words: str) -> None:
        """Choose a line of a list that drops down, as a person does, so that what listens to that alone hears it."""
        box = self.find_a(QComboBox, name)
        index = box.findText(words, Qt.MatchFlag.MatchContains)
        if index < 0 and self.is_speechless:
            index = box.count() - 1
        if index < 0:
            raise Lost(f"{name} has no line “{words}”")
        box.setCurrentIndex(index)
        box.activated.emit(index)
        self.rest()

    def go_to_first_lines(self, dialog: QWidget) -> None:
        """Make the first line of each list the present one: whether it is depends on when the list was filled."""
        for view in dialog.findChildren(QAbstractItemView):
            if view.isVisible() and view.model() is not None and view.model().rowCount():
                view.setCurrentIndex(view.model().index(0, 0))

    def name_file(self, dialog: QWidget, path: Path) -> None:
        """Name a file in one of Qt's own dialogs, and press Enter."""
        line = dialog.findChild(QLineEdit, "fileNameEdit")  # as Qt calls it
        if line is None:
            raise Lost("This is no dialog for files")
        line.setText(str(path))
        QTest.keyClick(line, Qt.Key.Key_Return)
        self.rest()

    def carry(self, path: Path) -> QMimeData:
        """Carry a file over the window; return what is carried."""
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        place, copy = self.window.rect().center(), Qt.DropAction.CopyAction
        QApplication.sendEvent(self.window, QDragEnterEvent(place, copy, data, LEFT, PLAIN))
        return data

    def drop(self, path: Path) -> None:
        """Drop a file on the window."""
        data, place, copy = self.carry(path), QPointF(self.window.rect().center()), Qt.DropAction.CopyAction
        QApplication.sendEvent(self.window, QDropEvent(place, copy, data, LEFT, PLAIN))


def inside(widget: QWidget) -> QWidget:
    """What takes the mouse in a widget that scrolls."""
    return widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget


def part_of(widget: QWidget, across: float, down: float) -> QPoint:
    """A place in a widget, in parts of its width and height."""
    return QPoint(round(across * widget.width()), round(down * widget.height()))


def _move_pressed(widget: QWidget, place: QPoint) -> None:
    """Move with the left button pressed, which `QTest.mouseMove` does not say."""
    spot, everywhere = QPointF(place), QPointF(widget.mapToGlobal(place))
    QApplication.sendEvent(widget, QMouseEvent(QEvent.Type.MouseMove, spot, everywhere, NO_BUTTON, LEFT, PLAIN))
