"""Someone in front of the app: finds things by the names that the app gives them, uses them, and takes pictures.

Nothing here knows a module or a class of the app: only Qt's classes, the objects' names, and the words on them.
"""

from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

from album import Album, words_in
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QThreadPool, QTimer, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDropEvent, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDialog,
    QDockWidget,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMainWindow,
    QMenu,
    QWidget,
)
from trained import ITERATIONS

PATIENCE_S = 60  # only what is broken takes so long
LOOK_MS = 10  # between two looks at whether something has come
CALM_MS, CALM_LOOKS = 90, 3  # a picture that stays the same for so many looks is at rest
LONG_MS = 700  # longer than anything waits for a hand to rest
FEW = 4  # widgets, of an empty dock
LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PLAIN = Qt.KeyboardModifier.NoModifier
Kind = TypeVar("Kind", bound=QWidget)


class Lost(AssertionError):  # noqa: N818 - it is what the visitor is
    """Something that a scene needs is not there, or does not come."""


class Visitor:
    """Someone in front of the app.

    Parameters
    ----------
    album : Album
        Where the pictures go.
    home, runs : Path
        The visitor's own folder, and the one of the runs that were made before.

    Attributes
    ----------
    home : Path
    runs : Path
    """

    def __init__(self, album: Album, home: Path, runs: Path) -> None:
        self._album, self.home, self.runs = album, home, runs

    # Waiting

    def wait(self, what: str, holds: Callable[[], object]) -> None:
        """Live on until something holds.

        Raises
        ------
        Lost
            If it never does.
        """
        until = monotonic() + PATIENCE_S
        while not holds():
            if monotonic() > until:
                raise Lost(f"Waited in vain: {what}")
            QTest.qWait(LOOK_MS)

    def rest(self) -> None:
        """Let what has just been done have its effect."""
        QTest.qWait(2 * LOOK_MS)

    def linger(self) -> None:
        """Let also those have their time that wait until a hand rests."""
        QTest.qWait(LONG_MS)

    def wait_for_text(self, name: str, part: str) -> None:
        """Live on until a label, or another widget with a text, says something."""
        self.wait(f"{name} says “{part}”", lambda: part in self.read(name))

    def wait_for_end(self, name: str, part: str, inside: QWidget) -> None:
        """Live on until a label in a dialog says how something has ended."""
        self.wait(f"{name} says “{part}”", lambda: part in self.find(name, QLabel, inside).text())

    # Finding

    @property
    def window(self) -> QMainWindow:
        """The main window."""
        found = [each for each in _seen_windows() if isinstance(each, QMainWindow)]
        if len(found) != 1:
            raise Lost(f"There are {len(found)} main windows")
        return found[0]

    def wait_for_window(self) -> None:
        """Live on until the main window is there, and is the one that keys go to."""
        self.wait("the window opens", lambda: any(isinstance(each, QMainWindow) for each in _seen_windows()))
        self.window.setAnimated(False)
        self.come_back()

    def wait_for_run(self, path: str) -> None:
        """Live on until the run of a file is there, and nothing is said about that any more."""
        self.wait(f"{path} is opened", lambda: self.window.windowFilePath() == path)
        self.wait_for_message("Opened")
        self.wait_for_iteration(ITERATIONS[Path(path).stem])
        self.hush()

    def wait_for_message(self, part: str) -> None:
        """Live on until the status bar says something in passing."""
        self.wait(f"the status bar says “{part}”", lambda: part in self.window.statusBar().currentMessage())

    def hush(self) -> None:
        """Let the status bar say nothing in passing: it would end when its time is over."""
        self.window.statusBar().showMessage("")
        self.rest()

    def learn(self, iterations: int) -> None:
        """Make some hundreds of iterations, and wait for the last one."""
        goal = int(self.read("status.iteration").split(" of ")[0].replace(",", "")) + iterations
        for _ in range(iterations // 100):
            self.action("run.step_100").trigger()
        self.wait_for_iteration(goal)
        self.wait_for_pause()

    def wait_for_iteration(self, iteration: int) -> None:
        """Live on until the run has come so far, and the window says so."""
        words = f"{iteration:,} of "
        self.wait(f"the run is at iteration {iteration}", lambda: self.read("status.iteration").startswith(words))

    def wait_for_pause(self) -> None:
        """Live on until the run stands still."""
        self.wait("the run is paused", lambda: "Run" in self.action("run.toggle").text())

    def pause_at_start(self) -> None:
        """Pause a run that has begun by itself, and go back to where it began."""
        self.wait("it learns", lambda: "Pause" in self.action("run.toggle").text())
        self.choose("run.toggle")
        self.wait_for_pause()
        self.choose("run.reset")
        self.wait_for_iteration(0)

    def come_back(self) -> None:
        """Make the main window the one that keys go to, as it is after a dialog, unless one is in front of it."""
        if QApplication.activeModalWidget() is None:
            self.window.activateWindow()
            self.wait("the window is active", lambda: self.window.isActiveWindow() or QApplication.activeModalWidget())

    def find(self, name: str, kind: type[Kind] = QWidget, inside: QWidget | None = None) -> Kind:
        """The one widget of that name that can be seen; what is made when it is needed is waited for."""
        self.wait(f"there is one {name}", lambda: len(self.all_of(name, kind, inside)) == 1)
        return self.all_of(name, kind, inside)[0]

    def all_of(self, name: str, kind: type[Kind] = QWidget, inside: QWidget | None = None) -> list[Kind]:
        """Every widget of that name that can be seen, in any window or in one."""
        places = [inside] if inside is not None else _seen_windows()
        found = [each for place in places for each in place.findChildren(kind, name)]
        found += [each for each in places if isinstance(each, kind) and each.objectName() == name]
        return [each for each in dict.fromkeys(found) if each.isVisible()]

    def button(self, words: str, inside: QWidget) -> QWidget:
        """The button that has these words on it."""
        found = [
            each
            for each in inside.findChildren(QWidget)
            if each.isVisible() and str(each.property("text") or "").replace("&", "") == words
        ]
        if len(found) != 1:
            raise Lost(f"{len(found)} buttons say “{words}”")
        return found[0]

    def menus(self) -> list[QMenu]:
        """All menus of the menu bar, and those in them; Qt has one of its own, for what the bar has no room for."""
        return [menu for menu in self.window.menuBar().findChildren(QMenu) if menu.objectName()]

    def action(self, id_: str) -> QAction:
        """An action of the window by its id."""
        action = self.window.findChild(QAction, f"action.{id_}")
        if action is None:
            raise Lost(f"There is no action {id_}")
        return action

    def read(self, name: str) -> str:
        """The text of a widget of the window, whether it has room or not."""
        label = self.window.findChild(QLabel, name)
        return label.text() if label is not None else ""

    def dock(self, name: str) -> QDockWidget:
        """A dock, brought to the front; what is in it may be made only now."""
        dock = self.window.findChild(QDockWidget, f"dock.{name}")
        if dock is None:
            raise Lost(f"There is no dock {name}")
        dock.show()
        dock.raise_()
        self.wait(f"the dock {name} is filled", lambda: len(dock.widget().findChildren(QWidget)) > FEW)
        self.rest()
        return dock

    def dock_alone(self, name: str) -> QDockWidget:
        """A dock, with all the height that docks have."""
        dock = self.dock(name)
        for other in self.window.findChildren(QDockWidget):
            if other is not dock and self.window.tabifiedDockWidgets(other).count(dock) == 0:
                other.hide()
        self.rest()
        return dock

    # Hands

    def go_to_first_lines(self, dialog: QWidget) -> None:
        """Make the first line of each list the present one: whether it is depends on when the list was filled."""
        for view in dialog.findChildren(QAbstractItemView):
            if view.isVisible() and view.model() is not None and view.model().rowCount():
                view.setCurrentIndex(view.model().index(0, 0))

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
        button = self.find(widget, QAbstractButton) if isinstance(widget, str) else widget
        if not isinstance(button, QAbstractButton) or not button.isEnabled():
            raise Lost(f"{button.objectName()} cannot be clicked")
        button.click()
        self.rest()

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
            QTest.qWait(LOOK_MS)
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
        box = self.find(name, QComboBox)
        index = box.findText(words)
        if index < 0:
            raise Lost(f"{name} has no line “{words}”")
        box.setCurrentIndex(index)
        box.activated.emit(index)
        self.rest()

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

    def open(self, name: str) -> None:
        """Open another of the runs that were made before."""
        path = self.runs / f"{name}.curvegui"
        self.drop(path)
        self.wait_for_run(str(path))

    # Dialogs

    def while_open(self, trigger: Callable[[], object], act: Callable[[QWidget], object]) -> None:
        """Do something that opens a dialog or a menu, act on that, and close it.

        The dialog may hold up the caller, as those do that run an event loop of their own: a timer acts meanwhile.

        Parameters
        ----------
        trigger : callable
            Opens it.
        act : callable
            Is handed the window that has come.
        """
        before = _seen_windows()
        ended: list[Exception | None] = []
        timer = QTimer()

        def look() -> None:
            fresh = [each for each in _seen_windows() if each not in before]
            if not fresh:
                return
            timer.stop()
            try:
                self._face(fresh[0])
                act(fresh[0])
                ended.append(None)
            except Exception as error:  # Qt would swallow it
                self.show_all("failed-in-dialog")
                ended.append(error)
            finally:
                _close_all_but(before)

        timer.timeout.connect(look)
        timer.start(LOOK_MS)
        try:
            trigger()
            self.wait("a dialog opens", lambda: ended)
        finally:
            timer.stop()
        if ended[0] is not None:
            raise ended[0]
        self.rest()

    def _face(self, opened: QWidget) -> None:
        """Make a dialog the window that keys go to; a menu takes them anyway."""
        if opened.windowType() != Qt.WindowType.Popup:
            opened.activateWindow()
            self.wait("the dialog is active", opened.isActiveWindow)

    def while_chosen(self, id_: str, act: Callable[[QWidget], object]) -> None:
        """Choose an action that opens a dialog, and act on that."""
        self.while_open(lambda: self.choose(id_), act)
        self.come_back()

    # Eyes

    def see(self, name: str, widget: QWidget | None = None) -> None:
        """Take a picture of a widget, or of the window, as soon as it is at rest."""
        shown = self.window if widget is None else widget
        if isinstance(shown, QFileDialog):
            shown.setViewMode(QFileDialog.ViewMode.List)  # without dates and sizes
        self._album.add(name, self.settled(shown), words_in(shown))

    def show_all(self, name: str) -> None:
        """Take pictures of all windows, whether they are at rest or not: something has gone wrong."""
        for number, window in enumerate(_seen_windows(), start=1):
            self._album.add(f"{name}-{number}", window.grab().toImage(), words_in(window))

    def settled(self, widget: QWidget) -> QImage:
        """What a widget looks like when nothing changes in it any more."""
        until, last, same = monotonic() + PATIENCE_S, QImage(), 0
        while same < CALM_LOOKS:
            if monotonic() > until:
                raise Lost("A picture never comes to rest")
            QTest.qWait(CALM_MS)
            image = widget.grab().toImage()
            same = same + 1 if image == last and _is_pool_idle() else 0
            last = image
        return last

    def see_menu(self, name: str, menu: QMenu) -> None:
        """Take a picture of a menu, opened."""
        corner = self.window.mapToGlobal(QPoint(40, 40))
        self.while_open(lambda: menu.popup(corner), lambda opened: self.see(name, opened))

    def see_dialog(self, name: str, id_: str) -> None:
        """Take a picture of the dialog that an action opens."""
        self.while_chosen(id_, lambda dialog: self.see(name, dialog))


def inside(widget: QWidget) -> QWidget:
    """What takes the mouse in a widget that scrolls."""
    return widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget


def part_of(widget: QWidget, across: float, down: float) -> QPoint:
    """A place in a widget, in parts of its width and height."""
    return QPoint(round(across * widget.width()), round(down * widget.height()))


def _seen_windows() -> list[QWidget]:
    """All windows on the screen, without what is said beside the pointer."""
    tip = Qt.WindowType.ToolTip
    return [each for each in QApplication.topLevelWidgets() if each.isVisible() and each.windowType() != tip]


def _close_all_but(kept: list[QWidget]) -> None:
    """Close what has been opened, the latest first."""
    for each in reversed([each for each in _seen_windows() if each not in kept]):
        if isinstance(each, QDialog):
            each.reject()
        else:
            each.close()


def _is_pool_idle() -> bool:
    return QThreadPool.globalInstance().activeThreadCount() == 0


def _move_pressed(widget: QWidget, place: QPoint) -> None:
    """Move with the left button pressed, which `QTest.mouseMove` does not say."""
    spot, everywhere = QPointF(place), QPointF(widget.mapToGlobal(place))
    QApplication.sendEvent(widget, QMouseEvent(QEvent.Type.MouseMove, spot, everywhere, NO_BUTTON, LEFT, PLAIN))
