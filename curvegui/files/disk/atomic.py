"""Writing a file so that it is there whole or not at all.

The bytes go to a temporary file in the same folder, are flushed to the disk, and only then take the place of the old
file. Whatever fails on the way, the old file stays as it was. The half-written file of a program that was killed is
found by its name, and by the missing lock.
"""

import contextlib
import errno
import os
import re
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, NoReturn

from curvegui.core.language.text import mark, tr
from curvegui.files.disk.lock import is_sole_writer, lock
from curvegui.files.disk.portable_name import unused_name

PART = re.compile(r"\.(.+)\.curvegui-[0-9a-f]{8}\.part", re.DOTALL)  # nobody else calls a file like that
LONGEST = 40  # characters of the file's own name: 160 bytes, so that the longer one is possible wherever that is
TRIES = 20  # to have a new file locked before somebody clears it
QUIET_S = 60  # since it was last written to: on Windows, where a file cannot stay open until it has its name


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
    Unless it ``replaces``, there must be no file of this name (``EEXIST``), and none is seen before it is whole. Raises
    ``WriteError`` if any step fails; nothing has changed then."""
    with replacement(path, replaces=replaces) as file:
        file.write(data)


class PartFile:
    """A file that is written piece by piece, as the whole may be too long for memory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self.tell, self.seek = file, file.tell, file.seek

    def write(self, data: bytes | memoryview) -> int:
        """Write all of the data at the present position; return its length. Raises ``OSError`` if the disk is full."""
        write_all(self._file, data)
        return len(data)


@contextlib.contextmanager
def replacement(path: str | os.PathLike[str], *, replaces: bool = True) -> Iterator[PartFile]:
    """An empty file, unbuffered, which takes the place of the file at ``path`` when the block ends well. When the block
    ends in any other way, the new file is removed, and the old one is as it was. Any ``OSError``, the block's own too,
    becomes a ``WriteError``. What a killed program has left of the same file is removed first: its space may be
    needed."""
    target = Path(path)
    try:
        target = _destination(target.absolute()) if replaces else target.absolute()
        _clear(target.parent, target.name[:LONGEST])
        if not replaces and os.path.lexists(target):
            _refuse(errno.EEXIST)
        yield from _replaced(target, replaces)
    except OSError as error:
        said = error.strerror or error
        hint = tr(HINTS.get(error.errno or 0, "")) or tr("{error}. Choose another place.", error=said)
        with contextlib.suppress(OSError):  # a folder that may not be searched does not say what is in it
            if target.is_file():
                hint = f"{hint} {tr('The file that was there is unchanged.')}"
        text = mark("“{name}” could not be saved in {parent}. {hint}")
        words = tr(text, name=target.name, parent=target.parent, hint=hint)
        raise WriteError(error.errno or errno.EIO, words) from error


def _refuse(number: int) -> NoReturn:
    raise OSError(number, os.strerror(number))


def _destination(path: Path) -> Path:
    """The file to replace: what a link names, not the link. Raises ``OSError`` where nothing may be replaced."""
    target = Path(os.path.realpath(path)) if path.is_symlink() else path
    if target.is_symlink():
        _refuse(errno.ELOOP)
    if target.is_dir():
        _refuse(errno.EISDIR)
    if target.exists() and not target.is_file():  # /dev/null must stay what it is
        _refuse(errno.EINVAL)
    if target.exists() and not os.access(target, os.W_OK):  # a folder's owner could replace a protected file in it
        _refuse(errno.EACCES)
    return target


def _replaced(target: Path, replaces: bool) -> Iterator[PartFile]:
    temporary, file = new_part(target)
    try:
        yield PartFile(file)
        os.fsync(file.fileno())
        if os.name == "nt":  # there, what is open cannot get another name; elsewhere it stays locked until it has it
            file.close()
        if replaces and target.exists():
            with contextlib.suppress(OSError):  # a file system without permissions is no reason to fail
                _keep_access(temporary if file.closed else file.fileno(), target.stat())
        if replaces:
            temporary.replace(target)
        else:
            try:
                os.link(temporary, target)  # no other program can come between; the old name is cleared below, or later
            except FileExistsError:
                raise
            except OSError:  # a file system without links
                _move_to_new(temporary, target)
            else:
                _remove(temporary)  # once more below, should this fail
    finally:
        with contextlib.suppress(OSError):  # its bytes are on the disk by now
            file.close()
        _remove(temporary)
    sync_folder(target.parent)


def _keep_access(new: Path | int, old: os.stat_result) -> None:
    """Give a new file the owner, the group and the permissions of the old one, as far as this user may. An open file is
    given as its handle: in a folder of others, a link might be put in the file's place."""
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


def write_all(file: IO[bytes], data: bytes | memoryview) -> None:
    """Write all of the data to an unbuffered file, however little of it the disk takes at a time."""
    view = memoryview(data)
    while view:
        written = file.write(view)
        if not written:
            _refuse(errno.ENOSPC)
        view = view[written:]


def sync_folder(folder: Path) -> None:
    """Flush a folder, where the system can, so that a new name in it survives a power failure."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


# Half-written files


def new_part(target: Path) -> tuple[Path, IO[bytes]]:
    """The path of a new file beside another one, and the file, which is locked: nobody takes it for a leftover while it
    is open. Where locks are refused again and again, it has none: nobody else can lock it either, to clear it."""
    for others in reversed(range(TRIES)):
        path = target.with_name(f".{target.name[:LONGEST]}.curvegui-{os.urandom(4).hex()}.part")
        with contextlib.ExitStack() as clearing:
            clearing.callback(_remove, path)  # it may be there though opening it failed
            file = clearing.enter_context(path.open("x+b", buffering=0))
            if (is_sole_writer(file) or not others) and os.path.lexists(path):
                clearing.pop_all()
                return path, file
        # another program has just cleared it, before it was locked
    _refuse(errno.EBUSY)


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def clear_below(folders: Iterable[Path]) -> None:
    """Remove what killed programs have left in some folders, and in all folders below them."""
    for folder in folders:
        for each, _, _ in os.walk(folder):
            _clear(Path(each))


def _clear(folder: Path, name: str | None = None) -> None:
    """Remove what killed programs have left in a folder; with a name, only what is left of this file."""
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        for each in found:
            part = PART.fullmatch(each.name)
            if part and name in (None, part[1]) and each.is_file(follow_symlinks=False):
                path = Path(each.path)
                with contextlib.suppress(OSError):
                    if sys.platform == "win32":
                        if time.time() - path.stat().st_mtime > QUIET_S:
                            path.unlink()  # which fails where it is open
                    else:
                        with path.open("r+b", buffering=0) as file:
                            lock(file)  # fails where another program is writing it, and where there are no locks
                            path.unlink()


def _move_to_new(source: Path, target: Path) -> None:
    """Move a file to another name in the same file system; raises ``FileExistsError`` if the name is taken. Only on
    Windows no program can come between looking and moving; elsewhere the caller is ``alone_in`` the folder."""
    if os.path.lexists(target):
        _refuse(errno.EEXIST)
    source.rename(target)


def move_to_free_name(source: Path, wanted: Path) -> Path:
    """Move a file to a name, which gets a number if it is taken; returns the new path."""
    taken = {each.name for each in wanted.parent.iterdir()}
    while True:
        path = wanted.with_name(unused_name(wanted.stem, wanted.suffix, taken))
        try:
            _move_to_new(source, path)
        except FileExistsError:  # the system sees one name where we see two
            taken.add(path.name)
        else:
            return path
