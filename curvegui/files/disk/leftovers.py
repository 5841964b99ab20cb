"""Half-written files: how they are named, and how those are found whose program has been killed."""

import contextlib
import errno
import os
import re
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from curvegui.files.disk.lock import is_sole_writer, lock

PART = re.compile(r"\.(.+)\.curvegui-[0-9a-f]{8}\.part", re.DOTALL)  # nobody else calls a file like that
LONGEST = 40  # characters of the file's own name: 160 bytes, so that the longer one is possible wherever that is
TRIES = 20  # to have a new file locked before somebody clears it
QUIET_S = 60  # since it was last written to: on Windows, where a file cannot stay open until it has its name


def new_part(target: Path) -> tuple[Path, IO[bytes]]:
    """A new file beside another one, and its path. It is locked: nobody takes it for a leftover while it is open.

    Where it is refused a lock again and again, it has none: then nobody else can have it either, to clear it.
    """
    for others in reversed(range(TRIES)):
        path = target.with_name(f".{target.name[:LONGEST]}.curvegui-{os.urandom(4).hex()}.part")
        with contextlib.ExitStack() as clearing:
            clearing.callback(_remove, path)  # it may be there though opening it failed
            file = clearing.enter_context(path.open("x+b", buffering=0))
            if (is_sole_writer(file, target.parent) or not others) and _is_there(path):
                clearing.pop_all()
                return path, file
        # another program has just cleared it, before it was locked
    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))


def _remove(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)


def _is_there(path: Path) -> bool:
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    return True


def clear_beside(target: Path) -> None:
    """Remove what programs that were killed have left while they wrote this file."""
    _clear(target.parent, target.name[:LONGEST])


def clear_below(folders: Iterable[Path]) -> None:
    """Remove what programs that were killed have left in some folders, and in all below them."""
    for folder in folders:
        for each, _, _ in os.walk(folder):
            _clear(Path(each))


def _clear(folder: Path, name: str | None = None) -> None:
    with contextlib.suppress(OSError), os.scandir(folder) as found:
        for each in found:
            part = PART.fullmatch(each.name)
            if part and name in (None, part[1]) and each.is_file(follow_symlinks=False):
                _remove_if_left(Path(each.path))


def _remove_if_left(path: Path) -> None:
    """Remove a file that nobody is writing: its lock can be had. Where there are no locks, it stays."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            if time.time() - path.stat().st_mtime > QUIET_S:
                path.unlink()  # which fails where it is open
            return
        with path.open("r+b", buffering=0) as file:
            lock(file)
            path.unlink()
