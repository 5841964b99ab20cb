"""Reads projects in the background, one at a time. Only the latest one that was asked for is delivered."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from curvegui.session.document.file import Locks, Mode, Reading, read_file
from curvegui.session.jobs.job import Job


class ProjectReader(QObject):
    """Reads files."""

    read = Signal(object)  # Reading
    failed = Signal(str)  # a sentence
    dropped = Signal(object)  # Reading: another file is wanted by now

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_reading = False
        self._wish: tuple[Path, Mode, Locks] | None = None

    def start(self, path: Path, mode: Mode, locks: Locks) -> None:
        """Begin; returns at once."""
        if self._is_reading:
            self._wish = path, mode, locks
            return
        self._is_reading = True
        job = Job(partial(read_file, path, mode, locks))
        job.ended.connect(self._finish)
        job.start()

    @Slot(object, object)
    def _finish(self, reading: Reading | None, error: Exception | None) -> None:
        self._is_reading = False
        wish, self._wish = self._wish, None
        if wish is not None:
            if reading is not None:
                self.dropped.emit(reading)
            self.start(*wish)
        elif reading is not None:
            self.read.emit(reading)
        else:
            self.failed.emit(str(error) or type(error).__name__)
