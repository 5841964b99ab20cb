"""A disk that can be told to fail, in place of the real one."""

import io
import os
from pathlib import Path
from typing import Any

import pytest


class Disk:
    """Counts the operations of a save, writes a few bytes at a time, and fails at one of them.

    ``at_a_time``: bytes that it writes at once. ``operations``: so far. ``fails_at``, ``fault``: which operation
    fails, and with what error number. ``cuts_at``: which operation, if it is a write, says that it wrote nothing.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at_a_time: int = 10) -> None:
        self.operations = 0
        self.fails_at, self.fault = -1, 0
        self.edits_at = -1
        disk = self

        class ShortFile(io.FileIO):
            def write(self, data: Any) -> int:
                if disk.operations == disk.edits_at:
                    disk.operate()
                    return 0
                disk.operate()
                return super().write(data[:at_a_time])

            def read(self, size: int | None = -1) -> bytes:
                disk.operate()
                return super().read(size) or b""

        def opened(path: Path, mode: str = "r", buffering: int = -1) -> Any:
            disk.operate()
            return ShortFile(path, mode.replace("b", ""))

        monkeypatch.setattr(Path, "open", opened)
        for owner, name in ((os, "fsync"), (os, "open"), (Path, "read_bytes"), (os, "chmod"), (Path, "replace")):
            self._count(monkeypatch, owner, name)

    def _count(self, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> None:
        real = getattr(owner, name)

        def counted(*arguments: Any, **options: Any) -> Any:
            self.operate()
            return real(*arguments, **options)

        monkeypatch.setattr(owner, name, counted)

    def operate(self) -> None:
        """Count an operation, and let it fail if it is its turn."""
        self.operations += 1
        if self.operations - 1 == self.fails_at:
            raise OSError(self.fault, os.strerror(self.fault))


def bytes_of(path: Path) -> bytes:
    """What is in a file, whatever the disk says."""
    with io.FileIO(path) as file:
        return file.readall()


def put(path: Path, data: bytes) -> None:
    """Make a file, whatever the disk says."""
    with io.FileIO(path, "w") as file:
        file.write(data)


def names_in(folder: Path) -> list[str]:
    """The names of all that is in a folder."""
    return sorted(path.name for path in folder.iterdir())
