"""Writing a file so that it is there whole or not at all.

The bytes go to a temporary file in the same folder, are flushed to the disk, read back and compared, and only then take
the place of the old file. Whatever fails on the way, the old file stays as it was.
"""

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO

CHANGED = "What was read back is not what was written"


class WriteError(OSError):
    """A file could not be written; the message says what is safe and what to do."""

    def __str__(self) -> str:
        return str(self.strerror)  # without the number that OSError puts before it


HINTS = {
    errno.ENOENT: "There is no such folder. Choose another one.",
    errno.ENOTDIR: "Part of the path is not a folder. Choose another one.",
    errno.EISDIR: "There is a folder of this name. Choose another name.",
    errno.EACCES: "You may not write there. Choose another place.",
    errno.EPERM: "You may not write there. Choose another place.",
    errno.EROFS: "That disk is read-only. Choose another folder.",
    errno.ENOSPC: "The disk is full. Free some space, or choose another disk.",
    errno.EDQUOT: "Your quota on that disk is used up. Free some space, or choose another disk.",
    errno.EINVAL: "No file can have this name. Choose another one.",
    errno.ELOOP: "This is a link that leads back to itself. Choose another name.",
    errno.ENAMETOOLONG: "The name is too long. Choose a shorter one.",
    errno.EIO: "The disk reported a fault. Choose another disk.",
}


def write_bytes(path: str | os.PathLike[str], data: bytes) -> None:
    """Write a file whole, or leave what was there; an existing file keeps its permissions.

    Raises ``WriteError`` if any step fails; nothing has changed then.
    """
    with replacement(path) as temporary:
        with temporary.open("xb", buffering=0) as file:
            write_all(file, data)
            os.fsync(file.fileno())
        if temporary.read_bytes() != data:
            raise OSError(errno.EIO, CHANGED)


@contextlib.contextmanager
def replacement(path: str | os.PathLike[str]) -> Iterator[Path]:
    """The path of a temporary file, which takes the place of the file at ``path`` when the block ends well.

    The block makes the file, in the same folder, and checks it. When the block ends in any other way the temporary file
    is removed, and what was at ``path`` is as it was. Any ``OSError``, the block's own too, becomes a ``WriteError``.
    """
    target = Path(path)
    try:
        target = _destination(target.absolute())
        yield from _replaced(target)
    except OSError as error:
        raise _explained(target, error) from error


def _destination(path: Path) -> Path:
    """The file to replace: what a link names, not the link. Raises ``OSError`` where there must not be one."""
    target = Path(os.path.realpath(path)) if path.is_symlink() else path
    if target.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    if target.is_dir():
        raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
    if target.exists() and not target.is_file():  # /dev/null must stay what it is
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    if target.exists() and not os.access(target, os.W_OK):  # a folder's owner could replace a protected file in it
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))
    return target


def _replaced(target: Path) -> Iterator[Path]:
    name = target.name[:40]  # 160 bytes at most, so that the longer name is possible wherever the file's own is
    temporary = target.with_name(f".{name}.{os.urandom(4).hex()}.part")
    try:
        yield temporary
        if target.exists():
            with contextlib.suppress(OSError):  # a file system without permissions is no reason to fail
                temporary.chmod(target.stat().st_mode & 0o7777)
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def write_all(file: IO[bytes], data: bytes | memoryview) -> None:
    """Write all of the data to an unbuffered file, however little of it the disk takes at a time.

    Raises ``OSError`` if the disk takes no more.
    """
    view = memoryview(data)
    while view:
        written = file.write(view)
        if not written:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        view = view[written:]


def sync_folder(folder: Path) -> None:
    """Flush the folder, where the system can, so that the new name survives a power failure."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _explained(target: Path, error: OSError) -> WriteError:
    hint = HINTS.get(error.errno or 0, f"{error.strerror or error}. Choose another place.")
    kept = ""
    with contextlib.suppress(OSError):  # a folder that may not be searched does not say what is in it
        kept = " The file that was there is unchanged." if target.is_file() else ""
    return WriteError(error.errno or errno.EIO, f"“{target.name}” could not be saved in {target.parent}. {hint}{kept}")
