"""Someone in front of the app, who looks, acts, and takes pictures: it knows only Qt's classes, names and words."""

import os
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Any, TypeVar

from comparing import SPOKEN
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

from tests.room.fitting import faults
from tests.room.untranslated import untranslated

STEPS = 400  # of the heart, which the window itself makes
TRAINED = {
    "learnt": ("3000", "--noise", "0", "--optimizer", "adam", "--aggression", "0.05"),
    "usual": ("20000",),
    "saturated": ("1500", "--aggression", "300", "--noise", "3"),
    "still": ("200", "--aggression", "0"),
    "vanishing": ("2000", "--hidden", "6", "6", "6", "6", "6", "6"),
    "small": ("2500", "--hidden", "1", "2", "--curve", "star", "--noise", "0"),
    "plateau": ("150", "--optimizer", "levenberg-marquardt", "--hidden", "3"),
    "star": ("600", "--curve", "star", "--hidden", "8", "8", "--activation", "tanh", "--aggression", "0.3",
             "--train-one-in", "3", "--data-noise", "0.02"),
}  # fmt: skip
"""How many iterations `curvegui train` makes for each, and what else it is told, by the name of its file."""

ITERATIONS = {"heart": STEPS, **{name: int(words[0]) for name, words in TRAINED.items()}}
"""How far each run has come. Each number is there once, so that a visitor knows that another run has come."""


def training_of(name: str, path: Path) -> list[str]:
    return ["train", "--iterations", *TRAINED[name], "--engine", "numpy", "--save", str(path)]


PATIENCE_S = 60  # only what is broken takes so long
LOOK_MS = 10  # between two looks at whether something has come
LONG_MS = 700  # longer than anything waits for a hand to rest
SIGNS = 0x200F, 0x2068, 0x2069  # without width, in words that are read from the right
FEW = 4  # widgets, of an empty dock
Kind = TypeVar("Kind", bound=QWidget)


SWIFTLY = 90  # a quality that makes PNG files larger, and writes them several times faster


class Album:
    """The pictures of one scene in a folder, each with its words and with what has no room in it beside it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.count = 0

    def add(self, name: str, image: QImage, words: str, faults: Sequence[str] = ()) -> None:
        path = self._folder / f"{name}.png"
        if path.exists():
            raise ValueError(f"There are two pictures “{name}”")
        path.parent.mkdir(parents=True, exist_ok=True)
        if not image.save(str(path), quality=SWIFTLY):
            raise OSError(f"{path} cannot be written")
        path.with_suffix(".txt").write_text(words, encoding="utf-8")
        if faults:
            path.with_suffix(".faults").write_text("".join(f"{each}\n" for each in faults), encoding="utf-8")
        self.count += 1


def words_in(widget: QWidget) -> str:
    """What a picture of a widget does not show and a person meets all the same: titles, tooltips, what is read out.

    The lines are sorted: in which order widgets have been made is nobody's business.
    """
    behind = [dock for dock in widget.findChildren(QDockWidget) if dock.visibleRegion().isEmpty()]
    parts = [part for part in widget.findChildren(QWidget) if part.isVisibleTo(widget)]
    seen = [part for part in parts if not any(dock.isAncestorOf(part) for dock in behind)]
    lines = {line for part in (widget, *seen) for line in _lines(part)}
    return "".join(f"{line}\n" for line in sorted(lines))


def _lines(part: QWidget) -> list[str]:
    facts = {
        "title": part.windowTitle() if part.isWindow() else "",
        "tooltip": part.toolTip(),
        "name": part.accessibleName(),
        "description": part.accessibleDescription(),
        "what's this": part.whatsThis(),
    }
    lines = [_line(part.objectName(), kind, words) for kind, words in facts.items() if words]
    if isinstance(part, QMenu):
        lines += [_line(action.objectName(), "action", _action_words(action)) for action in part.actions()]
    elif isinstance(part, QAbstractButton) and not part.isEnabled():
        lines.append(_line(part.objectName(), "button", "disabled"))
    return lines


def _line(name: str, kind: str, words: str) -> str:
    return f"{name} | {kind} | {words}".replace("\n", " ⏎ ")


def _action_words(action: QAction) -> str:
    keys = ", ".join(each.toString() for each in action.shortcuts())
    state = [word for word, holds in (("disabled", not action.isEnabled()), ("checked", action.isChecked())) if holds]
    return " | ".join(filter(None, (action.text(), keys, action.toolTip(), *state)))


class Lost(AssertionError):  # noqa: N818 - it is what the visitor is
    """Something that a scene needs is not there, or does not come."""


class Looking:
    """Looks for things, and waits for them."""

    language = os.environ.get("CURVEGUI_LANGUAGE", "en")

    @property
    def is_speechless(self) -> bool:
        return self.language == "x" or self.language in SPOKEN

    # Waiting

    def wait(self, what: str, holds: Callable[[], object]) -> None:
        """Live on until something holds.

        Raises ``Lost`` if it never does.
        """
        until = monotonic() + PATIENCE_S
        while not holds():
            if monotonic() > until:
                raise Lost(f"Waited in vain: {what}")
            QTest.qWait(LOOK_MS)

    def rest(self) -> None:
        QTest.qWait(2 * LOOK_MS)

    def linger(self) -> None:
        QTest.qWait(LONG_MS)

    def wait_for_words(self, what: str, part: str, read: Callable[[], str]) -> None:
        if self.is_speechless:
            self.linger()
            self.wait("nothing is under way", is_pool_idle)
        else:
            self.wait(f"{what} says “{part}”", lambda: part in read())

    def wait_for_text(self, name: str, part: str) -> None:
        self.wait_for_words(name, part, lambda: self.read(name))

    def wait_for_end(self, name: str, part: str, inside: QWidget) -> None:
        self.wait_for_words(name, part, lambda: self.find_a(QLabel, name, inside).text())

    def wait_for_message(self, part: str) -> None:
        self.wait_for_words("the status bar", part, lambda: self.window.statusBar().currentMessage())

    # Finding

    @property
    def window(self) -> QMainWindow:
        found = [each for each in seen_windows() if isinstance(each, QMainWindow)]
        if len(found) != 1:
            raise Lost(f"There are {len(found)} main windows")
        return found[0]

    def find(self, name: str, inside: QWidget | None = None) -> QWidget:
        return self.find_a(QWidget, name, inside)

    def find_a(self, kind: type[Kind], name: str, inside: QWidget | None = None) -> Kind:
        self.wait(f"there is one {name}", lambda: len(self.all_of(kind, name, inside)) == 1)
        return self.all_of(kind, name, inside)[0]

    def all_of(self, kind: type[Kind], name: str, inside: QWidget | None = None) -> list[Kind]:
        places = [inside] if inside is not None else seen_windows()
        found = [each for place in places for each in place.findChildren(kind, name)]
        found += [each for each in places if isinstance(each, kind) and each.objectName() == name]
        return [each for each in dict.fromkeys(found) if each.isVisible()]

    def menus(self) -> list[QMenu]:
        return [menu for menu in self.window.menuBar().findChildren(QMenu) if menu.objectName()]

    def action(self, id_: str) -> QAction:
        action = self.window.findChild(QAction, f"action.{id_}")
        if action is None:
            raise Lost(f"There is no action {id_}")
        return action

    def read(self, name: str) -> str:
        label = self.window.findChild(QLabel, name)
        return label.text().translate(dict.fromkeys(SIGNS)) if label is not None else ""

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

    def hide_what_remembers(self) -> None:
        for dock in self.window.findChildren(QDockWidget):
            dock.hide()
        self.window.statusBar().hide()
        self.rest()

    def dock_alone(self, name: str) -> QDockWidget:
        dock = self.dock(name)
        for other in self.window.findChildren(QDockWidget):
            if other is not dock and self.window.tabifiedDockWidgets(other).count(dock) == 0:
                other.hide()
        self.rest()
        return dock


def seen_windows() -> list[QWidget]:
    tip = Qt.WindowType.ToolTip
    return [each for each in QApplication.topLevelWidgets() if each.isVisible() and each.windowType() != tip]


def is_pool_idle() -> bool:
    return QThreadPool.globalInstance().activeThreadCount() == 0


FRAME_MS = 35  # after which what is drawn on the canvas has its next stroke
LEFT, NO_BUTTON = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
PLAIN = Qt.KeyboardModifier.NoModifier


class Hands(Looking):
    """Uses what can be seen."""

    def choose(self, id_: str) -> None:
        action = self.action(id_)
        if not action.isEnabled():
            raise Lost(f"{id_} cannot be chosen")
        action.trigger()
        self.rest()

    def check(self, id_: str, wanted: bool = True) -> None:
        if self.action(id_).isChecked() != wanted:
            self.choose(id_)

    def click(self, widget: QWidget | str) -> None:
        button = self.find_a(QAbstractButton, widget) if isinstance(widget, str) else widget
        if not isinstance(button, QAbstractButton) or not button.isEnabled():
            raise Lost(f"{button.objectName()} cannot be clicked")
        button.click()
        self.rest()

    def take_pointer_away(self) -> None:
        corner = self.window.statusBar()
        self.point_at(corner, corner.rect().bottomRight() - QPoint(2, 2))

    def point_at(self, widget: QWidget, place: QPoint) -> None:
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
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        for key in keys:
            QTest.keyClick(widget, key, modifier)
            QTest.qWait(LOOK_MS)

    def enter(self, name: str, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
        box: Any = self.find(name)
        box.setFocus(Qt.FocusReason.MouseFocusReason)
        box.selectAll()
        QTest.keyClicks(box, text)
        QTest.keyClick(box, key)
        self.rest()

    def fill(self, name: str, text: str) -> None:
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
        for view in dialog.findChildren(QAbstractItemView):
            if view.isVisible() and view.model() is not None and view.model().rowCount():
                view.setCurrentIndex(view.model().index(0, 0))

    def name_file(self, dialog: QWidget, path: Path) -> None:
        line = dialog.findChild(QLineEdit, "fileNameEdit")  # as Qt calls it
        if line is None:
            raise Lost("This is no dialog for files")
        line.setText(str(path))
        QTest.keyClick(line, Qt.Key.Key_Return)
        self.rest()

    def carry(self, path: Path) -> QMimeData:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path))])
        place, copy = self.window.rect().center(), Qt.DropAction.CopyAction
        QApplication.sendEvent(self.window, QDragEnterEvent(place, copy, data, LEFT, PLAIN))
        return data

    def drop(self, path: Path) -> None:
        data, place, copy = self.carry(path), QPointF(self.window.rect().center()), Qt.DropAction.CopyAction
        QApplication.sendEvent(self.window, QDropEvent(place, copy, data, LEFT, PLAIN))


def inside(widget: QWidget) -> QWidget:
    return widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget


def part_of(widget: QWidget, across: float, down: float) -> QPoint:
    return QPoint(round(across * widget.width()), round(down * widget.height()))


def _move_pressed(widget: QWidget, place: QPoint) -> None:
    spot, everywhere = QPointF(place), QPointF(widget.mapToGlobal(place))
    QApplication.sendEvent(widget, QMouseEvent(QEvent.Type.MouseMove, spot, everywhere, NO_BUTTON, LEFT, PLAIN))


LAID_OUT_MS = 200  # in which all is laid out, and each dock has had a turn to be brought up to date
CALM_MS, CALM_LOOKS = 140, 2  # a picture that stays the same for so many looks is at rest

UNSAVED = "unsaved"  # the name of the question whether to save


class Visitor(Hands):
    """Someone in front of the app.

    ``album``: where the pictures go. ``home``, ``runs``: the visitor's own folder, and the one of the runs that were
    made before. ``look``: in which the canvas is wanted, whatever a file says.
    """

    def __init__(self, album: Album, home: Path, runs: Path, look: str) -> None:
        self._album, self._look, self.home, self.runs = album, look, home, runs

    # The window and its run

    def wait_for_window(self) -> None:
        """Live on until the main window is there with all that is in it at first, and is the one that keys go to."""
        self.wait("the window opens", lambda: any(isinstance(each, QMainWindow) for each in seen_windows()))
        self.wait("the controls are there", lambda: self.window.findChild(QWidget, "run") is not None)
        before = -1
        while before != (now := len(self.window.findChildren(QWidget))):  # it is filled piece by piece
            before = now
            QTest.qWait(LAID_OUT_MS)
        self.window.setAnimated(False)
        self.come_back()
        self.take_pointer_away()

    def come_back(self) -> None:
        if QApplication.activeModalWidget() is None:
            self.window.activateWindow()
            self.wait("the window is active", lambda: self.window.isActiveWindow() or QApplication.activeModalWidget())

    def hush(self) -> None:
        self.window.statusBar().showMessage("")
        self.rest()

    def reset_view(self) -> None:
        QTest.qWait(LAID_OUT_MS)
        self.choose("view.reset")
        QTest.qWait(LAID_OUT_MS)

    def go_to(self, view: str) -> None:
        self.choose(f"view.{view}")
        self.reset_view()

    def wait_for_run(self, path: Path) -> None:
        self.wait(f"{path} is opened", lambda: self._has(path))
        self.wait_for_message("Opened")
        self.wait_for_iteration(ITERATIONS[path.stem])
        self.check(f"look.{self._look}")
        self.hush()

    def open(self, name: str) -> None:
        path = self.runs / f"{name}.curvegui"
        self.drop(path)
        self.wait("it opens, or a question", lambda: self._has(path) or self.all_of(QWidget, UNSAVED))
        for question in self.all_of(QWidget, UNSAVED):  # about the look, which belongs to a run
            self.click(self.find("discard", question))
        self.wait_for_run(path)

    def _has(self, path: Path) -> bool:
        return self.window.windowFilePath() == str(path)

    def wait_for_iteration(self, iteration: int) -> None:
        self.wait_for_words("status.iteration", f" {iteration:,} of ", lambda: " " + self.read("status.iteration"))

    def wait_for_pause(self) -> None:
        self.wait_for_words("the button", "Run", lambda: self.action("run.toggle").text())

    def learn(self, iterations: int) -> None:
        said = re.search(r"([\d,]+) of", self.read("status.iteration"))
        goal = (int(said[1].replace(",", "")) if said else 0) + iterations
        for _ in range(iterations // 100):
            self.action("run.step_100").trigger()
        self.wait_for_iteration(goal)
        self.wait_for_pause()

    def pause_at_start(self) -> None:
        self.wait_for_words("the button", "Pause", lambda: self.action("run.toggle").text())
        self.choose("run.toggle")
        self.wait_for_pause()
        self.choose("run.reset")
        self.wait_for_iteration(0)

    # Dialogs

    def while_open(self, trigger: Callable[[], object], act: Callable[[QWidget], object]) -> None:
        """Do something that opens a dialog or a menu, act on that, and close it.

        The dialog may hold up the caller, as those do that run an event loop of their own: a timer acts meanwhile.

        ``trigger``: opens it. ``act``: is handed the window that has come.
        """
        before = seen_windows()
        ended: list[Exception | None] = []
        timer = QTimer()

        def look() -> None:
            fresh = [each for each in seen_windows() if each not in before]
            if not fresh:
                return
            timer.stop()
            try:
                self._face(fresh[0])
                act(fresh[0])
                ended.append(None)
            except Exception as error:  # Qt would swallow it
                ended.append(error)
                self.show_trouble()
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
        if opened.windowType() != Qt.WindowType.Popup:
            opened.activateWindow()
            self.wait("the dialog is active", opened.isActiveWindow)

    def while_chosen(self, id_: str, act: Callable[[QWidget], object]) -> None:
        self.while_open(lambda: self.choose(id_), act)
        self.come_back()

    # Pictures

    def see(self, name: str, widget: QWidget | None = None) -> None:
        shown = self.window if widget is None else widget
        if isinstance(shown, QFileDialog):
            shown.setViewMode(QFileDialog.ViewMode.List)  # without dates and sizes
        self._album.add(name, self.settled(shown), words_in(shown), self._faults(shown))

    def _faults(self, shown: QWidget) -> list[str]:
        found = faults(shown) if self.language != "en" else []
        return found + (untranslated(shown) if self.language == "brackets" else [])

    def see_moving(self, name: str, widget: QWidget) -> None:
        self.linger()
        self._album.add(name, widget.grab().toImage(), words_in(widget), self._faults(widget))

    def see_menu(self, name: str, menu: QMenu) -> None:
        corner = self.window.mapToGlobal(QPoint(40, 40))
        self.while_open(lambda: menu.popup(corner), lambda opened: self.see(name, opened))

    def see_dialog(self, name: str, id_: str) -> None:
        self.while_chosen(id_, lambda dialog: self.see(name, dialog))

    def show_trouble(self) -> None:
        for window in seen_windows():
            with suppress(Exception):  # the first trouble is the one that is told
                self._album.add(f"failed-{self._album.count}", window.grab().toImage(), words_in(window))

    def settled(self, widget: QWidget) -> QImage:
        """What a widget looks like when nothing changes in it any more."""
        until, last, same = monotonic() + PATIENCE_S, QImage(), 0
        while same < CALM_LOOKS:
            if monotonic() > until:
                raise Lost("A picture never comes to rest")
            QTest.qWait(CALM_MS)
            image = widget.grab().toImage()
            same = same + 1 if image == last and is_pool_idle() else 0
            last = image
        return last


def _close_all_but(kept: list[QWidget]) -> None:
    for each in reversed([each for each in seen_windows() if each not in kept]):
        if isinstance(each, QDialog):
            each.reject()
        else:
            each.close()


Play = Callable[[Visitor], None]


def opening(run: str) -> tuple[str, ...]:
    """The arguments that open a run that was made before."""
    return (f"{{runs}}/{run}.curvegui",)


HEART, LEARNT = opening("heart"), opening("learnt")


@dataclass(frozen=True)
class Scene:
    """One start of the app, with a home that nobody has lived in, after another start in it with ``before``.

    ``{runs}`` in the arguments is the folder of the runs that were made before.
    """

    name: str
    play: Play
    arguments: tuple[str, ...] = HEART
    before: Play | None = None
    before_arguments: tuple[str, ...] = HEART
    preferences: Mapping[str, object] = field(default_factory=dict)
