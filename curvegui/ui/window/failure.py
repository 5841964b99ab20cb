"""Exceptions that no code has caught: each is logged and shown once, from whichever thread; the app goes on."""

import logging
import sys
import threading
import traceback
from collections import Counter
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QMessageBox, QWidget

from curvegui.core.language.text import tr

MOST_LOGGED = 5  # times that the same exception is logged

logger = logging.getLogger(__name__)


class FailureReporter(QObject):
    """Replaces ``sys.excepthook`` and ``threading.excepthook``; its message over the window names the log."""

    happened = Signal(str)  # the exception, in one line; emitted in whichever thread

    def __init__(self, log: Path, window: QWidget) -> None:
        super().__init__(window)
        self._log, self._window = log, window
        self._shown: set[str] = set()
        self._seen: Counter[str] = Counter()
        self._box: QMessageBox | None = None
        self.happened.connect(self.report)

    def install(self) -> None:
        sys.excepthook = self._catch
        threading.excepthook = self._catch_in_thread

    def uninstall(self) -> None:
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def _catch(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, (KeyboardInterrupt, SystemExit)):  # a person or the system ends the program
            return
        what = traceback.format_exception_only(kind, error)[-1].strip()
        self._seen[what] += 1
        if self._seen[what] <= MOST_LOGGED:  # an exception in every frame would soon push the first out of the log
            logger.error("Nobody caught this", exc_info=(kind, error, trace))
        self.happened.emit(what)

    def _catch_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._catch(args.exc_type, args.exc_value, args.exc_traceback)

    @Slot(str)
    def report(self, what: str) -> None:
        """Show a message about an exception, unless a message is open or this exception was shown before."""
        from curvegui.ui.dialogs.question import MessageBox

        if what in self._shown or self._box is not None:
            return
        self._shown.add(what)
        text = tr("Something went wrong. CurveGUI will continue.")
        more = tr(
            "{what}\n\nYour settings are safe. If the run has stopped, Reset begins it again. More is in the "
            "log:\n{log}",
            what=what,
            log=self._log,
        )
        box = MessageBox("failure", text, more, self._window, title=tr("Something went wrong"))
        box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        box.setWindowModality(Qt.WindowModality.NonModal)
        box.finished.connect(self._forget_box)
        self._box = box
        box.show()

    @Slot()
    def _forget_box(self) -> None:
        self._box = None
