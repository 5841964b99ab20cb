"""Someone in front of the app, who looks, acts, and takes pictures: it knows only Qt's classes, names and words."""

import os
import re
import shlex
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Any

from PySide6 import QtWidgets as Qw
from PySide6.QtCore import QEvent, QItemSelectionModel, QMimeData, QPoint, QPointF, Qt, QThreadPool, QTimer, QUrl
from PySide6.QtGui import QAction, QContextMenuEvent, QDragEnterEvent, QDropEvent, QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QMainWindow, QMenu, QWidget
from scenes import SPOKEN, blocks

from tests.room.fitting import faults
from tests.room.untranslated import untranslated

HEART_ITERATIONS = 400  # of the heart, which the window itself makes
TRAINED = {  # what `curvegui train` is told: iterations first, each number once, so that another run is noticed
    "learnt": "3000 --noise 0 --optimizer adam --aggression 0.05",
    "usual": "20000",
    "saturated": "1500 --aggression 300 --noise 3",
    "still": "200 --aggression 0",
    "vanishing": "2000 --hidden 6 6 6 6 6 6",
    "small": "2500 --hidden 1 2 --curve star --noise 0",
    "plateau": "150 --optimizer levenberg-marquardt --hidden 3",
    "star": "600 --curve star --hidden 8 8 --activation tanh --aggression 0.3 --train-one-in 3 --data-noise 0.02",
}
SIZES = {"small": (760, 600), "wide": (1500, 760), "large": (1500, 1100), "usual": (1280, 800), "tall": (1180, 1150)}
PATIENCE_S = 60  # only what is broken takes so long
LOOK_MS = 10  # between two looks at whether something has come
REST_MS = 20  # after what a hand has done
LONG_MS = 700  # longer than anything waits for a hand to rest
LAID_OUT_MS = 200  # in which all is laid out, and each dock has had a turn to be brought up to date
CALM_MS, CALM_LOOKS = 140, 2  # a picture that stays the same for so many looks is at rest
FRAME_MS = 35  # after which what is drawn on the canvas has its next stroke
SWIFTLY = 90  # a quality that makes PNG files larger, and writes them several times faster
SIGNS = 0x200F, 0x2068, 0x2069  # without width, in words that are read from the right
FEW = 4  # widgets, of an empty dock
LEFT, PLAIN, COPY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
READ_OUT = "toolTip", "accessibleName", "accessibleDescription", "whatsThis"
CORNER = QPoint(40, 40)  # of the window, where menus open
States = Iterator[tuple[int, str]]


class Lost(AssertionError):  # noqa: N818 - it is what the visitor is
    """Something that a scene needs is not there, or does not come."""


def words_in(widget: QWidget) -> str:
    """What a picture of a widget does not show and a person meets all the same: titles, tooltips, what is read out.

    The lines are sorted: in which order widgets have been made is nobody's business.
    """
    behind = [dock for dock in widget.findChildren(QDockWidget) if dock.visibleRegion().isEmpty()]
    parts = [part for part in widget.findChildren(QWidget) if part.isVisibleTo(widget)]
    lines = set[str]()
    for part in (widget, *(part for part in parts if not any(dock.isAncestorOf(part) for dock in behind))):
        facts = [
            ("title", part.windowTitle() if part.isWindow() else ""),
            *((kind, getattr(part, kind)()) for kind in READ_OUT),
            ("button", "disabled" if isinstance(part, Qw.QAbstractButton) and not part.isEnabled() else ""),
        ]
        for action in part.actions() if isinstance(part, QMenu) else ():
            keys = ", ".join(each.toString() for each in action.shortcuts())
            state = "" if action.isEnabled() else "disabled", "checked" if action.isChecked() else ""
            words = " | ".join(filter(None, (action.text(), keys, action.toolTip(), *state)))
            facts.append(("action", f"{action.objectName()} | {words}"))
        lines |= {f"{part.objectName()} | {kind} | {words}".replace("\n", " ⏎ ") for kind, words in facts if words}
    return "".join(f"{line}\n" for line in sorted(lines))


def seen_windows() -> list[QWidget]:
    tip = Qt.WindowType.ToolTip
    return [each for each in QApplication.topLevelWidgets() if each.isVisible() and each.windowType() != tip]


def is_pool_idle() -> bool:
    return QThreadPool.globalInstance().activeThreadCount() == 0


class Visitor:
    """Someone in front of the app, who does what the lines of a scene say, by `LINES`, `STEPS` and public methods.

    ``album``: the folder of the pictures; beside each are its words, and what has no room in it. ``home``, ``runs``:
    the visitor's own folder, and the one of the runs that were made before. ``look``: in which the canvas is wanted,
    whatever a file says.
    """

    language = os.environ.get("CURVEGUI_LANGUAGE", "en")
    is_speechless = language == "x" or language in SPOKEN

    def __init__(self, album: Path, home: Path, runs: Path, look: str) -> None:
        self._album, self._home, self._runs, self._look = album, home, runs, look
        self.shown: QWidget | None = None
        self.opened = list[QWidget]()
        self.count = 0

    def play(self, rows: Sequence[str]) -> None:
        """Do what the lines say, as `scenes` explains."""
        for line, inside in blocks(rows):
            if line.startswith("for "):
                _, name, _, *words = line.split()
                for word in words:
                    self.play([re.sub(rf"\b{name}\b", word, row) for row in inside])
                continue
            steps, _, picture = map(str.strip, line.partition("->"))
            *before, last = (shlex.split(step) for step in steps.split(";"))
            for step in before:
                self._do(step)
                QTest.qWait(REST_MS)
            if last[:1] == ["open"]:
                self._while_open(partial(self._do, last[1:]), picture, inside)
                continue
            for number, words in self._do(last) or [(0, "")]:
                QTest.qWait(REST_MS)
                if picture:
                    self.see(picture.replace("##", f"{number:02}").replace("#", str(number)).replace("*", words))

    def _do(self, step: Sequence[str]) -> States | None:
        match step:
            case [name] if name in LINES:
                self.play([LINES[name]])
            case [name, *words] if name in STEPS:
                STEPS[name](self, *words)
            case [name, *words] if hasattr(self, name):
                return getattr(self, name)(*words)
            case [method, name, *words]:
                getattr(self.find(name), method)(*(int(word) if word.isdigit() else word for word in words))
        return None

    # Waiting

    def wait_until(self, what: str, holds: Callable[[], object]) -> None:
        """Live on until something holds; raises ``Lost`` if it never does."""
        until = monotonic() + PATIENCE_S
        while not holds():
            if monotonic() > until:
                raise Lost(f"Waited in vain: {what}")
            QTest.qWait(LOOK_MS)

    def wait(self, name: str, part: str) -> None:
        """Wait for words on a label, an action or the canvas; ``|`` is between those of which one is enough."""
        if self.is_speechless:
            QTest.qWait(LONG_MS)
            self.wait_until("nothing is under way", is_pool_idle)
        else:
            self.wait_until(f"{name} says “{part}”", lambda: any(each in self.read(name) for each in part.split("|")))

    def read(self, name: str) -> str:
        if name == "canvas":
            items = self.window.findChild(Qw.QGraphicsView, "canvas").items()
            found = [each for each in items if isinstance(each, Qw.QGraphicsSimpleTextItem)]
            texts = [each.text() for each in sorted(found, key=lambda each: (each.scenePos().y(), each.scenePos().x()))]
            return f" {' '.join(' '.join(texts).split())} "
        name = "toast.words" if name == "toast" else name
        kinds = [(top, kind) for top in seen_windows() for kind in (Qw.QLabel, QAction)]
        found = [each for top, kind in kinds for each in top.findChildren(kind, name)]
        words = next((each.text() for each in (*(each for each in found if each.isVisible()), *found)), "")
        return f" {words.translate(dict.fromkeys(SIGNS))}"

    def wait_for_iteration(self, iteration: int | str) -> None:
        self.wait("canvas", f" {int(iteration):,} ")  # beside a word that may have brackets

    # Finding

    @property
    def window(self) -> QMainWindow:
        (found,) = [each for each in seen_windows() if isinstance(each, QMainWindow)]
        return found

    def find(self, name: str) -> Any:
        """The one widget of a name that is seen, as soon as there is one."""
        self.wait_until(f"there is one {name}", lambda: len(self.all_of(name)) == 1)
        return self.all_of(name)[0]

    def all_of(self, name: str) -> list[Any]:
        found = dict.fromkeys(each for top in seen_windows() for each in (*top.findChildren(QWidget, name), top))
        return [each for each in found if each.objectName() == name and each.isVisible()]

    def action(self, id_: str) -> QAction:
        if (action := self.window.findChild(QAction, f"action.{id_}")) is None:
            raise Lost(f"There is no action {id_}")
        return action

    def path(self, name: str) -> Path:
        """A run that was made before, a document, or a file of the visitor's own."""
        there = (folder / name for folder in (self._runs, self._home / "Documents") if (folder / name).exists())
        return next(there, self._home / name)

    # What is on the pictures

    def show_page(self, name: str, part: str) -> None:
        pages = [each.widget() for each in self.find(name).findChildren(Qw.QScrollArea) if each.widget() is not None]
        self.shown = next(page for page in pages if page.findChild(QWidget, part) is not None)

    def dock(self, name: str) -> None:
        """A dock, brought to the front; what is in it may be made only now."""
        dock = self.shown = self.window.findChild(QDockWidget, f"dock.{name}")
        dock.show()
        dock.raise_()
        self.wait_until(f"the dock {name} is filled", lambda: len(dock.widget().findChildren(QWidget)) > FEW)

    def alone(self, name: str) -> None:
        self.dock(name)
        for other in self.window.findChildren(QDockWidget):
            if other is not self.shown and self.shown not in self.window.tabifiedDockWidgets(other):
                other.hide()

    def hide_what_remembers(self) -> None:
        """Hide what says how far the run had come, or goes by it."""
        for dock in self.window.findChildren(QDockWidget):
            dock.hide()

    # The window and its run

    def wait_for_window(self) -> None:
        """Live on until the main window is there with all that is in it at first, and is the one that keys go to."""
        self.wait_until("the window opens", lambda: any(isinstance(each, QMainWindow) for each in seen_windows()))
        self.wait_until("the controls are there", lambda: self.window.findChild(QWidget, "run") is not None)
        before = -1
        while before != (now := len(self.window.findChildren(QWidget))):  # it is filled piece by piece
            before = now
            QTest.qWait(LAID_OUT_MS)
        self.window.setAnimated(False)
        self._come_back()
        self.point("advice", "0.7", "0.9")  # where it does nothing

    def _come_back(self) -> None:
        if (modal := QApplication.activeModalWidget)() is None:
            self.window.activateWindow()
            self.wait_until("the window is active", lambda: self.window.isActiveWindow() or modal())

    def _has(self, name: str) -> bool:
        return self.window.windowFilePath() == str(self._runs / f"{name}.curvegui")

    def load(self, name: str) -> None:
        self.drop(f"{name}.curvegui")
        self.wait_until("it opens, or a question", lambda: self._has(name) or self.all_of("unsaved"))
        if self.all_of("unsaved"):  # about the look, which belongs to a run
            self.click("discard")
        self.wait_for_run(name)

    def wait_for_run(self, name: str) -> None:
        self.wait_until(f"{name} is opened", lambda: self._has(name))
        self.wait("toast", "Opened")
        self.wait_for_iteration(HEART_ITERATIONS if name == "heart" else TRAINED[name].split()[0])
        self.check(f"look.{self._look}")
        self.play(["hush"])

    def learn(self, iterations: str) -> None:
        said = re.search(r"iteration\W* ([\d,]+)", self.read("canvas"))
        goal = (int(said[1].replace(",", "")) if said else 0) + int(iterations)
        for _ in range(int(iterations) // 100):
            self.action("run.step_100").trigger()
        self.wait_for_iteration(goal)
        self.wait("action.run.toggle", "Run")

    # Hands

    def choose(self, *ids: str) -> None:
        self._set_off(map(self.action, ids))

    def check(self, *ids: str, wanted: bool = True) -> None:
        self._set_off(action for action in map(self.action, ids) if action.isChecked() != wanted)

    def click(self, *names: str) -> None:
        self._set_off(map(self.find, names))

    def _set_off(self, things: Iterable[Any]) -> None:
        for thing in things:
            if not thing.isEnabled():
                raise Lost(f"{thing.objectName()} is disabled")
            thing.trigger() if isinstance(thing, QAction) else thing.click()
            QTest.qWait(REST_MS)

    def context_menu(self, name: str) -> None:
        inside, spot = _inside(self.find(name)), QPoint(20, 20)
        QApplication.sendEvent(
            inside, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, inside.mapToGlobal(spot))
        )

    def open_recent(self, name: str) -> None:
        menu = next(each for each in self.window.menuBar().findChildren(QMenu) if "recent" in each.objectName())

        menu.aboutToShow.emit()
        next(each for each in menu.actions() if name in each.text()).trigger()

    def point(self, name: str, across: str, down: str) -> None:
        """Point at a part of a widget, or so many pixels from its corner."""
        widget = self.find(name)
        spot = _part_of(widget, f"{across},{down}") if "." in across else QPoint(int(across), int(down))
        for step in (QPoint(1, 1), QPoint(0, 0)):  # a pointer that is there already would not be noticed
            QTest.mouseMove(_inside(widget), spot + step)
            QTest.qWait(LOOK_MS)

    def pull(self, name: str, *parts: str) -> None:
        """Press at the first part of a widget, and move over the others."""
        widget = _inside(self.find(name))
        first, *others = [_part_of(self.find(name), part) for part in parts]
        QTest.mousePress(widget, LEFT, PLAIN, first)
        for spot in others:
            at, held = (QPointF(spot), QPointF(widget.mapToGlobal(spot))), (Qt.MouseButton.NoButton, LEFT, PLAIN)
            QApplication.sendEvent(widget, QMouseEvent(QEvent.Type.MouseMove, *at, *held))
            QTest.qWait(FRAME_MS)

    def drag(self, name: str, *parts: str) -> None:
        self.pull(name, *parts)
        QTest.mouseRelease(_inside(self.find(name)), LEFT, PLAIN, _part_of(self.find(name), parts[-1]))

    def focus(self, name: str) -> None:
        self.find(name).setFocus(Qt.FocusReason.TabFocusReason)
        self.shown = self.find(name).parentWidget()

    def press(self, name: str, *keys: str) -> None:
        widget = self.find(name)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        for key in keys:
            held = Qt.KeyboardModifier.ShiftModifier if key.startswith("Shift+") else PLAIN
            QTest.keyClick(widget, Qt.Key[f"Key_{key.removeprefix('Shift+')}"], held)
            QTest.qWait(LOOK_MS)

    def enter(self, name: str, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
        box = self.find(name)
        box.setFocus(Qt.FocusReason.MouseFocusReason)
        box.selectAll()
        QTest.keyClicks(box, text)
        QTest.keyClick(box, key)

    def pick(self, name: str, words: str) -> None:
        """Choose a line of a list that drops down, as a person does, so that what listens to that alone hears it."""
        index = self.find(name).findText(words, Qt.MatchFlag.MatchContains)
        if index < 0 and not self.is_speechless:
            raise Lost(f"{name} has no line “{words}”")
        self.pick_line(name, index)

    def pick_line(self, name: str, index: int | str) -> None:
        self.find(name).setCurrentIndex(int(index) % self.find(name).count())
        self.activate_line(name, index)

    def activate_line(self, name: str, index: int | str) -> None:
        self.find(name).activated.emit(int(index) % self.find(name).count())

    def select(self, name: str, *rows: str) -> None:
        view, flag = self.find(name), QItemSelectionModel.SelectionFlag
        view.selectionModel().clearSelection()
        for index in (view.model().index(int(row), 0) for row in rows):
            view.selectionModel().select(index, flag.Select)
            view.selectionModel().setCurrentIndex(index, flag.NoUpdate)

    def go_to_first_lines(self) -> None:
        for view in self.opened[-1].findChildren(Qw.QAbstractItemView):
            if view.isVisible() and view.model() is not None and view.model().rowCount():
                view.setCurrentIndex(view.model().index(0, 0))

    # Files

    def name_file(self, name: str) -> None:
        line = self.opened[-1].findChild(Qw.QLineEdit, "fileNameEdit")  # as Qt calls it
        line.setText(str(self.path(name)))
        QTest.keyClick(line, Qt.Key.Key_Return)

    def carry(self, name: str) -> None:
        self._data = QMimeData()
        self._data.setUrls([QUrl.fromLocalFile(str(self.path(name)))])
        entered = QDragEnterEvent(self.window.rect().center(), COPY, self._data, LEFT, PLAIN)
        QApplication.sendEvent(self.window, entered)

    def drop(self, name: str) -> None:
        self.carry(name)
        dropped = QDropEvent(QPointF(self.window.rect().center()), COPY, self._data, LEFT, PLAIN)
        QApplication.sendEvent(self.window, dropped)

    # What goes through several states

    def each_action(self, kind: str) -> States:
        for action in self.window.findChildren(QAction):
            if action.objectName().startswith(f"action.{kind}."):
                action.trigger()
                yield 0, action.objectName().removeprefix("action.")

    def each_line(self, name: str, first: str = "0") -> States:
        box = self.find(name)
        for index in range(int(first), box.count()):
            self.pick_line(name, index)
            yield index + 1, "".join(each if each.isalnum() else "-" for each in box.itemText(index).lower())

    def each_click(self, name: str, most: str) -> States:
        for number in range(1, int(most) + 1):
            if any(button.isEnabled() for button in self.all_of(name)):
                self.click(name)
                yield number, ""

    def each_tour_step(self) -> States:
        count = len(self.find("tour.steps").menu().actions())
        for number in range(1, count + 1):
            self.play(["reset_view"])
            yield number, ""
            if number < count:
                self.play(["click tour.next; hush"])

    def see_menus(self, picture: str, *names: str) -> None:
        for menu in self.window.menuBar().findChildren(QMenu):
            name = menu.objectName().removeprefix("menu.").replace(" ", "-")
            if name and name in (names or [name]):
                self._while_open(partial(menu.popup, self.window.mapToGlobal(CORNER)), picture.replace("*", name))

    # Dialogs and pictures

    def _while_open(self, trigger: Callable[[], object], picture: str, rows: Sequence[str] = ()) -> None:
        """Do something that opens a dialog or a menu, take its picture, play lines in it, and close it.

        The dialog may hold up the caller, as those do that run an event loop of their own: a timer acts meanwhile.
        """
        before, shown, timer = seen_windows(), self.shown, QTimer()
        errors = list[Exception]()

        def look() -> None:
            if not (fresh := [each for each in seen_windows() if each not in before]):
                return
            timer.stop()
            self.shown = fresh[0]
            self.opened.append(fresh[0])
            try:
                if self.shown.windowType() != Qt.WindowType.Popup:
                    self.shown.activateWindow()
                    self.wait_until("the dialog is active", self.shown.isActiveWindow)
                if picture:
                    self.see(picture)
                self.play(rows)
            except Exception as error:  # Qt would swallow it
                errors.append(error)
                self.show_trouble()
            finally:
                self.shown = shown
                self.opened.pop()
                for each in reversed([each for each in seen_windows() if each not in before]):
                    each.reject() if isinstance(each, Qw.QDialog) else each.close()

        timer.timeout.connect(look)
        timer.start(LOOK_MS)
        trigger()
        self.wait_until("a dialog opens", lambda: not timer.isActive())
        if errors:
            raise errors[0]
        if not self.opened:
            self._come_back()

    def see(self, name: str) -> None:
        """Take a picture of what is shown, when nothing changes in it any more."""
        shown = self.shown or self.window
        if isinstance(shown, Qw.QFileDialog):
            shown.setViewMode(Qw.QFileDialog.ViewMode.List)  # without dates and sizes
        until, last, same = monotonic() + PATIENCE_S, QImage(), 0
        while same < CALM_LOOKS:
            if monotonic() > until:
                raise Lost("A picture never comes to rest")
            QTest.qWait(CALM_MS)
            image = shown.grab().toImage()
            same = same + 1 if image == last and is_pool_idle() else 0
            last = image
        self.add(name, shown, last)

    def show_trouble(self) -> None:
        for window in seen_windows():
            with suppress(Exception):  # the first trouble is the one that is told
                self.add(f"failed-{self.count}", window)

    def add(self, name: str, shown: QWidget, image: QImage | None = None) -> None:
        """Add a picture of a widget to the album."""
        path = self._album / f"{name.replace('.', '-')}.png"
        assert not path.exists(), f"There are two pictures “{name}”"
        path.parent.mkdir(parents=True, exist_ok=True)
        assert (image or shown.grab().toImage()).save(str(path), quality=SWIFTLY), f"{path} cannot be written"
        path.with_suffix(".txt").write_text(words_in(shown), encoding="utf-8")
        found = faults(shown) if self.language != "en" else []
        found += untranslated(shown) if self.language == "brackets" else []
        if found:
            path.with_suffix(".faults").write_text("".join(f"{each}\n" for each in found), encoding="utf-8")
        self.count += 1


def _inside(widget: QWidget) -> QWidget:
    return widget.viewport() if isinstance(widget, Qw.QAbstractScrollArea) else widget


def _part_of(widget: QWidget, part: str) -> QPoint:
    across, down = map(float, part.split(","))
    return QPoint(round(across * widget.width()), round(down * widget.height()))


LINES = {  # steps that consist of others
    "pause_at_start": "wait action.run.toggle Pause; choose run.toggle; wait action.run.toggle Run; choose run.reset; "
    "wait_for_iteration 0",
    "reset_view": "settle; choose view.reset; settle",
}
STEPS: dict[str, Callable[..., object]] = {  # of one line
    "hush": lambda self: [(each.hide(), each.findChild(Qw.QLabel).setText("")) for each in self.all_of("toast")],
    "settle": lambda self: QTest.qWait(LAID_OUT_MS),
    "wait_enabled": lambda self, name: self.wait_until(f"{name} is enabled", lambda: self.find(name).isEnabled()),
    "wait_unchecked": lambda self, id_: self.wait_until(id_, lambda: not self.action(id_).isChecked()),
    "wait_gone": lambda self, name: self.wait_until(name, lambda: not self.all_of(name)),
    "wait_for_curve": lambda self: self.wait_until(
        "the curve is made", lambda: self.find("curve.facts").text() not in ("", "One moment…")
    ),
    "linger": lambda self: QTest.qWait(LONG_MS),
    "show": lambda self, name: setattr(self, "shown", None if name == "window" else self.find(name)),
    "see_moving": lambda self, name: self.add(name, self.shown),
    "size": lambda self, name: self.window.resize(*SIZES[name]),
    "uncheck": lambda self, *ids: self.check(*ids, wanted=False),
    "fill": lambda self, name, text: self.enter(name, text, Qt.Key.Key_Tab),
    "trigger": lambda self, name: self.opened[-1].findChild(QAction, name).trigger(),
    "pop_up": lambda self, name: self.find(name).menu().popup(self.window.mapToGlobal(CORNER)),
    "overwrite": lambda self, name: self.path(name).write_bytes(b"Somebody else was here."),
    "delete": lambda self, name: self.path(name).unlink(),
    "copy": lambda self, text: QApplication.clipboard().setText(text),
    "fail_in_thread": lambda self: Thread(target=int, args=("a mistake of the visitor's",)).start(),
}
