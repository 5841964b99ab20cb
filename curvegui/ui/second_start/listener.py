"""Takes files from outside: those of a second start where the preferences say so, and those of macOS."""

import logging
import os
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QApplication

from curvegui.core.child_python import open_apart
from curvegui.ui.actions.services import Services
from curvegui.ui.second_start.channel import MOST_BYTES, REFUSED, TAKEN, TOKEN, own_channel, read_request

if TYPE_CHECKING:  # where nobody is listened to, it is not loaded
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

HERE, APART = "here", "apart"

logger = logging.getLogger(__name__)


class Listener(QObject):
    """Listens while the preferences have files open in this window."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._window = services, services.window
        self._server: QLocalServer | None = None
        services.closed.connect(self.stop)
        self.follow()

    def follow(self) -> None:
        """Do as the preferences say now."""
        if self._services.preferences.present.files_open != HERE:
            self.stop()
        elif self._server is None:
            self._listen()

    def _listen(self) -> None:
        from PySide6.QtNetwork import QLocalServer

        self._server = server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._greet)
        name = own_channel(self._services.preferences.path)
        QLocalServer.removeServer(name)  # left by another process of this number, which was killed
        if not server.listen(name):
            logger.warning("Files from outside will not open in this window: %s", server.errorString())

    @Slot()
    def stop(self) -> None:
        """Listen no longer."""
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None

    @Slot()
    def _greet(self) -> None:
        while self._server is not None and (caller := self._server.nextPendingConnection()):
            caller.readyRead.connect(self._read)
            caller.disconnected.connect(caller.deleteLater)

    @Slot()
    def _read(self) -> None:
        caller = cast("QLocalSocket", self.sender())
        if not caller.canReadLine():
            if caller.bytesAvailable() > MOST_BYTES:
                caller.abort()
            return
        try:
            path, token = read_request(bytes(caller.readLine(MOST_BYTES).data()))
        except ValueError:
            caller.abort()
            return
        is_there = caller.state() == caller.LocalSocketState.ConnectedState  # else it has opened a window itself
        caller.write(TAKEN if is_there and self.take(path, token) else REFUSED)
        caller.flush()

    def take(self, path: str, token: str = "") -> bool:
        """Open a file in this window, and bring it to the front; not while a question or a lesson forbids that."""
        if QApplication.activeModalWidget() is not None or "action.open" not in self._services.offered:
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
        if self._server is None or not self.take(path):
            open_apart(path)
