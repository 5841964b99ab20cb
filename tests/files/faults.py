"""A disk that fails at any operation, and everything of the app that is saved on one."""

import errno
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

ERRNOS = (errno.ENOSPC, errno.EIO, errno.EACCES, errno.EROFS, errno.EDQUOT)
SHORT = "short"  # a write that takes nothing, and says so
FAULTS: tuple[int | str, ...] = (*ERRNOS, SHORT)
OPERATIONS = (
    "open", "fsync", "replace", "rename", "chmod", "chown", "mkdir", "rmdir", "unlink", "remove", "stat", "lstat",
    "truncate", "link",
)  # fmt: skip


def fault_name(fault: int | str) -> str:
    """What a fault is called in the names of tests."""
    return errno.errorcode[fault] if isinstance(fault, int) else fault


class FaultyDisk:
    """Counts the file operations of a save, lets a few bytes through at a time, and fails where it is told to.

    Whatever is opened by `io.open` or a `Path`, and whatever `os` does by a path, is counted. Nothing is really
    written out to the disk: what a power cut loses is not its subject.

    ``operations``: those of the last save, in order.
    """

    def __init__(self) -> None:
        self.operations: list[str] = []
        self._fault: int | str = 0
        self._first = self._last = -1

    def operate(self, name: str) -> bool:
        """Count an operation; raise the fault where it is due, or say that it is one of writing."""
        index = len(self.operations)
        self.operations.append(name)
        due = self._first <= index <= self._last
        if due and isinstance(self._fault, int):
            raise OSError(self._fault, os.strerror(self._fault))
        return due

    def written(self, data: memoryview, write: Callable[[memoryview], int]) -> int:
        """Write about half of it, or what the fault lets through."""
        if not self.operate("write"):
            return write(data[: max(64, len(data) // 2)])
        return 0

    @contextmanager
    def failing(self, fault: int | str, first: int, *, on: bool = False) -> Iterator[None]:
        """Fail at the operation of this number, and ``on`` from there."""
        self.operations, self._fault = [], fault
        self._first, self._last = first, 10**9 if on else first
        with pytest.MonkeyPatch.context() as patched:
            for name in OPERATIONS:
                patched.setattr(os, name, self._counted(name, getattr(os, name)))
            patched.setattr(io, "open", self._opened)
            yield

    def _counted(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*arguments: Any, **options: Any) -> Any:
            self.operate(name)
            return None if name == "fsync" else real(*arguments, **options)

        return counted

    def _opened(self, path: Any, mode: str = "r", buffering: int = -1, *text: Any) -> Any:
        self.operate("open")
        raw = _FaultyFile(self, path, mode.replace("b", "").replace("t", ""))
        if buffering == 0:
            return raw
        buffered: Any = io.BufferedReader(raw) if raw.readable() else io.BufferedWriter(raw)
        return buffered if "b" in mode else io.TextIOWrapper(buffered, *text)


class _FaultyFile(io.FileIO):
    """A file on a faulty disk."""

    def __init__(self, disk: FaultyDisk, path: Any, mode: str) -> None:
        super().__init__(path, mode)
        self._disk = disk

    def write(self, data: Any) -> int:
        return self._disk.written(memoryview(data), super().write)

    def read(self, size: int | None = -1) -> bytes:
        self._disk.operate("read")
        return super().read(size) or b""

    def readall(self) -> bytes:
        self._disk.operate("read")
        return super().readall()

    def readinto(self, buffer: Any) -> Any:
        self._disk.operate("read")
        return super().readinto(buffer)
