"""How the monkey answers what asks it: questions, file dialogs, menus; and how it gets out of what would hold it."""

from random import Random
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QThread, QTimer, QTimerEvent, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QDialog, QFileDialog, QMenu, QMessageBox, QWidget

from tests.monkey.action import aimed, asked, deed

if TYPE_CHECKING:
    from tests.monkey.life import Life

WAIT_MS = 5
MOST_ANSWERS = 3  # to one thing that does not let go
NAMES = (
    "saved",
    "tiny.curvegui",
    "picture.png",
    "film.gif",
    "odd name 日本.svg",
    "x" * 300,
    "no/such/folder.pdf",
    "a.py",
)


@deed(4)
def reply(life: "Life", chance: Random) -> None:
    """Answer what asks, if anything does, or close a window that lies about."""
    others = [(type(each).__name__, each) for each in life.reach.windows if each is not life.window]
    if (asking := asked() or aimed(chance, others)) is not None:
        answer(life, chance, asking)


def answer(life: "Life", chance: Random, asking: QWidget) -> None:
    """Answer a dialog or a menu in one of the ways that it offers, or not at all."""
    if isinstance(asking, QPrintDialog):
        asking.reject()
    elif isinstance(asking, QFileDialog):
        _choose_file(life, chance, asking)
    elif isinstance(asking, QMenu):
        _choose_entry(chance, asking)
    elif isinstance(asking, QMessageBox) or chance.random() < 0.6:
        buttons = [each for each in asking.findChildren(QAbstractButton) if each.isVisible() and each.isEnabled()]
        button = aimed(chance, [(f"{each.objectName()}/{each.text()}", each) for each in buttons])
        if button is not None:
            button.click()
    else:
        asking.close()


def _choose_file(life: "Life", chance: Random, dialog: QFileDialog) -> None:
    """Choose a file, or none."""
    if chance.random() < 0.3:
        dialog.reject()
        return
    if dialog.acceptMode() == QFileDialog.AcceptMode.AcceptOpen:
        path = life.file(chance)
    else:
        path = life.folder / chance.choice(NAMES)
        dialog.selectNameFilter(chance.choice(dialog.nameFilters() or [""]))
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite, chance.random() < 0.5)
    dialog.setDirectory(str(path.parent))
    dialog.selectFile(str(path))
    dialog.accept()


def _choose_entry(chance: Random, menu: QMenu) -> None:
    """Choose an entry of a menu that is open, or none."""
    entry = aimed(chance, [(each.text(), each) for each in menu.actions() if each.isVisible() and each.isEnabled()])
    if entry is None or entry.isSeparator() or chance.random() < 0.3:
        menu.close()
    else:
        menu.setActiveAction(entry)
        QTest.keyClick(menu, Qt.Key.Key_Return)


class NestedAnswers(QObject):
    """Answers what waits in an event loop of its own: while the monkey's action is under way, nobody else would."""

    def __init__(self, life: "Life") -> None:
        super().__init__()
        self._life, self._count, self._at = life, 0, -1
        self.startTimer(WAIT_MS)

    def timerEvent(self, event: QTimerEvent) -> None:
        """Only where a loop runs within the action. What answers may begin one more, in which this has to ring, too."""
        if QThread.currentThread().loopLevel() > 0 and self._life.window is not None:
            self._life.watch.piece()  # such a loop serves the window as well: what is between two rings is a piece
            QTimer.singleShot(0, self, self._answer)

    @Slot()
    def _answer(self) -> None:
        if self._life.window is None:
            return
        action, asking = self._life.action, asked()
        self._count = self._count + 1 if self._at == action.number else 1
        self._at = action.number
        if asking is None or self._count > MOST_ANSWERS * 5:
            self._get_out(asking)
        elif self._count > MOST_ANSWERS:
            asking.close()
        else:
            answer(self._life, action.chance(self._count), asking)

    def _get_out(self, asking: QWidget | None) -> None:
        window = QGuiApplication.focusWindow() or self._life.window.windowHandle()
        if isinstance(asking, QDialog):
            asking.reject()
        elif window is not None:  # something is dragged
            QTest.keyPress(window, Qt.Key.Key_Escape)
        if self._count > MOST_ANSWERS * 20:
            self._life.watch.note(f"nothing ends the loop of {type(asking).__name__}", "answers")
