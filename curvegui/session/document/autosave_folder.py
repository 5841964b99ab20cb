"""The folder of one window's autosaves: it has the latest few, and is locked as long as the window lives."""

import logging
import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile

from curvegui.core.run.record import RunRecord
from curvegui.core.run.shortening import thinned
from curvegui.session.document.file_lock import is_free, process_lock

if TYPE_CHECKING:  # loaded when something is written
    from curvegui.files.project.project import Project

GENERATIONS = 3
MOST_BYTES = 64_000_000  # a larger record is thinned first
COPY = re.compile(r"(\d{6,})\.curvegui", re.ASCII)  # nothing else there is ours, as what a synchronising program adds

logger = logging.getLogger(__name__)


class AutosaveFolder:
    """A window's own folder in ``root``, the folder of all windows. Use it in the background: it waits for the disk.

    It is made when something is written to it, and anew if it was deleted. ``count`` is how many were written.
    """

    def __init__(self, root: Path) -> None:
        self.path = root / f"window-{os.urandom(6).hex()}"
        self._root = root
        self._lock = lock_of(self.path)
        self._mutex = Lock()  # one job at a time
        self.count, self._is_closed = 0, False

    def write(self, project: "Project") -> None:
        """Save a project, whole or not at all, and remove the oldest ones.

        Raises ``OSError`` if it cannot be written; what was saved before stays.
        """
        from curvegui.files.project.project import save

        with self._mutex:
            if self._is_closed:
                return
            self._root.mkdir(parents=True, exist_ok=True)  # each time: somebody may clear up
            self._take_lock()  # first, so that no other window takes the folder for one that was left behind
            self.path.mkdir(exist_ok=True)
            save(self.path / f"{self.count + 1:06}.curvegui", project)
            self.count += 1
            with suppress(OSError):
                _remove(copies(self.path)[:-GENERATIONS])

    @property
    def newest(self) -> Path:
        """The latest copy that was written."""
        return self.path / f"{self.count:06}.curvegui"

    def _take_lock(self) -> None:
        """Take the lock where it is not taken yet, or its file has been deleted since."""
        if self._lock.isLocked() and not Path(self._lock.fileName()).exists():
            self._lock.unlock()
        if not self._lock.isLocked():
            is_free(self._lock)

    def forget(self, count: int) -> None:
        """Remove the first ``count`` that were written: the run is safe elsewhere."""
        with self._mutex, suppress(OSError):
            _remove(each for each in copies(self.path) if int(each.stem) <= count)

    def close(self, keep: bool) -> None:
        """Write no more; remove everything unless it is kept for the next start."""
        with self._mutex:
            self._is_closed = True
            if not keep:
                remove_folder(self.path)
            self._lock.unlock()


def lock_of(folder: Path) -> QLockFile:
    """The lock of a window's folder. It is beside the folder, so that it is made before it and removed after it."""
    return process_lock(folder.with_suffix(".lock"))


def copies(folder: Path) -> list[Path]:
    """The copies in a window's folder, the newest last. Raises ``OSError`` if they cannot be looked at."""
    return sorted((each for each in folder.iterdir() if COPY.fullmatch(each.name)), key=lambda each: int(each.stem))


def _remove(paths: Iterable[Path]) -> None:
    """Remove files; one that cannot be removed keeps no other."""
    for each in paths:
        with suppress(OSError):
            each.unlink()


def remove_folder(folder: Path) -> None:
    """Remove a window's folder and the files in it, as far as that is possible."""
    try:
        _remove(list(folder.iterdir()))
        folder.rmdir()
    except FileNotFoundError:
        pass
    except OSError as error:
        logger.warning("The autosaves in %s could not be removed: %s", folder, error)


def light(record: RunRecord) -> RunRecord:
    """A record that is not too large to be written every few seconds."""
    arrays = (record.parameters, record.keyframes, record.costs, record.test_costs, record.trail.curves)
    return thinned(record, MOST_BYTES) if sum(array.nbytes for array in arrays) > MOST_BYTES else record
