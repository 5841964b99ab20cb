"""Writing a file so that it is there whole or not at all.

The bytes go to a temporary file in the same folder, are flushed to the disk, read back and compared, and only then take
the place of the old file. Whatever fails on the way, the old file stays as it was.
"""

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from curvegui.core.language.text import mark, tr
from curvegui.files.disk.leftovers import clear_beside, new_part
from curvegui.files.disk.new_name import name_part

BLOCK_BYTES = 1 << 20  # read back at a time
CHANGED = mark("What was read back is not what was written")


class WriteError(OSError):
    """A file could not be written; the message says what is safe and what to do."""

    def __str__(self) -> str:
        return str(self.strerror)  # without the number that OSError puts before it


HINTS = {
    errno.ENOENT: mark("There is no such folder. Choose another one."),
    errno.EEXIST: mark("There is a file of this name already. Choose another name."),
    errno.ENOTDIR: mark("Part of the path is not a folder. Choose another one."),
    errno.EISDIR: mark("There is a folder of this name. Choose another name."),
    errno.EACCES: mark("You may not write there. Choose another place."),
    errno.EPERM: mark("You may not write there. Choose another place."),
    errno.EROFS: mark("That disk is read-only. Choose another folder."),
    errno.ENOSPC: mark("The disk is full. Free some space, or choose another disk."),
    errno.EDQUOT: mark("Your quota on that disk is used up. Free some space, or choose another disk."),
    errno.EINVAL: mark("No file can have this name. Choose another one."),
    errno.ELOOP: mark("This is a link that leads back to itself. Choose another name."),
    errno.ENAMETOOLONG: mark("The name is too long. Choose a shorter one."),
    errno.EIO: mark("The disk reported a fault. Choose another disk."),
}


def write_bytes(path: str | os.PathLike[str], data: bytes, *, replaces: bool = True) -> None:
    """Write a file whole, or leave what was there; an existing file keeps its permissions, group and owner, if allowed.

    Unless it ``replaces``, there must not be a file of this name, and it is not there before it is whole. Raises
    ``WriteError`` if any step fails; nothing has changed then. Its ``errno`` is ``EEXIST`` where the name is taken.
    """
    with replacement(path, replaces=replaces) as file:
        write_all(file, data)
        os.fsync(file.fileno())
        if not _is_whole(file, data):
            raise OSError(errno.EIO, tr(CHANGED))


def _is_whole(file: IO[bytes], data: bytes) -> bool:
    """Whether a file holds just these bytes. It is read in blocks, between which other threads may run."""
    at = file.seek(0)
    while block := file.read(BLOCK_BYTES):
        if block != data[at : at + len(block)]:
            return False
        at += len(block)
    return at == len(data)


@contextlib.contextmanager
def replacement(path: str | os.PathLike[str], *, replaces: bool = True) -> Iterator[IO[bytes]]:
    """An empty file, unbuffered, which takes the place of the one at ``path`` when the block ends well.

    It is in the same folder; the block writes and checks it. When the block ends in any other way it is removed, and
    what was at ``path`` is as it was. Any ``OSError``, the block's own too, becomes a ``WriteError``. What a program
    that was killed has left of the same file goes first: the room may be needed.
    """
    target = Path(path)
    try:
        target = _destination(target.absolute()) if replaces else target.absolute()
        clear_beside(target)
        target = target if replaces else _unused(target)
        yield from _replaced(target, replaces)
    except OSError as error:
        raise _explained(target, error) from error


def _unused(target: Path) -> Path:
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
    return target


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


def _replaced(target: Path, replaces: bool) -> Iterator[IO[bytes]]:
    temporary, file = new_part(target)
    try:
        yield file
        if os.name == "nt":  # there, what is open cannot get another name; elsewhere it stays locked until it has it
            file.close()
        if replaces and target.exists():
            with contextlib.suppress(OSError):  # a file system without permissions is no reason to fail
                _keep_access(temporary if file.closed else file.fileno(), target.stat())
        _give_name(temporary, target, replaces)
    finally:
        with contextlib.suppress(OSError):  # its bytes are on the disk by now: the block has seen to that
            file.close()
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    sync_folder(target.parent)


def _keep_access(new: Path | int, old: os.stat_result) -> None:
    """Give a new file the owner, the group and the permissions of the old one, as far as this user may.

    It is named by its handle where it is open: in a folder of others, a link might be put in its place.
    """
    mode = old.st_mode & 0o7777
    if sys.platform != "win32":
        made = os.stat(new)  # noqa: PTH116  # a handle
        if made.st_gid != old.st_gid and not _gives(new, -1, old.st_gid):
            mode = mode & 0o707 | (mode & 0o007) << 3  # another group may do no more than everybody
        if made.st_uid != old.st_uid and not _gives(new, old.st_uid, -1):
            mode &= 0o777  # what runs as its owner must not run as another one
    os.chmod(new, mode)  # noqa: PTH101  # last: a change of the owner takes some of it away


def _gives(new: Path | int, owner: int, group: int) -> bool:
    try:
        os.chown(new, owner, group)
    except OSError:
        return False
    return True


def _give_name(temporary: Path, target: Path, replaces: bool) -> None:
    if replaces:
        temporary.replace(target)
    else:
        name_part(temporary, target)


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
    said = error.strerror or error
    hint = tr(HINTS.get(error.errno or 0, "")) or tr("{error}. Choose another place.", error=said)
    with contextlib.suppress(OSError):  # a folder that may not be searched does not say what is in it
        if target.is_file():
            hint = f"{hint} {tr('The file that was there is unchanged.')}"
    return WriteError(
        error.errno or errno.EIO,
        tr(
            "“{name}” could not be saved in {parent}. {hint}",
            name=target.name,
            parent=target.parent,
            hint=hint,
        ),
    )
