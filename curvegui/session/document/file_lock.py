"""Tells other windows that a file is open in this one; nothing is left beside the file."""

import os
from pathlib import Path

from PySide6.QtCore import QLockFile, QSysInfo

from curvegui.core.regular_file import open_regular

MOST_BYTES = 4096  # of a lock
BOOT_LINE = 4  # after the process's number and name, and the computer's name and number


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
        if self._lock.isLocked():
            return True
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            return True
        return is_free(self._lock)

    def release(self) -> None:
        """Let other windows have the file."""
        self._lock.unlock()


class HeldLock:
    """The lock that a window has on its document's file: one at a time, and none any more when it is closed."""

    def __init__(self) -> None:
        self.lock: FileLock | None = None
        self._is_closed = False

    def hold(self, lock: FileLock | None) -> None:
        """Let go of the present one, and have this one, which is acquired."""
        if self.lock is not None and self.lock is not lock:
            self.lock.release()
        if lock is not None and self._is_closed:  # a file that was still being saved
            lock.release()
        self.lock = None if self._is_closed else lock

    def hold_again(self, lock: FileLock | None) -> None:
        """Have a lock that may have been let go of, unless another window has it by now."""
        if lock is None or lock is not self.lock:
            self.hold(lock if lock is not None and lock.acquire() else None)

    def forget(self, lock: FileLock | None) -> None:
        """Let go of a lock that was acquired, unless it is the present one."""
        if lock is not None and lock is not self.lock:
            lock.release()

    def close(self) -> None:
        """Let other windows have the file, now and for good."""
        self._is_closed = True
        self.hold(None)


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
    if not lock.tryLock(0) and lock.error() is taken and _is_left_removed(lock):
        lock.tryLock(0)
    return lock.isLocked() or lock.error() is not taken


def _is_left_removed(lock: QLockFile) -> bool:
    """Remove a lock that Qt takes for a living one, though nobody holds it.

    Qt asks whether there is a process of its number: that may be another one, and always is where each start has
    numbers of its own, as in Flatpak or a container. Before it removes one, Qt asks the system, which knows better:
    but only on this computer, as that may not be told of the locks of others on a network disk.
    """
    name = lock.fileName()
    guard = QLockFile(f"{name}.rmlock")  # the same as Qt's own: nobody else removes and makes one meanwhile
    if not guard.tryLock(0):
        return False
    is_empty = not lock.getLockInfo()[0]  # which happens in a power failure
    is_removed = (is_empty or _was_made_since_boot(Path(name))) and lock.removeStaleLockFile()
    guard.unlock()
    return is_removed


def _was_made_since_boot(path: Path) -> bool:
    """Whether a lock was made on this computer since it was started; not where that is not known."""
    boot = QSysInfo.bootUniqueId().data()
    try:
        with open_regular(path) as file:
            lines = file.read(MOST_BYTES).split(b"\n")
    except OSError:
        return False
    return bool(boot) and lines[BOOT_LINE : BOOT_LINE + 1] == [boot]


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
