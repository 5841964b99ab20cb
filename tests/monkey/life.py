"""What the monkey does once, all of which follows from a seed and a number; what there is to aim at; a window's life.

So actions can be played again with some left out, and those that are left aim at the same widgets as before. A window
is opened as the app does, played with, closed, and looked over for what it leaves behind.
"""

import gc
import weakref
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from random import Random
from time import monotonic, sleep
from typing import Any, NamedTuple, TypeVar
from zlib import crc32

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QThread, QTimer, QTimerEvent, Slot
from PySide6.QtGui import QGuiApplication, QPixmapCache
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QFileDialog, QMenu, QMessageBox, QWidget

from curvegui.core.engine.backend import Backend
from curvegui.core.settings.config import FULL_SPEED, TrainingConfig
from curvegui.session.jobs.garbage import Collector
from curvegui.session.stored.preferences import PreferencesFile
from curvegui.ui.look.language import speak_in_window
from curvegui.ui.look.theme import LIGHT, USUAL_PERCENT, set_text_size, set_theme
from curvegui.ui.window.failure import FailureReporter
from curvegui.ui.window.main_window import MainWindow
from curvegui.ui.window.start_up import StartUp
from curvegui.ui.window.stop_signals import StopSignals
from tests.help.left_over import held, left_over
from tests.monkey.material import some_file
from tests.monkey.watch import Watch

PATIENCE_S = 120.0  # for what takes long on a busy machine
IN_A_FRAME = 40  # actions between two looks at clocks and the screen, on average: nobody is so quick, a queue may be
AT_ONCE = 3  # in one action of so many the trainer learns on; in the others it waits at its gate, as for a menu's
WAIT_MS, MOST_ANSWERS = 5, 3  # before an answer; to one thing that does not let go
FILES = "saved", "tiny.curvegui", "picture.png", "film.gif", "odd 日本.svg", "x" * 300, "no/such/folder.pdf", "a.py"


Deed = Callable[[Any, Random], object]
Thing = TypeVar("Thing")


class Kind(NamedTuple):
    """A kind of action: how often it is done, in relation to the others, and the function that does it.

    The function gets the `Life` of the window, and chance.
    """

    weight: float
    do: Deed
    asks_first: bool = False  # left out while a dialog must be answered, which keeps a person away from all else
    with_trainer: bool = False  # it waits for the trainer's thread, or looks at what that does


KINDS = dict[str, Kind]()  # by their names; `tests.monkey.deeds` has them


@dataclass(frozen=True)
class Action:
    """One of the actions of a seed. ``kinds`` are those to choose from."""

    seed: int
    number: int
    kinds: tuple[str, ...]

    def chance(self, more: object = "") -> Random:
        """Where all that is left to chance comes from; other chance for each ``more``."""
        return Random(f"{self.seed}/{self.number}/{more}")

    @cached_property
    def kind(self) -> str:
        return self.chance("kind").choices(self.kinds, [KINDS[kind].weight for kind in self.kinds])[0]

    def is_one_in(self, many: int) -> bool:
        return crc32(f"{self.seed}/{self.number}".encode()) % many == 0


def aimed(chance: Random, things: Iterable[tuple[str, Thing]]) -> Thing | None:
    """One of some things with names: the same, whatever else there is beside it and in whatever order."""
    token = chance.randrange(2**32)
    chosen = min(things, key=lambda each: crc32(each[0].encode("utf-8", "replace"), token), default=None)
    return chosen and chosen[1]


def asked() -> QWidget | None:
    """What must be answered first: the menu that is open, or the dialog that keeps all else away."""
    return QApplication.activePopupWidget() or QApplication.activeModalWidget()


def windows_in_reach() -> list[QWidget]:
    """The windows that take input now."""
    if (only := asked()) is not None:
        return [only]
    windows = [each for each in QApplication.topLevelWidgets() if each.isVisible() and not isinstance(each, QMenu)]
    return [each for each in windows if each.windowType() not in (Qt.WindowType.ToolTip, Qt.WindowType.SplashScreen)]


def widget_in_reach(chance: Random, *kinds: type[QWidget]) -> QWidget | None:
    """A visible and enabled widget of some kinds, by chance; named by how many of its name come before it.

    Files are chosen in another way, for people keep theirs there.
    """
    count, named = Counter[str](), []
    windows = [each for each in windows_in_reach() if not isinstance(each, QFileDialog)]
    for widget in (each for window in windows for each in (window, *window.findChildren(QWidget))):
        if isinstance(widget, kinds) and widget.isVisible():
            name = f"{type(widget).__name__}/{widget.objectName()}"
            if widget.isEnabled():
                named.append((f"{name}#{count[name]}", widget))
            count[name] += 1
    return aimed(chance, named)


def carry_out(action: Action, life: Any, watch: Watch) -> None:
    """Carry an action out; what it raises is trouble."""
    watch.at, kind = action.number, KINDS[action.kind]
    try:
        if not (kind.asks_first and QApplication.activeModalWidget()):
            kind.do(life, action.chance())
    except Exception as error:
        watch.note_exception(type(error), error, error.__traceback__)
    watch.piece()


class Life:
    """A window, and what is behind it. ``action`` is the present one."""

    def __init__(self, watch: Watch, folder: Path, engine: str) -> None:
        self.watch, self.folder, self._engine = watch, folder, engine
        self.action = Action(0, -1, tuple(KINDS))
        folder.mkdir(parents=True, exist_ok=True)
        self._open()

    def _open(self) -> None:
        self._held, done = held(), list[bool]()
        set_text_size(USUAL_PERCENT)
        set_theme(LIGHT)
        QApplication.instance().setStyleSheet("")
        preferences, log = PreferencesFile(self.folder / "preferences.json"), self.folder / "curvegui.log"
        speak_in_window(preferences.load().language)
        self.window: MainWindow | None = MainWindow(preferences, log, self.folder / "favourites")
        self.window.completed.connect(lambda: done.append(True))
        wished = TrainingConfig(speed=FULL_SPEED, iterations=1_000_000_000), None, Backend(self._engine), None
        reporter = FailureReporter(log, self.window)
        self._start_up = StartUp(QApplication.instance(), self.window, reporter, StopSignals(), wished)
        self.window.resize(1180, 830)
        self.window.show()
        self.window.activateWindow()
        if not self.wait(lambda: done):
            self.watch.note("a window is never complete", "life")
        self.session, self.actions = self.window.services.session, self.window.services.actions
        self._answers, self._collector = NestedAnswers(self), Collector()
        self._collector.begin()
        self.watch.rest()

    @property
    def is_open(self) -> bool:
        return shiboken6.isValid(self.window) and self.window.isVisible()

    def wait(self, condition: Callable[[], object]) -> bool:
        """Let the window live until a condition holds; whether it came to hold."""
        end = monotonic() + PATIENCE_S
        while not condition() and monotonic() < end:
            self.watch.rest()
            self._live()
            sleep(0.0005)
        return bool(condition())

    def _live(self) -> None:
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        self.watch.piece()

    def file(self, chance: Random) -> Path:
        """Some file, made now, which is not the app's work."""
        self.watch.piece()
        path = some_file(chance, self.folder)
        self.watch.rest()
        return path

    def do(self, action: Action) -> None:
        """Carry an action out. Now and then, the window lives for a moment, and what lies over it is closed.

        Another window is opened where the monkey has closed the last one.
        """
        if not self.is_open:
            self.end()
            self._open()
        self.action = action
        with nullcontext() if action.is_one_in(AT_ONCE) or KINDS[action.kind].with_trainer else self.session.gate:
            carry_out(action, self, self.watch)
        if action.is_one_in(IN_A_FRAME):
            self._live()
            self._close_others(most=1)

    def _close_others(self, most: int | None = None) -> None:
        for each in [each for each in windows_in_reach() if each is not self.window][:most]:
            with suppress(RuntimeError):  # it has gone meanwhile
                each.reject() if isinstance(each, QDialog) else each.close()

    def end(self) -> None:
        """Close the window, and note what it leaves behind."""
        if self.is_open:
            self.window.features["documents"].closing.leave_unasked()
            self._close_others()
            self.window.close()
            if not self.wait(lambda: not self.window.isVisible()):
                self.watch.note("a window does not close", "life")
        if not self._start_up.close():
            self.watch.note("the trainer's thread has not ended in time", "life")
        self.window.deleteLater()
        gone = [weakref.ref(each) for each in (self.window, self.session)]
        self._answers.deleteLater()
        self._answers = self._start_up = self.window = self.session = self.actions = None
        for button in (each for each in Qt.MouseButton if QGuiApplication.mouseButtons() & each):
            QTest.mouseRelease(QWidget(), button)
        QGuiApplication.clipboard().clear()
        QPixmapCache.clear()  # it has a bound
        self._collector.end()
        gc.collect()
        left = left_over(self._held, self.wait)
        for kind, thing in ((kind, thing) for kind, things in left.items() for thing in things):
            name = thing.objectName() if isinstance(thing, QObject) else str(thing)
            self.watch.note(f"left over: {kind}: {type(thing).__name__} {name}", "life", f"{left}")
        # a job may still end, and what Qt lets go of lets go of others
        self.wait(lambda: not any(each() for each in gone) or (gc.collect() and False))
        for each in filter(None, (reference() for reference in gone)):
            self.watch.note(f"left over: Python still keeps the {type(each).__name__}", "life")


# What asks the monkey


def answer(life: Life, chance: Random, asking: QWidget) -> None:
    """Answer a dialog or a menu in one of the ways that it offers, or not at all."""
    if isinstance(asking, QPrintDialog):
        asking.reject()
    elif isinstance(asking, QFileDialog):
        choose_file(life, chance, asking)
    elif isinstance(asking, QMenu):
        entries = [(each.text(), each) for each in asking.actions() if each.isVisible() and each.isEnabled()]
        entry = aimed(chance, entries)
        if entry is None or entry.isSeparator() or chance.random() < 0.3:
            asking.close()
        else:
            asking.setActiveAction(entry)
            QTest.keyClick(asking, Qt.Key.Key_Return)
    elif isinstance(asking, QMessageBox) or chance.random() < 0.6:
        buttons = [each for each in asking.findChildren(QAbstractButton) if each.isVisible() and each.isEnabled()]
        if (button := aimed(chance, [(f"{each.objectName()}/{each.text()}", each) for each in buttons])) is not None:
            button.click()
    else:
        asking.close()


def choose_file(life: Life, chance: Random, dialog: QFileDialog) -> None:
    """Choose a file, or none."""
    if chance.random() < 0.3:
        dialog.reject()
        return
    if dialog.acceptMode() == QFileDialog.AcceptMode.AcceptOpen:
        path = life.file(chance)
    else:
        path = life.folder / chance.choice(FILES)
        dialog.selectNameFilter(chance.choice(dialog.nameFilters() or [""]))
    dialog.setOption(QFileDialog.Option.DontConfirmOverwrite, chance.random() < 0.5)
    dialog.setDirectory(str(path.parent))
    dialog.selectFile(str(path))
    dialog.accept()


class NestedAnswers(QObject):
    """Answers what waits in an event loop of its own: while the monkey's action is under way, nobody else would."""

    def __init__(self, life: Life) -> None:
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
        self._count, self._at = (self._count + 1 if self._at == action.number else 1), action.number
        if asking is not None and self._count <= MOST_ANSWERS:
            answer(self._life, action.chance(self._count), asking)
        elif asking is not None and self._count <= MOST_ANSWERS * 5:
            asking.close()
        elif isinstance(asking, QDialog):
            asking.reject()
        elif window := QGuiApplication.focusWindow() or self._life.window.windowHandle():  # something is dragged
            QTest.keyPress(window, Qt.Key.Key_Escape)
        if self._count > MOST_ANSWERS * 20:
            self._life.watch.note(f"nothing ends the loop of {type(asking).__name__}", "answers")
