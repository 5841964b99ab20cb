"""The calls to the operating system that have to do with one folder: counted, made to fail or to lie, or the last ones.

Python's own files, which go past ``os``, are replaced by those of ``_pyio``, which do not. What a library opens by
itself is not seen; the app writes nothing in that way but Qt's lock files, whose calls count too.
"""

import _pyio
import builtins
import contextlib
import errno
import fcntl
import io
import os
import signal
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QLockFile

# FILLS is what a full disk refuses; LOCKING are calls of Qt's, which only count as moments for a kill
FILLS = {"create", "write", "fsync", "ftruncate", "rename", "replace", "link", "symlink", "mkdir"}
CHANGING = FILLS | {"unlink", "remove", "rmdir", "chmod", "chown", "utime"}
READING = {"open", "read", "stat", "lstat", "fstat", "scandir", "listdir"}
LOCK = {"flock"}
LOCKING = {"tryLock", "unlock"}
OF_OPEN_FILES = {"write", "fsync", "ftruncate"}

ERRORS = {
    **dict.fromkeys(("ENOSPC", "EDQUOT"), FILLS),
    "EROFS": CHANGING - OF_OPEN_FILES,
    "EACCES": (CHANGING | READING | LOCK) - OF_OPEN_FILES - {"read", "fstat"},
    "EPERM": {"chmod", "chown"},
    **dict.fromkeys(("EIO", "ESTALE"), CHANGING | READING | LOCK | {"close"}),
    **dict.fromkeys(("EDEADLK", "ENOLCK", "ENOTSUP"), LOCK),
}
MOMENTS = CHANGING | LOCK | LOCKING
KILLS = {"killed before": MOMENTS | {"close"}, "killed amid": {"write"}, "killed after": MOMENTS}
FAULTS = ERRORS | {"short": {"write", "read"}, "nothing": {"write"}}  # the last two are lies


@dataclass(frozen=True)
class Fault:
    """What happens to one call, or to this call and all that follow where the fault is lasting."""

    kind: str
    at: int
    lasting: bool = False

    def hits(self, number, call):
        """Whether the fault happens to this call."""
        is_it = number == self.at or (self.lasting and number > self.at and self.kind != "nothing")
        return is_it and call in (FAULTS | KILLS)[self.kind]

    def __str__(self):
        return f"{self.kind}{' for good' if self.lasting else ''} at call {self.at}"

    def carry_out(self, call, real, given, named):
        """Make a call as the fault has it: ``real`` is what the system would do with what it is given."""
        match self.kind, call:
            case "killed before" | "killed amid" | "killed after", _:
                if self.kind == "killed amid":
                    real(given[0], given[1][: len(given[1]) // 2])
                elif self.kind == "killed after":
                    with contextlib.suppress(OSError):  # what it says matters no more
                        real(*given, **named)
                os.kill(os.getpid(), signal.SIGKILL)
            case "short", "read":
                return real(given[0], max(1, given[1] // 2))
            case "short", "write":
                return real(given[0], given[1][: max(1, len(given[1]) // 2)])
            case "nothing", _:
                return 0
        if call == "close":
            real(*given)  # it is closed whatever it says
        number = getattr(errno, self.kind)
        raise OSError(number, os.strerror(number), *(each for each in given[:1] if not isinstance(each, int)))


class Disk:
    """Sees the calls that have to do with ``root``; ``calls`` are their names so far."""

    def __init__(self, root, fault=None):
        self._root, self._fault = os.fspath(root), fault
        self._descriptors = set()
        self.calls = []

    def install(self, put=setattr):
        """Take the place of the real disk, until this process ends, or what ``put`` has put there is taken away."""
        of_the_system = (CHANGING | READING | {"close"}) - {"create"}
        for owner, names in (os, of_the_system), (fcntl, LOCK), (QLockFile, LOCKING):
            for name in sorted(names):
                put(owner, name, self._seen(name, getattr(owner, name)))
        for owner in builtins, io:
            put(owner, "open", _pyio.open)

    def _seen(self, name, real):
        def call(*given, **named):
            if not self._concerns(*given[:1]):
                return real(*given, **named)
            made = name == "open" and given[1] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            seen, number = "create" if made else name, len(self.calls)
            self.calls.append(seen)
            if name == "close":
                self._descriptors.discard(given[0])
            if self._fault is not None and self._fault.hits(number, seen):
                result = self._fault.carry_out(seen, real, given, named)
            else:
                result = real(*given, **named)
            if name == "open":
                self._descriptors.add(result)
            return result

        return call

    def _concerns(self, what=None):
        if isinstance(what, int):
            return what in self._descriptors
        is_path = isinstance(what, str | os.PathLike) and str(Path(what).absolute()).startswith(self._root)
        return is_path or isinstance(what, QLockFile)
