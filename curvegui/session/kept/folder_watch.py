"""Tells when files are added to a folder or removed from it."""

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

SETTLE_MS = 300  # a folder that is being copied into changes many times


class FolderWatch(QObject):
    """Watches one folder, which need not be there yet."""

    changed = Signal()  # something has changed, and then nothing for ``SETTLE_MS``

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._watcher, self._settled = QFileSystemWatcher(self), QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(SETTLE_MS)
        self._watcher.directoryChanged.connect(self._wait_a_little)
        self._settled.timeout.connect(self.changed)

    @Slot()
    def _wait_a_little(self) -> None:
        self._settled.start()

    def begin(self) -> None:
        """Watch from now on, if the folder exists; call it again when it may have been made."""
        if not self._watcher.directories() and self._folder.is_dir():
            self._watcher.addPath(str(self._folder))
