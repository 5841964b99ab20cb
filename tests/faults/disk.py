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
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLockFile

CHANGING = {"create", "write", "fsync", "ftruncate", "rename", "replace", "link", "symlink", "unlink", "remove"} | {
    "rmdir", "mkdir", "chmod", "chown", "utime"
}  # fmt: skip
READING = {"open", "read", "stat", "lstat", "fstat", "scandir", "listdir"}
LOCK = {"flock"}
LOCKING = {"tryLock", "unlock"}  # of Qt: they only count as moments for a kill
CALLS = sorted((CHANGING | READING | {"close"}) - {"create"})
FILLS = CHANGING - {"unlink", "remove", "rmdir", "chmod", "chown", "utime"}  # what a full disk refuses

ERRORS = {
    "ENOSPC": FILLS,
    "EDQUOT": FILLS,
    "EROFS": CHANGING - {"write", "fsync", "ftruncate"},
    "EACCES": (CHANGING | READING | LOCK) - {"write", "fsync", "ftruncate", "read", "fstat"},
    "EPERM": {"chmod", "chown"},
    "EIO": CHANGING | READING | LOCK | {"close"},
    "ESTALE": CHANGING | READING | LOCK | {"close"},
    "EDEADLK": LOCK,
    "ENOLCK": LOCK,
    "ENOTSUP": LOCK,
}
LIES = {"short": {"write", "read"}, "nothing": {"write"}}
MOMENTS = CHANGING | LOCK | LOCKING
KILLS = {"killed before": MOMENTS | {"close"}, "killed amid": {"write"}, "killed after": MOMENTS}
FAULTS = ERRORS | LIES


@dataclass(frozen=True)
class Fault:
    """What happens to one call, or to it and all that follow where it is lasting."""

    kind: str
    at: int
    lasting: bool = False

    def hits(self, number: int, call: str) -> bool:
        """Whether it happens to this call."""
        is_it = number == self.at or (self.lasting and number > self.at and self.kind != "nothing")
        return is_it and call in (FAULTS | KILLS)[self.kind]

    def __str__(self) -> str:
        return f"{self.kind}{' for good' if self.lasting else ''} at call {self.at}"


class Disk:
    """Sees the calls that have to do with ``root``; ``calls`` are their names so far."""

    def __init__(self, root: Path, fault: Fault | None = None) -> None:
        self._root, self._fault = os.fspath(root), fault
        self._descriptors: set[int] = set()
        self.calls: list[str] = []

    def install(self) -> None:
        """Take the place of the real one, until this process ends."""
        for name in CALLS:
            setattr(os, name, self._seen(name, getattr(os, name)))
        fcntl.flock = self._seen("flock", fcntl.flock)
        for name in sorted(LOCKING):
            setattr(QLockFile, name, self._locking(name, getattr(QLockFile, name)))
        builtins.open = io.open = _pyio.open  # type: ignore[assignment]

    def _seen(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            if not self._concerns(given):
                return real(*given, **named)
            made = name == "open" and given[1] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            return self._carry_out("create" if made else name, real, given, named)

        return call

    def _locking(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *given: self._carry_out(name, real, given, {})

    def _concerns(self, given: tuple[Any, ...]) -> bool:
        what = given[0] if given else None
        if isinstance(what, int):
            return what in self._descriptors
        return isinstance(what, str | os.PathLike) and str(Path(what).absolute()).startswith(self._root)

    def _carry_out(self, call: str, real: Callable[..., Any], given: tuple[Any, ...], named: dict[str, Any]) -> Any:
        number = len(self.calls)
        self.calls.append(call)
        if self._fault is not None and self._fault.hits(number, call):
            result = self._spoilt(self._fault.kind, call, real, given, named)
        else:
            result = real(*given, **named)
        if call in ("open", "create"):
            self._descriptors.add(result)
        elif call == "close":
            self._descriptors.discard(given[0])
        return result

    def _spoilt(
        self, kind: str, call: str, real: Callable[..., Any], given: tuple[Any, ...], named: dict[str, Any]
    ) -> Any:
        if kind in KILLS:
            return _killed(kind, real, given, named)
        if kind in LIES:
            return _lied(kind, call, real, given)
        if call == "close":
            self._descriptors.discard(given[0])
            real(*given)  # it is closed whatever it says
        number = getattr(errno, kind)
        raise OSError(number, os.strerror(number), *(each for each in given[:1] if not isinstance(each, int)))


def _killed(kind: str, real: Callable[..., Any], given: tuple[Any, ...], named: dict[str, Any]) -> None:
    if kind == "killed amid":
        real(given[0], given[1][: len(given[1]) // 2])
    elif kind == "killed after":
        with contextlib.suppress(OSError):  # what it says matters no more
            real(*given, **named)
    os.kill(os.getpid(), signal.SIGKILL)


def _lied(kind: str, call: str, real: Callable[..., Any], given: tuple[Any, ...]) -> Any:
    descriptor, what = given[0], given[1]
    if call == "read":
        return real(descriptor, max(1, what // 2))
    if kind == "short":
        return real(descriptor, what[: max(1, len(what) // 2)])
    return 0
