"""The folder that a child runs in: private, and removed afterwards; where the app was killed, by the next child's."""

import os
import shutil
import stat
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

PREFIX = "curvegui-exercise-"
QUIET_S = 60  # since it was made: on Windows, where it is in use only from the child's start on


class ChildFolder:
    """A new folder, at ``path``. It is locked: nobody takes it for one that was left before it is removed."""

    def __init__(self) -> None:
        _clear(Path(tempfile.gettempdir()))
        while True:
            self.path = tempfile.mkdtemp(prefix=PREFIX)
            self._handle = _lock(self.path)
            if Path(self.path).is_dir():
                return
            self._let_go()  # another program has just cleared it, before it was locked

    def remove(self) -> None:
        """Remove it, with all that is in it, as far as that is possible."""
        _remove(Path(self.path))
        self._let_go()

    def _let_go(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def _clear(place: Path) -> None:
    """Remove the folders whose programs were killed."""
    with suppress(OSError), os.scandir(place) as found:
        for each in found:
            if each.name.startswith(PREFIX):
                with suppress(OSError):
                    _remove_if_left(Path(each.path))


def _remove(path: Path) -> None:
    """Remove a folder and all that is in it, also what its code has locked away.

    Of a link that the code has put in its place, only the link goes.
    """
    if path.is_symlink():
        with suppress(OSError):
            path.unlink()
        return
    with suppress(OSError):
        shutil.rmtree(path)
        return
    _unlock(path)
    for place, folders, _ in os.walk(path):  # each is unlocked before it is looked into
        for name in folders:
            _unlock(Path(place, name))
    shutil.rmtree(path, ignore_errors=True)


def _unlock(folder: Path) -> None:
    with suppress(OSError):
        if not folder.is_symlink():
            folder.chmod(stat.S_IRWXU)


if sys.platform == "win32":

    def _lock(path: str) -> int | None:
        """Nothing: Windows locks no folders."""
        return None

    def _remove_if_left(path: Path) -> None:
        if time.time() - path.stat().st_mtime > QUIET_S:
            path.rename(path.with_suffix(".left"))  # which fails where a process runs in it
            _remove(path.with_suffix(".left"))

else:
    import fcntl

    def _lock(path: str) -> int | None:
        """Lock a folder until its handle is closed, as the system does where a program ends; None where that fails."""
        handle = None
        with suppress(OSError):
            handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            fcntl.flock(handle, fcntl.LOCK_EX)  # who has it is looking, and is done in a moment
        return handle

    def _remove_if_left(path: Path) -> None:
        """Remove a folder whose lock can be had, or a link. Where there are no locks, a folder stays."""
        if path.is_symlink():
            _remove(path)
            return
        _unlock(path)  # or it could not be opened
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove(path)
        finally:
            os.close(handle)
