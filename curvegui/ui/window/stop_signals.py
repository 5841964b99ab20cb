"""What ends the program from outside: signals, a closed terminal, and on Windows the closed window of the console."""

import ctypes
import signal
import sys
from threading import Event
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer, QTimerEvent, Signal, Slot

SIGNAL_CHECK_MS = 200  # Python serves a signal only when it runs; Qt may idle for longer
NAMES = "SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"  # the last two are each unknown to some systems
CONSOLE_CLOSES, CONSOLE_S = 2, 5.0  # Windows waits no longer for a program whose console is closed


class StopSignals(QObject):
    """Turns signals, and the closing of a console on Windows, into Qt signals."""

    announced = Signal()  # the program is about to end: no more questions to the person
    requested = Signal()  # someone wants the program to end
    _console_closes = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._console: Any = None
        self._console_closes.connect(self._request, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Listen from now on. Python serves signals only while Python code runs, so a timer runs some."""
        for name in NAMES:
            number = getattr(signal, name, None)
            if number is not None and (name != "SIGHUP" or signal.getsignal(number) != signal.SIG_IGN):  # as nohup does
                signal.signal(number, lambda *_: QTimer.singleShot(0, self._request))
        if sys.platform == "win32":
            self.follow_console(ctypes.WinDLL("kernel32"))
        self.startTimer(SIGNAL_CHECK_MS)

    def follow_console(self, system: Any) -> None:
        """End the program also when its console is closed; ``system`` has the functions of ``kernel32``."""
        self._console = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_uint)(self._serve_console)  # must live as long
        system.SetConsoleCtrlHandler(self._console, 1)

    def _serve_console(self, event: int) -> int:
        """Windows calls this in a thread of its own, and ends the program as soon as the function returns."""
        if event != CONSOLE_CLOSES:
            return 0
        self._console_closes.emit()
        Event().wait(CONSOLE_S)
        return 1

    def timerEvent(self, event: QTimerEvent) -> None:
        """Do nothing: Python serves signals because it is called at all."""

    @Slot()
    def _request(self) -> None:
        self.announced.emit()
        self.requested.emit()
