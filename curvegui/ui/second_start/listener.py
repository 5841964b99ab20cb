"""Takes files from outside: those of a second start where the preferences say so, and those of macOS."""

import logging
import os
from contextlib import suppress
from pathlib import Path
from shutil import rmtree

from PySide6.QtCore import QFileSystemWatcher, QLockFile, QObject, Qt, Slot
from PySide6.QtWidgets import QApplication

from curvegui.core.child_python import open_apart
from curvegui.core.regular_file import open_regular
from curvegui.session.document.file import is_free, process_lock
from curvegui.ui.actions.services import Services
from curvegui.ui.second_start.channel import (
    CLAIMED,
    MOST_BYTES,
    REFUSED,
    REQUEST,
    TAKEN,
    TOKEN,
    lock_of,
    own_channel,
    read_request,
)

HERE, APART = "here", "apart"

logger = logging.getLogger(__name__)


class Listener(QObject):
    """Listens while the preferences have files open in this window."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._window = services, services.window
        self._watcher: QFileSystemWatcher | None = None
        self._channel: Path
        self._lock: QLockFile  # while it listens
        services.closed.connect(self.stop)
        self.follow()

    def follow(self) -> None:
        """Do as the preferences say now."""
        if self._services.preferences.present.files_open != HERE:
            self.stop()
        elif self._watcher is None:
            self._listen()

    def _listen(self) -> None:
        self._channel = channel = own_channel(self._services.preferences.path)
        self._lock = process_lock(lock_of(channel))
        try:
            if not is_free(self._lock):
                raise FileExistsError(lock_of(channel))
            rmtree(channel, ignore_errors=True)  # left by another process of this number, which was killed
            channel.mkdir(mode=0o700)
        except OSError as error:
            logger.warning("Files from outside will not open in this window: %s", error)
            return
        self._watcher = QFileSystemWatcher([str(channel)], self)
        self._watcher.directoryChanged.connect(self._look)
        self._look()  # who was as quick as that is not told of

    @Slot()
    def stop(self) -> None:
        """Listen no longer."""
        if self._watcher is not None:
            self._watcher.deleteLater()
            self._watcher = None
            rmtree(self._channel, ignore_errors=True)
            self._lock.unlock()

    @Slot()
    def _look(self) -> None:
        """Answer what is asked; what cannot be read is no request, and gets no answer."""
        for request in sorted(self._channel.glob(f"*{REQUEST}")):
            claimed = request.with_suffix(CLAIMED)
            try:
                request.rename(claimed)
                with open_regular(claimed) as file:
                    path, token = read_request(file.read(MOST_BYTES))
                claimed.rename(request.with_suffix(TAKEN if self.take(path, token) else REFUSED))
            except (OSError, ValueError):  # it was withdrawn, or is nonsense
                with suppress(OSError):  # a folder stays, and is asked about no more
                    claimed.unlink(missing_ok=True)

    def take(self, path: str, token: str = "") -> bool:
        """Open a file in this window, and bring it to the front; not while a question or a lesson forbids that."""
        if QApplication.activeModalWidget() is not None or "action.open" not in self._services.availability:
            return False
        if token:
            os.environ[TOKEN] = token  # Qt takes it from there
        self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.activateWindow()
        self._services.features["documents"].chosen.emit(path)
        return True

    @Slot(str)
    def take_from_system(self, path: str) -> None:
        """Open a file that macOS has handed to the app that runs, where the preferences say."""
        if self._watcher is None or not self.take(path):
            open_apart(path)
