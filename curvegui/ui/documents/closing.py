"""Closing the window: asked about where something would be lost, and at once where nobody may be asked."""

from PySide6.QtCore import QEventLoop, QObject, QTimer, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QWidget

from curvegui.session.document.autosave import Autosave
from curvegui.session.document.document import Document
from curvegui.ui.actions.event_window import EventWindow
from curvegui.ui.documents.saving import DocumentSaving

LAST_WORDS_MS = 1_500  # that an end which nobody may be asked about waits for the autosave


class WindowClosing(QObject):
    """Decides whether a window may close."""

    def __init__(self, document: Document, saving: DocumentSaving, autosave: Autosave, window: EventWindow) -> None:
        super().__init__(window)
        self._document, self._saving, self._autosave, self._window = document, saving, autosave, window
        self._is_settled = self._is_unasked = False
        self._patience = QTimer(self, singleShot=True)  # a child, so that it ends with the window
        self._patience.timeout.connect(self._close)
        window.closing.connect(self._decide)

    def settle(self) -> None:
        """Let it close at once: nothing is lost by that."""
        self._is_settled = True

    @property
    def is_under_way(self) -> bool:
        """Whether the window is about to close, at the latest when something has been saved."""
        return self._is_unasked or self._is_settled or self._saving.is_leaving

    @Slot(object)
    def _decide(self, event: QCloseEvent) -> None:
        """Keep the window open as long as a question has to be answered first."""
        if not self._may_close():
            event.ignore()

    @Slot()
    def leave_unasked(self) -> None:
        """Ask nothing from now on: the system ends, or the program is told to. What is not saved is autosaved."""
        self._is_unasked = True

    @Slot()
    def log_out(self) -> None:
        """The person logs out, and Windows ends the program once this returns: wait until what is not saved is kept."""
        self.leave_unasked()
        if self._document.is_changed and self._autosave.is_begun and self._autosave.keep():
            waiting = QEventLoop()
            self._autosave.settled.connect(waiting.quit)
            patience = QTimer(waiting, singleShot=True, interval=LAST_WORDS_MS)
            patience.timeout.connect(waiting.quit)
            patience.start()
            waiting.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def _may_close(self) -> bool:
        """Whether the window may close now. If not, the person is asked, and it closes later if that is the answer."""
        if not self._is_settled and self._is_unasked:
            self._is_settled = not (self._document.is_changed and self._autosaves())
        elif not self._is_settled:
            self._ask()
        return self._is_settled

    def _autosaves(self) -> bool:
        """Begin a last autosave; whether one is under way."""
        if not self._autosave.is_begun or not self._autosave.keep():
            return False
        self._autosave.settled.connect(self._close)
        self._patience.start(LAST_WORDS_MS)
        return True

    def _ask(self) -> None:
        if self._window.findChild(QWidget, "unsaved") is not None:  # the question is there already
            return
        if self._document.is_saving or self._document.is_changed:
            if self._autosave.is_begun:
                self._autosave.keep()  # before anything can go wrong with what is answered
            self._saving.leave(self._close)
        else:
            self._is_settled = True

    @Slot()
    def _close(self) -> None:
        if not self._is_settled:
            self._is_settled = True
            self._window.close()

    def end(self) -> None:
        """Clear up behind the window; what nobody could be asked about is kept for the next start."""
        self._autosave.end(keep=self._is_unasked and self._document.is_changed)
        self._document.close()
