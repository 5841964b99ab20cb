"""Closing the window: a question comes first if work would be lost, unless nobody can be asked."""

from PySide6.QtCore import QEventLoop, QObject, QTimer, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from curvegui.core.language.text import tr
from curvegui.session.document.autosave import Autosave
from curvegui.session.document.document import Document
from curvegui.ui.actions.event_window import EventWindow
from curvegui.ui.dialogs.question import LEAVE, Choice, QuestionBox, Role
from curvegui.ui.documents.opening import DocumentQuestions

SAVING_MS = 1_500  # how long a save may last before the person is told
LAST_WORDS_MS = 1_500  # how long the end of the program waits for the last autosave
LOG_OUT_MS = 20_000  # after that time, a log-out that has not ended the program counts as cancelled


class WindowClosing(QObject):
    """Decides whether the window may close."""

    def __init__(
        self, document: Document, questions: DocumentQuestions, autosave: Autosave, window: EventWindow
    ) -> None:
        super().__init__(window)
        self._document, self._questions, self._autosave, self._window = document, questions, autosave, window
        self._may_close = self._is_unasked = self._is_wanted = self._is_restarted = False
        self._logging_out = QTimer(self, singleShot=True)
        self._patience = QTimer(self, singleShot=True)  # a child, so that it ends with the window
        self._patience.timeout.connect(self._close)
        self._hearing = QTimer(self, singleShot=True, interval=SAVING_MS)
        self._hearing.timeout.connect(self._tell_of_saving)
        questions.waiting.connect(self._hearing.start)
        for ended in document.saved, document.failed, document.found_changed:
            ended.connect(self._take_back)
        window.closing.connect(self._decide)

    def allow(self) -> None:
        """Let the window close at once, since nothing would be lost."""
        self._may_close = True

    @property
    def is_under_way(self) -> bool:
        """Whether the window is about to close, perhaps after a file has been saved."""
        return self._asks_nothing or self._may_close or self._questions.is_leaving

    @property
    def _asks_nothing(self) -> bool:
        return self._is_unasked or self._logging_out.isActive()

    @Slot(object)
    def _decide(self, event: QCloseEvent) -> None:
        """Keep the window open while a question waits for its answer, or the last autosave is being written."""
        is_asked = any(self._window.findChild(QWidget, each) for each in ("unsaved", "still_saving"))
        if not self._may_close and self._asks_nothing:
            self._is_unasked = True  # even if the person goes on before the window has closed
            if self._has_more and self._autosave.keep():  # a last autosave, even if autosaving is switched off
                self._autosave.became_idle.connect(self._close)
                self._patience.start(LAST_WORDS_MS)
            else:
                self._may_close = True
        elif not self._may_close and not is_asked:
            if self._has_more:
                if self._autosave.is_begun:
                    self._autosave.keep()  # before anything can go wrong after the answer
                self._questions.leave(self._close, self._stay)
                self._is_wanted = True
            else:
                self._may_close = True
        if not self._may_close:
            event.ignore()

    @Slot()
    def leave_unasked(self) -> None:
        """Ask no questions from now on, because the system ends the program; unsaved changes are autosaved."""
        self._is_unasked = True

    def restart(self) -> None:
        """Close the window without a question; the copy of the run stays for the next start of the program."""
        self._is_unasked = self._is_restarted = True
        self._window.close()

    @Slot()
    def log_out(self) -> None:
        """The person logs out, and Windows ends the program when this returns: wait until unsaved changes are
        autosaved. Nothing tells whether the log-out is cancelled: a person who goes on working is asked again later."""
        self._document.hold_still()  # else the steps of a morph would count as going on
        self._logging_out.start(LOG_OUT_MS)
        if self._has_more and self._autosave.keep():
            waiting = QEventLoop()
            self._autosave.became_idle.connect(waiting.quit)
            patience = QTimer(waiting, singleShot=True, interval=LAST_WORDS_MS)
            patience.timeout.connect(waiting.quit)
            patience.start()
            waiting.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    @Slot()
    def go_on(self) -> None:
        self._logging_out.stop()

    @property
    def _has_more(self) -> bool:
        """Whether some of the run is in no file, or may not be: its save has not ended."""
        return self._document.is_changed or self._document.is_saving

    @Slot()
    def _tell_of_saving(self) -> None:
        """Tell the person that the window waits for a save, which may never end if a server has gone."""
        if self._is_wanted and self._document.is_saving and not self._may_close and not self._asks_nothing:
            text = tr("“{name}” is still being saved.", name=self._document.title)
            more = tr(
                "CurveGUI closes when it is saved. If you close now, a copy of the run is kept for the next start."
            )
            close = Choice("close_now", Role.DestructiveRole, tr("Close &now"))
            question = QuestionBox(self._window, "still_saving", text, more, LEAVE, close)
            question.ask(close_now=self._close_now, cancel=self._questions.stay)

    def _close_now(self) -> None:
        self.leave_unasked()
        self._window.close()

    @Slot()
    def _take_back(self) -> None:
        for question in self._window.findChildren(QuestionBox, "still_saving"):
            question.withdraw()

    def _stay(self) -> None:
        self._is_wanted = False

    @Slot()
    def _close(self) -> None:
        if not self._may_close:
            self._may_close = True
            self._window.close()

    def end(self) -> None:
        """End with the window; changes about which nobody could be asked are kept for the next start."""
        self._autosave.end(keep=self._is_restarted or (self._is_unasked and self._has_more))
        self._document.close()
