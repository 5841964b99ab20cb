"""Plays a WAV file with a program or a function of the operating system; there may be no sound device."""

import sys
from contextlib import suppress
from importlib import import_module

from PySide6.QtCore import QDeadlineTimer, QDir, QObject, QProcess, QStandardPaths, QTemporaryFile, Signal, Slot

from curvegui.core.sound import BYTES_PER_S

PROGRAMS = ("afplay",) if sys.platform == "darwin" else ("pw-play", "paplay", "aplay")
WINDOWS_FLAGS = 0x20000 | 0x0001 | 0x0002  # of ``winsound``: a file, at once, and no other sound instead
KILL_MS = 200


class Player(QObject):
    """Plays one sound at a time: a new sound ends the one before."""

    began = Signal()  # a sound is about to be heard
    failed = Signal()  # nothing can be heard

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file: QTemporaryFile | None = None
        self._process: QProcess | None = None
        self._length_ms = 0
        self._programs: list[str] = []  # installed programs that have not failed
        self._heard_until = QDeadlineTimer()

    @property
    def is_playing(self) -> bool:
        """Whether a sound is still playing, judged by its length, as not every system tells."""
        return not self._heard_until.hasExpired()

    def play(self, sound: bytes) -> None:
        self.stop()
        self._file = QTemporaryFile(f"{QDir.tempPath()}/curvegui-XXXXXX.wav", self)
        if not self._file.open() or self._file.write(sound) != len(sound):
            self._fail()
            return
        self._file.close()
        self._length_ms = 1_000 * len(sound) // BYTES_PER_S
        if sys.platform != "win32":
            self._play_with_program(self._file.fileName())
            return
        self._begin()
        try:
            import_module("winsound").PlaySound(self._file.fileName(), WINDOWS_FLAGS)
        except RuntimeError:
            self._fail()

    @Slot()
    def stop(self) -> None:
        self._end_process()
        if sys.platform == "win32" and self.is_playing:  # else this would end a sound of the other player
            with suppress(RuntimeError):
                import_module("winsound").PlaySound(None, 0)
        self._heard_until = QDeadlineTimer()
        if self._file is not None:
            self._file.deleteLater()
            self._file = None

    @Slot()
    def close(self) -> None:
        """Stop the sound, and wait until the program that plays it has ended."""
        process = self._process
        self.stop()
        if process is not None:
            process.waitForFinished(KILL_MS)

    def _begin(self) -> None:
        self._heard_until = QDeadlineTimer(self._length_ms)
        self.began.emit()

    def _play_with_program(self, path: str) -> None:
        if not self._programs:  # also where all have failed: a sound device may be there by now
            self._programs = list(filter(None, map(QStandardPaths.findExecutable, PROGRAMS)))
        if not self._programs:
            self._fail()
            return
        self._process = QProcess(self)
        self._process.setStandardOutputFile(QProcess.nullDevice())  # nobody reads the output, which may be long
        self._process.setStandardErrorFile(QProcess.nullDevice())
        self._process.errorOccurred.connect(self._try_next)
        self._process.finished.connect(self._end)
        self._begin()  # with each program that is tried, since each plays from the beginning
        self._process.start(self._programs[0], [path])

    @Slot(int)
    def _end(self, status: int) -> None:
        if status != 0:
            self._try_next()
        else:
            self._end_process()

    @Slot()
    def _try_next(self) -> None:
        """Play this sound, and all later ones, with the next program, since the present program has failed."""
        self._end_process()
        self._programs.pop(0)
        if self._programs and self._file is not None:
            self._play_with_program(self._file.fileName())
        else:
            self._fail()

    def _end_process(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.errorOccurred.disconnect(self._try_next)
        process.finished.disconnect(self._end)
        if process.state() is QProcess.ProcessState.NotRunning:
            process.deleteLater()
        else:
            process.finished.connect(process.deleteLater)
            process.kill()

    @Slot()
    def _fail(self) -> None:
        self._heard_until = QDeadlineTimer()
        self.failed.emit()
