"""Tells other windows that a file is open in this one; nothing is left beside the file."""

import os
from pathlib import Path

from PySide6.QtCore import QLockFile


class FileLock:
    """A lock for the file ``path``, which need not exist, in ``folder``; ``key`` is the same for all names of one file.

    A lock that a crash has left is taken over. If the folder cannot be written to, nothing is locked.
    """

    def __init__(self, folder: Path, path: Path) -> None:
        self.key = key_of(path)
        self._folder = folder
        self._lock = process_lock(folder / f"{self.key}.lock")

    def acquire(self) -> bool:
        """Return whether no other window has the file. If so, it belongs to this window until `release` or its end."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return True
        return is_free(self._lock)

    def release(self) -> None:
        """Let other windows have the file."""
        self._lock.unlock()


def process_lock(path: Path) -> QLockFile:
    """A lock that is free when its process has ended, however old it is."""
    lock = QLockFile(str(path))
    lock.setStaleLockTime(0)
    return lock


def is_free(lock: QLockFile) -> bool:
    """Take a lock, without waiting; False only if another process that still runs has it."""
    taken, path = QLockFile.LockError.LockFailedError, Path(lock.fileName())
    if _cannot_be_locked(path):
        return True
    if not lock.tryLock(0) and lock.error() is taken and not lock.getLockInfo()[0]:
        lock.removeStaleLockFile()  # it is empty, which happens in a power failure
        lock.tryLock(0)
    return lock.isLocked() or lock.error() is not taken


def _cannot_be_locked(path: Path) -> bool:
    """Whether there is something else than a file, such as a pipe, out of which Qt would wait for something to come."""
    try:
        return path.exists() and not path.is_file()
    except OSError:
        return True


def key_of(path: Path) -> str:
    """A name for the file itself, whatever links lead to it."""
    from hashlib import sha256

    real = os.path.normcase(os.path.realpath(path))
    return sha256(os.fsencode(real)).hexdigest()[:32]
