"""Why a file cannot be read, in sentences for people, whoever wants to read it."""

import errno
import os
import stat
from pathlib import Path

REASONS = {
    errno.ENOENT: "There is no such file.",
    errno.ENOTDIR: "There is no such file.",
    errno.EISDIR: "It is a folder.",
    errno.EACCES: "You may not read it.",
    errno.EPERM: "You may not read it.",
    errno.EIO: "The disk reported a fault.",
    errno.ELOOP: "It is a link that leads back to itself.",
    errno.ENAMETOOLONG: "The name is too long.",
}


def why_unreadable(error: OSError) -> str:
    """What an error of the system means for somebody who wants to read a file."""
    return REASONS.get(error.errno or 0, f"{error.strerror or error}.")


def quoted_name(path: str | os.PathLike[str]) -> str:
    """The name of a file, in quotes, whatever bytes are in it."""
    name = Path(path).name or os.fspath(path)
    return f"“{os.fsencode(name).decode('utf-8', 'replace')}”"


def size_of(path: str | os.PathLike[str]) -> int:
    """The size of a file in bytes. It is not opened, as that could wait until somebody writes to it.

    Raises ``ValueError``, with a sentence, for what is no file, and ``OSError``, for a folder too.
    """
    try:
        found = Path(path).stat()
    except ValueError as error:  # a zero byte
        raise ValueError("No file can have this name.") from error
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(found.st_mode):
        raise ValueError("It is not a file but a device or a pipe.")
    return found.st_size
