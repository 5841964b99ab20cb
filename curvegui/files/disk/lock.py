"""Locks of files and folders against other programs. The system opens the locks of a program that has ended."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import IO

from curvegui.core.language.text import tr
from curvegui.core.regular_file import regular_handle

NAME, PAUSE_S = ".lock", 0.005


def lock(file: IO[bytes]) -> None:
    """Lock a file until it is closed. Raises ``OSError`` if another program has it, or there are no locks."""
    if sys.platform == "win32":
        import msvcrt

        stood = file.tell()
        file.seek(1 << 60)  # Windows lets nobody read what is locked: nobody reads there
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        finally:
            file.seek(stood)
    else:
        import fcntl

        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)


def is_sole_writer(file: IO[bytes]) -> bool:
    """Lock a file until it is closed; False if another program has it. Where a disk has no locks, nothing is locked."""
    try:
        lock(file)
    except OSError as error:
        return error.errno not in ({errno.EACCES, errno.EDEADLK} if sys.platform == "win32" else {errno.EAGAIN})
    return True


@contextmanager
def alone_in(folder: Path, patience_s: float) -> Iterator[None]:
    """Keep out of the block all other programs that lock the same folder, which is made if it is missing. Where nothing
    can be written, nothing is locked. Raises ``OSError`` if another program does not end in time."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file = os.fdopen(regular_handle(folder / NAME, os.O_RDWR | os.O_CREAT), "r+b", 0)
    except OSError:
        yield
        return
    with file:
        left = round(patience_s / PAUSE_S)
        while not is_sole_writer(file):
            if (left := left - 1) < 0:
                raise OSError(errno.EBUSY, tr("Another window of CurveGUI is using it"))
            Event().wait(PAUSE_S)
        yield
