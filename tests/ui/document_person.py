"""What a person does with files: chooses one in a dialog, answers a question, drags one over a window."""

from pathlib import Path
from typing import Any

import PySide6
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QMessageBox, QWidget

from tests.ui.person import Person

Place = QPointF if PySide6.__version_info__ >= (6, 12) else QPoint  # what drags are at, without a warning
COPY = Qt.DropAction.CopyAction
LEFT, PLAIN = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def dialog(person: Person, name: str, kind: type[Any] = QDialog) -> Any:
    """Wait for a dialog, and return it."""

    def visible() -> list[Any]:
        return [each for each in person.window.findChildren(kind, name) if each.isVisible()]

    person.wait_until(visible)
    assert len(visible()) == 1
    return visible()[0]


def is_asked(person: Person) -> bool:
    """Whether a dialog is open."""
    return any(each.isVisible() for each in person.window.findChildren(QDialog))


def answer(person: Person, question: str, choice: str) -> QMessageBox:
    """Wait for a question and answer it; the box, which is on its way out."""
    box = dialog(person, question, QMessageBox)
    box.findChild(QAbstractButton, choice).click()
    return box


def trouble(person: Person) -> str:
    """Wait for the box that says what went wrong, close it, and return what it said."""
    box = dialog(person, "trouble", QMessageBox)
    words = f"{box.text()} {box.informativeText()}"
    box.close()
    person.wait_until(lambda: not is_asked(person))
    return words


def save_in(person: Person, path: Path) -> None:
    """Choose a name in the dialog that is open, and wait until the run is saved."""
    with person.qtbot.waitSignal(person.window.features["documents"].document.saved):
        choose_file(person, "save_run", path)


def choose_file(person: Person, name: str, path: Path) -> None:
    """Choose a file in a file dialog.

    The dialog's own question whether to replace a file would wait here for an answer that nobody gives.
    """
    files = dialog(person, name, QFileDialog)
    files.setOption(QFileDialog.Option.DontConfirmOverwrite)
    files.setDirectory(str(path.parent))
    files.selectFile(path.name)
    files.accept()


def open_in(person: Person, path: Path) -> None:
    """Choose a file to open, where nothing has to be asked."""
    person.choose("file.open")
    with person.qtbot.waitSignal(person.window.features["documents"].document.opened):
        choose_file(person, "open_run", path)
    person.wait_until(lambda: person.session.snapshot is not None)


def mime(*urls: str) -> QMimeData:
    """What is dragged."""
    data = QMimeData()
    data.setUrls([QUrl(each) if "://" in each else QUrl.fromLocalFile(each) for each in urls])
    return data


def drag_over(widget: QWidget, data: QMimeData) -> bool:
    """Drag something onto a widget; whether it would be taken."""
    entered = QDragEnterEvent(Place(50, 50), COPY, data, LEFT, PLAIN)
    QApplication.sendEvent(widget, entered)
    moved = QDragMoveEvent(Place(60, 60), COPY, data, LEFT, PLAIN)
    QApplication.sendEvent(widget, moved)
    return entered.isAccepted()


def drag_away(widget: QWidget) -> None:
    """Drag it off again."""
    QApplication.sendEvent(widget, QDragLeaveEvent())


def drop_on(widget: QWidget, data: QMimeData) -> bool:
    """Drop something on a widget; whether it was taken."""
    dropped = QDropEvent(QPointF(60, 60), COPY, data, LEFT, PLAIN)
    QApplication.sendEvent(widget, dropped)
    return dropped.isAccepted()
