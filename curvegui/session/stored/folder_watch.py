"""Watches a folder by its path: the one that is there, also after another one has been moved away."""

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, QTimer, Signal, Slot

from curvegui.core.regular_file import is_folder

SETTLE_MS = 300  # a folder that is being copied into changes many times


class FolderWatch(QObject):
    """Watches one folder, which need not be there yet."""

    changed = Signal()  # something has changed, and then nothing for ``SETTLE_MS``

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._watched: tuple[int, int] | None = None
        self._watcher, self._settled = QFileSystemWatcher(self), QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._watcher.directoryChanged.connect(self._wait_a_little)
        self._settled.timeout.connect(self.changed)

    @Slot()
    def _wait_a_little(self) -> None:
        self._settled.start()

    def begin(self) -> None:
        """Watch from now on, if the folder exists; call it again when it may have been made, or be another one."""
        found, old = _identity(self._folder), self._watcher.directories()
        if found is None or (old and found == self._watched):
            return
        if old:  # it has been moved, and is watched where it is now
            self._watcher.removePaths(old)
            self._settled.start()
        self._watcher.addPath(str(self._folder))
        self._watched = found


def _identity(folder: Path) -> tuple[int, int] | None:
    """What tells a folder from another one of its name; None where there is none."""
    try:
        found = folder.stat() if is_folder(folder) else None
    except OSError:  # it has just gone
        return None
    return (found.st_dev, found.st_ino) if found else None
