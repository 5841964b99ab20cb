"""Takes files from outside: from a second start of the app, if the preferences say so, and from macOS."""

import logging
import os
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtWidgets import QApplication

from curvegui.core.child_python import open_apart
from curvegui.ui.actions.services import Services
from curvegui.ui.second_start.channel import (
    GREETING,
    MOST_BYTES,
    REFUSED,
    TAKEN,
    TOKEN,
    greeted,
    read_request,
    server_name,
)

if TYPE_CHECKING:  # loaded when it listens
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

HERE, APART = "here", "apart"
AGAIN_MS = 3_000  # until the next try to listen while another window listens: that window may close

logger = logging.getLogger(__name__)


class Listener(QObject):
    """Listens for files if the preferences say that files open in the open window, and no other window listens."""

    def __init__(self, services: Services) -> None:
        super().__init__(services.window)
        self._services, self._window = services, services.window
        self._server: QLocalServer | None = None
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self.follow)
        services.closed.connect(self.stop)
        self.follow()

    @Slot()
    def follow(self) -> None:
        if self._services.preferences.present.files_open != HERE:
            self.stop()
        if self._services.preferences.present.files_open != HERE or self._server is not None:
            return
        try:
            from PySide6.QtNetwork import QLocalServer
        except ImportError as error:  # Qt's network module needs a library that some systems lack
            logger.warning("Files from outside will not open in this window: %s", error)
            return
        path = self._services.preferences.path
        if greeted(path) is not None:
            self._again.start()
            return
        name, self._server = server_name(path), QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)
        QLocalServer.removeServer(name)  # left by a window that was killed
        if not self._server.listen(name):
            logger.warning("Files from outside will not open in this window: %s", self._server.errorString())

    @Slot()
    def stop(self) -> None:
        self._again.stop()
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None

    @Slot()
    def _greet(self) -> None:
        server = cast("QLocalServer", self.sender())
        while (socket := server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._answer)
            socket.disconnected.connect(socket.deleteLater)
            socket.write(GREETING)

    @Slot()
    def _answer(self) -> None:
        """Open the file that a request names, and answer; close the connection if the data is no request."""
        socket = cast("QLocalSocket", self.sender())
        if not socket.canReadLine() and socket.bytesAvailable() <= MOST_BYTES:
            return
        try:
            path, token = read_request(bytes(socket.readLine(MOST_BYTES).data()))
        except ValueError:
            socket.abort()
            return
        socket.write(TAKEN if self.take(path, token) else REFUSED)
        socket.disconnectFromServer()

    def take(self, path: str, token: str = "") -> bool:
        """Open a file in this window, now in front; return False if a question or a lesson forbids it."""
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
        """Open a file from macOS in this window or in a new one, as the preferences say."""
        if self._server is None or not self.take(path):
            open_apart(path)
