"""Giving a file a name that no other one has: none is replaced, and the new name is never that of half a file."""

import contextlib
import errno
import os
from pathlib import Path

from curvegui.files.disk.portable_name import unused_name


def name_part(part: Path, target: Path) -> None:
    """Give a file that is whole by now the name of its own. Raises ``FileExistsError`` if it is taken.

    It is linked to it, which no other program can come between. If the old name stays, it is cleared later.
    """
    try:
        os.link(part, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        move_to_new(part, target)
    else:
        with contextlib.suppress(OSError):
            part.unlink()


def move_to_new(source: Path, target: Path) -> None:
    """Move a file to another name in the same file system. Raises ``FileExistsError`` if there is such a name.

    Only on Windows no program can come between looking and moving; elsewhere the caller is ``alone_in`` the folder.
    """
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    source.rename(target)


def move_to_free_name(source: Path, wanted: Path) -> Path:
    """Move a file to a name, which gets a number where there is such a file already; the path that it has got."""
    taken = {each.name for each in wanted.parent.iterdir()}
    while True:
        path = wanted.with_name(unused_name(wanted.stem, wanted.suffix, taken))
        try:
            move_to_new(source, path)
        except FileExistsError:  # the system sees one name where we see two
            taken.add(path.name)
        else:
            return path
