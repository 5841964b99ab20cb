"""Another language: a window that speaks it is made out of sight, in pieces, to take the place of the present one."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from curvegui.core.language.text import Language, speak, tr
from curvegui.core.learner.target import build_target
from curvegui.files.disk.languages import read
from curvegui.session.jobs.jobs import Jobs
from curvegui.ui.look.language import side, tell_qt, wished_in_window
from curvegui.ui.window.main_window import MainWindow

AGAIN_MS = 200
GOING_ON = "curves", "exercise", "tour", "challenges", "second_start", "preferences"  # features that do
WINDOWS = Qt.WindowType.Window, Qt.WindowType.Dialog  # neither menus nor panels


class Reopening(QObject):
    """Makes a window for the run of an ``old`` one, and ends with it.

    ``level`` is that of the event loop in which the windows live. ``ready`` brings the new window, complete, to be
    shown at once in the place of the old one, which then closes without a question.
    """

    ready = Signal(object)

    def __init__(self, old: MainWindow, level: int) -> None:
        super().__init__(old)
        self._old, self._level = old, level
        self._choice, self._is_wanted = old.services.preferences.present.language, True
        self._new: MainWindow | None = None
        self._before: Language | None = None  # what the old window spoke, once the new one is there
        self._jobs = Jobs(self)
        self._next: Callable[[], object] = self._read
        self._told = self._said = ""  # the title of what it waits for, and the sentence about that or about a save
        self._was_writing = False
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._go_on)
        old.closed.connect(self.drop)

    def begin(self) -> None:
        """Begin as soon as nothing else is open."""
        self._when_free(self._read)

    def _read(self) -> None:
        """Read the language in the pool, and go on from there; where that fails, all stays as it is."""
        work = partial(read, wished_in_window(self._choice))
        self._jobs.do(work, lambda language: self._when_free(partial(self._make, language)), self._old.services.tell)

    @Slot()
    def drop(self) -> None:
        """Another window is not wanted any more: the old one goes on in its language."""
        self._is_wanted = False
        self._again.stop()
        if self._said and self._said == self._old.status.currentMessage():
            self._old.status.forget_message()
        if self._new is not None:
            speak(self._before)
            tell_qt(self._old.language)
            self._new.services.preferences.setParent(self._old)
            self._new.closed.emit()  # it is not closed, which would keep how it looks
            self._new.deleteLater()
            self._new = None

    def _when_free(self, act: Callable[[], object]) -> None:
        """Act when nothing is open that would be closed with the old window: a dialog, or a menu in its loop.

        Nor while the old window is about to close: the new one would stay. Nor while the run or a copy of it is
        saved, or a file is read, of whose end only the old window would hear.
        """
        self._next = act
        if self._is_wanted:
            self._go_on()

    @Slot()
    def _go_on(self) -> None:
        titles, is_in_loop = self._open_windows(), self.thread().loopLevel() > self._level
        is_at_rest = all(self._old.features[each].is_at_rest for each in ("documents", "curves"))
        if titles or is_in_loop or not is_at_rest:
            self._again.start()
        else:
            self._next()
        self._tell_why(titles)

    def _tell_why(self, titles: list[str]) -> None:
        """Say what it waits for; of a save, only when it is still on its way at the second look."""
        documents = self._old.features["documents"]
        is_reading = documents.document.reader.is_busy
        is_writing = not (titles or documents.is_at_rest or is_reading or documents.closing.is_under_way)
        if titles and self._told not in titles:
            self._told = titles[0]
            self._say(tr("The language changes when you close “{window}”.", window=self._told))
        elif is_writing and self._was_writing:
            self._told = ""
            self._say(tr("The run is still being saved; then the language changes."))
        self._was_writing = is_writing

    def _say(self, words: str) -> None:
        if words != self._said:
            self._said = words
            self._old.services.tell(words)

    def _open_windows(self) -> list[str]:
        """The titles of what a person may be at work in; Preferences are opened again."""
        shown = (each for each in QApplication.topLevelWidgets() if each.isVisible() and each.windowType() in WINDOWS)
        here = (each for each in shown if not isinstance(each, MainWindow) and each.objectName() != "preferences")
        return [each.windowTitle() for each in here]

    def _make(self, language: Language | None) -> None:
        """Speak the language, and make the window; its features are made in turns of the event loop."""
        old, services = self._old, self._old.services
        self._before = speak(language)
        tell_qt(self._choice)
        old.keep_choices()
        self._new = new = MainWindow(services.preferences, services.log, services.favourites, old.features.table)
        new.setLayoutDirection(side())  # the old one does not turn before it goes
        new.canvas.show_target(build_target(services.session.config))
        new.completed.connect(self._complete, Qt.ConnectionType.QueuedConnection)
        new.begin(services.session)

    @Slot()
    def _complete(self) -> None:
        self._when_free(self._hand_over)

    def _hand_over(self) -> None:
        """Let the new window have what the old one had until now."""
        new, services = self._new, self._old.services
        assert new is not None
        self._old.closed.disconnect(self.drop)
        new.features["documents"].take_over(self._old.features["documents"])
        new.restoreGeometry(self._old.saveGeometry())
        services.session.tell_again()
        new.services.inspection.select(services.inspection.selected)
        for each in GOING_ON:
            if self._old.features.is_made(each):
                new.features[each].take_over(self._old.features[each])
        self.ready.emit(new)
