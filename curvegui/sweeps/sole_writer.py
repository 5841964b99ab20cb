"""Seeing to it that one program alone adds to a file."""

import errno
import sys
from typing import IO

BUSY = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
FAR_OUT = 1 << 60  # Windows lets nobody read what is locked: nobody reads there


def is_sole_writer(file: IO[bytes]) -> bool:
    """Take a file for oneself until it is closed; False where another program has it.

    Where the file system knows no locks, nothing is locked, and nothing is in the way.
    """
    try:
        _lock(file)
    except OSError as error:
        return error.errno not in BUSY
    return True


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        stood = file.tell()
        file.seek(FAR_OUT)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        finally:
            file.seek(stood)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
