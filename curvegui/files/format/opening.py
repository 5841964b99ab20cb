"""Opening a file that may be anything, or nothing."""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from curvegui.files.format.section import ProjectError
from curvegui.files.format.stored_zip import LARGEST_ARCHIVE, OpenFile

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


@contextmanager
def opened(path: str | os.PathLike[str]) -> Iterator[OpenFile]:
    """A file to read a project from; its size has been checked.

    Whatever goes wrong, also inside of the block, becomes a ``ProjectError`` that begins with the name of the file.
    """
    try:
        size = _checked_size(path)
        with Path(path).open("rb") as file:
            yield OpenFile(file, size)
    except ProjectError as error:
        raise ProjectError(f"{_name(path)} could not be opened. {error}") from error
    except OSError as error:
        reason = REASONS.get(error.errno or 0, f"{error.strerror or error}.")
        raise ProjectError(f"{_name(path)} could not be opened. {reason}") from error
    except MemoryError as error:
        raise ProjectError(f"{_name(path)} could not be opened. There is not enough memory for it.") from error


def _checked_size(path: str | os.PathLike[str]) -> int:
    """The size of a file; it does not open what would block until somebody writes to it."""
    try:
        found = Path(path).stat()
    except ValueError as error:  # a zero byte
        raise ProjectError("No file can have this name.") from error
    if stat.S_ISDIR(found.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(found.st_mode):
        raise ProjectError("It is not a file but a device or a pipe.")
    if found.st_size == 0:
        raise ProjectError("It is empty.")
    if found.st_size > LARGEST_ARCHIVE:
        raise ProjectError(f"It is larger than any file that can be opened: {found.st_size / 1e6:,.0f} MB.")
    return found.st_size


def _name(path: str | os.PathLike[str]) -> str:
    name = Path(path).name or os.fspath(path)
    return f"“{os.fsencode(name).decode('utf-8', 'replace')}”"
