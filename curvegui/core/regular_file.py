"""Opening a file that should be a regular one, and why one cannot be read, in sentences for people."""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

from curvegui.core.language.text import in_quotes, mark, tr

REASONS = {
    errno.ENOENT: mark("There is no such file."),
    errno.ENOTDIR: mark("There is no such file."),
    errno.EISDIR: mark("It is a folder."),
    errno.EACCES: mark("You may not read it."),
    errno.EPERM: mark("You may not read it."),
    errno.EIO: mark("The disk reported a fault."),
    errno.ELOOP: mark("It is a link that leads back to itself."),
    errno.ENAMETOOLONG: mark("The name is too long."),
}
NO_FILE = mark("It is not a file but a device or a pipe")
AT_ONCE = sum(getattr(os, name, 0) for name in ("O_NONBLOCK", "O_NOCTTY", "O_CLOEXEC", "O_BINARY", "O_NOINHERIT"))


def why_unreadable(error: OSError) -> str:
    """What an error of the system means for somebody who wants to read a file."""
    return tr(REASONS.get(error.errno or 0, f"{error.strerror or error}."))


def is_there(path: str | os.PathLike[str]) -> bool:
    """Whether a file or folder of this name exists; False where the system cannot tell, as on a lost server."""
    return os.path.exists(path)  # noqa: PTH110  # that of a path would raise what the system says


def is_folder(path: str | os.PathLike[str]) -> bool:
    """Whether a folder of this name exists; False where the system cannot tell."""
    return os.path.isdir(path)  # noqa: PTH112


def quoted_name(path: str | os.PathLike[str]) -> str:
    """The name of a file, in quotes and in one line, whatever bytes are in it."""
    return in_quotes(in_one_line(Path(path).name or path))


def in_one_line(path: str | os.PathLike[str]) -> str:
    """A path as one line of text, whatever bytes are in the path: a second line could pass for our own words."""
    return os.fsencode(path).decode("utf-8", "replace").replace("\n", "\\n")


def regular_handle(path: str | os.PathLike[str], flags: int = os.O_RDONLY) -> int:
    """A handle of a file, opened; pipes and devices are refused at once, where opening them could wait for ever. Raises
    ``OSError``, also for a folder, and for a name that no file can have."""
    try:
        handle = os.open(path, flags | AT_ONCE, 0o666)
    except ValueError as error:  # a zero byte
        raise OSError(errno.EINVAL, tr("No file can have this name")) from error
    except PermissionError as error:
        if Path(path).is_dir():  # Windows refuses to open one
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR)) from error
        raise
    except OSError as error:
        if error.errno == errno.ENXIO:  # a pipe that nobody reads, or a socket
            raise OSError(errno.EINVAL, tr(NO_FILE)) from error
        raise
    mode = os.fstat(handle).st_mode
    if stat.S_ISREG(mode):
        return handle
    os.close(handle)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    raise OSError(errno.EINVAL, tr(NO_FILE))


def open_regular(path: str | os.PathLike[str]) -> BinaryIO:
    """Open a file to read it; errors as in `regular_handle`."""
    return os.fdopen(regular_handle(path), "rb")
