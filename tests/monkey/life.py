"""The life of a window: opened as the app does, played with, closed, and looked over for what it leaves behind."""

import gc
import weakref
from collections.abc import Callable
from contextlib import nullcontext, suppress
from pathlib import Path
from random import Random
from time import monotonic, sleep

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QProcess, Qt
from PySide6.QtGui import QDesktopServices, QGuiApplication, QPixmapCache
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from curvegui.core.engine.backend import Backend
from curvegui.core.settings.config import FULL_SPEED, TrainingConfig
from curvegui.session.jobs.garbage import Collector
from curvegui.session.run.session import Session
from curvegui.session.stored.preferences import PreferencesFile
from curvegui.ui.look.language import speak_in_window
from curvegui.ui.look.theme import LIGHT, is_styled, set_text_size, set_theme
from curvegui.ui.look.theme import USUAL_PERCENT as USUAL_SIZE
from curvegui.ui.window.failure import FailureReporter
from curvegui.ui.window.main_window import MainWindow
from curvegui.ui.window.start_up import StartUp
from curvegui.ui.window.stop_signals import StopSignals
from tests.help.left_over import held, left_over
from tests.monkey.action import KINDS, Action, Reach, asked, windows_in_reach
from tests.monkey.answers import NestedAnswers
from tests.monkey.material import some_file
from tests.monkey.watch import Watch

PATIENCE_S = 120.0  # for what takes long on a busy machine
IN_A_FRAME = 40  # actions between two looks at clocks and the screen, on average: nobody is so quick, a queue may be
AT_ONCE = 3  # in one action of so many the trainer learns on; in the others it waits at its gate, as for a menu's
MOST_WINDOWS, LONGEST_DIALOG = 4, 40  # beside the main one; actions
ENGINES = "numpy", "c"


def keep_to_ourselves() -> None:
    """Let nothing that is played leave this process: no browser, no editor, no file manager."""
    QDesktopServices.openUrl = staticmethod(lambda url: True)
    QProcess.startDetached = staticmethod(lambda *_: (True, 0))


class Life:
    """A window, and what is behind it. ``action`` is the present one."""

    def __init__(self, watch: Watch, folder: Path, engine: str) -> None:
        self.watch, self.folder, self._engine = watch, folder, engine
        self.action, self.reach = Action(0, -1, tuple(KINDS)), Reach()
        folder.mkdir(parents=True, exist_ok=True)
        self._open()

    def _open(self) -> None:
        self._held, self._asked, self._asked_for = held(), None, 0
        set_text_size(USUAL_SIZE)
        set_theme(LIGHT)
        self.wait(is_styled)
        QApplication.instance().setStyleSheet("")
        kept = PreferencesFile(self.folder / "preferences.json")
        speak_in_window(kept.load().language)
        window = MainWindow(kept, self.folder / "curvegui.log", self.folder / "favourites")
        stop, reporter = StopSignals(), FailureReporter(self.folder / "curvegui.log", window)
        config = TrainingConfig(speed=FULL_SPEED, iterations=1_000_000_000)
        wished = config, None, Backend(self._engine), None
        done: list[bool] = []
        window.completed.connect(lambda: done.append(True))
        self._start_up = StartUp(QApplication.instance(), window, reporter, stop, wished)
        window.resize(1180, 830)
        window.show()
        window.activateWindow()
        if not self.wait(lambda: done):
            self.watch.note("a window is never complete", "life")
        self.session: Session = self._start_up._session
        self._answers, self._collector = NestedAnswers(self), Collector()
        self._collector.begin()
        self.watch.rest()

    @property
    def window(self) -> MainWindow | None:
        """The main window."""
        return self._start_up.window if self._start_up else None

    @property
    def is_open(self) -> bool:
        """Whether the window is there."""
        return self.is_valid(self.window) and self.window.isVisible()

    @staticmethod
    def is_valid(thing: QObject) -> bool:
        """Whether Qt has not destroyed it."""
        return bool(shiboken6.isValid(thing))

    def wait(self, condition: Callable[[], object]) -> bool:
        """Let the window live until a condition holds; whether it came to hold."""
        end = monotonic() + PATIENCE_S
        while not condition() and monotonic() < end:
            self.watch.rest()
            self._live()
            self.watch.piece()
            sleep(0.0005)
        return bool(condition())

    @staticmethod
    def _live() -> None:
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def file(self, chance: Random) -> Path:
        """Some file, made now, which is not the app's work."""
        self.watch.piece()
        path = some_file(chance, self.folder)
        self.watch.rest()
        return path

    def be_open(self) -> None:
        """Open another window where the monkey has closed the last one."""
        if not self.is_open:
            self.end()
            self._open()

    def do(self, action: Action) -> None:
        """Carry an action out, and let the window live for a moment now and then."""
        self.action = action
        self._tidy()
        with nullcontext() if action.is_one_in(AT_ONCE) or KINDS[action.kind].with_trainer else self.session.gate:
            self.watch.carry_out(action, self)
        if action.is_one_in(IN_A_FRAME):
            self._live()
            self.watch.piece()

    def _tidy(self) -> None:
        """Close what has been open for long, and windows of which there are many: a person would."""
        self.reach.look()
        asking = asked()
        self._asked_for = self._asked_for + 1 if asking is not None and asking is self._asked else 0
        self._asked = asking
        others = [each for each in self.reach.windows if each is not self.window]
        if self._asked_for > LONGEST_DIALOG or (asking is None and len(others) > MOST_WINDOWS):
            _close(others[0])
            self.reach.look()

    def end(self) -> None:
        """Close the window, and note what it leaves behind."""
        self._asked = None
        if self.is_open:
            self._leave()
        begun = monotonic()
        if not self._start_up.close():
            self.watch.note("the trainer's thread has not ended in time", "life", f"{monotonic() - begun:.2f} s")
        self.window.deleteLater()
        self.reach.forget()
        kept = [weakref.ref(each) for each in (self.window, self.session)]
        self._answers.deleteLater()
        self._answers = self._start_up = self.session = None
        self._release()
        self._collector.end()
        gc.collect()
        left = left_over(self._held, self.wait)
        for kind, things in left.items():
            for thing in things:
                name = thing.objectName() if isinstance(thing, QObject) else str(thing)
                self.watch.note(f"left over: {kind}: {type(thing).__name__} {name}", "life", f"{left}")
        self.wait(lambda: _is_gone(kept))  # a job may still end, and what Qt lets go of lets go of others
        for each in filter(None, (reference() for reference in kept)):
            self.watch.note(f"left over: Python still keeps the {type(each).__name__}", "life")

    def _leave(self) -> None:
        self.window.features["documents"].closing.leave_unasked()
        for each in windows_in_reach():
            if each is not self.window:
                _close(each)
        self.window.close()
        if not self.wait(lambda: not self.window.isVisible()):
            self.watch.note("a window does not close", "life")

    def _release(self) -> None:
        """Let go of the buttons, of what has been copied, and of Qt's own cache of pictures, which has a bound."""
        for button in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton, Qt.MouseButton.MiddleButton):
            if QGuiApplication.mouseButtons() & button:
                QTest.mouseRelease(QWidget(), button)
        QGuiApplication.clipboard().clear()
        QPixmapCache.clear()


def _is_gone(kept: list[weakref.ref[QObject]]) -> bool:
    """Whether Python keeps none of them, cycles apart."""
    if any(reference() for reference in kept):
        gc.collect()
    return not any(reference() for reference in kept)


def _close(window: QWidget) -> None:
    with suppress(RuntimeError):  # it has gone meanwhile
        if isinstance(window, QDialog):
            window.reject()
        else:
            window.close()
