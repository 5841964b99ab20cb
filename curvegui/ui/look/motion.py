"""Asks the system whether its user prefers less motion, which Qt cannot tell."""

import ctypes
import sys

from PySide6.QtCore import QObject, QProcess, QStandardPaths, Signal, Slot
from PySide6.QtGui import QGuiApplication

ASKED = {  # a program, its arguments, and what it answers then
    "linux": ("gsettings", ["get", "org.gnome.desktop.interface", "enable-animations"], "false"),
    "darwin": ("defaults", ["read", "com.apple.universalaccess", "reduceMotion"], "1"),
}
SPI_GETCLIENTAREAANIMATION = 0x1042
WITHOUT_SYSTEM = "offscreen", "minimal"  # platforms of Qt


class SystemMotion(QObject):
    """Asks the system once, in the background; ``wanted_less`` is emitted if less motion is preferred."""

    wanted_less = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._process = QProcess(self)
        self._process.finished.connect(self._read)

    def ask(self) -> None:
        """Ask the system; nothing is emitted if it gives no answer."""
        if QGuiApplication.platformName() in WITHOUT_SYSTEM:
            return
        if sys.platform == "win32":
            moves = ctypes.c_int(1)
            ctypes.windll.user32.SystemParametersInfoW(SPI_GETCLIENTAREAANIMATION, 0, ctypes.byref(moves), 0)
            if not moves.value:
                self.wanted_less.emit()
        elif sys.platform in ASKED:
            program, arguments, _ = ASKED[sys.platform]
            if QStandardPaths.findExecutable(program):
                self._process.start(program, arguments)

    @Slot()
    def _read(self) -> None:
        answer = bytes(self._process.readAllStandardOutput().data()).decode(errors="replace").strip()
        if answer == ASKED[sys.platform][2]:
            self.wanted_less.emit()
