"""What is done once the window's frame has been painted: the run begins, and the features are made."""

import logging
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from curvegui.core.engine.backend import Backend
from curvegui.core.language.text import tr
from curvegui.core.learner.engines import ENGINES
from curvegui.core.settings.config import TrainingConfig
from curvegui.files.disk.atomic import write_bytes
from curvegui.ui.look.language import missing_font
from curvegui.ui.window.failure import FailureReporter
from curvegui.ui.window.main_window import MainWindow
from curvegui.ui.window.stop_signals import StopSignals

if TYPE_CHECKING:  # loaded after the first painting
    from curvegui.files.project.project import Project
    from curvegui.session.run.session import Session
    from curvegui.ui.documents.actions import DocumentActions

    Start = Path | Project | None
    Lesson = tuple[Path, bool, frozenset[str]] | None
    Wished = tuple[TrainingConfig, Start, Backend, Lesson]

READY_FILE = "CURVEGUI_READY_FILE"  # names a file that gets the process id once the window is painted
COMPLETE_FILE = "CURVEGUI_COMPLETE_FILE"  # names a file that gets the process id once the window is complete
LATEST_MS = 2_000  # after that time, the run begins even if the window has not been painted, as behind other windows

logger = logging.getLogger(__name__)


def notify_script(variable: str) -> None:
    path = os.environ.get(variable)
    if not path:
        return
    try:
        write_bytes(path, f"{os.getpid()}\n".encode())
    except OSError as error:
        logger.warning("The file named by %s cannot be written: %s", variable, error)


class StartUp(QObject):
    """Waits until the window is painted, then until it is complete. ``restart_with`` is the file of the run with which
    the program is to start again, or None."""

    def __init__(
        self,
        application: QApplication,
        window: MainWindow,
        reporter: FailureReporter,
        stop: StopSignals,
        wished: "Wished",
    ) -> None:
        super().__init__()
        self._application, self.window, self._reporter, self._stop = application, window, reporter, stop
        self._config, self._start, self._wanted, self._lesson = wished
        self._session: Session | None = None
        self.restart_with: Path | None = None
        window.closed.connect(application.quit)
        window.canvas.painted.connect(self._begin)
        window.completed.connect(self._complete)
        window.restart_wanted.connect(self._note_restart)
        self._latest = QTimer(self, singleShot=True, interval=LATEST_MS)
        self._latest.timeout.connect(self._make)
        self._latest.start()

    @Slot()
    def _begin(self) -> None:
        notify_script(READY_FILE)
        self._make()

    @Slot()
    def _make(self) -> None:
        """Make the session: to load its modules takes as long as to paint the window, which therefore comes first."""
        if self._session is None and self.window.isVisible():  # the window may have been closed at once
            self._latest.stop()
            from curvegui.session.run.session import Session

            self._session = Session(self._config, wanted=self._wanted)
            self._session.failed.connect(self._reporter.report)
            self.window.begin(self._session)

    @Slot()
    def _complete(self) -> None:
        documents: DocumentActions = self.window.features["documents"]
        if trouble := missing_font():
            self.window.toast.notify(trouble)
        self._stop.announced.connect(documents.closing.leave_unasked)
        self._application.commitDataRequest.connect(documents.closing.log_out)
        self._application.commitDataRequest.connect(self.window.keep_choices)
        if sys.platform == "darwin":
            from curvegui.ui.second_start.file_events import FileEventApplication

            if isinstance(self._application, FileEventApplication):
                take = self.window.features["second_start"].take_from_system
                self._application.serve(documents.chosen.emit, take)
        documents.begin(self._start)
        trouble = ENGINES["c"].obstacle()
        if trouble and self._wanted.engine != "numpy":
            self.window.toast.notify_first(tr("NumPy computes. {trouble}", trouble=trouble))
        if self._lesson is not None:
            self.window.features["tour"].open(str(self._lesson[0]), in_class=self._lesson[1])
        notify_script(COMPLETE_FILE)

    @Slot(object)
    def _note_restart(self, path: Path) -> None:
        self.restart_with = path

    def close(self) -> bool:
        """End the run, if a run was begun; return whether the run ended in time."""
        return self._session is None or self._session.close()
